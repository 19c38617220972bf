"""Baselines that take one line each."""

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


class LastValue:
    """ "Same as today"."""

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        return np.full(n_steps_out, history[-1])


class Drift:
    """The line through the first and the last known value, carried on.

    >>> Drift().forecast(np.array([1.0, 5.0, 3.0]), 2)
    array([4., 5.])
    """

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        slope = (history[-1] - history[0]) / max(len(history) - 1, 1)
        steps: Array = history[-1] + slope * np.arange(1, n_steps_out + 1)
        return steps


class SeasonalNaive:
    """The last whole season repeated; without a season the last value.

    >>> SeasonalNaive(3).forecast(np.array([9.0, 1.0, 2.0, 3.0]), 5)
    array([1., 2., 3., 1., 2.])
    """

    def __init__(self, season: int) -> None:
        self.season = season

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        season = min(self.season, len(history))
        return np.resize(history[-season:], n_steps_out)
