"""Which dates are missing, laid out as a calendar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.rhythms import Rhythm
from forecast.exploring.seasons import DAYS, MONTHS

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
MOST_WEEKS = 110  # more weeks side by side are too narrow to see; months and years then
MOST_OFF_BEAT = 0.1  # share of rows off the rhythm from which on it is none
MOST_EXPECTED = 4  # times as many dates as rows; a series with more holes than that has no rhythm


@dataclass(frozen=True)
class Gap:
    """A stretch of missing dates between two that are there."""

    n: int
    first: pd.Timestamp  # first missing date
    last: pd.Timestamp


@dataclass(frozen=True)
class Coverage:
    """A calendar of cells, weekday by week or month by year."""

    rows: tuple[str, ...]  # labels, top to bottom
    columns: tuple[str, ...]  # labels, left to right
    cells: Array  # (n_rows, n_columns) missing dates, or rows where irregular; NaN: none expected
    by_week: bool
    regular: bool  # False: no rhythm, so nothing can be missing; cells count rows
    n_expected: int
    n_missing: int
    longest: Gap | None


def coverage(index: pd.Index, found: Rhythm) -> Coverage:
    """Hold the dates against those their rhythm expects between the first and the last.

    Raises:
        DataError: the rows have no dates.
    """
    dates = needs.dates(index, "A calendar of missing dates").tz_localize(None).as_unit("us")
    if found.regular:
        expected = found.calendar.between(dates[0], dates[-1]).as_unit("us")
        there = expected.isin(dates)
        off_beat = 1 - there.sum() / len(dates)
        if off_beat <= MOST_OFF_BEAT and len(expected) <= MOST_EXPECTED * len(dates):
            return _laid_out(expected, ~there, regular=True)
    return _laid_out(dates, np.ones(len(dates), dtype=bool), regular=False)


def _laid_out(
    dates: pd.DatetimeIndex, counted: npt.NDArray[np.bool_], *, regular: bool
) -> Coverage:
    days = dates.to_numpy().astype("M8[D]").astype(np.int64)
    weeks = (days + 3) // 7  # 1 January 1970 was a Thursday
    step = float(np.median(np.diff(days))) if len(days) > 1 else 0.0
    by_week = step < 7 and int(weeks[-1] - weeks[0]) < MOST_WEEKS
    row_labels: tuple[str, ...]
    if by_week:
        rows, columns = (days + 3) % 7, weeks - weeks[0]
        row_labels = DAYS if (rows > 4).any() else DAYS[:5]
        mondays = (np.arange(columns[-1] + 1) + weeks[0]) * 7 - 3
        column_labels = tuple(str(day) for day in mondays.astype("M8[D]"))
    else:
        rows = dates.month.to_numpy().astype(np.int64) - 1
        years = dates.year.to_numpy().astype(np.int64)
        columns, row_labels = years - years[0], MONTHS
        column_labels = tuple(str(year) for year in range(int(years[0]), int(years[-1]) + 1))
    return Coverage(
        rows=tuple(row_labels),
        columns=column_labels,
        cells=_cells(rows, columns, counted, (len(row_labels), len(column_labels))),
        by_week=by_week,
        regular=regular,
        n_expected=len(dates),
        n_missing=int(counted.sum()) if regular else 0,
        longest=_longest(dates, counted) if regular and counted.any() else None,
    )


def _cells(
    rows: Whole, columns: Whole, counted: npt.NDArray[np.bool_], shape: tuple[int, int]
) -> Array:
    place = rows * shape[1] + columns
    size = shape[0] * shape[1]
    cells: Array = np.bincount(place, counted.astype(float), size).astype(float)
    cells[np.bincount(place, minlength=size) == 0] = np.nan
    return cells.reshape(shape)


def _longest(dates: pd.DatetimeIndex, missing: npt.NDArray[np.bool_]) -> Gap:
    edges = np.diff(np.concatenate([[0], missing.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    i = int((ends - starts).argmax())
    return Gap(int(ends[i] - starts[i]), dates[starts[i]], dates[ends[i] - 1])
