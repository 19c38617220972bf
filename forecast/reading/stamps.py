"""Cells of one layout → their parts as whole numbers → days and times, a column at a time.

Two ways lead to the parts. If every cell has its digits and signs in the same places, the parts are
cut out of the raw bytes; else Arrow applies the pattern to every cell. Both accept and reject the
same cells: the first is only a faster way to the same answer.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.months import MONTHS
from forecast.reading.shapes import Shape

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Stamps = np.ndarray[Any, np.dtype[np.datetime64]]
Parts = dict[str, Ints]

ABSENT = -1
UTC, LOCAL = 1, 2  # what a time zone can be
_UTC = re.compile(r"z|utc|gmt|(?:utc|gmt)?[-+]00?(?::?00)?")
_LONG_AGO = 100
_ROC = 1911  # Taiwan counts its years from 1912 on
# Japan counts the years of an emperor's era; the year before the first of each.
_ERAS = {"令": 2018, "平": 1988, "昭": 1925, "大": 1911, "明": 1867}
_ERAS |= {"r": 2018, "h": 1988, "s": 1925, "t": 1911, "m": 1867}
# Digits kept after the mark: microseconds; a day in 86 µs; October as 1871.1.
_FRACTIONS = {"f": 6, "nf": 9, "mf": 2}
_DIGIT_PARTS = frozenset(
    {
        "y",
        "ry",
        "ey",
        "y2",
        "m",
        "d",
        "dd",
        "a",
        "b",
        "c",
        "q",
        "h",
        "w",
        "wd",
        "H",
        "Mi",
        "S",
        "e",
        "n",
    }
    | {*_FRACTIONS}
)


def split(cells: Any, shape: Shape) -> tuple[Parts, Bools]:
    """Cut every cell into the parts of a shape.

    Args:
        cells: a pyarrow string array without nulls.
        shape: the layout to apply.

    Returns:
        The parts, ``ABSENT`` where a cell lacks one (``f`` is given in microseconds), and which
        cells have the shape.
    """
    fixed = _split_fixed(cells, shape)
    return fixed if fixed is not None else _split_by_pattern(cells, shape)


def is_fixed(cells: Any, shape: Shape) -> bool:
    """Whether ``split`` will very likely find each part at one place in all cells: told from their
    widths and a thousand of them.
    """
    return _width(cells) > 0 and _split_fixed(cells[:1000], shape) is not None


def _ends(cells: Any) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Where each cell begins in Arrow's letters, and where the last one ends."""
    whole = np.frombuffer(cells.buffers()[1], dtype=np.int32)
    return whole[cells.offset : cells.offset + len(cells) + 1]


def _width(cells: Any) -> int:
    """The number of bytes of every cell, 0 if they differ."""
    widths = np.diff(_ends(cells))
    return int(widths[0]) if len(widths) and (widths == widths[0]).all() else 0


def _split_fixed(cells: Any, shape: Shape) -> tuple[Parts, Bools] | None:
    n = len(cells)
    if n < 2 or "mon" in shape.groups or "era" in shape.groups:
        return None
    start, width = int(_ends(cells)[0]), _width(cells)
    if not 0 < width <= 60:
        return None
    first = cells[0].as_py()
    match = shape.regex.match(first)
    if match is None or not first.isascii():
        return None
    raw = np.frombuffer(cells.buffers()[2], dtype=np.uint8)
    letters = raw[start : start + n * width].reshape(n, width)
    for place, sign in enumerate(first):
        column = letters[:, place]
        alike = (column - np.uint8(48)) <= 9 if sign.isdigit() else column == ord(sign)
        if not alike.all():
            return None
    parts = {}
    for name in shape.groups:
        start, end = match.span(name)
        if name in _DIGIT_PARTS and end > start:
            parts[name] = _number(letters[:, start:end], name)
        else:
            text = match.group(name) or ""
            if name == "tz" and (letters[:, start:end] != letters[0, start:end]).any():
                text = "local"  # offsets that change, with daylight saving
            parts[name] = np.full(n, _letters(name, text))
    return parts, np.ones(n, dtype=np.bool_)


