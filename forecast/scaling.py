"""Bring values to a size a network learns well, and back.

A scaler is fitted on the rows that the training windows contain and on no other: one that has
seen validation rows tells the network their range, which is how the notebook flattered itself.

All kinds but one move and stretch the values themselves. ``change`` shows the network how the
series moved instead: with s the standard deviation of the training part's steps,

    z = Δ log p / s        what goes in
    u_h = log(p_{t+h} / p_t) / s        what shall come out: the way from the last known value

so that an answer of zero is "same as today". Where the training part has values of 0 or below,
plain differences take the place of the logarithms. Where only later values do, they count as
``floor`` before the logarithm is taken, so that every figure stays a number.

The first feature is the target; others are further inputs, each scaled by its own figures. An input
that is not known yet (NaN) becomes 0, as nothing of its later values may stand in for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.config import SCALERS
from forecast.errors import ConfigError

Array = npt.NDArray[np.float64]
FLOOR = 1e-3  # of the smallest training value
MOST = 50.0  # the largest step of the logarithm that is undone: e^50 is still a number in float32


@dataclass(frozen=True)
class Scaler:
    """``(value − center) / scale``, one pair a feature; for ``change`` of the steps of the values.

    Columns beyond those it was fitted on pass as they are: the calendar's.
    """

    kind: str
    center: tuple[float, ...]
    scale: tuple[float, ...]
    floor: tuple[float, ...] = ()  # for ``change``: least value to take a log of; 0: no logs
    cycle: str = ""  # found in the training part: "day", "week" or "year", see ``seasonal``

    def transform(self, values: Array) -> Array:
        """Scale ``values`` of shape (…, n_rows, n_features); ``change`` gives one row less."""
        n = len(self.scale)
        fitted, others = values[..., :n], values[..., n:]
        if self.kind == "change":
            fitted, others = np.diff(self._logs(fitted), axis=-2), others[..., 1:, :]
        scaled: Array = (fitted - np.asarray(self.center)) / np.asarray(self.scale)
        if n > 1:
            scaled = np.where(np.isnan(scaled), 0.0, scaled)
        return np.concatenate([scaled, others], axis=-1) if others.size else scaled

    def answers(self, actual: Array, last: Array) -> Array:
        """What the network shall say, scaled.

        Args:
            actual: shape (n_windows, n_steps_out), of the target, in its unit.
            last: shape (n_windows,), the last known value of each window.
        """
        if self.kind != "change":
            scaled: Array = (actual - self.center[0]) / self.scale[0]
            return scaled
        way: Array = self._logs(actual[..., None])[..., 0] - self._logs(last[:, None])
        return way / self.scale[0]

    def restore(self, answers: Array, last: Array) -> Array:
        """The inverse of ``answers``: the network's words in the unit of the series."""
        if self.kind != "change":
            return self.inverse(answers)
        last = last[:, None]
        way = answers * self.scale[0]
        if self.floor[0] == 0:
            return np.asarray(last + way)
        # As last · exp(way), and without its rounding where there is hardly a change.
        return np.asarray(
            last + np.maximum(last, self.floor[0]) * np.expm1(np.clip(way, -MOST, MOST))
        )

    def inverse(self, values: Array, feature: int = 0) -> Array:
        """Bring scaled values of one feature, of any shape, back to its unit; not of ``change``."""
        restored: Array = values * self.scale[feature] + self.center[feature]
        return restored

    def _logs(self, values: Array) -> Array:
        """The logarithms of (…, n_features), where they are taken."""
        floor = np.asarray(self.floor[: values.shape[-1]])
        return np.where(
            floor > 0, np.log(np.maximum(values, np.where(floor > 0, floor, 1))), values
        )


def fit(kind: str, values: Array) -> Scaler:
    """Fit a scaler on ``values`` of shape (n_rows, n_features).

    ``minmax`` maps the smallest value to 0 and the largest to 1, ``standard`` the mean to 0 and one
    standard deviation to 1, ``robust`` the median to 0 and the distance between the quartiles to 1;
    ``change`` divides the steps by their standard deviation and leaves their mean; an input's by
    their root mean square, as a column that grows evenly has steps far larger than their spread.
    A feature that never changes keeps its size (scale 1), as in scikit-learn. NaN is left out.

    >>> fit("minmax", np.array([[10.0], [30.0]])).transform(np.array([[20.0]]))
    array([[0.5]])
    >>> fit("change", np.array([[-1.0], [1.0], [7.0]])).transform(np.array([[5.0], [9.0]]))
    array([[2.]])

    Raises:
        ConfigError: ``kind`` is none of those.
    """
    target = _fit(kind, values[:, :1])
    inputs = [_fit(kind, column[~np.isnan(column), None], rms=True) for column in values.T[1:]]
    each = (target, *inputs)
    center, scale, floor = (
        tuple(number for one in each for number in getattr(one, part))
        for part in ("center", "scale", "floor")
    )
    return Scaler(kind, center, scale, floor)


def _fit(kind: str, values: Array, rms: bool = False) -> Scaler:
    """``fit`` of one feature, shape (n_rows, 1)."""
    floor: Array = np.empty(0)
    if kind == "minmax":
        center, scale = values.min(axis=0), np.ptp(values, axis=0)
    elif kind == "standard":
        center, scale = values.mean(axis=0), values.std(axis=0)
    elif kind == "robust":
        low, center, high = np.percentile(values, [25, 50, 75], axis=0)
        scale = high - low
    elif kind == "none":
        center, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
    elif kind == "change":
        floor = np.maximum(values.min(axis=0) * FLOOR, 0)
        center = np.zeros(values.shape[1])
        steps = Scaler(kind, (), (), tuple(floor.tolist()))._logs(values)
        steps = np.diff(steps, axis=0)
        scale = np.sqrt(np.square(steps).mean(axis=0)) if rms else steps.std(axis=0)
    else:
        raise ConfigError(
            "There is no such scaler.", expected=" or ".join(SCALERS), received=f"scaler={kind!r}"
        )
    scale = np.where(scale == 0, 1.0, scale)
    return Scaler(kind, tuple(center.tolist()), tuple(scale.tolist()), tuple(floor.tolist()))
