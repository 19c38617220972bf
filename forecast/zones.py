"""Clocks that change twice a year: local times continued over daylight saving.

A series in local time has no 02:30 on the night the clocks go forward, so no row is forecast for
it. On the night they go back 02:30 comes twice. Read from a file it is one row, as no date may
stand in a series twice, and what continues the series has it once as well.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

# One zone for each rule and offset that data often come in; the first that fits is proposed.
ZONES = {
    "Europe/London": "London, Dublin, Lisbon",
    "Europe/Berlin": "Berlin, Paris, Madrid, Rome",
    "Europe/Athens": "Athens, Helsinki, Bucharest",
    "America/New_York": "New York, Toronto",
    "America/Chicago": "Chicago, Dallas",
    "America/Denver": "Denver",
    "America/Los_Angeles": "Los Angeles, Vancouver",
    "America/Sao_Paulo": "São Paulo",
    "Asia/Kolkata": "Mumbai, Delhi",
    "Asia/Shanghai": "Shanghai, Hong Kong, Singapore",
    "Asia/Tokyo": "Tokyo, Seoul",
    "Australia/Sydney": "Sydney, Melbourne",
    "Pacific/Auckland": "Auckland",
}
HOUR = pd.Timedelta(hours=1)
YEARS_SEEN = 3  # of the data that are searched for the hours left out


def next_steps(last: pd.Timestamp, step: pd.Timedelta, n: int, zone: str) -> pd.DatetimeIndex:
    """The ``n`` local times after ``last`` at a fixed step that the clocks of ``zone`` will show.

    >>> night = pd.Timestamp("2024-03-31 00:00")
    >>> [f"{moment:%H:%M}" for moment in next_steps(night, HOUR, 3, "Europe/London")]
    ['02:00', '03:00', '04:00']
    """
    # Clocks never leave out more than an hour or two at a time, twice a year at the most.
    n_more = n + 4 + int(4 * HOUR / step) * (2 + int(n * step / pd.Timedelta(days=180)))
    steps = pd.DatetimeIndex([last + step * (i + 1) for i in range(n_more)])
    first = np.ones(n_more, dtype=bool)  # of an hour that comes twice
    real = steps.tz_localize(zone, ambiguous=first, nonexistent="NaT").notna()
    return steps[real][:n]


def zone_of(index: pd.DatetimeIndex) -> str:
    """The zone whose hours left out are just those missing in ``index``; "" if that is none."""
    start = max(index[0], index[-1] - pd.Timedelta(days=366 * YEARS_SEEN))
    for zone in ZONES:
        gaps = [gap for gap in left_out(zone, start, index[-1]) if _inside(gap, index)]
        if gaps and all(_missing(index, gap) for gap in gaps):
            return zone
    return ""


def known(zone: str) -> str:
    """``zone`` itself, where it is one of those on offer or none.

    Raises:
        KeyError: it is neither.
    """
    if zone and zone not in ZONES:
        raise KeyError(zone)
    return zone


def left_out(zone: str, start: pd.Timestamp, end: pd.Timestamp) -> tuple[pd.Timestamp, ...]:
    """The first local time that was left out, for each time the clocks of ``zone`` went forward.

    >>> left_out("Europe/London", pd.Timestamp("2024-01-01"), pd.Timestamp("2025-01-01"))
    (Timestamp('2024-03-31 01:00:00'),)
    """
    return _left_out(zone, start.floor("D"), end.ceil("D"))


@lru_cache(maxsize=64)
def _left_out(zone: str, start: pd.Timestamp, end: pd.Timestamp) -> tuple[pd.Timestamp, ...]:
    utc = pd.date_range(start, end, freq="h", tz="UTC")
    shown = utc.tz_convert(zone).tz_localize(None)
    ahead = shown - utc.tz_localize(None)
    forward = ahead[1:] > ahead[:-1]
    return tuple(shown[:-1][forward] + HOUR)


def _inside(gap: pd.Timestamp, index: pd.DatetimeIndex) -> bool:
    return bool(index[0] < gap - HOUR and gap + 2 * HOUR <= index[-1])


def _missing(index: pd.DatetimeIndex, gap: pd.Timestamp) -> bool:
    """Nothing in the hour from ``gap`` on, and values right before and right after it."""
    before, at, after, end = (int(index.searchsorted(gap + i * HOUR)) for i in (-1, 0, 1, 2))
    return before < at == after < end
