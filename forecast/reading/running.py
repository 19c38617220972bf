"""Columns of numbers that tell the time once more: days counted, seconds since the start."""

from __future__ import annotations

from typing import Any

import numpy as np

from forecast.reading.numbers import Floats
from forecast.reading.stamps import Stamps
from forecast.reading.words import DATES, TIMES, normal, tokens

_FEWEST = 10  # points: fewer may lie on a line by accident
_OFF = 5e-4  # of a column's range, by which rounding puts it off the line of its dates


def order_of(stamps: Stamps | None) -> Any:
    """Rows in the order of their dates, without those that have none; None to keep the file's."""
    if stamps is None:
        return None
    dated = np.flatnonzero(~np.isnat(stamps))
    return dated[np.argsort(stamps[dated], kind="stable")]


def tells_time(name: str, values: Floats, stamps: Stamps | None, order: Any) -> bool:
    """Whether a column runs on with the dates and is called a time, or lies on their line.

    Args:
        name: the column's header.
        values: its numbers, (n_rows,).
        stamps: the rows' dates, if they have any.
        order: :func:`order_of` these dates.
    """
    told = values if order is None else values[order]
    good = np.isfinite(told)
    told = told[good]
    if len(told) < 2 or told[0] == told[-1] or not _runs_on(told):
        return False
    if _named(name):
        return True
    if stamps is None:
        return False
    told_by = stamps[order][good]
    return _on_line(told, told_by) or _are_years(told, told_by)


def _runs_on(values: Floats) -> bool:
    steps = np.diff(values)
    return bool((steps >= 0).all() or (steps <= 0).all())


def _named(name: str) -> bool:
    bare = normal(name)
    return bare in DATES or (bool(tokens(name) & TIMES) and "to date" not in bare)


def _are_years(values: Floats, stamps: Stamps) -> bool:
    """Whether values are the years of their dates, with the month as a fraction."""
    years = stamps.astype("M8[Y]").astype(np.int64) + 1970
    return bool((np.floor(values) == years).all()) and len(np.unique(values)) > len(
        np.unique(years)
    )


def _on_line(values: Floats, stamps: Stamps) -> bool:
    """Whether values grow exactly as their dates do."""
    if len(values) < _FEWEST or stamps[0] == stamps[-1]:
        return False
    passed = (stamps - stamps[0]) / (stamps[-1] - stamps[0])
    grown = (values - values[0]) / (values[-1] - values[0])
    return bool(np.abs(grown - passed).max() <= _OFF)
