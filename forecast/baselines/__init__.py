"""Forecasts that need no network; any network has to be held against them.

``fit`` looks at the training rows once and gives something that forecasts from any history that
begins with those rows: parameters are found once, and what is known at an origin is then taken in
with the parameters as they are. A statistical model fitted anew at each origin would be slower by
the number of origins; the network is not trained anew there either.

``simple`` holds last value, drift and seasonal naive; ``ets``, ``theta`` and ``arima`` the
statistical models, each of which chooses its own form on the training rows. They import statsmodels
and pmdarima when they are first used, as that takes seconds.
"""

from __future__ import annotations

from typing import Protocol

from forecast.baselines.simple import Drift, LastValue, SeasonalNaive, naive
from forecast.errors import ConfigError
from forecast.scaling import Array

NAIVE = "Same as today"
NAMES = (NAIVE, "Drift", "Seasonal naive", "AutoETS", "AutoTheta", "AutoARIMA")


class Fitted(Protocol):
    """A baseline whose parameters are found."""

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        """The ``n_steps_out`` values after ``history``, which begins with the training rows."""


def fit(name: str, train: Array, season: int = 1) -> Fitted:
    """Find the parameters of the baseline ``name``.

    Args:
        train: shape (n_rows,): the rows before the first origin.
        season: rows in one season, as ``seasons.find`` gives it; 1 where there is none.

    Raises:
        ConfigError: there is no such baseline.
    """
    if name == NAIVE:
        return LastValue()
    if name == "Drift":
        return Drift()
    if name == "Seasonal naive":
        return SeasonalNaive(season)
    if name == "AutoETS":
        from forecast.baselines.ets import AutoETS

        return AutoETS(train, season)
    if name == "AutoTheta":
        from forecast.baselines.theta import AutoTheta

        return AutoTheta(train, season)
    if name == "AutoARIMA":
        from forecast.baselines.arima import AutoARIMA

        return AutoARIMA(train, season)
    raise ConfigError("There is no such baseline.", expected=", ".join(NAMES), received=name)


__all__ = ["NAIVE", "NAMES", "Fitted", "fit", "naive"]
