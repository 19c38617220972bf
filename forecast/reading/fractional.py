"""Years with a fraction: 1960.0417 is the middle of January 1960, as tide gauges date it."""

from __future__ import annotations

import re

import numpy as np

from forecast.reading.dates import ParsedDates
from forecast.reading.grid import Grid
from forecast.reading.shapes import Shape
from forecast.reading.words import DATES, tokens

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d\.\d{2,}")
_SHAPE = Shape("fractional year", _YEAR.pattern, "month")
_ROUNDED = 0.02  # of a month, by which a fraction of three digits is off
_EVEN = 0.2  # of a step, by which steps may differ


def find_fractional(grid: Grid, samples: list[list[str]]) -> tuple[ParsedDates, int] | None:
    """The first column of years with a fraction that run on month by month; None if none does.

    Args:
        grid: the table.
        samples: cells of each column.
    """
    for column, sample in enumerate(samples):
        name = grid.names[column]
        may_be = bool(tokens(name) & (DATES | {"decimal"})) or name.startswith("column ")
        if not may_be or not sample or not all(map(_YEAR.fullmatch, sample)):
            continue
        cells = grid.columns[column].to_pylist()
        if not all(map(_YEAR.fullmatch, cells)):
            continue
        years = np.array(cells, dtype=np.float64)
        steps = np.abs(np.diff(years))
        if len(steps) and np.mean(np.abs(steps - 1 / 12) < _EVEN / 12) > 0.9:
            return _by_month(years), column
    return None


def _by_month(years: np.ndarray[tuple[int], np.dtype[np.float64]]) -> ParsedDates:
    months = np.floor(years * 12 + _ROUNDED).astype(np.int64) - 1970 * 12
    stamps = months.astype("M8[M]").astype("M8[us]")
    none = np.zeros(len(years), dtype=np.bool_)
    return ParsedDates(stamps, ~none, none, none, none, (_SHAPE,))
