"""Dates whose year, or year and month, only the name of their sheet says.

Somebody who begins a sheet each year writes "Jan" or "02.01." below each other, and 2024 on the
tab; who begins one each month numbers its days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.reading.months import MONTHS
from forecast.reading.words import DAYS, normal

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_DAY_AND_MONTH = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]?")
_DAY = re.compile(r"\d{1,2}\.?")
_SEARCHED = 3  # columns, from the left
_FEWEST = 2  # such cells
_SHARE = 0.6  # of a column's cells below its heading are such


def completed(rows: Sequence[Sequence[str]], name: str) -> list[list[str]]:
    """The rows of a sheet with the year of its name in their dates, where they lack one.

    >>> completed([["Month", "Sales"], ["Jan", "5"], ["Feb", "6"]], "Shop 2024")
    [['Month', 'Sales'], ['Jan 2024', '5'], ['Feb 2024', '6']]
    >>> completed([["Day", "Sales"], ["1", "5"], ["2", "6"]], "March 2024")
    [['Day', 'Sales'], ['2024-03-01', '5'], ['2024-03-02', '6']]
    """
    table = [list(row) for row in rows]
    years = set(_YEAR.findall(name))
    if len(years) != 1:
        return table
    (year,) = years
    months = {MONTHS[word] for word in _words(name) if word in MONTHS}
    month = months.pop() if len(months) == 1 else 0
    for column in range(_SEARCHED):
        dates = _dates([row[column] if column < len(row) else "" for row in table], year, month)
        if dates:
            for place, date in dates.items():
                table[place][column] = date
            break
    return table


def _dates(cells: Sequence[str], year: str, month: int) -> dict[int, str]:
    """The dates of those cells that lack nothing but what the sheet's name says, by their row."""
    found = {i: with_year for i, cell in enumerate(cells) if (with_year := _with_year(cell, year))}
    if month and not found:
        heads = [i for i, cell in enumerate(cells) if normal(cell) in DAYS]
        first = heads[0] + 1 if heads else len(cells)
        days = {i: int(cells[i].rstrip(".")) for i in range(first, len(cells)) if _is_day(cells[i])}
        if list(days.values()) == sorted(set(days.values())):
            found = {i: f"{year}-{month:02d}-{day:02d}" for i, day in days.items()}
    n_filled = sum(bool(cell) for cell in cells[min(found, default=0) :])
    return found if len(found) >= max(_FEWEST, _SHARE * n_filled) else {}


def _with_year(cell: str, year: str) -> str:
    """A day and a month, or a month, with the year; "" for anything else."""
    if _DAY_AND_MONTH.fullmatch(cell):
        sign = next(sign for sign in "./-" if sign in cell)
        return f"{cell.rstrip(sign)}{sign}{year}"
    words = _words(cell)
    rest = _WORD.sub("", cell).strip(" .,-/")
    if len(words) == 1 and words[0] in MONTHS and (not rest or _DAY.fullmatch(rest)):
        return f"{cell} {year}" if not rest else f"{rest.rstrip('.')} {words[0]} {year}"
    return ""


def _words(text: str) -> list[str]:
    return [word.rstrip(".").lower() for word in _WORD.findall(text)]


def _is_day(cell: str) -> bool:
    return bool(_DAY.fullmatch(cell)) and 1 <= int(cell.rstrip(".")) <= 31
