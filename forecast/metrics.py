"""Measures of error, as functions of arrays. A residual is always actual − predicted.

``actual`` and ``predicted`` have the shape (n_windows, n_steps_out): one row an origin, one column
a step ahead. Each measure gives one number for all of them; ``by_step`` gives one a step.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forecast.scaling import Array


def mae(actual: Array, predicted: Array) -> float:
    """Mean absolute error, in the unit of the values.

    >>> mae(np.array([10.0, 20.0]), np.array([12.0, 17.0]))
    2.5
    """
    return float(np.mean(np.abs(actual - predicted)))


def rmse(actual: Array, predicted: Array) -> float:
    """Root of the mean squared error, in the unit of the values: large misses weigh more.

    >>> rmse(np.array([10.0, 20.0]), np.array([11.0, 13.0]))
    5.0
    """
    return float(np.sqrt(np.mean((actual - predicted) ** 2)))


def smape(actual: Array, predicted: Array) -> float:
    """Symmetric mean absolute percentage error, as a share from 0 to 2.

    mean of 2·|a − p| / (|a| + |p|), as in the M4 competition (Makridakis, Spiliotis and
    Assimakopoulos 2020); a term of 0 / 0, where both are zero, is no error.

    >>> smape(np.array([100.0, 0.0]), np.array([300.0, 0.0]))
    0.5
    """
    size = np.abs(actual) + np.abs(predicted)
    miss = 2 * np.abs(actual - predicted)
    return float(np.mean(np.divide(miss, size, out=np.zeros_like(size), where=size > 0)))


def mase(actual: Array, predicted: Array, train: Array, season: int = 1) -> float:
    """Mean absolute scaled error (Hyndman and Koehler 2006): 1 is the seasonal naive's own size.

    The scale is the mean of |y_t − y_{t − season}| over ``train``, the rows before the first
    origin. Here it is 1, so the error of 2 counts as 2:

    >>> mase(np.array([7.0]), np.array([5.0]), train=np.array([1.0, 2.0, 3.0]), season=1)
    2.0

    Args:
        train: shape (n_rows,), more rows than ``season``.
        season: rows in one season; 1 where there is none.

    Returns:
        NaN where ``train`` repeats itself exactly or is too short, as there is no scale then.
    """
    return mae(actual, predicted) / seasonal_step(train, season)


def seasonal_step(train: Array, season: int = 1) -> float:
    """The mean of |y_t − y_{t − season}|, the scale of ``mase``; NaN where there is none.

    >>> seasonal_step(np.array([1.0, 4.0, 2.0]))
    2.5
    """
    steps = np.abs(train[season:] - train[:-season])
    return float(np.mean(steps)) if len(steps) and steps.any() else float("nan")


def direction(actual: Array, predicted: Array, last: Array) -> float:
    """Share of steps for which up or down from the last known value was foretold rightly.

    Steps that did not move, and forecasts that foretell no move, do not count.

    >>> last = np.array([10.0, 10.0])
    >>> direction(np.array([[11.0, 9.0], [12.0, 13.0]]), np.array([[10.5, 8.0], [9.0, 10.0]]), last)
    0.6666666666666666

    Args:
        last: the last known value at each origin, shape (n_windows,).

    Returns:
        NaN where no step counts, as for the naive forecast.
    """
    base = last[:, None] if actual.ndim == 2 else last
    came, foretold = np.sign(actual - base), np.sign(predicted - base)
    counts = (came != 0) & (foretold != 0)
    return float(np.mean(came[counts] == foretold[counts])) if counts.any() else float("nan")


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


def by_step(measure: Callable[[Array, Array], float], actual: Array, predicted: Array) -> Array:
    """A measure for each step ahead, shape (n_steps_out,).

    >>> by_step(mae, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 1.0], [1.0, 1.0]]))
    array([1., 2.])
    """
    return np.array([measure(a, p) for a, p in zip(actual.T, predicted.T, strict=True)])
