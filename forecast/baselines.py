"""Forecasts that need no training; any network has to be held against them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.scaling import Array


def naive(last: npt.ArrayLike, n_steps_out: int) -> Array:
    """The last known value repeated, "same as today".

    >>> naive([140.5], 3)
    array([[140.5, 140.5, 140.5]])

    Args:
        last: the last known value of each window, shape (n_windows,).

    Returns:
        shape (n_windows, n_steps_out).
    """
    return np.repeat(np.asarray(last, dtype=float)[:, None], n_steps_out, axis=1)
