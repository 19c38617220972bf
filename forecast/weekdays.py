"""The days of the week on which a daily series has rows: a shop closed on Sundays has six.

Counting its Sundays as gaps would call a seventh of the year missing, and dating its forecast day
by day would put Monday's takings on a Sunday.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

WEEKDAYS = (0, 1, 2, 3, 4)  # Monday to Friday
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAST_WEEKS = 4
_CLOSED = 0.1  # of the weeks at most: a shop opens on some Sundays before Christmas
_OPEN = 0.6  # of the weeks at least
_FEWEST = 3  # open days a week; fewer are no daily series


def open_on(stamps: npt.NDArray[np.datetime64] | pd.DatetimeIndex) -> tuple[int, ...]:
    """The weekdays that rows fall on, if some never come and the others nearly always.

    Args:
        stamps: sorted dates.

    Returns:
        The weekdays, Monday as 0; () where no such pattern is kept, or where all seven come.

    >>> days = pd.date_range("2024-01-01", periods=100)
    >>> open_on(days), open_on(days[days.day_of_week != 6])
    ((), (0, 1, 2, 3, 4, 5))
    """
    naive = pd.DatetimeIndex(stamps).tz_localize(None).to_numpy()
    days = np.unique(naive.astype("M8[D]").astype(np.int64))
    if len(days) < 2 or days[-1] - days[0] < 7 * _LEAST_WEEKS:
        return ()
    n_weeks = (days[-1] - days[0] + 1) / 7
    share = np.bincount((days + 3) % 7, minlength=7) / n_weeks  # 1 January 1970 was a Thursday
    is_open = share > _CLOSED
    if is_open.all() or is_open.sum() < _FEWEST or (share[is_open] < _OPEN).any():
        return ()
    return tuple(int(weekday) for weekday in np.flatnonzero(is_open))


def named(weekdays: tuple[int, ...]) -> str:
    """Weekdays in words.

    >>> named((0, 1, 2, 3, 4, 5)), named((0, 1, 2, 3, 6)), named((0, 2, 4))
    ('Monday to Saturday', 'Sunday to Thursday', 'Monday, Wednesday, Friday')
    """
    firsts = [day for day in weekdays if (day - 1) % 7 not in weekdays]
    if len(firsts) == 1:
        return f"{_NAMES[firsts[0]]} to {_NAMES[(firsts[0] + len(weekdays) - 1) % 7]}"
    return ", ".join(_NAMES[day] for day in weekdays)


def closed(weekdays: tuple[int, ...]) -> str:
    """The other days, in words: "Sundays", "Sundays and Mondays"."""
    names = [f"{name}s" for day, name in enumerate(_NAMES) if day not in weekdays]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def step(weekdays: tuple[int, ...]) -> pd.offsets.CustomBusinessDay:
    """From one of these weekdays to the next."""
    return pd.offsets.CustomBusinessDay(weekmask=mask(weekdays))


def mask(weekdays: tuple[int, ...]) -> str:
    """As NumPy's and pandas' business days take them: "1111110"."""
    return "".join("1" if day in weekdays else "0" for day in range(7))
