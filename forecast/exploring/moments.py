"""Rows that are single moments, such as payments: no step of such a series means anything."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.reading.frequency import IRREGULAR, describe

FEWEST_DAYS = 20  # with less there is no daily series to make of them
SEVERAL = 1.5  # rows a day


def days_of_moments(series: pd.Series) -> int:
    """On how many days the single moments of ``series`` lie; 0 where its rows keep a pace.

    >>> days_of_moments(pd.Series(1.0, pd.date_range("2024-01-01", periods=900, freq="h")))
    0
    >>> random = np.sort(np.random.default_rng(0).integers(0, 60 * 86_400, 300))
    >>> days_of_moments(pd.Series(1.0, pd.Timestamp("2024-01-01") + pd.to_timedelta(random, "s")))
    60
    """
    index = series.index
    if not isinstance(index, pd.DatetimeIndex) or len(index) < SEVERAL * FEWEST_DAYS:
        return 0
    stamps = index.tz_localize(None).to_numpy().astype("M8[us]")
    n_days = len(np.unique(stamps.astype("M8[D]")))
    if n_days < FEWEST_DAYS or len(index) < SEVERAL * n_days:
        return 0
    return n_days if describe(stamps).words == IRREGULAR else 0
