"""Rows that share a date: which of them stays, or when to refuse.

A person may have said what to make of them. Else only rows that say the same are one; hours that
come twice when clocks go back, and the latest day, which many files have twice, are explained.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from forecast.errors import DataError
from forecast.reading.findings import count_of, repeated_hours
from forecast.reading.frequency import IRREGULAR, describe
from forecast.reading.model import Warning
from forecast.reading.numbers import Floats
from forecast.reading.wording import day

_A_DAYS_MOVE = 0.1  # share of the value
_PAIR = 2  # rows that say nothing of the others
_BY_CHANCE = 0.02  # of the rows
_FEWEST = 5  # rows among which a latest one can be told from the others


def one_a_date(
    stamps: Any, values: Floats, how: str | None, newest_first: bool, *, adding: bool = False
) -> tuple[Any, int, Floats, list[Warning]]:
    """One row for each date out of sorted rows.

    Args:
        stamps: sorted times.
        values: their values, all finite.
        how: what a person asked for, a key of ``DUPLICATES``.
        newest_first: whether the file is written so.
        adding: whether a sum of the values means something.

    Returns:
        The positions to keep, how many rows that leaves out in silence, the value of each kept row,
        and what is to be said.

    Raises:
        DataError: ``contradictory-duplicates``.
    """
    if how is not None and len(stamps):
        if newest_first:  # the day's last row stands before its others
            how = {"last": "first", "first": "last"}.get(how, how)
        return *_joined(stamps, values, how), []
    if _is_under_way(stamps, values):
        newest = -2 if newest_first else -1
        keep = np.r_[: len(stamps) - 2, len(stamps) + newest]
        return keep, 0, values[keep], [_under_way(stamps, values, newest)]
    if _are_moments(stamps, values):
        merged = _joined(stamps, values, "sum" if adding else "mean")
        return merged[0], 0, merged[2], [_at_once(merged[1], adding=adding)]
    keep, n_repeated, odd = _unique(stamps, values)
    return keep, n_repeated, values[keep], [repeated_hours(odd)] if len(odd) else []


def _joined(stamps: Any, values: Floats, how: str) -> tuple[Any, int, Floats]:
    """One row for each date out of sorted rows that share dates, as a person asked.

    Args:
        stamps: sorted times.
        values: their values, all finite.
        how: a key of ``DUPLICATES``.

    Returns:
        The positions to keep, how many rows that leaves out, and the value of each kept row.
    """
    starts = np.flatnonzero(np.r_[True, stamps[1:] != stamps[:-1]])
    counts = np.diff(np.r_[starts, len(stamps)])
    n_left_out = len(stamps) - len(starts)
    if how == "last":
        ends = starts + counts - 1
        return ends, n_left_out, values[ends]
    if how == "first":
        return starts, n_left_out, values[starts]
    sums = np.add.reduceat(values, starts)
    return starts, n_left_out, sums if how == "sum" else sums / counts


def _are_moments(stamps: Any, values: Floats) -> bool:
    """Whether rows are single moments, such as payments, of which a few fall together by chance."""
    again = stamps[1:] == stamps[:-1]
    differ = again & (values[1:] != values[:-1])
    if not differ.any() or again.sum() > _BY_CHANCE * len(stamps):
        return False
    at_midnight = (stamps == stamps.astype("M8[D]")).mean()
    return bool(at_midnight < _BY_CHANCE) and describe(np.unique(stamps)).words == IRREGULAR


def _at_once(n: int, *, adding: bool) -> Warning:
    how = "added up" if adding else "brought to their mean"
    return Warning(
        "same-moment",
        f"{count_of(n, 'row')} of the same moment as another: {how}.",
    )


def _is_under_way(stamps: Any, values: Floats) -> bool:
    """Whether the latest date alone comes twice, with two values: the day that is under way.

    Yahoo ends its files so, with the last price behind that of the row before.
    """
    again = stamps[1:] == stamps[:-1]
    if len(stamps) <= _FEWEST or not again[-1] or again[:-1].any():
        return False
    return bool(0 < abs(values[-1] - values[-2]) <= _A_DAYS_MOVE * abs(values[-2]))


def _under_way(stamps: Any, values: Floats, keep: int) -> Warning:
    """What is said of it; ``keep`` is the place of the row that is used."""
    left = values[-1] + values[-2] - values[keep]
    return Warning(
        "latest-twice",
        f"The latest date, {day(stamps[-1])}, comes twice: {values[keep]:g} is used and "
        f"{left:g}, which was written before it, is not.",
    )


def _unique(stamps: Any, values: Floats) -> tuple[Any, int, Any]:
    """Which of the sorted rows to keep so that every date comes once.

    Args:
        stamps: sorted times.
        values: their values, all finite.

    Returns:
        The positions to keep, how many rows repeated a value, and the times of repeated hours at
        the end of daylight saving.

    Raises:
        DataError: ``contradictory-duplicates``.
    """
    again = np.r_[False, stamps[1:] == stamps[:-1]]
    if not again.any():
        return slice(None), 0, stamps[:0]
    starts = np.maximum.accumulate(np.where(again, 0, np.arange(len(stamps))))
    differ = again & (values != values[starts])
    odd = stamps[differ]
    if len(odd) and not _ends_daylight_saving(odd, len(stamps)):
        place = int(np.flatnonzero(differ)[0])
        if stamps[0] == stamps[-1] and len(stamps) > _PAIR:
            raise DataError(
                "contradictory-duplicates",
                "All rows have the same date.",
                expected="a date of its own in each row",
                received=f"{len(stamps):,} rows of {day(stamps[0])}",
                fix="If each row is about another thing, export one of them over many dates. If "
                "the date stands for none, as where a clock was never set, export the true dates, "
                "or number the rows instead.",
            )
        raise DataError(
            "contradictory-duplicates",
            "The same date comes several times with different values.",
            expected="one value for each date",
            received=f"{values[starts[place]]:g} and {values[place]:g} on {day(stamps[place])}; "
            f"{count_of(int(differ.sum()), 'such row')} in all",
            fix="If they belong together, add them up or take their mean; of a balance, take the "
            "day’s last. If the file holds several series, add a column that names them.",
        )
    return np.flatnonzero(~again), int((again & ~differ).sum()), odd


def _ends_daylight_saving(odd: Any, n_rows: int) -> bool:
    """Whether all repeats lie in the small hours of Sundays in the months when clocks go back."""
    hour = (odd.astype("M8[h]") - odd.astype("M8[D]")).astype(np.int64)
    weekday = (odd.astype("M8[D]").astype(np.int64) + 3) % 7
    month = odd.astype("M8[M]").astype(np.int64) % 12 + 1
    midnight_only = bool((odd == odd.astype("M8[D]")).all())
    fits = (hour <= 3) & (weekday == 6) & np.isin(month, (3, 4, 9, 10, 11))
    return bool(fits.all()) and not midnight_only and len(odd) <= max(0.02 * n_rows, 60)