def _number(letters: np.ndarray[Any, np.dtype[np.uint8]], name: str) -> Ints:
    digits = letters[:, : _FRACTIONS.get(name, 19)]
    total = np.zeros(len(letters), dtype=np.int64)
    for place in range(digits.shape[1]):
        total = total * 10 + (digits[:, place] - np.uint8(48))
    missing = _FRACTIONS.get(name, digits.shape[1]) - digits.shape[1]
    total = total * 10**missing
    return _not_short(total, np.full(len(total), digits.shape[1])) if name in "yc" else total


def _not_short(years: Ints, widths: Ints) -> Ints:
    """0019 is no 2019: years of four digits are kept from being filled up to a century."""
    return np.where((widths == 4) & (years < 100), _LONG_AGO, years)


def _letters(name: str, text: str) -> int:
    """Afternoon as 1, morning as 0; a time zone as ``LOCAL``, or ``UTC`` where it is that."""
    text = text.strip().lower()
    if not text:
        return ABSENT
    if name == "tz":
        return UTC if _UTC.fullmatch(text) else LOCAL
    return int(not text.startswith("a"))


def _split_by_pattern(cells: Any, shape: Shape) -> tuple[Parts, Bools]:
    found = pc.extract_regex(cells, f"^(?:{shape.pattern})$")
    ok = np.asarray(pc.is_valid(found))
    parts = {}
    for name in shape.groups:
        column = pc.struct_field(found, name)
        if name == "mon":
            parts[name] = _by_word(column, _month)
        elif name == "era":
            parts[name] = _by_word(column, lambda word: _ERAS.get(word[:1].lower(), 0))
        elif name == "ey":
            parts[name] = _by_word(column, lambda word: int(word) if word.isdecimal() else 1)
        elif name in ("ap", "tz"):
            parts[name] = _by_word(column, partial(_letters, name))
        else:
            parts[name] = _digits(column, name)
    if "mon" in parts:
        ok = ok & (parts["mon"] > 0)
    return parts, ok


def _digits(column: Any, name: str) -> Ints:
    if name in _FRACTIONS:
        width = _FRACTIONS[name]
        filled = pc.utf8_rpad(pc.utf8_slice_codeunits(column, 0, width), width, "0")
        column = pc.if_else(pc.equal(column, ""), "", filled)
    column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    numbers = pc.fill_null(pc.cast(column, pa.uint64()), 0)
    present = np.asarray(pc.is_valid(column))
    whole = np.where(present, np.asarray(numbers).astype(np.int64), ABSENT)
    if name not in ("y", "c"):
        return whole
    return _not_short(whole, np.asarray(pc.fill_null(pc.utf8_length(column), 0)))


def _by_word(column: Any, meaning: Any) -> Ints:
    words = pc.fill_null(column, "").dictionary_encode()
    table = np.array([meaning(word) for word in words.dictionary.to_pylist()], dtype=np.int64)
    return table[np.asarray(words.indices)] if len(table) else np.zeros(0, dtype=np.int64)


def _month(word: str) -> int:
    return MONTHS.get(word.lower().strip(". "), 0)


def build(
    parts: Parts, order: tuple[str, str, str] | None, pivot: int
) -> tuple[Stamps, Bools, Ints]:
    """Put parts together.

    Args:
        parts: as :func:`split` gives them.
        order: which of ``y m d`` the parts ``a b c`` are; None where the shape has no such parts.
        pivot: the latest year that two digits can mean.

    Returns:
        Times to the microsecond, which of them exist in the calendar, and their years.
    """
    if "e" in parts:
        return _from_epoch(parts)
    if "n" in parts:
        return _from_serial(parts)
    parts = dict(parts)
    if order is not None:
        parts.update(zip(order, (parts["a"], parts["b"], parts["c"]), strict=True))
    year = _year(parts, pivot)
    if "w" in parts:
        return _from_week(year, parts)
    month = parts.get("mon", parts.get("mf", parts.get("m", np.ones_like(year))))
    if "q" in parts:
        month = parts["q"] * 3 - 2
    if "h" in parts:
        month = parts["h"] * 6 - 5
    day = parts.get("d", np.ones_like(year))
    stamps, ok = calendar_days(year, month, day)
    if "dd" in parts:
        days = stamps + (parts["dd"] - 1)
        ok &= (parts["dd"] >= 1) & (days.astype("M8[Y]") == stamps.astype("M8[Y]"))
        stamps = days
    clock, clock_ok = clock_time(parts)
    if "y2" in parts:
        ok &= (year + 1) % 100 == parts["y2"] % 100
    return stamps.astype("M8[us]") + clock, ok & clock_ok, year


