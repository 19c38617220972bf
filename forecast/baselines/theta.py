"""AutoTheta: the Theta method with the share of its trend chosen on the training rows."""

from __future__ import annotations

import math

import numpy as np

from forecast.baselines.scale import Scale, split_season
from forecast.scaling import Array

# Share of the linear trend, 1 − 1/θ: θ of 1 is exponential smoothing alone, 2 the classic method.
SHARES = (0.0, 0.5, 1.0)
JUDGED_PART = 0.5  # the later part of the training rows, on which the share is chosen
JUDGED_STEPS = 7  # steps ahead over which it is


class AutoTheta:
    """Exponential smoothing with a part of the linear trend (Assimakopoulos and Nikolopoulos 2000).

    In the form of Hyndman and Billah (2003) and Fiorucci et al. (2016): with the level ℓ of simple
    exponential smoothing and the intercept A and slope B of the line through the n rows so far,

        ŷ_{n+h} = ℓ_n + (1 − 1/θ) · (A·(1 − α)^n + B·(h − 1 + (1 − (1 − α)^{n+1}) / α))

    The season is taken out first and put back at the end, on logs if possible. α makes the squared
    one-step error small; θ is the one whose forecasts were closest over the later training rows.
    """

    def __init__(self, train: Array, season: int = 1) -> None:
        self.scale = Scale.of(train)
        self.season = season
        values, _ = split_season(self.scale.to(train), season)
        self.alpha = _find_alpha(values)
        self.share = _find_share(values, self.alpha)

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        values, seasonal = split_season(self.scale.to(history), self.season)
        level = _levels(values, self.alpha)[-1]
        intercept, slope = _lines(values)[-1]
        ahead = np.arange(1.0, n_steps_out + 1)
        steps = level + self.share * _trend(intercept, slope, self.alpha, len(values), ahead)
        return self.scale.back(steps + np.resize(seasonal, n_steps_out))


def _levels(values: Array, alpha: float) -> Array:
    """The level after each row, beginning with the first value."""
    from scipy.signal import lfilter

    levels, _ = lfilter([alpha], [1.0, alpha - 1.0], values, zi=[(1 - alpha) * values[0]])
    return np.asarray(levels, dtype=float)


def _find_alpha(values: Array) -> float:
    """The smoothing whose squared one-step errors are smallest; coarsely first, then finely."""
    from scipy.optimize import minimize_scalar

    def error(alpha: float) -> float:
        return float(np.sum((values[1:] - _levels(values, alpha)[:-1]) ** 2))

    coarse = np.linspace(0.05, 0.999, 20)
    best = int(np.argmin([error(alpha) for alpha in coarse]))
    low, high = coarse[max(best - 1, 0)], coarse[min(best + 1, len(coarse) - 1)]
    return float(minimize_scalar(error, bounds=(max(low - 0.04, 1e-3), high), method="bounded").x)


def _lines(values: Array) -> Array:
    """Intercept and slope of the line through the first n rows, times 1 … n, for every n.

    Returns:
        shape (n_rows, 2); the first row's slope is 0.
    """
    n = np.arange(1, len(values) + 1, dtype=float)
    mean_time = (n + 1) / 2
    mean_value = np.cumsum(values) / n
    spread = n * (n**2 - 1) / 12
    together = np.cumsum(values * n) - n * mean_time * mean_value
    slope = np.divide(together, spread, out=np.zeros_like(n), where=spread > 0)
    return np.stack([mean_value - slope * mean_time, slope], axis=1)


def _trend(intercept: Array, slope: Array, alpha: float, n: int | Array, ahead: Array) -> Array:
    """What the whole linear trend adds at the steps ``ahead``."""
    rest = (1 - alpha) ** n
    added: Array = intercept * rest + slope * (ahead - 1 + (1 - rest * (1 - alpha)) / alpha)
    return added


def _find_share(values: Array, alpha: float) -> float:
    levels, lines = _levels(values, alpha), _lines(values)
    first = math.floor(len(values) * JUDGED_PART)
    origins = np.arange(first, len(values) - JUDGED_STEPS)
    n_rows = (origins + 1).astype(float)
    if len(origins) < 10:
        return 0.5
    steps = np.arange(1, JUDGED_STEPS + 1)
    actual = values[origins[:, None] + steps]
    level = levels[origins][:, None]
    trend = _trend(
        lines[origins, :1], lines[origins, 1:], alpha, n_rows[:, None], steps.astype(float)
    )
    errors = [float(np.mean(np.abs(actual - level - share * trend))) for share in SHARES]
    return SHARES[int(np.argmin(errors))]
