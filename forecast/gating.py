"""The gate: how far the validation part allows a network to step away from "same as today".

With d = network − last and y = actual − last, over all steps of the validation windows, the share
of each step that would have been right is the slope b of y on d. Windows overlap, so what they miss
comes in runs: the standard error of b is taken over blocks of n_steps_out windows (the cluster-
robust sandwich: Liang and Zeger 1986, with the factor G / (G − 1) for G blocks). Trust is what is
left of the slope after a shrinkage in the manner of James and Stein (1961)::

    a = min(b, 1) · max(0, 1 − (t · se / b)²)        forecast = last + a · (network − last)

with t Student's quantile for a two-sided 95 % interval and G − 1 degrees of freedom: closed as long
as that interval holds 0, and soon open after that. b counts as 1 at most: a slope above it says
that the validation part happened to run far in the direction the network leans to, which is no more
reason to follow it. How the rule was chosen stands in docs/decisions/0005.

The validation part alone decides; nothing after it is looked at.
"""

from __future__ import annotations

import numpy as np

from forecast.scaling import Array

CONFIDENCE = 0.975  # on one side


def gate(network: Array, actual: Array, last: Array) -> float:
    """The share of the network's own step that its forecasts will keep, 0 to 1.

    Four windows of one step each: y = 1, 3, 1, 3 on d = 2, 2, 2, 2 gives b = 8·2 / 16 = 1,
    se = √(4/3 · 4 · 2²) / 16 = 0.289 and t = 3.182 for 3 degrees of freedom:

    >>> d, y = np.array([[2.0], [2.0], [2.0], [2.0]]), np.array([[1.0], [3.0], [1.0], [3.0]])
    >>> round(gate(d, y, np.zeros(4)), 3)
    0.156

    Args:
        network: shape (n_windows, n_steps_out), by time, in the unit of the series; likewise
            ``actual``, what came.
        last: shape (n_windows,), the last known value of each window.

    Returns:
        0 where the network foretold no change, or where fewer than two blocks say anything.
    """
    d, y = network - last[:, None], actual - last[:, None]
    power, n_steps_out = float(np.sum(d * d)), network.shape[1]
    n_blocks = -(-len(network) // n_steps_out)
    if not np.isfinite(power) or power == 0 or n_blocks < 2:
        return 0.0
    b = float(np.sum(d * y)) / power
    if b <= 0:
        return 0.0
    missed = np.sum(d * (y - b * d), axis=1)
    blocks = np.add.reduceat(missed, np.arange(0, len(network), n_steps_out))
    se = np.sqrt(n_blocks / (n_blocks - 1) * np.sum(blocks**2)) / power
    return min(b, 1.0) * max(0.0, 1.0 - float(_quantile(n_blocks - 1) * se / b) ** 2)


def _quantile(freedom: int) -> float:
    from scipy.stats import t  # a third of a second to import, and only a run's end needs it

    return float(t.ppf(CONFIDENCE, freedom))


def apply(gate: float, network: Array, last: Array, least: Array) -> Array:
    """Forecasts of shape (n_windows, n_steps_out), as near to the last value as ``gate`` says.

    Args:
        least: shape (n_windows,), what no forecast of a window goes below (see ``floor``).
    """
    kept = network if gate == 1.0 else last[:, None] + gate * (network - last[:, None])
    above: Array = np.maximum(kept, least[:, None])
    return above


def floor(values: Array) -> Array:
    """What forecasts made at each row do not go below: 0 while no value has been below 0.

    Visitors, takings and sunshine are never negative, and nothing else tells a network so.

    >>> floor(np.array([2.0, 0.0, 1.0, -1.0, 3.0])).tolist()
    [0.0, 0.0, 0.0, -inf, -inf]
    """
    found: Array = np.where(np.minimum.accumulate(values) >= 0, 0.0, -np.inf)
    return found
