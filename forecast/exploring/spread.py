"""The changes from row to row beside a normal distribution of the same mean and spread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes, relative

Array = npt.NDArray[np.float64]
BEYOND_3 = math.erfc(3 / math.sqrt(2))  # share of a normal beyond 3 standard deviations: 0.0027
SHOWN = 6.0  # standard deviations to each side that are drawn
BINS_A_SIGMA = 4


@dataclass(frozen=True)
class Spread:
    """How often which changes came, and how often a normal would have brought them."""

    edges: Array  # (n_bins + 1,) of the histogram; what lies beyond is counted in the outer bins
    counts: Array  # (n_bins,)
    normal: Array  # (n_bins,) counts expected of a normal
    n: int
    mean: float
    std: float
    excess_kurtosis: float  # 0 for a normal; above: more extreme changes than a normal has
    n_beyond: int  # changes more than 3 standard deviations from the mean
    expected_beyond: float  # of a normal
    share_up: float
    highest: float
    highest_date: pd.Timestamp | int
    lowest: float
    lowest_date: pd.Timestamp | int
    in_percent: bool


def spread(series: pd.Series, unit: str = "") -> Spread:
    """Hold the changes of ``series`` against a normal distribution.

    Excess kurtosis is m₄ / m₂² − 3 with central moments m (Fisher's definition).

    Raises:
        DataError: fewer than 20 changes, or all alike.
    """
    moves = changes(series, unit)
    needs.rows(len(moves), 20, "The distribution of changes", of="changes")
    needs.movement(moves, "The distribution of changes")
    values = moves.to_numpy(dtype=float)
    mean, std = float(values.mean()), float(values.std())
    z = (values - mean) / std
    steps = np.arange(-SHOWN * BINS_A_SIGMA, SHOWN * BINS_A_SIGMA + 1) / BINS_A_SIGMA
    counts, _ = np.histogram(np.clip(z, -SHOWN, SHOWN), bins=steps)
    below = np.array([0.5 * math.erfc(-step / math.sqrt(2)) for step in steps])
    return Spread(
        edges=mean + std * steps,
        counts=counts.astype(float),
        normal=len(z) * np.diff(below),
        n=len(z),
        mean=mean,
        std=std,
        excess_kurtosis=float((z**4).mean() - 3),
        n_beyond=int((np.abs(z) > 3).sum()),
        expected_beyond=len(z) * BEYOND_3,
        share_up=float((values > 0).mean()),
        highest=float(values.max()),
        highest_date=moves.index[int(values.argmax())],
        lowest=float(values.min()),
        lowest_date=moves.index[int(values.argmin())],
        in_percent=relative(series, unit),
    )
