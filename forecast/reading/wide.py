"""Tables with time across the top, turned into tables with a row for each date.

Climate and statistics offices publish a row for each year and a column for each month or quarter,
meters a row for each day and a column for each hour; read as it stands, January would be taken for
the series. Banks, shops and spreadsheets also write a row for each series and a column for each
date: these become series below each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.across import dates_across, plain
from forecast.reading.dates import sample_of
from forecast.reading.grid import Grid
from forecast.reading.model import Warning
from forecast.reading.months import MONTHS
from forecast.reading.numbers import is_numeric
from forecast.reading.spelling import find_shapes
from forecast.reading.totals import is_total
from forecast.reading.words import normal

DATE, VALUE = "Date", "Value"
_MOST_CELLS = 4_000_000  # of a table with dates across, labels repeated
_QUARTER = re.compile(
    r"(?:q|qtr|quarter|quartal)[ ._]?([1-4])|([1-4])\.? ?(?:q|qtr|quarter|quartal)"
)
_HOUR = re.compile(r"(?:h|he|hr|hour|hour ending|stunde)?[ ._]?(\d{1,2})(?: ?h)?")
_AGAIN = re.compile(r"(?:h|he|hr|hour)?[ ._]?(?:25|0?[23] ?[abx*]|0?2 ?dst)h?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:\s*(?:-|–|to)\s*\d{1,2}:\d{2}(?::00)?)?")
_A_DAY = 24 * 60  # minutes
_STEPS = (60, 30, 15)  # minutes between columns of a day


def unfold(grid: Grid) -> Grid:
    """The grid with its columns of months, hours or dates below each other; else as it is."""
    across = dates_across(grid.names)
    if across:
        return _below_each_other(grid, across)
    twelve = _unnamed_months(grid)
    if twelve:
        return _parts_below(grid, twelve, 0)
    for find, is_row in ((months_of, _is_year), (_quarters, _is_year), (_hours, _is_day)):
        places = find([normal(name) for name in grid.names])
        others = [c for c in range(len(grid.names)) if c not in places] if places else []
        rows = [column for column in others if is_row(grid, column)]
        if len(rows) == 1:
            return _parts_below(grid, places, rows[0])
    return grid


def _below_each_other(grid: Grid, across: tuple[int, ...]) -> Grid:
    """One row for each series and date, unless rows have dates of their own.

    A table of futures has trading days down and months of delivery across: it stays.
    """
    labels = [
        column
        for column in range(len(grid.names))
        if column not in across and not is_total(grid.names[column])
    ]
    samples = [sample_of(grid.columns[column]) for column in labels]
    if any(map(_are_dates, samples)):
        return grid
    dates = [plain(grid.names[column]) for column in across]
    # Beside a column of months, years are dated together with it.
    name = "Year" if all(len(date) == 4 for date in dates) else DATE
    repeated = [pa.array([date] * grid.n_rows, pa.string()) for date in dates]
    return _stacked(grid, labels, across, (name, repeated))


def _parts_below(grid: Grid, places: dict[int, str], row: int) -> Grid:
    """One row for each part of the year, or day, that a row of the table stands for.

    Columns of words, such as a station's name, are kept; other numbers beside them sum them up.
    """
    others = [c for c in range(len(grid.names)) if c not in places and c != row]
    labels = [c for c in others if not is_numeric(sample_of(grid.columns[c]))]
    start = pc.replace_substring_regex(grid.columns[row], r"\.0$", "")
    dates = [pc.binary_join_element_wise(start, part, "") for part in places.values()]
    made = _stacked(grid, labels, tuple(places), (DATE, dates))
    again = [name for name in grid.names if _AGAIN.fullmatch(normal(name))]
    if made is grid or not again or ":" not in next(iter(places.values())):
        return made
    text = f'The hour that comes twice when daylight saving ends, "{again[0]}", was left out.'
    return replace(made, warnings=(*made.warnings, Warning("repeated-hour", text)))


def _stacked(
    grid: Grid, labels: Sequence[int], across: Sequence[int], dates: tuple[str, list[Any]]
) -> Grid:
    """Columns below each other, each with its dates and the labels of its rows.

    Empty cells make no rows: there is no 29 February in most years, and headings have no values.
    """
    if grid.n_rows * len(across) * (len(labels) + 2) > _MOST_CELLS:
        return grid
    values = pa.concat_arrays([grid.columns[column] for column in across])
    filled = pc.not_equal(values, "")
    if not pc.any(filled).as_py():
        return grid
    repeated = [pa.concat_arrays([grid.columns[column]] * len(across)) for column in labels]
    columns = (*repeated, pa.concat_arrays(dates[1]), values)
    return replace(
        grid,
        names=(*(grid.names[column] for column in labels), dates[0], VALUE),
        columns=tuple(column.filter(filled) for column in columns),
    )


def months_of(names: Sequence[str]) -> dict[int, str]:
    """Twelve columns of months: where each stands, and what to write behind a year for it."""
    bare = [normal(name) for name in names]
    found = {column: MONTHS[name] for column, name in enumerate(bare) if name in MONTHS}
    whole = sorted(found.values()) == list(range(1, 13))
    return {column: f"-{month:02d}" for column, month in found.items()} if whole else {}


def _unnamed_months(grid: Grid) -> dict[int, str]:
    """Without names: twelve columns beside years that follow each other."""
    if grid.has_header or len(grid.names) != 13:
        return {}
    years = [cell.removesuffix(".0") for cell in sample_of(grid.columns[0])]
    whole = all(year.isdecimal() and 1700 <= int(year) <= 2100 for year in years)
    if not whole or len(years) != grid.n_rows:
        return {}
    steps = {int(b) - int(a) for a, b in pairwise(years)}
    months = range(1, 13)
    return {month: f"-{month:02d}" for month in months} if steps in ({1}, {-1}) else {}


def _quarters(names: list[str]) -> dict[int, str]:
    """Four columns of quarters."""
    matches = {column: _QUARTER.fullmatch(name) for column, name in enumerate(names)}
    found = {column: int(match[1] or match[2]) for column, match in matches.items() if match}
    whole = sorted(found.values()) == [1, 2, 3, 4]
    return {column: f"-Q{quarter}" for column, quarter in found.items()} if whole else {}


def _hours(names: list[str]) -> dict[int, str]:
    """The columns of a day's hours, numbered or by the clock; 24:00 is the next midnight."""
    matches = {column: _CLOCK.fullmatch(name) for column, name in enumerate(names)}
    clock = {column: 60 * int(m[1]) + int(m[2]) for column, m in matches.items() if m}
    if len(clock) in [_A_DAY // step for step in _STEPS]:
        minutes = list(clock.values())
        minutes[-1] = minutes[-1] or _A_DAY  # 00:30 … 23:30, 00:00
        step = minutes[1] - minutes[0]
        if step in _STEPS and all(b - a == step for a, b in pairwise(minutes)):
            return {c: f" {m // 60:02d}:{m % 60:02d}" for c, m in zip(clock, minutes, strict=True)}
    matches = {column: _HOUR.fullmatch(name) for column, name in enumerate(names)}
    hours = {column: int(match[1]) for column, match in matches.items() if match}
    hours = {column: hour for column, hour in hours.items() if hour < 25}
    numbers = list(hours.values())
    first = numbers[0] if numbers else 0
    if len(numbers) != 24 or first > 1 or numbers != list(range(first, first + 24)):
        return {}
    return {column: f" {hour - first:02d}:00" for column, hour in hours.items()}


def _are_dates(sample: list[str]) -> bool:
    shapes = find_shapes(sample)
    return bool(shapes) and not shapes[0].weak


def _is_year(grid: Grid, column: int) -> bool:
    shapes = find_shapes(sample_of(grid.columns[column]))
    return bool(shapes) and shapes[0].name == "year"


def _is_day(grid: Grid, column: int) -> bool:
    """Whether a column holds days without a time."""
    sample = sample_of(grid.columns[column])
    shapes = find_shapes(sample, grid.names[column])
    is_date = bool(shapes) and shapes[0].step == "time" and not any(":" in cell for cell in sample)
    return is_date and shapes[0].name != "compact hour"
