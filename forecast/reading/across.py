"""Headers of dates: tables with a row for each series and a column for each date."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from forecast.reading.dates import parse
from forecast.reading.kinds import is_typed, kind
from forecast.reading.months import MONTHS
from forecast.reading.spelling import find_shapes, looks_like_date

_PART = re.compile(r"[QqTt][1-4]")  # of a year
_TITLE_ROWS = 12  # above a table
_FEWEST = 3  # dates in a row of cells: two may be a start and an end
_YEAR = re.compile(r"((?:1[789]|20)\d\d)(?:\.0)?(?: ?\[YR\d{4}\])?")
_MONTH = re.compile(
    r"(?:0[1-9]|1[0-2])\.(?:19|20)\d\d|(?:19|20)\d\d\.?(?:0[1-9]|1[0-2])"  # as numbers look too
)


def dates_across(cells: Sequence[str]) -> tuple[int, ...]:
    """The places of cells side by side that are dates running on; () if there are none.

    >>> dates_across(["Item", "2023-01-31", "2023-02-28", "2023-03-31", "Note"])
    (1, 2, 3)
    >>> dates_across(["id", "2015", "2016", "2017"])
    (1, 2, 3)
    >>> dates_across(["Start", "2023-01-31", "End", "2023-03-31", "2022-01-01"])
    ()
    """
    for is_one in (looks_like_date, _YEAR.fullmatch, _MONTH.fullmatch):
        places = tuple(place for place, cell in enumerate(cells) if cell and is_one(cell))
        if len(places) < _FEWEST or places[-1] - places[0] >= len(places):
            continue
        if _run_on([plain(cells[place]) for place in places]):
            return places
    return ()


def without_flags(rows: list[list[str]]) -> list[list[str]]:
    """Rows without nameless columns of marks, as Eurostat writes one behind each date.

    >>> without_flags([["TIME", "2018-01", "", "2018-02", "", "2018-03", ""],
    ...                ["Italy", "1.5", "", "1.6", "p", "1.7", "b"]])
    [['TIME', '2018-01', '2018-02', '2018-03'], ['Italy', '1.5', '1.6', '1.7']]
    """
    for row in rows[:_TITLE_ROWS]:
        dates = [place for place, cell in enumerate(row) if cell and looks_like_date(cell)]
        if len(dates) < _FEWEST or not dates_across([row[place] for place in dates]):
            continue
        marks = set(range(dates[0], len(row))) - set(dates)
        beside = [one[place] for one in rows for place in marks if place < len(one)]
        if not any(row[place] for place in marks) and not any(is_typed(kind(c)) for c in beside):
            return [[cell for i, cell in enumerate(one) if i not in marks] for one in rows]
    return rows


def plain(cell: str) -> str:
    """A date of a header without what stands around it: ``2015 [YR2015]`` is 2015."""
    match = _YEAR.fullmatch(cell)
    return match.group(1) if match else cell


def heads(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of dates is a header: words elsewhere, and no dates in the row below it."""
    places = dates_across(row)
    if not places or all(_YEAR.fullmatch(below[place]) for place in places):
        return False
    rest = [cell for place, cell in enumerate(row) if place not in places]
    has_words = bool(rest) and not any(is_typed(kind(cell)) for cell in rest)
    return has_words and not any(looks_like_date(below[place]) for place in places)


def joined_periods(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows in which a row of years above one of their quarters or months became one header.

    A year may be written over its first part alone, as where cells were merged.
    """
    joined = list(rows)
    for place in range(min(len(rows) - 1, _TITLE_ROWS)):
        above, below = rows[place], rows[place + 1]
        parts = [i for i, cell in enumerate(below) if _PART.fullmatch(cell) or _is_month(cell)]
        if len(parts) < _FEWEST or parts[-1] - parts[0] >= len(parts) or len(above) <= parts[0]:
            continue
        years, names, are_years = "", list(below), True
        for column in parts:
            cell = above[column] if column < len(above) else ""
            years = cell or years
            names[column] = f"{years} {below[column]}"
            are_years = are_years and _YEAR.fullmatch(years) is not None
        if are_years:
            for column in range(parts[0]):
                names[column] = names[column] or above[column]
            joined[place], joined[place + 1] = [""] * len(above), names
            break
    return joined


def _is_month(cell: str) -> bool:
    return cell.lower().strip(". ") in MONTHS


def _run_on(dates: list[str]) -> bool:
    if all(map(_YEAR.fullmatch, dates)):
        steps = np.diff([int(date) for date in dates])
        return bool(steps[0] and (steps == steps[0]).all())
    stamps = parse(pa.array(dates), find_shapes(dates)).stamps
    steps = np.diff(stamps).astype(np.int64)
    if np.isnat(stamps).any() or not ((steps > 0).all() or (steps < 0).all()):
        return False
    days = np.abs(np.diff(stamps)) / np.timedelta64(1, "D")
    return bool((days < 32).all()) or not all(map(_MONTH.fullmatch, dates))
