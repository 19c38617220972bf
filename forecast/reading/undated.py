"""Tables without dates, or without numbers: what can still be made of them, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from forecast.errors import DataError
from forecast.reading.across import dates_across
from forecast.reading.dates import FIRST_YEAR, LAST_YEAR, sample_of
from forecast.reading.grid import Grid
from forecast.reading.kinds import bare_width
from forecast.reading.numbers import ParsedNumbers, is_empty, looks_like_number
from forecast.reading.refusals import are_uneven, prose, ragged, uneven
from forecast.reading.rows import MIN_ROWS
from forecast.reading.table import Numbers
from forecast.reading.wide import months_of
from forecast.reading.words import BIRTHS, tokens

_LOOKED_AT = 400  # rows
_FROM_LEFT = 0.95  # share of cells before a row's last that are filled
_MOSTLY = 0.5
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}")  # milliseconds since 1970, as Excel shows them
# "#REF!", "#BEZUG!", "#NAME?"; "=B2*1,19"; "########", where a date does not fit its cell.
_ERROR = re.compile(r"#[A-ZÄÖÜÉÈÇÑ0-9/]{2,12}[!?]|=.*\w.*|#{4,}")
_LONG_YEAR = re.compile(r"\+?\d{5,6}-\d{1,2}-\d{1,2}(?!\d)")


def no_numbers(grid: Grid, failed: Mapping[int, int]) -> DataError:
    """The error for a table, or a column, that holds no numbers throughout.

    Args:
        grid: the table.
        failed: columns that should hold numbers → the first row that does not.
    """
    if len(grid.columns) == 1 and not grid.delimiter:
        lists = uneven([grid.names[0], *grid.columns[0][:_LOOKED_AT].to_pylist()])
        if lists is not None:
            return lists
    for name, column in zip(grid.names, grid.columns, strict=True):
        sample = sample_of(column)
        errors = [cell for cell in sample if _ERROR.fullmatch(cell)]
        if len(errors) > _MOSTLY * len(sample):
            return DataError(
                "no-numbers",
                f'The column "{name}" holds formulas or errors of the spreadsheet.',
                expected="the values themselves",
                received=f'cells such as "{errors[0][:40]}"',
                fix="In the spreadsheet mend the formulas, paste their values or widen the column, "
                "and save it again.",
            )
    for column, row in failed.items():
        name, cells = grid.names[column], grid.columns[column]
        culprit = str(cells[row].as_py())
        others = [cell for cell in sample_of(cells) if looks_like_number(cell) and cell != culprit]
        beside = f', among others such as "{others[0][:40]}"' if others else ""
        return DataError(
            "mixed-numbers",
            f'The column "{name}" cannot be read as numbers throughout.',
            expected="one way of writing numbers in the whole column",
            received=f'"{culprit[:40]}" in data row {row + 1:,}{beside}',
            fix="Use one decimal mark for all, and choose a column of numbers.",
        )
    return DataError(
        "no-numbers",
        "No column of this file holds numbers all the way down.",
        expected="a column of numbers beside the dates",
        received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
        fix="Check that you exported the values.",
    )


def refuse_births(name: str) -> None:
    """Refuse a list of people, whose birthdays are the only dates in it."""
    if tokens(name) & BIRTHS:
        raise DataError(
            "no-dates",
            "The only dates of this file are dates of birth.",
            expected="the date on which each value was measured or counted",
            received=f'"{name[:40]}"',
            fix="Export values over time, or choose the column of dates if this is one after all.",
        )


def refuse_mixed(name: str, numbers: ParsedNumbers) -> None:
    """Refuse a column in which amounts of several currencies stand below each other."""
    if numbers.mixed:
        raise DataError(
            "mixed-units",
            f'The column "{name}" holds amounts in more than one currency.',
            expected="one currency in the whole column",
            received=f'"{numbers.unit}" and "{numbers.mixed}"',
            fix="Convert them to one currency, or add a column that names it for each row.",
        )


def refuse_undated(grid: Grid, numbers: Numbers) -> None:
    """Numbers alone can be numbered rows; beside words they are so only if a person says it."""
    if dates_across(grid.names) or months_of(grid.names):
        raise DataError(
            "no-dates",
            "The dates of this file run across the top, not down a column.",
            expected="a column of dates, with one row for each",
            received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
            fix="Make a row of each date, with its year, and one column of values.",
        )
    for column in grid.columns:
        first = str(column[0].as_py()) if len(column) else ""
        if _ROUNDED.fullmatch(first) and pc.all(pc.equal(column, first)).as_py():
            raise DataError(
                "no-dates",
                "The times of this file were lost when a spreadsheet program saved it.",
                expected="a date or a time of its own in each row",
                received=f'"{first}" in each of {grid.n_rows:,} rows',
                fix="Download the file again, and upload it without saving it in between.",
            )
    words = [c for c in range(len(grid.names)) if c not in numbers.columns]
    if not words:
        return
    _refuse_dump(grid)
    if grid.delimiter == " " and grid.n_rows < MIN_ROWS:  # a sentence with a number in it
        names = [] if grid.names[0].startswith("column ") else grid.names
        cells = [str(column[0].as_py()) for column in grid.columns]
        raise prose(" ".join([*names, *cells]))
    raise DataError(
        "no-dates",
        "No column of this file holds dates.",
        expected="a column of dates, or numbers alone, which can be taken as numbered rows",
        received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
        fix="Add a column of dates, or choose to number the rows.",
    )


def _refuse_dump(grid: Grid) -> None:
    """Refuse rows that are filled from the left, each as far as it has something to say.

    In a table with gaps cells are missing anywhere, and a triangle grows row by row.
    """
    rows = list(zip(*(column[:_LOOKED_AT].to_pylist() for column in grid.columns), strict=True))
    widths = [bare_width(row) for row in rows]
    n_filled = sum(bool(cell) for row in rows for cell in row)
    in_steps = sorted(widths) in (widths, widths[::-1])
    if are_uneven(widths) and n_filled >= _FROM_LEFT * sum(widths) and not in_steps:
        raise ragged(f"rows of {min(widths)} to {max(widths)} cells")


def bad_dates(grid: Grid, column: int) -> DataError:
    """The error for a column that is named as one of dates, none of which can be read."""
    name = grid.names[column]
    shown = next((cell for cell in sample_of(grid.columns[column]) if cell), "")
    if _LONG_YEAR.match(shown):
        return DataError(
            "absurd-dates",
            "This file has dates far outside history.",
            expected=f'a date between the years {FIRST_YEAR} and {LAST_YEAR} in every row of "'
            f'{name}"',
            received=f'"{shown[:60]}"',
            fix="If they were made from a count of seconds, it was one of milliseconds: divide it "
            "by 1,000 and export again.",
        )
    return DataError(
        "bad-dates",
        f'The column "{name}" should hold dates, but they cannot be read.',
        expected="dates such as 2024-01-31, 31.01.2024 or Jan 31, 2024",
        received=f'"{shown[:60]}"' if shown else "empty cells",
        fix="Write the dates in one of these ways, or choose another date column.",
    )


def first_word(cells: Any) -> int:
    """The first row of a column whose cell is no number; 0 if there is none."""
    words = (
        row
        for row, cell in enumerate(cells.to_pylist())
        if not is_empty(cell) and not looks_like_number(cell)
    )
    return next(words, 0)
