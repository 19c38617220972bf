"""Months and quarters as parts of a year: ``1949.08333`` is February 1949, as R writes it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.grid import Grid
from forecast.reading.kinds import kind
from forecast.reading.model import Warning
from forecast.reading.numbers import Floats
from forecast.reading.words import MONTH_COLUMNS, YEARS, tokens

_NAMES = {"time", "date", "decimal"}
_CELL = r"^1[789]\d\d(\.\d+)?$|^20\d\d(\.\d+)?$"
_SEARCHED = 3  # columns, from the left
_FEWEST = 12  # rows
_NEAR = 0.06  # of a month, for a value that was rounded


def dated_by_fractions(grid: Grid) -> Grid:
    """The table with months for such a column, where no other column holds dates."""
    if grid.n_rows < _FEWEST or any(tokens(name) & MONTH_COLUMNS for name in grid.names):
        return grid
    for place, name in enumerate(grid.names[:_SEARCHED]):
        others = [column for i, column in enumerate(grid.columns) if i != place]
        if not tokens(name) & (_NAMES | YEARS) or any(_is_dated(column) for column in others):
            continue
        months = _months(grid.columns[place])
        if months is not None:
            columns = list(grid.columns)
            columns[place] = pa.array(np.datetime_as_string(months, unit="M"))
            note = Warning("year-fractions", f"“{name}” holds parts of years, taken for months.")
            return replace(grid, columns=tuple(columns), warnings=(*grid.warnings, note))
    return grid


def _months(cells: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.datetime64]] | None:
    first = cells[0].as_py() or ""  # of a million dates the first one tells
    if not re.match(_CELL, first) or not pc.all(pc.match_substring_regex(cells, _CELL)).as_py():
        return None
    values: Floats = 12 * np.asarray(pc.cast(cells, pa.float64()))
    steps = np.diff(values)
    within_year = (steps > 0.9).all() and (steps < 3.1).all()
    if not within_year or np.ptp(steps) > 2 * _NEAR:
        return None
    for shift in (0.0, 0.5):  # the first of each month, or its middle
        counts = np.round(values - shift)
        if np.abs(values - shift - counts).max() <= _NEAR:
            return (counts.astype(np.int64) - 12 * 1970).astype("M8[M]")
    return None


def _is_dated(column: pa.Array) -> bool:
    return kind(column[0].as_py() or "") == "date"
