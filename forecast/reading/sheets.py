"""Workbooks (.xlsx, .xlsb, .ods and the old .xls) → a grid.

A sheet's cells come as values, not as text; dates and numbers are written out in the one way that
the later stages cannot misread, so that a workbook takes the same road as a text file.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pandas as pd

from forecast.errors import DataError
from forecast.reading.across import without_flags
from forecast.reading.archive import MAX_CELLS, check_archive, damaged, lacks_results
from forecast.reading.assemble import assemble
from forecast.reading.grid import Grid, grid_of_rows
from forecast.reading.model import ALL_SHEETS, Answers, Option, Question
from forecast.reading.sheet_dates import completed
from forecast.reading.stacked import Part, below_each_other, sheet_words
from forecast.reading.wide import unfold
from forecast.reading.wording import ends

_SURELY = 12  # sheets that are looked into, whatever their size
_MOST_CELLS = 300_000  # of the others


def workbook_grid(data: bytes, answers: Answers) -> tuple[Grid, tuple[Question, ...]]:
    """Read the sheet that holds a series.

    Args:
        data: the workbook's bytes.
        answers: ``sheet`` names the sheet, if a person did.

    Returns:
        The sheet's grid, and a question if several sheets hold a series.

    Raises:
        DataError: codes of :mod:`forecast.reading.archive`, ``unknown-sheet``, or why the first
            sheet cannot be used if none can.
    """
    if data.startswith(b"PK"):
        check_archive(data)
    book = _open(data)
    names = tuple(book.sheet_names)
    if answers.sheet is not None and answers.sheet not in (*names, ALL_SHEETS):
        raise DataError(
            "unknown-sheet",
            "The sheet that was chosen is not in this workbook.",
            expected="one of " + ", ".join(f'"{name}"' for name in names[:12]),
            received=f'"{answers.sheet}"',
            fix="Choose one of the workbook's own sheets.",
        )
    try:
        return _choose(book, names, answers)
    except DataError as error:
        if lacks_results(data):
            raise DataError(
                "no-results",
                "This workbook holds formulas without their results.",
                expected="values in its cells",
                received="formulas that no spreadsheet program has calculated yet",
                fix="Open it in your spreadsheet program, save it there, and upload it again.",
            ) from error
        raise


def _choose(
    book: Any, names: tuple[str, ...], answers: Answers
) -> tuple[Grid, tuple[Question, ...]]:
    """All sheets that go on where others end, or the first with a dated series, or failing that
    the first that can be read at all; or what was chosen."""
    parts, refusal = _parts(book, names, answers)
    whole = below_each_other(parts, answers)
    offered = (ALL_SHEETS, *names) if whole else names
    chosen = answers.sheet
    if chosen is not None and chosen in names:
        return _sheet(book, chosen, offered), ()
    found = [(part.grid, part.series) for part in parts if part.series is not None]
    dated = [pair for pair in found if isinstance(pair[1].index, pd.DatetimeIndex)] or found
    if whole:
        dated.insert(0, (replace(whole.grid, sheets=offered), whole.series))
    if not dated:
        raise refusal or damaged()
    if chosen is not None or len(dated) == 1:
        return dated[0][0], ()
    options = tuple(_option(grid, series, answers) for grid, series in dated)
    return dated[0][0], (Question("sheet", "Which sheet is to be read?", options, 0),)


def _parts(
    book: Any, names: tuple[str, ...], answers: Answers
) -> tuple[list[Part], DataError | None]:
    """The sheets with a series, and why the first of the others has none."""
    found: list[Part] = []
    refusal: DataError | None = None
    n_cells = 0
    for place, name in enumerate(names):
        if place >= _SURELY and n_cells > _MOST_CELLS:
            break
        try:
            grid = _sheet(book, name, names)
            n_cells += grid.n_rows * len(grid.names)
        except DataError as error:
            refusal = _telling(refusal, error)
            continue
        try:
            reading, _ = assemble(grid, answers, table=len(names) == 1)
        except DataError as error:
            refusal = _telling(refusal, error)
            if error.code == "too-few-rows":
                found.append(Part(grid, None))
        else:
            found.append(Part(grid, reading.series))
    return found, refusal


def _telling(before: DataError | None, now: DataError) -> DataError:
    """Of two refusals the first one, unless it is of a sheet that is no table at all."""
    if before is None or before.code in ("empty", "header-only", "prose"):
        return now
    return before


def _sheet(book: Any, name: str, names: tuple[str, ...]) -> Grid:
    return unfold(grid_of_rows(completed(_rows(book, name), name), name, names))


def _option(grid: Grid, series: pd.Series, answers: Answers) -> Option:
    name = str(grid.sheet)
    return Option(sheet_words(name), replace(answers, sheet=name), *ends(series))


def _open(data: bytes) -> Any:
    # Imported late: most files are text.
    import python_calamine as calamine

    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise DataError(
            "encrypted",
            "This workbook is protected by a password.",
            expected="a file that opens without a password",
            received="an encrypted workbook",
            fix="Remove the password in your spreadsheet program and upload it again.",
        ) from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        raise _panic(error) from error


def _panic(error: BaseException) -> BaseException:
    """A panic inside the reader, which is no ``Exception``, as a plain refusal."""
    return damaged() if type(error).__name__ == "PanicException" else error


def _rows(book: Any, name: str) -> list[list[str]]:
    import python_calamine as calamine

    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * max(sheet.total_width, 1) > MAX_CELLS:
            raise DataError("too-large", "This workbook's sheet is too large.")
        rows = [[_text(value) for value in row] for row in sheet.iter_rows()]
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged() from error
    except DataError:
        raise
    except BaseException as error:
        raise _panic(error) from error
    rows = [row for row in rows if any(row)]
    if not rows:
        raise DataError(
            "empty",
            "This workbook's sheet is empty.",
            expected="a header and rows of dates and numbers",
            received=f'nothing on the sheet "{name}"',
            fix="Save the workbook with its data and upload it again.",
        )
    first = min(next(i for i, cell in enumerate(row) if cell) for row in rows)
    return without_flags([row[first:] for row in rows])


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        return (
            str(dt.datetime.min + value)[11:] if dt.timedelta(0) <= value < dt.timedelta(1) else ""
        )
    if isinstance(value, (dt.date, dt.time, int)):
        return value.isoformat() if not isinstance(value, int) else str(value)
    return ""
