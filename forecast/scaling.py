"""Bring values to a size a network learns well, and back.

A scaler is fitted on the rows that the training windows contain and on no other: one that has
seen validation rows tells the network their range, which is how the notebook flattered itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.config import SCALERS
from forecast.errors import ConfigError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scaler:
    """``(value − center) / scale``, one pair a feature."""

    kind: str
    center: tuple[float, ...]
    scale: tuple[float, ...]

    def transform(self, values: Array) -> Array:
        """Scale ``values`` of shape (n_rows, n_features)."""
        scaled: Array = (values - np.asarray(self.center)) / np.asarray(self.scale)
        return scaled

    def inverse(self, values: Array, feature: int = 0) -> Array:
        """Bring scaled values of one feature, of any shape, back to its unit."""
        restored: Array = values * self.scale[feature] + self.center[feature]
        return restored


def fit(kind: str, values: Array) -> Scaler:
    """Fit a scaler on ``values`` of shape (n_rows, n_features).

    ``minmax`` maps the smallest value to 0 and the largest to 1, ``standard`` the mean to 0 and one
    standard deviation to 1, ``robust`` the median to 0 and the distance between the quartiles to 1.
    A feature that never changes keeps its size (scale 1), as in scikit-learn.

    >>> fit("minmax", np.array([[10.0], [30.0]])).transform(np.array([[20.0]]))
    array([[0.5]])

    Raises:
        ConfigError: ``kind`` is none of those.
    """
    if kind == "minmax":
        center, scale = values.min(axis=0), np.ptp(values, axis=0)
    elif kind == "standard":
        center, scale = values.mean(axis=0), values.std(axis=0)
    elif kind == "robust":
        low, center, high = np.percentile(values, [25, 50, 75], axis=0)
        scale = high - low
    elif kind == "none":
        center, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
    else:
        raise ConfigError(
            "There is no such scaler.", expected=" or ".join(SCALERS), received=f"scaler={kind!r}"
        )
    scale = np.where(scale == 0, 1.0, scale)
    return Scaler(kind, tuple(center.tolist()), tuple(scale.tolist()))
