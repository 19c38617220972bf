"""How far a series fell below its highest value so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast import thinning
from forecast.exploring import needs
from forecast.exploring.overview import has_ratios

Moment = pd.Timestamp | int


@dataclass(frozen=True)
class Drawdown:
    """The deepest fall, and every other one as a line."""

    depth: pd.Series  # thinned; 0 at a record high and below 0 elsewhere
    relative: bool  # depths are shares of the high; else in the unit of the series
    worst: float  # depth of the deepest fall; 0 where no value is below an earlier one
    peak: float
    peak_date: Moment
    trough: float
    trough_date: Moment
    recovered_date: Moment | None  # first row at the old high or above; None: not yet
    n_down: int  # rows from peak to trough
    n_back: int  # rows from trough to recovery, or to the end
    now: float  # depth of the last row


def drawdown(series: pd.Series, unit: str = "") -> Drawdown:
    """Measure each value against the highest one up to it.

    Relative to that high where ``has_ratios``, else in the unit of the series.

    >>> found = drawdown(pd.Series([100.0, 120, 90, 60, 120, 130]))
    >>> found.worst, found.n_down, found.n_back
    (-0.5, 2, 1)
    """
    needs.rows(len(series), 2, "A fall from a high")
    values = series.to_numpy(dtype=float)
    highs = np.maximum.accumulate(values)
    relative = has_ratios(series, unit)
    depth = values / highs - 1 if relative else values - highs
    trough = int(depth.argmin())
    peak = int(values[: trough + 1].argmax())
    back = np.flatnonzero(values[trough:] >= values[peak])
    recovered = trough + int(back[0]) if len(back) else None
    drawn = thinning.extremes(depth)
    return Drawdown(
        depth=pd.Series(depth[drawn], index=series.index[drawn], name="Below the high"),
        relative=relative,
        worst=float(depth[trough]),
        peak=float(values[peak]),
        peak_date=series.index[peak],
        trough=float(values[trough]),
        trough_date=series.index[trough],
        recovered_date=None if recovered is None else series.index[recovered],
        n_down=trough - peak,
        n_back=(len(values) - 1 if recovered is None else recovered) - trough,
        now=float(depth[-1]),
    )
