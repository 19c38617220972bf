"""Refusals that more than one stage needs, each with its code and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from forecast.errors import DataError
from forecast.reading.kinds import is_typed, kinds
from forecast.reading.words import DATES, tokens

_NUMBERS = 0.6  # share of cells from which on a file holds numbers
_SOME_NUMBERS = 0.3  # the same where rows are lists: sentences have fewer
_MANY_WIDTHS = 5  # different numbers of cells, from which on no stray sign explains them
_MOST_ALIKE = 0.5  # share of rows of one width, up to which no width is the usual one
_SIGNS = ";\t|,"  # the comma last, which may be a decimal mark between the others
_STOPS = ("。", "！", "？", "．")  # with which sentences end that have no blanks
_WORDS = 2.5  # in a cell on average, from which on they are sentences


def too_many_columns(n: int, most: int) -> DataError:
    """More columns than a table of series has."""
    return DataError(
        "too-many-columns",
        "This file has too many columns.",
        expected=f"at most {most:,} columns, and one row for each date",
        received=f"{n:,} columns",
        fix="If each column is a date, transpose the table so that each row is one.",
    )


def ragged(received: str, expected: str = "as many cells in every row") -> DataError:
    """Rows that do not fit below each other."""
    return DataError(
        "ragged-rows",
        "The rows of this file have different numbers of cells.",
        expected=expected,
        received=received,
        fix="Look for a stray comma or a missing cell, put cells that hold the delimiter in "
        "quotation marks, and save again.",
    )


def uneven(lines: Sequence[str]) -> DataError | None:
    """The refusal of lines that hold lists of many lengths, such as baskets; None for others.

    No sign cuts them evenly, so they are taken for a column of words at first.
    """
    for sign in _SIGNS:
        parted = [line.split(sign) for line in lines]
        if not are_uneven([len(row) for row in parted]):
            continue
        looks = [what for row in parted for what in kinds(row) if what != "empty"]
        if sum(map(is_typed, looks)) > _SOME_NUMBERS * len(looks):
            return ragged(_of_widths(parted))
    return None


def are_uneven(widths: Sequence[int]) -> bool:
    """Whether rows have so many different numbers of cells that none is the usual one."""
    counts = Counter(widths)
    return len(counts) >= _MANY_WIDTHS and max(counts.values()) <= _MOST_ALIKE * len(widths)


def _of_widths(rows: Sequence[Sequence[str]]) -> str:
    return f"rows of {min(map(len, rows))} to {max(map(len, rows))} cells"


def surplus(n_names: int, n_cells: int, row: Sequence[str]) -> DataError:
    """Rows with more cells than there are headings."""
    start = " | ".join(row[:6]) + (" | …" if len(row) > 6 else "")
    return DataError(
        "ragged-rows",
        "The rows of this file have more cells than it has headings.",
        expected=f"{n_names} cells in every row, one below each heading",
        received=f"{n_cells} cells, as in {start}",
        fix="If the comma is the decimal mark or groups thousands, export with semicolons between "
        "the cells, or put the numbers in quotation marks; if a heading is missing, add it.",
    )


def prose(words: str) -> DataError:
    """Sentences, a program's or a person's."""
    return DataError(
        "prose",
        "This file holds sentences, not a table.",
        expected="rows of dates and numbers",
        received=f'text that starts "{words[:60].strip()}"',
        fix="Export the numbers themselves as CSV or .xlsx.",
    )


def no_table(rows: Sequence[Sequence[str]], delimiter: str = "") -> DataError:
    """No row of numbers was found: a header alone, prose, or words only.

    Args:
        rows: their cells.
        delimiter: what stood between them.
    """
    if all(len(row) == 1 for row in rows):
        lists = uneven([row[0] for row in rows])
        if lists is not None:
            return lists
        rows = _parted(rows)
    if rows and len(rows[-1]) == 1:  # too few lines to tell what parts their cells
        parted = (rows[-1][0].split(sign) for sign in _SIGNS)
        rows = [*rows[:-1], max(parted, key=len)]
    looks = [kinds(row) for row in rows]
    n_typed = sum(is_typed(what) for look in looks for what in look)
    above = max((len(row) for row in rows[:-1]), default=0)
    alone = len(rows) <= 2 and n_typed == 0
    titled = len(rows) <= 12 and bool(looks) and all(what == "text" for what in looks[-1])
    is_last = alone or (titled and above < len(rows[-1]) and is_named(rows[-1]))
    if rows and is_last and len(rows[-1]) >= 2 and _is_header(rows[-1]):
        return DataError(
            "header-only",
            "This file has a header but no rows.",
            expected="rows of dates and numbers below the header",
            received="a header alone",
            fix="Choose a longer date range where you export the data.",
        )
    wide = _overflowing(rows)
    if wide:
        raise surplus(len(rows[0]), len(wide), wide)
    n_cells = sum(bool(cell) for row in rows for cell in row)
    widths = [len(row) for row in rows]
    some = n_typed > _SOME_NUMBERS * n_cells and are_uneven(widths)
    if some or (n_typed > _NUMBERS * n_cells and len(set(widths)) > 2):
        return ragged(_of_widths(rows))
    words = " ".join(cell for row in rows[:50] for cell in row)
    is_table = len(rows) > 2 and {len(row) for row in rows} == {len(rows[0])} and len(rows[0]) > 1
    n_blanks = sum(cell.count(" ") for row in rows[:50] for cell in row)
    n_blanks = words.count(" ") if delimiter == " " else n_blanks
    wordy = not is_table and n_blanks > 3 * max(len(rows[:50]), 1)
    wordy = wordy or sum(cell.endswith(_STOPS) for row in rows for cell in row) > len(rows) / 3
    wordy = wordy or (n_typed == 0 and len(words.split()) > _WORDS * n_cells)
    if wordy or len(rows) <= 1:
        return prose(words)
    return DataError(
        "no-numbers",
        "No column of this file holds numbers.",
        expected="at least one column of numbers",
        received=f'words such as "{words[:60].strip()}"',
        fix="Check that you exported the values, not only their names.",
    )


def _parted(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Rows that no sign cuts evenly, cut at the sign that finds numbers; as they are if none."""
    for sign in _SIGNS:
        parted = [row[0].split(sign) for row in rows]
        found = [is_typed(what) for row in parted for what in kinds(row)]
        if len(found) > 2 * len(rows) and sum(found) > _NUMBERS * len(found):
            return parted
    return rows


def _overflowing(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The longest row of numbers that has more cells than the words of the first row; () if none.

    For this every row has to have as many cells at least, and none of them may be words.
    """
    if len(rows) < 3 or len(rows[0]) < 2 or set(kinds(rows[0])) != {"text"}:
        return ()
    looks = [kinds(row) for row in rows[1:]]
    if any("text" in look or len(look) < len(rows[0]) for look in looks):
        return ()
    longest = max(rows[1:], key=len)
    return longest if len(longest) > len(rows[0]) else ()


def is_named(row: Sequence[str]) -> bool:
    """Whether the first cell of a row is a word for dates, as a header's is."""
    return bool(row) and bool(tokens(row[0]) & DATES)


def _is_header(row: Sequence[str]) -> bool:
    is_sentence = row[-1].endswith((".", "!", "?"))
    return not is_sentence and all(len(cell) <= 60 and cell.count(" ") <= 6 for cell in row)
