"""What the same time one season ago says, for where a network cannot be followed.

A short series with a plain year is no reason to forecast a flat line: its last year repeated needs
no training, and how far that would have been off can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from forecast import baselines, metrics, seasonal, seasons
from forecast.baselines.simple import SeasonalNaive
from forecast.scaling import Array

CLOSER = 0.9  # of the error of "same as today": less than that is plainly better
MOST_ORIGINS = 60  # the latest are enough


@dataclass(frozen=True)
class Repeated:
    """The last season repeated, and how that went before."""

    cycle: str  # "day", "week" or "year"
    next_steps: Array = field(repr=False)  # (n_steps_out,), in the unit of the series
    mae: float  # over the origins, in the unit
    naive_mae: float  # of "same as today" at the same origins
    n_origins: int


def repeated(series: pd.Series, n_steps_out: int) -> Repeated | None:
    """The next steps as one season ago; None where no season is found or it was no closer.

    Each past origin knows the rows before it alone; that there is a season at all is found in all
    rows, as a few years of months are too few to find it in a part of them.

    >>> months = pd.date_range("2020-01-31", periods=60, freq="ME")
    >>> year = pd.Series(np.tile([1.0, 2, 4, 8, 9, 9, 9, 8, 6, 4, 2, 1], 5), months)
    >>> found = repeated(year, 3)
    >>> found.cycle, found.next_steps, found.mae
    ('year', array([1., 2., 4.]), 0.0)

    Args:
        series: clean, the oldest row first.
    """
    values = series.to_numpy(dtype="float64")
    cycle = seasonal.cycle(values, series.index)
    if not cycle:
        return None
    season = seasons.find(values, series.index)
    last = len(values) - n_steps_out
    origins = range(max(season, last - MOST_ORIGINS + 1), last + 1)
    if not origins:
        return None
    again = SeasonalNaive(season)
    actual = np.stack([values[origin : origin + n_steps_out] for origin in origins])
    said = np.stack([again.forecast(values[:origin], n_steps_out) for origin in origins])
    naive = baselines.naive(values[np.array(origins) - 1], n_steps_out)
    error, naive_error = metrics.mae(actual, said), metrics.mae(actual, naive)
    if not error < CLOSER * naive_error:
        return None
    return Repeated(
        cycle, again.forecast(values, n_steps_out), error, naive_error, n_origins=len(origins)
    )