def _year(parts: Parts, pivot: int) -> Ints:
    if "ry" in parts:
        return parts["ry"] + _ROC
    return parts["era"] + parts["ey"] if "era" in parts else _full_year(parts["y"], pivot)


def _full_year(year: Ints, pivot: int) -> Ints:
    century = pivot // 100 * 100
    full = np.where(year + century > pivot, year + century - 100, year + century)
    return np.where((year >= 0) & (year < 100), full, year)


def calendar_days(year: Ints, month: Ints, day: Ints) -> tuple[Stamps, Bools]:
    """Days of a calendar, and whether they exist (30 February does not).

    >>> days, ok = calendar_days(np.array([2020, 2021]), np.array([2, 2]), np.array([29, 29]))
    >>> ok.tolist(), str(days[0])
    ([True, False], '2020-02-29')
    """
    sane = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(sane, year, 1970) - 1970).astype("M8[Y]").astype("M8[M]") + (
        np.where(sane, month, 1) - 1
    )
    days = months.astype("M8[D]") + (np.where(sane, day, 1) - 1)
    return days, sane & (days.astype("M8[M]") == months)


def clock_time(parts: Parts) -> tuple[Any, Bools]:
    """Time of day as a ``timedelta64[us]``, and whether it exists; 24:00 is the next midnight."""
    n = len(next(iter(parts.values())))
    none = np.zeros(n, dtype=np.int64)
    hour, minute, second, micro = (
        np.maximum(parts.get(name, none), 0) for name in ("H", "Mi", "S", "f")
    )
    half = parts.get("ap", none + ABSENT)
    ok = (hour <= 24) & (minute <= 59) & (second <= 60)
    ok &= (hour < 24) | ((minute == 0) & (second == 0))
    # "13:30 PM" is seen in real files; 12 AM is midnight.
    hour = np.where((half == 1) & (hour < 12), hour + 12, hour)
    hour = np.where((half == 0) & (hour == 12), 0, hour)
    seconds = hour * 3600 + minute * 60 + second
    return (seconds * 1_000_000 + micro).astype("m8[us]"), ok


def _from_epoch(parts: Parts) -> tuple[Stamps, Bools, Ints]:
    count = parts["e"]
    # The unit shows in the magnitude: seconds stay below 1e11 until the year 5138.
    per_unit = np.select(
        [count >= 10**17, count >= 10**14, count >= 10**11], [10**9, 10**6, 10**3], default=1
    )
    seconds, rest = count // per_unit, count % per_unit
    micro = rest * (10**6 // np.minimum(per_unit, 10**6)) // np.maximum(per_unit // 10**6, 1)
    micro = np.where(per_unit == 1, np.maximum(parts.get("f", count * 0), 0), micro)
    stamps = (seconds * 1_000_000 + micro).astype("M8[us]")
    return stamps, count >= 0, stamps.astype("M8[Y]").astype(np.int64) + 1970


def _from_serial(parts: Parts) -> tuple[Stamps, Bools, Ints]:
    day = parts["n"]
    billionths = np.maximum(parts.get("nf", day * 0), 0)
    seconds = np.round(billionths * (86_400 / 10**9)).astype(np.int64)
    base = np.datetime64("1899-12-30", "us")
    stamps = base + (day * 86_400 + seconds).astype("m8[s]")
    return stamps, day > 60, stamps.astype("M8[Y]").astype(np.int64) + 1970


def _from_week(year: Ints, parts: Parts) -> tuple[Stamps, Bools, Ints]:
    jan4, sane = calendar_days(year, np.ones_like(year), np.full_like(year, 4))
    weekday = (jan4.astype("M8[D]").astype(np.int64) + 3) % 7
    day_of_week = np.maximum(parts.get("wd", np.ones_like(year)), 1) - 1
    days = jan4 - weekday.astype("m8[D]") + ((parts["w"] - 1) * 7 + day_of_week).astype("m8[D]")
    ok = sane & (parts["w"] >= 1) & (parts["w"] <= 53) & (day_of_week < 7)
    # A week belongs to the year of its Thursday; most years have no week 53.
    thursday = days - day_of_week.astype("m8[D]") + np.timedelta64(3, "D")
    ok &= thursday.astype("M8[Y]") == jan4.astype("M8[Y]")
    return days.astype("M8[us]"), ok, year
