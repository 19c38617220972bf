"""The decimal mark of each column, with the rest of the file as a witness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forecast.reading.numbers import Cells


@dataclass(frozen=True)
class Decimals:
    """What was decided for each column."""

    marks: Mapping[int, str]  # column → "." or ","
    open: frozenset[int]  # columns for which both would fit and nothing decided

    def usual(self) -> str:
        """The mark of most columns."""
        commas = sum(mark == "," for mark in self.marks.values())
        return "," if commas * 2 > len(self.marks) else "."


def decide(columns: Mapping[int, Cells], answer: str | None, fixed: str, signs: int) -> Decimals:
    """Decide for every column of numbers.

    Args:
        columns: the columns, taken apart.
        answer: what a person said; it settles every column that leaves a choice.
        fixed: the mark of the file's format ("." in a workbook), else "".
        signs: how many signs speak for a country that writes 1,5: semicolons, dates with points;
            below zero, the month comes first in the dates, and 1,500 is fifteen hundred.
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
        marks[column] = settled or _likelier(cells, signs)
        if not settled and (signs or cells.marks.unclear_comma):
            still_open.add(column)
    return Decimals(marks, frozenset(still_open))


def _likelier(cells: Cells, signs: int) -> str:
    """12,560 between semicolons is 12.56; between commas, in quotes, it is 12560."""
    if cells.marks.unclear_comma:
        return "," if signs else "."
    # 10.422 beside 31.12.2020 and semicolons is ten thousand; beside one sign alone it may not be.
    return "," if signs > 1 else "."
