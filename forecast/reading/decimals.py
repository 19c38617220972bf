"""The decimal mark of each column, with the rest of the file as a witness."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forecast.reading.months import ENGLISH_MONTHS, ENGLISH_NAMES, MONTHS
from forecast.reading.numbers import Cells
from forecast.reading.order import Choice

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Decimals:
    """What was decided for each column."""

    marks: Mapping[int, str]  # column → "." or ","
    open: frozenset[int]  # columns for which both would fit and nothing decided

    def usual(self) -> str:
        """The mark of most columns."""
        commas = sum(mark == "," for mark in self.marks.values())
        return "," if commas * 2 > len(self.marks) else "."


def decide(
    columns: Mapping[int, Cells],
    answer: str | None,
    fixed: str,
    signs: int,
    pieces: Collection[int] = (),
) -> Decimals:
    """Decide for every column of numbers.

    Args:
        columns: the columns, taken apart.
        answer: what a person said; it settles every column that leaves a choice.
        fixed: the mark of the file's format ("." in a workbook), else "".
        signs: how many signs speak for a country that writes 1,5: semicolons, dates with points;
            below zero, the month comes first in the dates, and 1,500 is fifteen hundred.
        pieces: columns whose header says that they count whole pieces, which is one more.
    """
    marks: dict[int, str] = {}
    for column, cells in columns.items():
        verdict = cells.marks.verdict
        if verdict:
            marks[column] = verdict
    votes = list(marks.values())
    witness = "," if votes.count(",") > votes.count(".") else "." if votes else ""
    still_open = set()
    for column, cells in columns.items():
        if column in marks:
            continue
        if not cells.marks.unclear:
            marks[column] = answer or witness or fixed or "."
            continue
        settled = answer or witness or fixed or ("." if signs < 0 else "")
        marks[column] = settled or _likelier(cells, signs, column in pieces)
        if not settled and (signs or cells.marks.unclear_comma):
            still_open.add(column)
    return Decimals(marks, frozenset(still_open))


def _likelier(cells: Cells, signs: int, pieces: bool) -> str:
    """12,560 between semicolons is 12.56; between commas, in quotes, it is 12560."""
    if cells.marks.unclear_comma:
        return "," if signs and not pieces else "."  # 5,269 visits are whole ones
    # 10.422 beside 31.12.2020 and semicolons is ten thousand; beside one sign alone it may not be.
    return "," if signs + pieces > 1 else "."


def signs_for_comma(delimiter: str, cells: Sequence[str], choice: Choice | None) -> int:
    """How many of a file's other signs speak for a country that writes 1,5.

    Args:
        delimiter: what stands between cells.
        cells: some of the column of dates; empty without one.
        choice: how day and month were told apart, where that was open.

    Returns:
        Their number; -1 where the dates are American or English ones, beside which 1,500 is
        fifteen hundred.

    >>> signs_for_comma(";", ["Mrz 12", "Apr 12"], None)
    2
    >>> signs_for_comma(",", ["12 May 2012"], None)
    -1
    """
    words = set(_WORD.findall(" ".join(cells).lower()))
    dotted = choice is not None and any("." in cell.split(" ")[0] for cell in cells[:8])
    # Mexico writes 1,500 for fifteen hundred, and parts its cells with commas.
    foreign = delimiter == ";" and any(w in MONTHS and w not in ENGLISH_NAMES for w in words)
    signs = int(delimiter == ";") + int(dotted or foreign)
    if signs or not cells:
        return signs
    if choice is not None:
        return -1 if choice.order == "mdy" and not choice.also else 0
    return 0 if ENGLISH_MONTHS.isdisjoint(words) else -1
