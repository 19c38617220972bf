"""AutoETS: exponential smoothing in the form that the data speak for."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.baselines.scale import Scale
from forecast.scaling import Array

MOST_SEASON = 168  # a longer season has more first values than the rows can tell
TRENDS = ("none", "additive", "damped")


@dataclass(frozen=True)
class Form:
    """Error, trend and season of a model; the error is always additive.

    On logs an additive season is a multiplicative one, so that the forms with products, which are
    less stable (Hyndman and Athanasopoulos 2021, section 8.7), need not be searched.
    """

    trend: str
    season: int

    def n_parameters(self) -> int:
        """Smoothing parameters, first values and the variance of the error."""
        n_trend = {"none": 0, "additive": 2, "damped": 3}[self.trend]
        return 3 + n_trend + (self.season if self.season > 1 else 0)

    def model(self, values: Array) -> Any:
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel

        return ETSModel(
            values,
            error="add",
            trend=None if self.trend == "none" else "add",
            damped_trend=self.trend == "damped",
            seasonal="add" if self.season > 1 else None,
            seasonal_periods=self.season if self.season > 1 else None,
            initialization_method="heuristic",
        )


class AutoETS:
    """The form with the lowest AICc (Hyndman et al. 2002) of at most six, on logs if possible.

    The smoothing parameters are found on the training rows; at an origin the states follow from
    running the same recursion to its end.
    """

    def __init__(self, train: Array, season: int = 1) -> None:
        self.scale = Scale.of(train)
        values = self.scale.to(train)
        best = math.inf
        self.form = Form("none", 1)
        self._parameters = np.array([0.9999])
        for form in _forms(len(train), season):
            parameters, criterion = _fit(form, values)
            if criterion < best:
                best, self.form, self._parameters = criterion, form, parameters

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            smoothed = self.form.model(self.scale.to(history)).smooth(self._parameters)
            return self.scale.back(np.asarray(smoothed.forecast(n_steps_out)))


def _forms(n_rows: int, season: int) -> list[Form]:
    seasons = [1]
    if 1 < season <= MOST_SEASON and n_rows >= 2 * season + 10:
        seasons.append(season)
    return [Form(trend, length) for length in seasons for trend in TRENDS]


def _fit(form: Form, values: Array) -> tuple[Array, float]:
    """The parameters, and AICc = AIC + 2k(k + 1) / (n − k − 1)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a search that ends at its limit still has parameters
        fitted = form.model(values).fit(disp=False, maxiter=100)
    n, k = len(values), form.n_parameters()
    if n - k - 1 <= 0 or not math.isfinite(fitted.llf):
        return np.asarray(fitted.params), math.inf
    criterion = -2 * float(fitted.llf) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
    return np.asarray(fitted.params), criterion
