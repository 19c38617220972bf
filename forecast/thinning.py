"""Draw a long series with few points that look the same."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.intp]


def extremes(values: npt.NDArray[np.float64], most: int = 2_000) -> Positions:
    """Positions of at most ``most`` values that keep every visible peak: min-max thinning.

    The series is cut into equal stretches and the lowest and the highest of each are kept, so a
    spike of one row survives, which taking every k-th row would lose.

    >>> extremes(np.array([0.0, 9, 1, 1, 1, 1, -5, 1]), most=4)
    array([0, 1, 4, 6])
    """
    n = len(values)
    if n <= most:
        return np.arange(n)
    n_stretches = most // 2
    length = -(-n // n_stretches)
    padded = np.concatenate([values, np.full(n_stretches * length - n, values[-1])])
    stretches = padded.reshape(n_stretches, length)
    starts = np.arange(n_stretches) * length
    both = np.concatenate([starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)])
    return np.unique(np.minimum(both, n - 1))


def evenly(n: int, most: int = 600) -> Positions:
    """At most ``most`` of ``n`` positions, evenly spread, the first and the last among them.

    >>> evenly(5, most=3)
    array([0, 2, 4])
    """
    if n <= most:
        return np.arange(n)
    return np.unique(np.linspace(0, n - 1, most).round().astype(np.intp))
