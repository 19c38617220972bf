"""A series with a row for each date of its own rhythm: blank ones counted, not closed up.

Where rows are missing, seven rows are no week. What repeats, and what the past tells, is looked for
on the whole calendar. Networks count rows and see nothing of this.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.errors import ForecastError
from forecast.exploring.rhythms import Rhythm, rhythm

MOST_BLANK = 0.15  # share of the calendar that may be missing; more would make up the season
MOST_OFF_BEAT = 0.01  # share of rows beside the calendar, above which it is not that of the series


@dataclass(frozen=True)
class Whole:
    """A series on its own calendar."""

    series: pd.Series  # NaN on blank dates; the series itself where none are
    n_blank: int
    rhythm: Rhythm | None  # None: too few dates to have one

    @property
    def filled(self) -> pd.Series:
        """Blank dates in a straight line between their neighbours: to find a season, no more."""
        return self.series.interpolate() if self.n_blank else self.series


def whole(series: pd.Series) -> Whole:
    """Lay ``series`` out on its calendar, if it has one and few of its dates are missing.

    >>> days = pd.date_range("2024-01-01", periods=10).delete(4)
    >>> found = whole(pd.Series(range(9), index=days, dtype=float))
    >>> found.n_blank, float(found.filled["2024-01-05"])
    (1, 3.5)
    """
    index = series.index
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 3:
        return Whole(series, 0, None)
    found = rhythm(index)
    if not found.regular:
        return Whole(series, 0, found)
    try:
        expected = found.calendar.between(index[0], index[-1])
    except (ForecastError, ValueError, OverflowError):  # dates no calendar of this kind reaches
        return Whole(series, 0, found)
    there = expected.isin(index)
    off_beat = 1 - there.sum() / len(index)
    n_blank = int((~there).sum())
    if not n_blank or off_beat > MOST_OFF_BEAT or n_blank > MOST_BLANK * len(expected):
        return Whole(series, 0, found)
    values = np.full(len(expected), np.nan)
    values[there] = series.reindex(expected[there]).to_numpy(dtype=float)
    return Whole(pd.Series(values, index=expected, name=series.name), n_blank, found)
