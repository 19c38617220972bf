"""The time of day in a column of its own: ``17:24:00``, ``172400``, hours 1 to 24, ``00 - 01``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from forecast.reading.counted import counted_time, find_counted
from forecast.reading.dates import ParsedDates
from forecast.reading.shapes import CLOCK
from forecast.reading.stamps import Parts, clock_time, split
from forecast.reading.words import CLOCKS, MINUTES, normal, tokens

_HOUR_TO_HOUR = re.compile(r"^(\d{1,2})\s*(?:-|–|—|~|to|bis)\s*(\d{1,2})(?:\s*(?:[Uu]hr|h))?$")
_AGAIN = re.compile(r"0?[1-3][ABX*]")
_WITH_LETTERS = re.compile(r"\d[Hh]\d\d|\d[.]\d\d\s?[AaPp][.]?\s?[Mm]")
_WITH_DOT = re.compile(r"(?:[01]?\d|2[0-4])[.][0-5]\d")
_FILLED_DOWN = 0.5  # of the cells of a column of days that may be blank
_A_DAY = 23  # distinct hours that make a whole day, even that on which clocks go forward


def add_clock(
    names: Sequence[str],
    columns: Sequence[Any],
    samples: Sequence[Sequence[str]],
    parsed: ParsedDates,
    used: tuple[int, ...],
) -> tuple[int, ParsedDates] | None:
    """Add a clock column's times to dates that have none.

    Returns:
        The column and the dates with their times; None if there is no such column, or no need.
    """
    if parsed.step != "time" or _has_times(parsed):
        return None
    column = find_clock(names, samples, used)
    if column is None and _repeats(parsed):
        column = find_counted(columns, samples, parsed, used)
    if column is None:
        return None
    made = _read(columns[column])
    if made is None:
        return None
    time, ok, is_hour = made
    if _filled_down(parsed, ok) is parsed and not _repeats(parsed) and _varies(time[ok]):
        return None  # one row a day: what varies beside it is a duration, or when somebody measured
    parsed = _filled_down(parsed, ok)
    if is_hour and not _repeats(parsed):
        return None
    counted = counted_time(columns[column], parsed)
    if counted is not None:
        time, ok = counted, np.ones_like(ok)
    if is_hour:
        time = time + _minutes(names, columns, used, column)
    stamps = np.where(parsed.ok & ok, parsed.stamps + time, np.datetime64("NaT"))
    bad = parsed.ok & ~ok
    return column, replace(
        parsed, stamps=stamps, ok=parsed.ok & ok, impossible=parsed.impossible | bad
    )


def _minutes(names: Sequence[str], columns: Sequence[Any], used: tuple[int, ...], hour: int) -> Any:
    """What a column of minutes right beside the hours adds to them."""
    place = hour + 1
    if place >= len(names) or place in used or not set(normal(names[place]).split()) & MINUTES:
        return np.timedelta64(0, "us")
    words = columns[place].to_pylist()
    if not all(word.isdecimal() and int(word) < 60 for word in words):
        return np.timedelta64(0, "us")
    return np.array(words, dtype=np.int64).astype("m8[m]").astype("m8[us]")


def _filled_down(parsed: ParsedDates, timed: Any) -> ParsedDates:
    """Days written beside the first of their hours alone, as where the other cells were merged."""
    blank = parsed.empty & timed
    if not parsed.ok[0] or blank.mean() < _FILLED_DOWN:
        return parsed
    last = np.maximum.accumulate(np.where(blank, 0, np.arange(len(blank))))
    return replace(
        parsed,
        stamps=parsed.stamps[last],
        ok=parsed.ok[last],
        empty=parsed.empty & ~blank,
        impossible=parsed.impossible[last],
        absurd=parsed.absurd[last],
    )


def _varies(times: Any) -> bool:
    return len(times) > 0 and bool((times != times[0]).any())


def _has_times(parsed: ParsedDates) -> bool:
    good = parsed.stamps[parsed.ok]
    return bool((good != good.astype("M8[D]")).any())


def _repeats(parsed: ParsedDates) -> bool:
    good = parsed.stamps[parsed.ok]
    return len(np.unique(good)) < len(good)


def find_clock(
    names: Sequence[str], samples: Sequence[Sequence[str]], used: tuple[int, ...]
) -> int | None:
    """The first column of clock times; failing that, of whole hours.

    Hours need a header that says so, or be all those of a day, from one to the next.
    """
    for column, sample in enumerate(samples):
        filled = [cell for cell in sample if cell]
        if column in used or not filled:
            continue
        is_named = bool(tokens(names[column]) & CLOCKS)
        if all(_is_time(cell, is_named) for cell in filled):
            return column
    for column, sample in enumerate(samples):
        filled = [cell for cell in sample if cell]
        if column in used or not filled:
            continue
        is_named = bool(tokens(names[column]) & CLOCKS)
        if is_named and all(_digits(cell).isdecimal() and len(cell) <= 6 for cell in filled):
            return column
        hours = {_first_hour(cell) for cell in filled}
        if "" not in hours and (is_named or len(hours) >= _A_DAY):
            return column
    return None


def _is_time(cell: str, is_named: bool) -> bool:
    """Whether a cell is a time of day: ``9:30``, ``14h30``, ``11.30 a.m.``; ``9.30`` under a name.

    Under a name that says so it has to be one of a clock: 9.75 is none.
    """
    if CLOCK.regex.match(cell) is None:
        return False
    return (
        ":" in cell
        or _WITH_LETTERS.search(cell) is not None
        or (is_named and _WITH_DOT.fullmatch(cell) is not None)
    )


def _first_hour(word: str) -> str:
    """``00 - 01`` is the hour from 00 on; "" for what is no hour from one to the next."""
    found = _HOUR_TO_HOUR.match(word)
    if found is None:
        return ""
    first, last = int(found[1]), int(found[2])
    return found[1] if first <= 23 and last in (first + 1, (first + 1) % 24) else ""


def _digits(word: str) -> str:
    """``H07`` and ``HE7`` are hour 7, and so is ``07 - 08``; ``2A`` comes twice in autumn."""
    bare = word.upper().removeprefix("H").removeprefix("E").strip()
    return _first_hour(word) or (bare[:-1] if _AGAIN.fullmatch(bare) else bare)


def _read(cells: Any) -> tuple[Any, Any, bool] | None:
    encoded = cells.dictionary_encode()
    words = [str(word) for word in encoded.dictionary.to_pylist()]
    if all(_digits(word).isdecimal() for word in words if word):
        words = [_digits(word) for word in words]
    codes = np.asarray(encoded.indices)
    if all(word.isdecimal() and len(word) <= 6 for word in words if word):
        parts = _bare(words)
        is_hour = all(len(word) <= 2 for word in words)
        ok = np.array([bool(word) for word in words])
    else:
        parts, ok = split(pa.array(words), CLOCK)
        is_hour = False
    time, exists = clock_time(parts)
    return time[codes], (ok & exists)[codes], is_hour


def _bare(words: list[str]) -> Parts:
    """Digits without colons: hours, HHMM or HHMMSS."""
    numbers = np.array([int(word or 0) for word in words], dtype=np.int64)
    longest = max(map(len, words))
    zero = np.zeros_like(numbers)
    if longest <= 2 and 46 <= numbers.max() <= 48 and numbers.min() >= 1:
        # Settlement periods: the half hours of a day, from 1 to 48.
        return {"H": (numbers - 1) // 2, "Mi": (numbers - 1) % 2 * 30, "S": zero}
    if longest <= 2:
        # Hours numbered 1 to 24 (or 25, when a day has one more) mean the first to the last.
        first = 1 if numbers.max() >= 24 and numbers.min() >= 1 else 0
        return {"H": numbers - first, "Mi": zero, "S": zero}
    if longest <= 4:
        return {"H": numbers // 100, "Mi": numbers % 100, "S": zero}
    return {"H": numbers // 10_000, "Mi": numbers // 100 % 100, "S": numbers % 100}
