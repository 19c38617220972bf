"""Which rows of a table become rows of the series, and when to refuse instead.

Nothing is dropped in silence: each reason for leaving a row out is counted and said, and what
cannot be explained refuses the file.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np

from forecast.errors import DataError
from forecast.reading.dates import FIRST_YEAR, LAST_YEAR, ParsedDates
from forecast.reading.dating import Dated
from forecast.reading.findings import count_of
from forecast.reading.grid import Grid
from forecast.reading.model import Warning
from forecast.reading.numbers import Bools, Floats
from forecast.reading.order import exchanged
from forecast.reading.totals import aside_warning, is_total

MIN_ROWS = 10  # the fewest that any window fits into
_FEWEST_IN_ORDER = 10  # dates that come in order by no chance
_ROUNDING = 0.005  # share by which a sum may differ from its parts
_AHEAD = 50  # years beyond today that a file of history may reach
_FEWEST_EXCHANGED = 2  # dates: a single one is a slip of the pen
_LATE = re.compile(r"\b(?:2[4-9]|[3-9]\d):\d\d\b")  # an hour that no clock shows
_RECORDER = "$RT_"  # of WinCC's archives: $RT_OFF$, $RT_COUNT$
_FEW = 0.01  # share of rows without a date that may be left out with a warning


def dated_rows(grid: Grid, dated: Dated, values: Floats) -> tuple[Bools, list[Warning]]:
    """The rows that have a date, after a look at those that have none.

    Raises:
        DataError: ``mixed-date-orders``, ``impossible-dates``, ``absurd-dates``, ``bad-dates`` or
            ``missing-dates``.
    """
    parsed = dated.parsed
    if (
        (parsed.choice is not None and parsed.choice.mixed)
        or _half_swapped(parsed)
        or _exchanged(grid, dated)
    ):
        raise _mixed_orders(grid, dated)
    _refuse_outside(grid, dated)
    lost, found = _without_steps(grid, dated, values)
    valued, written = np.isfinite(values), lost & ~parsed.empty
    n_lost, n_rows = int((lost & valued).sum()), max(len(values), 1)
    if written.any() and (n_lost or written.sum() > 0.5 * n_rows):
        bad = written & valued if n_lost else written
        _refuse(bad, bad, grid, dated, "bad-dates", "cells that are no dates")
    if n_lost > max(_FEW * n_rows, 1):
        raise DataError(
            "missing-dates",
            "Many rows of this file have a value but no date.",
            expected=f'a date in every row of "{dated.label}"',
            received=f"{count_of(n_lost, 'row')} without one, of {n_rows:,}",
            fix="Fill in the dates, or choose another date column.",
        )
    if n_lost:
        found.append(
            Warning("undated-rows", f"{count_of(n_lost, 'row')} without a date: left out.")
        )
    stops = _stops(grid)
    if stops.any():
        found.append(
            Warning(
                "status-rows",
                f"{count_of(int(stops.sum()), 'note')} of the recorder itself, "
                f"{_RECORDER}…: left out.",
            )
        )
    n_notes = int((written & ~valued).sum())
    if n_notes:
        found.append(
            Warning(
                "undated-rows",
                f"{count_of(n_notes, 'row')} with words instead of a date: left out.",
            )
        )
    return parsed.ok & ~stops, found


def _without_steps(grid: Grid, dated: Dated, values: Floats) -> tuple[Bools, list[Warning]]:
    """The rows that lack a date they should have, and what is said of the others without one."""
    parsed, found = dated.parsed, []
    repeats = _repeats_of_header(grid, dated)
    asides = list(dated.asides)
    lost = ~parsed.ok & ~repeats
    lost[asides] = False
    if asides:
        found.append(aside_warning(_called(grid, dated, asides[0]), len(asides)))
    sums = _unnamed_sums(lost & parsed.empty & np.isfinite(values), values)
    if sums.any():
        n = int(sums.sum())
        are = "1 row without a date sums" if n == 1 else f"{n:,} rows without a date sum"
        found.append(Warning("totals", f"{are} up those above: left out."))
    if repeats.any():
        text = f"The header comes {int(repeats.sum()):,} more times; those rows were left out."
        found.append(Warning("repeated-header", text))
    return lost & ~sums, found


def _unnamed_sums(undated: Bools, values: Floats) -> Bools:
    """Rows without a date whose value is the sum of those since the one before; all or none."""
    places = np.flatnonzero(undated)
    starts = np.r_[0, places[:-1] + 1]
    for start, place in zip(starts, places, strict=False):
        group = values[start:place]
        if len(group) < 2 or not np.isclose(np.nansum(group), values[place], rtol=_ROUNDING):
            return np.zeros_like(undated)
    return undated


def _refuse_outside(grid: Grid, dated: Dated) -> None:
    """Refuse days that do not exist, or lie far outside history: for the commoner of both."""
    parsed = dated.parsed
    impossible, absurd = parsed.impossible, parsed.absurd | _far_off(parsed)
    bad = impossible | absurd
    if absurd.sum() > impossible.sum():
        wanted = f"a date between the years {FIRST_YEAR} and {_last_year(parsed)}"
        what = "dates far outside history"
        _refuse(bad, absurd, grid, dated, "absurd-dates", what, wanted)
    elif bad.any():
        late = _LATE.search(_cells(grid, dated, int(np.flatnonzero(impossible)[0])))
        what = "times that do not exist" if late else "days that do not exist"
        wanted = "an hour of the clock, 00 to 23," if late else "a date of the calendar"
        _refuse(bad, impossible, grid, dated, "impossible-dates", what, wanted)


def _refuse(
    bad: Bools,
    shown: Bools,
    grid: Grid,
    dated: Dated,
    code: str,
    what: str,
    wanted: str = "a date of the calendar",
) -> None:
    """Refuse bad rows, if there are any, with the first of ``shown`` as their example."""
    if not bad.any():
        return
    row = int(np.flatnonzero(shown)[0])
    raise DataError(
        code,
        f"This file has {what}.",
        expected=f'{wanted} in every row of "{dated.label}"',
        received=f'"{_cells(grid, dated, row)[:60]}" in data row {row + 1:,}'
        + (f", and {count_of(int(bad.sum()) - 1, 'more row')}" if bad.sum() > 1 else ""),
        fix="Correct these cells and upload the file again.",
    )


def _cells(grid: Grid, dated: Dated, row: int) -> str:
    """What a row says where its date is expected."""
    return " ".join(str(grid.columns[column][row].as_py()) for column in dated.used)


def _called(grid: Grid, dated: Dated, row: int) -> str:
    """What names a row that sums up others: its date cell, or where that is empty a "Total"."""
    shown = _cells(grid, dated, row)
    if shown.strip():
        return shown
    cells = (str(column[row].as_py()) for column in grid.columns)
    return next(filter(is_total, cells), shown)


def _far_off(parsed: ParsedDates) -> Bools:
    """Single dates far in the future of a file that otherwise holds history."""
    if not _is_history(parsed):
        return parsed.absurd
    now = np.datetime64("now", "us")
    return np.asarray(parsed.ok & (parsed.stamps > now + np.timedelta64(_AHEAD * 365, "D")))


def _is_history(parsed: ParsedDates) -> bool:
    good = parsed.stamps[parsed.ok].astype(np.int64)
    return len(good) > 0 and bool(np.median(good) <= np.datetime64("now", "us").astype(np.int64))


def _last_year(parsed: ParsedDates) -> int:
    return dt.date.today().year + _AHEAD if _is_history(parsed) else LAST_YEAR


def _repeats_of_header(grid: Grid, dated: Dated) -> Bools:
    """Rows that say the header again, as files do that were joined from several."""
    import pyarrow.compute as pc

    if not grid.has_header:
        return np.zeros(grid.n_rows, dtype=np.bool_)
    column = dated.used[0]
    return np.asarray(pc.equal(grid.columns[column], grid.names[column]))


def _stops(grid: Grid) -> Bools:
    """Rows by which a recorder says that it stops or how much it has kept, with a 0 for a value."""
    import pyarrow.compute as pc

    return np.asarray(pc.starts_with(grid.columns[0], _RECORDER))


def _mixed_orders(grid: Grid, dated: Dated) -> DataError:
    column = grid.columns[dated.used[0]].to_pylist()
    day_first = next((cell for cell in column if _number(cell, 0) > 12), "")
    month_first = next((cell for cell in column if _number(cell, 1) > 12), "")
    if _exchanged(grid, dated):
        day_first = column[int(np.argmax(dated.parsed.impossible))]
        month_first = column[int(np.argmax(_late_in_month(dated.parsed)))]
    elif not (day_first and month_first):
        late = _late_in_month(dated.parsed)
        day_first = column[int(np.argmax(late))]
        month_first = column[int(np.argmax(dated.parsed.ok & ~late))]
    return DataError(
        "mixed-date-orders",
        "Some dates in this file have the day first and others the month first.",
        expected="one order throughout",
        received=f'"{day_first}" and "{month_first}"',
        fix="Write all dates as year-month-day, such as 2024-01-31, and upload the file again.",
    )


def _exchanged(grid: Grid, dated: Dated) -> bool:
    """Whether dates with the year first that do not exist do so with day and month exchanged.

    2023-13-01 among 2023-01-14 and others that can only have the month first.
    """
    places = np.flatnonzero(dated.parsed.impossible)
    if len(places) < _FEWEST_EXCHANGED or not _late_in_month(dated.parsed).any():
        return False
    return exchanged(grid.columns[dated.used[0]].take(places).to_pylist())


def _late_in_month(parsed: ParsedDates) -> Bools:
    """Dates whose day cannot be a month."""
    days = parsed.stamps.astype("M8[D]")
    day = (days - days.astype("M8[M]")).astype(np.int64) + 1
    return np.asarray(parsed.ok & (day > 12))


def _half_swapped(parsed: ParsedDates) -> bool:
    """Whether the rows come in order only if day and month change places wherever they can.

    A spreadsheet that expects the month first reads 03/01/2022 so, and leaves 14/03/2022 as it is;
    saved again, the file holds both orders, and no single date gives it away.
    """
    days = parsed.stamps[parsed.ok].astype("M8[D]")
    if len(days) < _FEWEST_IN_ORDER or _in_order(days):
        return False
    months = days.astype("M8[M]")
    year, month = months.astype("M8[Y]"), months.astype(np.int64) % 12
    day = (days - months).astype(np.int64)  # both from 0
    can = day < 12
    swapped = (year.astype("M8[M]") + day.clip(0, 11)).astype("M8[D]") + month
    return bool(not can.all() and _in_order(np.where(can, swapped, days)))


def _in_order(days: Any) -> bool:
    steps = np.diff(days).astype(np.int64)
    return bool((steps >= 0).all() or (steps <= 0).all())


def _number(cell: str, place: int) -> int:
    import re

    found = re.findall(r"\d+", cell)
    return int(found[place]) if len(found) > place and len(found[place]) <= 2 else 0


def refuse_poor(values: Floats, n_read: int, target: str) -> None:
    """Refuse a series with nothing to learn from.

    Raises:
        DataError: ``all-missing``, ``too-few-rows`` or ``one-value``.
    """
    if not len(values):
        raise DataError(
            "all-missing",
            f'The column "{target}" has no values.',
            expected="numbers",
            received=f"{count_of(n_read, 'row')}, all of them missing or infinite",
            fix="Choose another column, or export the values again.",
        )
    if len(values) < MIN_ROWS:
        raise DataError(
            "too-few-rows",
            "This file has too few rows to learn from.",
            expected=f"at least {MIN_ROWS} rows with a value, and better some hundreds",
            received=count_of(len(values), "row")
            + (f" with a value, of {n_read:,} in the file" if n_read > len(values) else ""),
            fix="Export a longer time span.",
        )
    if values.min() == values.max():
        raise DataError(
            "one-value",
            f'The column "{target}" has the same value in every row.',
            expected="values that change over time",
            received=f"{values[0]:g}, {len(values):,} times",
            fix="Choose another column, or export the values again.",
        )
