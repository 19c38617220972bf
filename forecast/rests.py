"""The part of each week in which nothing happens, as currencies rest from Friday to Sunday evening.

For series with steps below a day that else go on day and night. What continues them, what counts as
a gap and what is filled all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

DAY, HOUR = pd.Timedelta(days=1), pd.Timedelta(hours=1)
WEEK = 7 * DAY
LONGEST = 4 * DAY
RECENT = 6  # weeks that say how it is now: clocks may have been changed before
FEWEST = 3  # of them that have to rest at just the same time
CLOCKS = 1  # hours by which clocks that go forward or back move it


@dataclass(frozen=True)
class Rest:
    """From ``start`` to ``end``, both since Monday 0:00; the end may lie in the next week."""

    start: pd.Timedelta
    end: pd.Timedelta

    @property
    def length(self) -> pd.Timedelta:
        return self.end - self.start

    def covers(self, moments: pd.DatetimeIndex) -> Any:
        """Which moments lie in it."""
        into = since_monday(moments)
        return ((into >= self.start) & (into < self.end)) | (into < self.end - WEEK)


def weekly(index: pd.DatetimeIndex) -> Rest | None:
    """The rest that the latest weeks of ``index`` (sorted, unique) have in common; None if none.

    >>> hours = pd.date_range("2024-01-01", periods=24 * 70, freq="h")
    >>> found = weekly(hours[hours.day_of_week < 5])
    >>> str(found.start), str(found.end), weekly(hours)
    ('5 days 00:00:00', '7 days 00:00:00', None)
    """
    recent = index[index > index[-1] - RECENT * WEEK] if len(index) else index
    if len(recent) < 3 or recent[-1] - recent[0] < (FEWEST - 1) * WEEK:
        return None
    steps = recent[1:] - recent[:-1]
    step = pd.Series(steps).mode().iloc[0]
    long = np.flatnonzero((steps > DAY) & (steps <= LONGEST + step))
    if step >= DAY or len(long) < FEWEST:
        return None
    starts = since_monday(recent[:-1][long]) + step
    ends = starts + (steps[long] - step)
    found, counts = np.unique(np.array([starts.asi8, ends.asi8]), axis=1, return_counts=True)
    n_weeks = (recent[-1] - recent[0]) / WEEK
    if counts.max() < max(FEWEST, 0.5 * n_weeks):
        return None
    start, end = found[:, counts.argmax()]
    unit = starts.unit
    rest = Rest(pd.Timedelta(start, unit), pd.Timedelta(end, unit))
    return rest if rest.length >= DAY else None


def pauses(index: pd.DatetimeIndex, rest: Rest) -> Any:
    """Which steps of ``index`` are this rest, moved by an hour at most as clocks are changed.

    Returns:
        shape (n_rows - 1,).
    """
    before, after = index[:-1], index[1:]
    step = pd.Series(after - before).mode().iloc[0]
    start = since_monday(before) + step
    end = start + (after - before - step)
    off = [np.abs((at - told) / HOUR) for at, told in ((start, rest.start), (end, rest.end))]
    return (off[0] <= CLOCKS) & (off[1] <= CLOCKS)


def since_monday(moments: pd.DatetimeIndex) -> pd.TimedeltaIndex:
    """Time since Monday 0:00."""
    days = moments.normalize()
    return (moments - days) + pd.to_timedelta(days.day_of_week, unit="D")
