"""Dates whose parts stand in columns of their own.

Year, month and day; year and month; or a year and what is counted in it: the quarter, the ISO week,
or the day's number, as satellites' archives write it.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from forecast.reading.dates import ParsedDates
from forecast.reading.grid import Grid
from forecast.reading.shapes import BY_NAME
from forecast.reading.stamps import build
from forecast.reading.words import (
    DAYS,
    DAYS_OF_YEAR,
    MONTH_COLUMNS,
    MONTHS,
    QUARTER_COLUMNS,
    WEEK_COLUMNS,
    YEARS,
    normal,
    tokens,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Found = tuple[ParsedDates, tuple[int, ...]]

_LIMITS = {"y": (1200, 2300), "m": (1, 12), "d": (1, 31), "n": (1, 366), "w": (1, 53), "q": (1, 4)}
_NAMED = (("y", YEARS), ("m", MONTH_COLUMNS), ("d", DAYS))
# What a year may be divided into instead of months: the name of its column, the shape of its dates.
_COUNTED = (("n", DAYS_OF_YEAR, "ymd"), ("w", WEEK_COLUMNS, "week"), ("q", QUARTER_COLUMNS, "yq"))
_DIGITS = re.compile(r"^[^\d\W]{0,8}[. -]{0,2}(\d+)(?:[.]0)?(?:[. ]{0,2}[^\d\W]{1,9}[.]?)?$")
_WEEKS_OF_A_MONTH = 6


def find_parts(grid: Grid, samples: list[list[str]]) -> Found | None:
    """The dates, and the columns that they are made of; None if no columns say year and more.

    Args:
        samples: cells of each column.
    """
    places: dict[str, int] = {}
    for column, name in enumerate(grid.names):
        for part, words in _NAMED:
            fitting = normal(name) in words and part not in places
            if fitting and _is_part(samples[column], part):
                places[part] = column
                break
    if not grid.has_header and not places:
        places = _by_value(samples)
    if "y" not in places:
        return None
    if "d" not in places:
        counted = _count(grid, samples, "m" in places)
        if counted is not None:
            part, column, shape = counted
            return _dates(grid, {**places, part: column}, shape)
    if "m" not in places:
        return None
    return _dates(grid, places, "ymd" if "d" in places else "ym")


def _count(grid: Grid, samples: list[list[str]], with_months: bool) -> tuple[str, int, str] | None:
    """The column that counts within the year: which part it is, its place, its shape."""
    for part, words, shape in _COUNTED:
        for column, name in enumerate(grid.names):
            if not tokens(name) & words or not _is_part(samples[column], part):
                continue
            most = max(int(_bare(cell, part)) for cell in samples[column] if cell)
            # Beside months, weeks may be those of the month, and a quarter tells nothing new.
            if not with_months or (part != "q" and most > _WEEKS_OF_A_MONTH):
                return part, column, shape
    return None


def _dates(grid: Grid, places: dict[str, int], shape: str) -> Found:
    numbers: dict[str, Ints] = {}
    empty = np.zeros(grid.n_rows, dtype=np.bool_)
    for part, column in places.items():
        numbers[part], missing = _whole_numbers(grid.columns[column], part)
        empty |= missing
    if "w" in numbers and "m" in numbers:
        numbers["y"] = _year_of_week(numbers["y"], numbers.pop("m"), numbers["w"])
    if "n" in numbers:
        stamps, ok, year = _by_day_of_year(numbers["y"], numbers["n"])
    else:
        stamps, ok, year = build(numbers, None, 2100)
    low, high = _LIMITS["y"]
    ok &= ~empty & (year >= low) & (year <= high)
    parsed = ParsedDates(
        np.where(ok, stamps, np.datetime64("NaT")),
        ok,
        empty,
        ~ok & ~empty,
        np.zeros_like(ok),
        (BY_NAME[shape],),
    )
    return parsed, tuple(places.values())


def _year_of_week(year: Ints, month: Ints, week: Ints) -> Ints:
    """The year that an ISO week belongs to, where that of the calendar is written beside it."""
    next_year, last_year = (month == 12) & (week == 1), (month == 1) & (week >= 52)
    return np.where(next_year, year + 1, np.where(last_year, year - 1, year))


def _by_day_of_year(year: Ints, number: Ints) -> tuple[Any, Bools, Ints]:
    first = (np.clip(year, *_LIMITS["y"]) - 1970).astype("M8[Y]").astype("M8[D]")
    stamps = (first + np.clip(number - 1, 0, 365).astype("m8[D]")).astype("M8[us]")
    return stamps, (number >= 1) & (number <= 366), year


def _is_part(sample: list[str], part: str) -> bool:
    low, high = _LIMITS[part]
    filled = [cell for cell in sample if cell]
    if part == "m" and filled and all(cell.lower().strip(".") in MONTHS for cell in filled):
        return True
    whole = [_bare(cell, part) for cell in filled]
    fit = [cell.isdecimal() and len(cell) <= 4 and low <= int(cell) <= high for cell in whole]
    # A column that counts is known by what every cell says, not by most of them.
    return bool(fit) and (all(fit) if part in "nwq" else sum(fit) >= 0.9 * len(fit))


def _bare(cell: str, part: str) -> str:
    """Digits of a part: ``M07`` is month 7, ``KW 7`` week 7, ``Q3`` quarter 3."""
    whole = cell.removesuffix(".0")
    if part in "wq":
        found = _DIGITS.match(whole)
        return found[1] if found else whole
    is_numbered = part == "m" and whole[:1] in ("M", "m") and whole[1:].isdecimal()
    return whole[1:] if is_numbered else whole


def _by_value(samples: list[list[str]]) -> dict[str, int]:
    """Without a header: year, month, day as the first three columns."""
    if len(samples) < 4 or not all(_is_part(samples[i], part) for i, part in enumerate("ymd")):
        return {}
    return {"y": 0, "m": 1, "d": 2}


def _whole_numbers(cells: Any, part: str) -> tuple[Ints, Bools]:
    encoded = cells.dictionary_encode()
    table = []
    for cell in encoded.dictionary.to_pylist():
        bare = _bare(cell.lower().strip("."), part)
        if part == "m" and bare in MONTHS:
            table.append(MONTHS[bare])
        else:
            table.append(int(bare) if bare.isdecimal() and len(bare) <= 6 else -1)
    numbers = np.array(table, dtype=np.int64)[np.asarray(encoded.indices)]
    return numbers, np.asarray(pc.equal(cells, "")) | (numbers < 0)
