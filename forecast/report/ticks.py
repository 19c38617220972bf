"""Round numbers and times for the axes of a chart on paper, and what to write at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0  # seconds
STEPS = (
    *(1.0, 5.0, 15.0, 30.0),
    *(n * MINUTE for n in (1, 2, 5, 10, 15, 30)),
    *(n * HOUR for n in (1, 2, 3, 6, 12)),
    *(n * DAY for n in (1, 2, 7, 14)),
)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200)
MONTH = 30.44 * DAY
MONDAY = 4 * DAY  # 5 January 1970: weeks are counted from a Monday


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers between ``low`` and ``high``.

    >>> nice_ticks(0.0, 10.0)
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    raw = (high - low) / most
    power = 10.0 ** np.floor(np.log10(raw))
    step = next(step for step in (1, 2, 5, 10) if step * power >= raw * 0.9999) * power
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [round(float(i * step), 12) for i in range(first, last + 1)]


def round_times(low: float, high: float, most: int = 6) -> list[float]:
    """Times as a clock or a calendar has them, ``most`` steps of them or fewer.

    Args:
        low, high: seconds since 1970.

    >>> written(round_times(5 * HOUR, 3 * DAY))
    ['1 Jan 1970 12:00', '2 Jan 1970', '12:00', '3 Jan 1970', '12:00', '4 Jan 1970']
    """
    for step in STEPS:
        if (high - low) / step <= most:
            first = int(np.ceil((low - MONDAY) / step - 1e-9))
            last = int(np.floor((high - MONDAY) / step + 1e-9))
            return [MONDAY + i * step for i in range(first, last + 1)]
    n = next((n for n in MONTHS if (high - low) / (n * MONTH) <= most), MONTHS[-1])
    start, stop = (int(np.datetime64(int(t), "s").astype("M8[M]").astype(int)) for t in (low, high))
    # Counted from the year 0, so that every twelfth is a January and every 120th a round decade.
    told = [m for m in range(start, stop + 1) if (m + 1970 * 12) % n == 0]
    starts = [float(np.datetime64(m, "M").astype("M8[s]").astype(int)) for m in told]
    return [t for t in starts if low <= t <= high]


def written(moments: Sequence[float]) -> list[str]:
    """Each time in short: a day once, then its hours; months where the steps are months."""
    dates = [datetime.fromtimestamp(t, UTC) for t in moments]
    far = len(dates) > 1 and (dates[1] - dates[0]).days > 27
    if far:
        return [f"{date:%b %Y}" for date in dates]
    return [_short(date, first=i == 0) for i, date in enumerate(dates)]


def _short(date: datetime, *, first: bool) -> str:
    day, clock = f"{date.day} {date:%b %Y}", f"{date:%H:%M:%S}".removesuffix(":00")
    if date.hour == date.minute == date.second == 0:
        return day
    return f"{day} {clock}" if first else clock
