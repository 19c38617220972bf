"""The gate: how far the validation part allows a network to step away from "same as today".

With d = network − last and y = actual − last, over all steps of the validation windows, the share
of each step that would have been right is the slope b of y on d. Windows overlap, so what they miss
comes in runs: the standard error of b is taken over blocks of n_steps_out windows (the cluster-
robust sandwich: Liang and Zeger 1986, with the factor G / (G − 1) for G blocks). Trust is what is
left of b after one standard error::

    a = clip(b − se, 0, 1)        forecast = last + a · (network − last)

The validation part alone decides; nothing after it is looked at.
"""

from __future__ import annotations

import numpy as np

from forecast.scaling import Array


def gate(network: Array, actual: Array, last: Array) -> float:
    """The share of the network's own step that its forecasts will keep, 0 to 1.

    Four windows of one step each: y = 2, 4, 2, 4 on d = 2, 2, 2, 2 gives b = 12·2 / 16 = 1.5 and
    se = √(4/3 · 4 · 2²) / 16, which leaves 1 after the clip:

    >>> d, y = np.array([[2.0], [2.0], [2.0], [2.0]]), np.array([[2.0], [4.0], [2.0], [4.0]])
    >>> gate(d, y, np.zeros(4))
    1.0

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
    missed = np.sum(d * (y - b * d), axis=1)
    blocks = np.add.reduceat(missed, np.arange(0, len(network), n_steps_out))
    se = np.sqrt(n_blocks / (n_blocks - 1) * np.sum(blocks**2)) / power
    return float(np.clip(b - se, 0.0, 1.0))


def apply(gate: float, network: Array, last: Array) -> Array:
    """Forecasts of shape (n_windows, n_steps_out), as near to the last value as ``gate`` says."""
    if gate == 1.0:
        return network
    kept: Array = last[:, None] + gate * (network - last[:, None])
    return kept
