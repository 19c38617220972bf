"""Rows dated by a stretch of days: ``30.12.–05.01.2020``, ``w/c 3 Jan 2022`` → its first day."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from forecast.reading.months import MONTHS

_TO = r"\s*(?:-|–|—|~|\bto\b|\bbis\b|\bau\b|\bal\b|\bdo\b)\s*"
_WORD = r"([^\W\d]{3,12})\.?"
_BEFORE = re.compile(
    r"(?:kw\s?\d{1,2}|cw\s?\d{1,2}|week\s?\d{1,2})?\s*[(:,]?\s*"
    r"(?:w/c|wc|week (?:of|commencing|beginning|starting)|woche vom|semaine du|vom|von|du|from)?"
    r"\s+",
    re.IGNORECASE,
)
_FULL = re.compile(rf"(\d{{1,2}}([./-])\d{{1,2}}\2\d{{2,4}}){_TO}\d{{1,2}}\2\d{{1,2}}\2\d{{2,4}}")
_NUMBERS = re.compile(
    rf"(\d{{1,2}})([./])(\d{{1,2}})\2?{_TO}(\d{{1,2}})\2(\d{{1,2}})\2(\d{{4}}|\d{{2}})"
)
_MONTH_DAY = re.compile(rf"{_WORD} (\d{{1,2}}){_TO}(?:{_WORD} )?\d{{1,2}},? (\d{{4}})")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})\.?(?: {_WORD})?{_TO}\d{{1,2}}\.? {_WORD},? (\d{{4}})")
_MOST = 0.9  # of the cells that must be such stretches


def first_day(cell: str) -> str:
    """The first day of a stretch as a date; "" for what is no stretch.

    >>> [first_day(cell) for cell in ("30.12.–05.01.2020", "Dec 30 - Jan 5, 2020")]
    ['30.12.2019', '30 Dec 2019']
    >>> first_day("w/c 03/01/2022"), first_day("03/01/2022"), first_day("Storage ($)")
    ('03/01/2022', '', '')
    """
    if not cell or len(cell) > 60:
        return ""
    led = _BEFORE.match(f" {cell}")
    bare = f" {cell}"[led.end() :].strip(" )") if led is not None else cell
    found = _FULL.fullmatch(bare)
    if found is not None:
        return found[1]
    found = _NUMBERS.fullmatch(bare)
    if found is not None:
        a, sign, b, a_last, b_last, year = found.groups()
        american = sign == "/" and max(int(b), int(b_last)) > 12
        over = int(a) > int(a_last) if american else int(b) > int(b_last)
        width = len(year)
        return f"{a}{sign}{b}{sign}{(int(year) - over) % 10**width:0{width}}"
    found = _MONTH_DAY.fullmatch(bare)
    if found is not None:
        return _in_words(found[2], found[1], found[3] or found[1], found[4])
    found = _DAY_MONTH.fullmatch(bare)
    if found is not None:
        return _in_words(found[1], found[2] or found[3], found[3], found[4])
    return bare if led is not None and led.group().strip() else ""


def _in_words(day: str, month: str, last: str, year: str) -> str:
    first, final = (MONTHS.get(word.lower(), 0) for word in (month, last))
    return f"{day} {month} {int(year) - (first > final)}" if first and final else ""


def first_days(cells: pa.Array, sample: Sequence[str]) -> pa.Array | None:
    """A column of stretches as their first days; None if it is no such column."""
    filled = [cell for cell in sample if cell]
    if not filled or sum(bool(first_day(cell)) for cell in filled) < _MOST * len(filled):
        return None
    return pa.array([first_day(cell) or cell for cell in cells.to_pylist()], pa.string())
