"""The steps of a series in words, and its gaps.

>>> days = np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-06"], dtype="M8[us]")
>>> describe(days).words, describe(days).n_gaps
('every day', 1)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from forecast import rests, weekdays

NUMBERED, IRREGULAR = "numbered rows", "irregular"
_DAY, _HOUR = 86_400.0, 3_600.0
_HOLIDAY = 5  # days between two trading days that holidays and a weekend explain
_PERIODS = (  # days from one to the next, and what that is called
    (27, 32, "monthly"),
    (88, 93, "quarterly"),
    (180, 185, "half-yearly"),
    (360, 370, "yearly"),
)
_UNITS = ((_DAY, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second"))


@dataclass(frozen=True)
class Frequency:
    """How a series steps."""

    words: str
    step: float  # seconds; 0 for numbered rows
    n_gaps: int  # steps at which something is missing
    largest: float = 0.0  # the longest gap in seconds
    largest_at: Any = None  # the last date before it
    n_weekend: int = 0  # rows on Saturdays and Sundays
    sessions: bool = False  # intraday data that pause every night
    open_on: tuple[int, ...] = ()  # weekdays with rows, where others never have any

    @property
    def trading(self) -> bool:
        """Whether weekends are left out."""
        return self.words == "trading days"


def describe(stamps: np.ndarray[Any, Any]) -> Frequency:
    """Describe sorted, distinct times.

    Args:
        stamps: ``datetime64[us]``.
    """
    steps = np.diff(stamps).astype("m8[us]").astype(np.int64) / 1e6
    if not len(steps):
        return Frequency(IRREGULAR, 0.0, 0)
    sizes, counts = np.unique(steps, return_counts=True)
    step = float(sizes[counts.argmax()])
    share = float(counts.max() / counts.sum())
    middle = float(np.median(steps))
    weekday = (stamps.astype("M8[D]").astype(np.int64) + 3) % 7
    n_weekend = int((weekday >= 5).sum())
    whole_days = bool((stamps == stamps.astype("M8[D]")).all()) or step >= _DAY
    for low, high, words in _PERIODS:
        if low <= middle / _DAY <= high:
            return _with_gaps(words, middle, steps, 1.6 * middle, stamps, n_weekend)
    if whole_days and middle <= 1.5 * _DAY:
        # Weekends are absent, or so rare that they are the exception.
        if n_weekend <= 0.02 * len(stamps) and len(stamps) >= 5 and steps.max() > 2 * _DAY:
            limit = _HOLIDAY * _DAY
            return _with_gaps("trading days", _DAY, steps, limit, stamps, n_weekend)
        open_on = weekdays.open_on(stamps)
        if open_on:
            words, days = weekdays.named(open_on), stamps.astype("M8[D]")
            apart = np.busday_count(days[:-1], days[1:], weekdays.mask(open_on))
            found = _with_gaps(words, _DAY, apart * _DAY, 1.5 * _DAY, stamps, n_weekend)
            return replace(found, open_on=open_on)
        return _with_gaps("every day", _DAY, steps, 1.5 * _DAY, stamps, n_weekend)
    if whole_days and 6.5 <= middle / _DAY <= 7.5:
        return _with_gaps("weekly", 7 * _DAY, steps, 10.5 * _DAY, stamps, n_weekend)
    if share < 0.5:
        return Frequency(IRREGULAR, middle, 0, n_weekend=n_weekend)
    return _intraday(step, steps, stamps, n_weekend)


def _intraday(
    step: float, steps: np.ndarray[Any, Any], stamps: np.ndarray[Any, Any], n_weekend: int
) -> Frequency:
    words = _words(step)
    steps = np.where(_clocks_went_forward(stamps, steps, step), step, steps)
    pauses = steps > 1.5 * step
    n_days = len(np.unique(stamps.astype("M8[D]")))
    nightly = steps[pauses] >= min(3 * 3600.0, 20 * step)
    if step < _DAY and n_days >= 3 and nightly.sum() >= 0.5 * (n_days - 1) and nightly.any():
        within = pauses & (steps < min(3 * 3600.0, 20 * step))
        return Frequency(words, step, int(within.sum()), n_weekend=n_weekend, sessions=True)
    index = pd.DatetimeIndex(stamps)
    rest = rests.weekly(index) if step < _DAY else None
    if rest is not None:
        steps = np.where(rests.pauses(index, rest), step, steps)
    return _with_gaps(words, step, steps, 1.5 * step, stamps, n_weekend)


def _clocks_went_forward(
    stamps: np.ndarray[Any, Any], steps: np.ndarray[Any, Any], step: float
) -> Any:
    """Steps over the one hour that local time leaves out, on a Sunday in spring, north or south."""
    if step > _HOUR:
        return np.zeros(len(steps), dtype=np.bool_)
    before = stamps[:-1]
    hour = (before.astype("M8[h]") - before.astype("M8[D]")).astype(np.int64)
    weekday = (before.astype("M8[D]").astype(np.int64) + 3) % 7
    month = before.astype("M8[M]").astype(np.int64) % 12 + 1
    night = ((weekday == 6) & (hour <= 3)) | ((weekday == 5) & (hour == 23))
    return (steps == step + _HOUR) & night & np.isin(month, (3, 4, 9, 10))


def without_rests(steps: pd.DatetimeIndex, index: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """The steps that do not lie in the weekly rest of ``index``, if it has one."""
    rest = rests.weekly(index)
    if rest is None:
        return steps
    resting = rests.pauses(index, rest)
    before = np.clip(index.searchsorted(steps, side="right") - 1, 0, len(resting) - 1)
    left_out = (resting[before] | rest.covers(steps)) & ~steps.isin(index)
    return pd.DatetimeIndex(steps[~left_out])


def _with_gaps(
    words: str,
    step: float,
    steps: np.ndarray[Any, Any],
    limit: float,
    stamps: np.ndarray[Any, Any],
    n_weekend: int,
) -> Frequency:
    wide = steps > limit
    if not wide.any():
        return Frequency(words, step, 0, n_weekend=n_weekend)
    place = int(steps.argmax())
    return Frequency(
        words, step, int(wide.sum()), float(steps[place]), stamps[place], n_weekend=n_weekend
    )


def _words(step: float) -> str:
    """How often that is: "hourly", "every 15 minutes"."""
    for size, unit in _UNITS:
        if step >= size and step % size == 0:
            count = int(step // size)
            if count == 1:
                return "hourly" if unit == "hour" else f"every {unit}"
            return f"every {count:,} {unit}s"
    return f"every {step:g} seconds"
