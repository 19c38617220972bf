"""Tables without dates, or without numbers: what can still be made of them, and what cannot."""

from __future__ import annotations

from forecast.errors import DataError
from forecast.reading.across import dates_across
from forecast.reading.dates import sample_of
from forecast.reading.grid import Grid
from forecast.reading.table import Numbers


def no_numbers(grid: Grid, failed: tuple[int, ...]) -> DataError:
    """The error for a table, or a column, that holds no numbers throughout."""
    if failed:
        name, cells = grid.names[failed[0]], sample_of(grid.columns[failed[0]])
        shown = ", ".join(f'"{cell}"' for cell in [cell for cell in cells if cell][:4])
        return DataError(
            "mixed-numbers",
            f'The column "{name}" cannot be read as numbers throughout.',
            expected="one way of writing numbers in the whole column",
            received=shown or "empty cells",
            fix="Use one decimal mark for all, and choose a column of numbers.",
        )
    return DataError(
        "no-numbers",
        "No column of this file holds numbers to forecast.",
        expected="a column of numbers beside the dates",
        received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
        fix="Check that you exported the values.",
    )


def refuse_undated(grid: Grid, numbers: Numbers) -> None:
    """Numbers alone can be numbered rows; beside words they are so only if a person says it."""
    if dates_across(grid.names):
        raise DataError(
            "no-dates",
            "The dates of this file run across the top, not down a column.",
            expected="a column of dates, with one row for each",
            received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
            fix="Transpose the table so that each date is a row.",
        )
    words = [c for c in range(len(grid.names)) if c not in numbers.columns]
    if not words:
        return
    raise DataError(
        "no-dates",
        "No column of this file holds dates.",
        expected="a column of dates, or numbers alone, which can be taken as numbered rows",
        received="the columns " + ", ".join(f'"{name}"' for name in grid.names[:8]),
        fix="Add a column of dates, or choose to number the rows.",
    )
