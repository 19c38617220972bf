"""Measures of error, as functions of arrays. A residual is always actual − predicted."""

from __future__ import annotations

import numpy as np

from forecast.scaling import Array


def mae(actual: Array, predicted: Array) -> float:
    """Mean absolute error, in the unit of the values.

    >>> mae(np.array([10.0, 20.0]), np.array([12.0, 17.0]))
    2.5
    """
    return float(np.mean(np.abs(actual - predicted)))


def skill(error: float, naive_error: float) -> float:
    """Share of the naive forecast's error that is gone: 1 is perfect, 0 a tie, below 0 worse.

    Where the naive forecast makes no error at all, a tie is 0 and anything else minus infinity.
    """
    if naive_error == 0:
        return 0.0 if error == 0 else -np.inf
    return 1 - error / naive_error


def peak_accuracy(actual: Array, predicted: Array) -> float:
    """Share of windows, shape (n_windows, n_steps_out), whose highest step was picked right.

    >>> peak_accuracy(np.array([[1.0, 3.0], [5.0, 4.0]]), np.array([[2.0, 9.0], [1.0, 2.0]]))
    0.5
    """
    return float(np.mean(np.argmax(actual, axis=-1) == np.argmax(predicted, axis=-1)))
