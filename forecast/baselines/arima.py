"""AutoARIMA: an ARIMA of the order that the data speak for, on values without their season."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np

from forecast.baselines.scale import Scale, split_season
from forecast.scaling import Array

MOST_TERMS = 5  # p and q
MOST_DIFFERENCES = 2
MOST_TRIED = 40  # orders in one search
FIRST_TRIED = ((2, 2), (0, 0), (1, 0), (0, 1))


@dataclass(frozen=True)
class Arma:
    """w_t − c = Σ φ_i (w_{t−i} − c) + e_t + Σ θ_j e_{t−j}"""

    phi: Array
    theta: Array
    constant: float

    def residuals(self, values: Array) -> Array:
        """e_t, with all that came before the first row taken as c and 0."""
        from scipy.signal import lfilter

        return np.asarray(
            lfilter(np.r_[1.0, -self.phi], np.r_[1.0, self.theta], values - self.constant)
        )

    def forecast(self, values: Array, n_steps_out: int) -> Array:
        """The steps after ``values``, with the errors to come taken as 0."""
        p, q = len(self.phi), len(self.theta)
        known = [0.0] * p + list(values - self.constant)
        errors = [0.0] * q + list(self.residuals(values))
        for _ in range(n_steps_out):
            past, missed = known[len(known) - p :][::-1], errors[len(errors) - q :][::-1]
            known.append(float(self.phi @ past + self.theta @ missed))
            errors.append(0.0)
        return np.array(known[-n_steps_out:]) + self.constant


class AutoARIMA:
    """Orders by the stepwise search of Hyndman and Khandakar (2008), lowest AICc.

    Each order is fitted by conditional least squares, as they propose for long series; the exact
    likelihood took a search of 7 to 28 s where this one takes a fraction of a second. The season is
    not searched for but taken out first, on logs if possible, and its last cycle put back at the
    end (Hyndman and Athanasopoulos 2021, section 5.7). Orders and coefficients come from the
    training rows; at an origin the same model is run over the history.
    """

    def __init__(self, train: Array, season: int = 1) -> None:
        self.scale = Scale.of(train)
        self.season = season
        values, _ = split_season(self.scale.to(train), season)
        self.n_differences = _differences(values)
        self.model = _search(np.diff(values, self.n_differences), self.n_differences)

    @property
    def order(self) -> tuple[int, int, int]:
        """(p, d, q)"""
        return len(self.model.phi), self.n_differences, len(self.model.theta)

    def forecast(self, history: Array, n_steps_out: int) -> Array:
        values, seasonal = split_season(self.scale.to(history), self.season)
        levels = [np.diff(values, d) for d in range(self.n_differences + 1)]
        steps = self.model.forecast(levels.pop(), n_steps_out)
        while levels:
            steps = levels.pop()[-1] + np.cumsum(steps)
        return self.scale.back(steps + np.resize(seasonal, n_steps_out))


def _differences(values: Array) -> int:
    """How often to take differences: until a KPSS test no longer sees a wandering level."""
    from statsmodels.tsa.stattools import kpss

    for n_differences in range(MOST_DIFFERENCES):
        left = np.diff(values, n_differences)
        if len(left) < 10 or np.ptp(left) <= 1e-9 * np.abs(left).max():
            return n_differences
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says so where a p-value is off its table
            _, p_value, *_ = kpss(left, nlags=int(3 * math.sqrt(len(left)) / 13))
        if p_value >= 0.05:
            return n_differences
    return MOST_DIFFERENCES


def _search(values: Array, n_differences: int) -> Arma:
    """Stepwise: from the best order so far to its neighbours, until none is better."""
    mean = float(np.mean(values)) if len(values) else 0.0
    best = Arma(np.empty(0), np.empty(0), mean if n_differences == 0 else 0.0)
    if len(values) < 20 or np.ptp(values) <= 1e-9 * max(np.abs(values).max(), 1e-300):
        return Arma(np.empty(0), np.empty(0), mean)
    lowest, chosen = math.inf, (0, 0, n_differences == 0)
    tried: set[tuple[int, int, bool]] = set()
    # With two differences a constant would be a parabola.
    constants = (True,) if n_differences == 0 else (False, True) if n_differences == 1 else (False,)
    ahead = [(p, q, constant) for p, q in FIRST_TRIED for constant in constants]
    while ahead and len(tried) < MOST_TRIED:
        better = False
        for order in ahead:
            tried.add(order)
            model, criterion = _fit(values, *order)
            if criterion < lowest:
                best, lowest, chosen, better = model, criterion, order, True
        ahead = [order for order in _beside(*chosen, constants) if order not in tried]
        if not better:
            break
    return best


def _beside(
    p: int, q: int, constant: bool, constants: tuple[bool, ...]
) -> list[tuple[int, int, bool]]:
    steps = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1))
    beside = [(p + up, q + over, constant) for up, over in steps]
    beside += [(p, q, other) for other in constants]
    return [order for order in beside if set(order[:2]) <= set(range(MOST_TERMS + 1))]


def _fit(values: Array, p: int, q: int, with_constant: bool) -> tuple[Arma, float]:
    """The model with the smallest squared errors, and AICc of a Gaussian one."""
    from scipy.optimize import minimize

    mean, spread = float(np.mean(values)), float(np.std(values))

    def model(numbers: Array) -> Arma:
        constant = mean + spread * numbers[-1] if with_constant else 0.0
        return Arma(_stationary(numbers[:p]), -_stationary(numbers[p : p + q]), constant)

    def error(numbers: Array) -> float:
        left = model(numbers).residuals(values)[MOST_TERMS:]  # the same rows for every order
        return math.log(max(float(np.mean(left**2)), 1e-300))

    start = np.zeros(p + q + with_constant)
    found = minimize(error, start, method="BFGS", options={"maxiter": 50}) if len(start) else None
    numbers = start if found is None else found.x
    n, k = len(values) - MOST_TERMS, len(start) + 1
    if n - k - 1 <= 0:
        return model(numbers), math.inf
    return model(numbers), n * error(numbers) + 2 * k + 2 * k * (k + 1) / (n - k - 1)


def _stationary(numbers: Array) -> Array:
    """Any numbers to coefficients of a stationary autoregression (Monahan 1984).

    >>> _stationary(np.array([0.0, 0.0]))
    array([0., 0.])
    """
    coefficients = np.empty(0)
    for partial in 0.999 * np.tanh(numbers):
        coefficients = np.r_[coefficients - partial * coefficients[::-1], partial]
    return coefficients
