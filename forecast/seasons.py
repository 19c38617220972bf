"""How many rows one season of a series has, found from its dates and its values.

The dates say what is worth trying (48 half-hours are a day, 7 days a week); the values decide.
A season is believed where the seasonal part of a decomposition outweighs what is left over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forecast import weekdays
from forecast.scaling import Array

LEAST_CYCLES = 4  # whole seasons in the data before one is believed
MOST_ROWS = 2_000  # the latest rows are enough to see a season
WHOLE_WEEK = 0.9  # of the rows of seven days; what then lacks is missing, not left out
MOST_PERIODS = 5  # tried where there are no dates to go by
_DAY = pd.Timedelta(days=1)


def candidates(index: pd.Index) -> tuple[int, ...]:
    """Seasons that the rhythm of ``index`` suggests, in rows, the shortest first.

    >>> candidates(pd.date_range("2024-01-01", periods=500, freq="30min"))
    (48, 336)
    >>> candidates(pd.date_range("2024-01-31", periods=60, freq="ME"))
    (12,)
    >>> candidates(pd.RangeIndex(100))
    ()
    """
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 3:
        return ()
    step = pd.Series(index[1:] - index[:-1]).median()
    if step < _DAY:
        of_a_day = rows_a_day(index)
        return (of_a_day, _rows_a_week(index, of_a_day)) if of_a_day > 1 else ()
    if step < 2 * _DAY:
        open_on = weekdays.open_on(index)
        if open_on:  # so many rows are a week, and so many a year
            return len(open_on), round(365.25 * len(open_on) / 7)
        on_weekends = np.isin(index.day_of_week, (5, 6)).mean() > 0.05
        return (7, 365) if on_weekends else (5, 261)
    if step < 10 * _DAY:
        return (52,)
    if step < 45 * _DAY:
        return (12,)
    return (4,) if step < 100 * _DAY else ()


def rows_a_day(index: pd.Index) -> int:
    """Rows of a usual day; 0 without dates.

    >>> rows_a_day(pd.date_range("2024-01-01", periods=500, freq="30min"))
    48
    """
    if not isinstance(index, pd.DatetimeIndex) or not len(index):
        return 0
    return int(pd.Series(index.normalize()).value_counts().median())


def whole_ones(index: pd.Index) -> tuple[int, int]:
    """Rows of a usual day and of a usual week; 0 for what cannot be told.

    >>> days = pd.date_range("2024-01-01", periods=100)
    >>> whole_ones(days[days.day_of_week != 6])
    (1, 6)
    """
    of_a_day = rows_a_day(index)
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 2 or of_a_day != 1:
        return of_a_day, 0
    usual = pd.Series(index).diff().median()
    return (1, (candidates(index) or (0,))[0]) if usual < 2 * _DAY else (1, 0)


def _rows_a_week(index: pd.DatetimeIndex, of_a_day: int) -> int:
    """Rows of a usual week, whose end may be left out; of a whole one where few are missing."""
    days = index.tz_localize(None).to_numpy().astype("M8[D]").astype(np.int64)
    weeks = np.unique((days + 3) // 7, return_counts=True)[1][1:-1]  # 1 Jan 1970: a Thursday
    whole = 7 * of_a_day
    usual = int(np.median(weeks)) if len(weeks) >= 2 else whole
    return usual if usual < WHOLE_WEEK * whole else whole


def strength(values: Array, season: int) -> float:
    """How much of what is not trend is season, from 0 (nothing) to 1 (all).

    max(0, 1 − Var(remainder) / Var(season + remainder)) of an STL decomposition (Wang, Smith and
    Hyndman 2006), with a seasonal part that hardly changes, as one that may is found in noise too.
    """
    parts = taken_apart(values, season)
    both = np.var(parts.seasonal + parts.resid)
    return max(0.0, 1 - float(np.var(parts.resid) / both)) if both > 0 else 0.0


def taken_apart(values: Array, season: int) -> Any:
    """The STL decomposition behind ``strength``: its ``trend``, ``seasonal`` and ``resid``."""
    from statsmodels.tsa.seasonal import STL

    n_cycles = len(values) // season
    # LOESS at every tenth part of its width and straight lines between: a tenth of the time.
    return STL(
        values,
        period=season,
        seasonal=max(7, 2 * (10 * n_cycles // 2) + 1),
        trend_jump=max(1, round(0.15 * season)),
        low_pass_jump=max(1, round(0.1 * season)),
    ).fit()


def least_strength(n_cycles: float) -> float:
    """The strength from which a season is believed, seen over ``n_cycles`` of it.

    With few cycles noise looks seasonal as well. In 40 random walks of 500 rows the largest
    strength was 0.05 over 100 cycles, 0.08 over 71, 0.29 over 21, 0.32 over 10; series with a
    weekly or daily season lay between 0.2 and 0.98.

    >>> round(least_strength(71), 2), round(least_strength(10), 2), least_strength(4)
    (0.13, 0.43, 0.8)
    """
    return min(0.8, 0.08 + 3.5 / n_cycles)


def find(values: Array, index: pd.Index) -> int:
    """The season of the series in rows; 1 where there is none to be believed.

    Args:
        values: shape (n_rows,); training rows only, as a season that was found in rows to come
            would be knowledge of them.
        index: their dates or row numbers.
    """
    found = strengths(values, index)
    n_rows = min(len(values), MOST_ROWS)
    believed = [s for s, is_at in found.items() if is_at >= least_strength(n_rows / s)]
    return max(believed, key=found.__getitem__, default=1)


def strengths(values: Array, index: pd.Index) -> dict[int, float]:
    """The strength of each season worth trying, by its length in rows; arguments as ``find``."""
    recent = values[-MOST_ROWS:]
    if recent.min() > 0:
        recent = np.log(recent)
    tried = candidates(index) or _by_periodogram(recent)
    return {
        season: strength(recent, season)
        for season in tried
        if season >= 2 and LEAST_CYCLES * season <= len(recent)
    }


def _by_periodogram(values: Array) -> tuple[int, ...]:
    """For rows without dates: the periods whose waves stand out most from those beside them."""
    n = len(values)
    if n < 12:
        return ()
    time = np.arange(n)
    trend = np.polynomial.Polynomial.fit(time, values, 1)(time)
    power = np.abs(np.fft.rfft((values - trend) * np.hanning(n))) ** 2
    waves = np.arange(LEAST_CYCLES, n // 2)  # whole cycles in the data, from the longest period
    beside = np.array([np.median(power[max(1, k - 10) : k + 11]) for k in waves])
    outstanding = np.divide(power[waves], beside, out=np.zeros(len(waves)), where=beside > 0)
    tallest = waves[np.argsort(outstanding)[::-1][:MOST_PERIODS]]
    return tuple(sorted({round(n / k) for k in tallest}))
