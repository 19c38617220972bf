"""A day's hours, half hours or quarters by number, whatever their column is called.

Markets of electricity number the parts of a day: period, interval, hour ending. On the days on
which clocks change there is an hour less or one more, and every number after it means another time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from forecast.reading.dates import ParsedDates

Ints = np.ndarray[Any, np.dtype[np.int64]]

_A_DAY = (24, 48, 96)  # hours, half hours, quarters
_LONGEST = 3  # digits: 100 quarters on a day of 25 hours
_SAME = 0.95  # of the days that must have as many rows as the day has parts
_CHANGES = (3, 4, 9, 10, 11)  # months in which clocks change


def find_counted(
    columns: Sequence[Any], samples: Sequence[Sequence[str]], parsed: ParsedDates, used: Any
) -> int | None:
    """The first column that numbers all parts of each day, one row for each; None if none does."""
    for column, sample in enumerate(samples):
        filled = [cell for cell in sample if cell]
        short = bool(filled) and all(cell.isdecimal() and len(cell) <= _LONGEST for cell in filled)
        if column in used or not short:
            continue
        numbers = _numbers(columns[column])
        if numbers is not None and _one_row_each(numbers, parsed):
            return column
    return None


def counted_time(cells: Any, parsed: ParsedDates) -> Any | None:
    """What to add to each row's day for its part of it; None if the cells do not number a day's."""
    numbers = _numbers(cells)
    if numbers is None:
        return None
    first = int(numbers.min())
    days, place = _days(parsed)
    last = np.full(len(days), -1)
    np.maximum.at(last, place, numbers - first)
    n_parts = _usual(last + 1)
    if first > 1 or n_parts not in _A_DAY:
        return None
    hour = n_parts // 24
    part = numbers - first
    changes = (days.astype(np.int64) + 3) % 7 == 6  # Sundays
    changes &= np.isin(days.astype("M8[M]").astype(np.int64) % 12 + 1, _CHANGES)
    long = (changes & (last + 1 == n_parts + hour))[place]
    short = (changes & (last + 1 == n_parts - hour))[place]
    part = np.where(long & (part >= 3 * hour), part - hour, part)
    part = np.where(short & (part >= 2 * hour), part + hour, part)
    return (part * (86_400 // n_parts)).astype("m8[s]").astype("m8[us]")


def _numbers(cells: Any) -> Ints | None:
    encoded = cells.dictionary_encode()
    words = [str(word) for word in encoded.dictionary.to_pylist()]
    if not words or not all(word.isdecimal() and len(word) <= _LONGEST for word in words):
        return None
    numbers: Ints = np.array([int(word) for word in words])[np.asarray(encoded.indices)]
    return numbers


def _days(parsed: ParsedDates) -> tuple[Any, Ints]:
    """The distinct days, and which of them each row is of."""
    days, place = np.unique(parsed.stamps.astype("M8[D]"), return_inverse=True)
    return days, place


def _usual(counts: Ints) -> int:
    return int(np.bincount(np.maximum(counts, 0)).argmax())


def _one_row_each(numbers: Ints, parsed: ParsedDates) -> bool:
    days, place = _days(parsed)
    rows = np.bincount(place, minlength=len(days))
    n_parts = _usual(rows)
    if n_parts not in _A_DAY or np.mean(rows == n_parts) < _SAME - 2 / len(days):
        return False
    pairs = np.unique(place * 1_000 + numbers)
    return len(pairs) >= _SAME * len(numbers) and int(numbers.min()) <= 1
