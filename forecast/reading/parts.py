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
from forecast.reading.months import MONTHS
from forecast.reading.remarks import unmarked
from forecast.reading.shapes import BY_NAME
from forecast.reading.stamps import build
from forecast.reading.totals import is_total
from forecast.reading.words import (
    DATES,
    DAY_NAMES,
    DAYS,
    MONTH_COLUMNS,
    QUARTER_NAMES,
    WEEK_NAMES,
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
_COUNTED = (("n", DAY_NAMES, "ymd"), ("w", WEEK_NAMES, "week"), ("q", QUARTER_NAMES, "yq"))
_DIGITS = re.compile(r"^(?:[^\d\W]{1,8}[. -]{0,2})?(\d+)(?:[.]0)?(?:[. ]{0,2}[^\d\W]{1,9}[.]?)?$")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_MONTH_CODE = re.compile(r"([^\W\d]{3,10})[ _.-]?(0?[1-9]|1[0-2])")  # MONAT07
_WEEKS_OF_A_QUARTER = 14
_FEWEST_MONTHS = 3  # different ones: May and June are also people's names
_STEPS = {"w": 2, "q": 1, "n": 366}  # from row to row, within a year
_FILLED_DOWN = 0.5  # of the cells: from two steps a year on
_LABELS = 3  # columns that may stand before a nameless date
_MOST = 0.9  # of the rows or steps that must fit


def find_parts(grid: Grid, samples: list[list[str]]) -> Found | None:
    """The dates, and the columns that they are made of; None if no columns say year and more.

    Args:
        samples: cells of each column.
    """
    places: dict[str, int] = {}
    for column, name in enumerate(grid.names):
        for part, words in _NAMED:
            fitting = part not in places and _is_called(name, words)
            if fitting and is_part(samples[column], part):
                places[part] = column
                break
    if "m" not in places:
        places |= _months_said(grid, samples)
    if "y" not in places:
        places = _by_value(grid, samples)
    if "y" not in places:
        return None
    if "m" not in places or "d" not in places:
        counted = _counted(grid, samples, places)
        if counted is not None:
            return counted
    if "m" not in places:
        return None
    return _dates(grid, places, "ymd" if "d" in places else "ym")


def _is_called(name: str, words: frozenset[str]) -> bool:
    """Whether a header is one of some words, or several of them, as over two rows of names."""
    bare = normal(name)
    return bare in words or (bool(bare) and words.issuperset(bare.split()))


def _months_said(grid: Grid, samples: list[list[str]]) -> dict[str, int]:
    """A column of months' names beside one of years, whatever their headers."""
    for month, sample in enumerate(samples):
        said = {cell.lower().strip(".") for cell in sample if not is_total(cell)}
        if len(said - {""}) < _FEWEST_MONTHS or not all(
            word in MONTHS or _MONTH_CODE.fullmatch(word) for word in said - {""}
        ):
            continue
        for year, years in enumerate(samples):
            is_dated = bool(tokens(grid.names[year]) & DATES)
            if is_dated and is_part(years, "y") and all(len(cell) in (0, 4) for cell in years):
                return {"y": year, "m": month}
    return {}


def _counted(grid: Grid, samples: list[list[str]], places: dict[str, int]) -> Found | None:
    """Dates from a year and a column that counts within it, if there is one."""
    named = {
        part: column
        for part, names, _ in _COUNTED
        for column, name in enumerate(grid.names)
        if normal(name) in names and is_part(samples[column], part)
    }
    year, _ = _filled_down(*whole_numbers(grid.columns[places["y"]], "y"))
    month = whole_numbers(grid.columns[places["m"]], "m")[0] if "m" in places else None
    for part, _, shape in _COUNTED:
        if part not in named or (part != "n" and "d" in places):
            continue
        if part == "q" and month is not None:
            continue  # it tells nothing that the month does not
        count, _ = whole_numbers(grid.columns[named[part]], part)
        within = month is not None or "q" in named  # perhaps only within a month or a quarter
        if part == "w" and within and count.max() <= _WEEKS_OF_A_QUARTER:
            continue
        if _runs_on(year, count, part) and (month is None or _agree(month, count, part)):
            used = {name: column for name, column in places.items() if name != "d"}
            return _dates(grid, {**used, part: named[part]}, shape)
    return None


def _runs_on(year: Ints, count: Ints, part: str) -> bool:
    """Whether a column counts on from row to row: hours a week and kilowatts do not."""
    steps = np.abs(np.diff(count))[np.diff(year) == 0]
    return bool(len(steps)) and bool(steps.any()) and np.mean(steps <= _STEPS[part]) >= _MOST


def _agree(month: Ints, count: Ints, part: str) -> bool:
    """Whether the number of a week, or of a day, lies in the month beside it."""
    a_month = (53 if part == "w" else 366) / 12
    apart = np.abs(count - (month - 0.5) * a_month)
    around_new_year = ((month == 12) & (count == 1)) | ((month == 1) & (count >= 52))
    return bool(np.mean((apart < 0.9 * a_month) | around_new_year) >= _MOST)


def _dates(grid: Grid, places: dict[str, int], shape: str) -> Found:
    numbers: dict[str, Ints] = {}
    empty = np.zeros(grid.n_rows, dtype=np.bool_)
    for part, column in places.items():
        numbers[part], missing = whole_numbers(grid.columns[column], part)
        if part == "y":
            numbers[part], missing = _filled_down(numbers[part], missing)
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


def _filled_down(year: Ints, missing: Bools) -> tuple[Ints, Bools]:
    """Years written in the first row of each alone, as spreadsheets do that merge the others."""
    if not len(missing) or missing[0] or missing.mean() < _FILLED_DOWN:
        return year, missing
    last = np.maximum.accumulate(np.where(missing, 0, np.arange(len(year))))
    return year[last], np.zeros_like(missing)


def _year_of_week(year: Ints, month: Ints, week: Ints) -> Ints:
    """The year that an ISO week belongs to, where that of the calendar is written beside it."""
    next_year, last_year = (month == 12) & (week == 1), (month == 1) & (week >= 52)
    return np.where(next_year, year + 1, np.where(last_year, year - 1, year))


def _by_day_of_year(year: Ints, number: Ints) -> tuple[Any, Bools, Ints]:
    first = (np.clip(year, *_LIMITS["y"]) - 1970).astype("M8[Y]").astype("M8[D]")
    stamps = (first + np.clip(number - 1, 0, 365).astype("m8[D]")).astype("M8[us]")
    return stamps, (number >= 1) & (number <= 366), year


def is_part(sample: list[str], part: str) -> bool:
    """Whether a sample of cells may be a part of dates: "y", "m", "d", "n", "w" or "q"."""
    low, high = _LIMITS[part]
    filled = [cell for cell in sample if cell]
    named = [cell for cell in filled if not is_total(cell)] if part == "m" else []
    if named and all(cell.lower().strip(".") in MONTHS for cell in named):
        return True
    whole = [_bare(cell, part) for cell in filled]
    fit = [cell.isdecimal() and len(cell) <= 4 and low <= int(cell) <= high for cell in whole]
    # A column that counts is known by what every cell says, not by most of them.
    return bool(fit) and (all(fit) if part in "nwq" else sum(fit) >= 0.9 * len(fit))


def _bare(cell: str, part: str) -> str:
    """Digits of a part: ``M07`` is month 7, ``KW 7`` week 7, ``Q3`` quarter 3."""
    whole = unmarked(cell).removesuffix(".0") if part in "ymq" else cell.removesuffix(".0")
    if part == "q" and whole.upper() in _ROMAN:
        return _ROMAN[whole.upper()]
    if part in "wq":
        found = _DIGITS.match(whole)
        return found[1] if found else whole
    is_numbered = part == "m" and whole[:1] in ("M", "m") and whole[1:].isdecimal()
    code = _MONTH_CODE.fullmatch(whole) if part == "m" else None
    return whole[1:] if is_numbered else code[2] if code else whole


def _by_value(grid: Grid, samples: list[list[str]]) -> dict[str, int]:
    """Without names: year, month and perhaps day as the first columns, and a value beside them.

    Under headers that say something else, months have to follow one another.
    """
    fit = [is_part(sample, part) for sample, part in zip(samples, "ymd", strict=False)]
    unnamed = not grid.has_header or all(name.startswith("column ") for name in grid.names[:2])
    if len(samples) > 3 and all(fit) and unnamed:
        return {"y": 0, "m": 1, "d": 2}
    if unnamed and (behind := _behind_labels(grid, samples)):
        return behind
    if len(samples) < 3 or not all(fit[:2]):
        return {}
    year, missing = whole_numbers(grid.columns[0], "y")
    month, _ = whole_numbers(grid.columns[1], "m")
    steps = np.diff(12 * _filled_down(year, missing)[0] + month)
    follow = len(steps) > 0 and np.mean(np.abs(steps) == 1) >= _MOST
    return {"y": 0, "m": 1} if follow else {}


def _behind_labels(grid: Grid, samples: list[list[str]]) -> dict[str, int]:
    """Year, month and day that run on from day to day behind a station's number and name."""
    for start in range(1, min(_LABELS, len(samples) - 4) + 1):
        if not all(is_part(samples[start + i], part) for i, part in enumerate("ymd")):
            continue
        y, m, d = (whole_numbers(grid.columns[start + i], p)[0] for i, p in enumerate("ymd"))
        stamps, ok, _ = build({"y": y, "m": m, "d": d}, None, 2100)
        steps = np.diff(stamps[ok]).astype("m8[D]").astype(np.int64)
        if ok.mean() >= _MOST and len(steps) and np.mean(np.abs(steps) == 1) >= _MOST:
            return {"y": start, "m": start + 1, "d": start + 2}
    return {}


def whole_numbers(cells: Any, part: str) -> tuple[Ints, Bools]:
    """A column as such a part's numbers, and which cells hold none."""
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
