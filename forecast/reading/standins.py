"""Numbers such as -9999 that stations and archives write where they have none."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]

# Below zero nothing else looks like these; -99 may yet be a temperature, so it has to come again.
_SURE = (-999.0, -9999.0, -99999.0, -999.9, -9999.9, -999.99, -99999.9)
_LIKELY = (-99.0, -99.9, -99.99, -88.8, -888.0, -8888.0)
_MAYBE = (9999.0, 99999.0, 999.9, 9999.9)
_FEWEST = 5  # other values, to tell how far they reach


def stand_in(values: Floats) -> float | None:
    """The number that stands for "no data" in a column, if one does: far below all others.

    >>> stand_in(np.array([3.0, -9999.0, 4.0, 5.0, 4.5, 3.5]))
    -9999.0
    """
    lowest = float(np.nanmin(values)) if np.isfinite(values).any() else 0.0
    fewest = 1 if lowest in _SURE else 2
    if lowest not in (*_SURE, *_LIKELY) or int((values == lowest).sum()) < fewest:
        return None
    return lowest if is_far(values, lowest) else None


def suspects(values: Floats) -> tuple[float, int] | None:
    """A large number that may stand for "no data", and how often it comes."""
    for number in _MAYBE:
        count = int((values == number).sum())
        if count and is_far(values, number):
            return number, count
    return None


def is_far(values: Floats, number: float) -> bool:
    """Whether a number lies further from all others than they lie from each other."""
    rest = values[np.isfinite(values) & (values != number)]
    if len(rest) < _FEWEST:
        return False
    low, high = float(rest.min()), float(rest.max())
    reach = (high - low) or 1.0
    return not low - reach <= number <= high + reach
