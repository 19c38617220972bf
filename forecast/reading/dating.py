"""Which column, or which columns together, date the rows.

A date may stand in one column, in a date and a clock column, or in year, month and day of their
own. Columns of plain digits (20200102, seconds since 1970, Excel's day numbers, years) count only
if their header or their steps support it: a volume of 1,577,836,800 is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.clocks import add_clock, find_clock
from forecast.reading.dates import ParsedDates, find_shapes, parse, sample_of
from forecast.reading.grid import Grid
from forecast.reading.model import Answers
from forecast.reading.numbers import is_numeric
from forecast.reading.shapes import BY_NAME, Shape
from forecast.reading.stamps import build
from forecast.reading.words import (
    CLOCKS,
    COUNTERS,
    DATES,
    DAYS,
    DAYS_OF_YEAR,
    MONTH_COLUMNS,
    MONTHS,
    YEARS,
    normal,
    tokens,
)

_COMMA = re.compile(r"^[-+]?\d+,\d{1,2}(?:\D|$)|\d[. ']\d{3},\d")
NUMBERED_ROWS = ""  # the answer for ``Answers.date_column`` that asks for numbered rows


@dataclass(frozen=True)
class Dated:
    """The dates of a grid's rows and where they came from."""

    parsed: ParsedDates = field(repr=False)
    used: tuple[int, ...]  # columns that make up the dates
    label: str
    others: tuple[int, ...] = ()  # further columns of dates: no values to forecast
    rivals: tuple[int, ...] = ()  # those among them that would date the rows differently


@dataclass(frozen=True)
class Candidate:
    """A column that can be read as dates."""

    column: int
    shapes: tuple[Shape, ...]
    score: float


def find_dates(grid: Grid, answers: Answers, wanted: int | None) -> Dated | None:
    """Date the rows of a grid.

    Args:
        grid: the table.
        answers: what a person said (the order of day and month is used here).
        wanted: the column a person named, if any.

    Returns:
        The dates, or None if no column holds any.
    """
    samples = [sample_of(column) for column in grid.columns]
    candidates = _candidates(grid, samples, wanted)
    parts = _separate_parts(grid, samples) if wanted is None else None
    others = tuple(candidate.column for candidate in candidates)
    strong = [candidate for candidate in candidates if not candidate.shapes[0].weak]
    if parts is not None and not strong:
        dated = parts
    elif candidates:
        best = candidates[0]
        hint = _order_hint(grid, samples[best.column])
        clock = find_clock(grid.names, samples, (best.column,)) is not None
        parsed = parse(grid.columns[best.column], best.shapes, answers.date_order, hint, clock)
        dated = Dated(parsed, (best.column,), grid.names[best.column])
    else:
        return None
    dated = add_time(grid, dated, samples)
    left = tuple(column for column in others if column not in dated.used)
    rivals = () if wanted is not None else _rivals(grid, dated, candidates)
    return replace(dated, others=left, rivals=rivals)


def _rivals(grid: Grid, dated: Dated, candidates: list[Candidate]) -> tuple[int, ...]:
    """Other columns of full dates that lie elsewhere in time: ordered on, delivered on."""
    found = []
    for candidate in candidates:
        plain = not candidate.shapes[0].weak and candidate.shapes[0].step == "time"
        if candidate.column in dated.used or not plain or len(dated.used) > 1:
            continue
        other = parse(grid.columns[candidate.column], candidate.shapes)
        both = other.ok & dated.parsed.ok
        apart = np.abs(other.stamps[both] - dated.parsed.stamps[both]) > np.timedelta64(36, "h")
        if len(apart) and other.ok.mean() > 0.9 and apart.mean() > 0.5:
            found.append(candidate.column)
    return tuple(found)


def add_time(grid: Grid, dated: Dated, samples: list[list[str]]) -> Dated:
    """Add the time of day from a column of its own, if there is one and the dates lack it."""
    found = add_clock(grid.names, grid.columns, samples, dated.parsed, dated.used)
    if found is None:
        return dated
    column, parsed = found
    return replace(
        dated,
        parsed=parsed,
        used=(*dated.used, column),
        label=f"{dated.label} + {grid.names[column]}",
    )


def _candidates(grid: Grid, samples: list[list[str]], wanted: int | None) -> list[Candidate]:
    found = []
    for column, sample in enumerate(samples):
        if wanted is not None and column != wanted:
            continue
        shapes = find_shapes(sample, grid.names[column])
        if not shapes:
            continue
        score = _score(grid.names[column], column, sample, shapes, wanted is not None)
        if score > 0:
            found.append(Candidate(column, shapes, score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _score(
    name: str, column: int, sample: list[str], shapes: tuple[Shape, ...], asked: bool
) -> float:
    """How well a column would date the rows; 0 if it should not."""
    named = bool(tokens(name) & DATES)
    shape = shapes[0]
    score = 10.0 if not shape.weak else {"compact": 8.0, "epoch": 6.0}.get(shape.name, 4.0)
    if shape.weak and not (asked or _supported(named, name, column, sample, shape)):
        return 0.0
    filled = [cell for cell in sample if cell]
    score += 4.0 if named else 0.0
    score += 3.0 * len(set(filled)) / len(sample)
    score += 2.0 * len(filled) / len(sample)
    score += {"time": 1.0, "epoch": 1.0}.get(shape.step, 0.0)
    # "Announced date", "close time": dates of something else than the row.
    score -= 2.0 if named and len(normal(name).split()) > 1 and column > 0 else 0.0
    return score - 0.1 * column


def _supported(named: bool, name: str, column: int, sample: list[str], shape: Shape) -> bool:
    if named and shape.name != "serial":
        return True
    stamps = parse(pa.array(sample), (shape,)).stamps
    steps = np.diff(stamps[~np.isnat(stamps)]).astype("m8[s]").astype(np.int64) / 86_400
    if not len(steps):
        return named
    runs_on = bool((steps > 0).all() or (steps < 0).all())
    pace = float(np.median(np.abs(steps)))
    sparse = len(sample) >= 200  # a sample of a long column skips rows
    if tokens(name) & COUNTERS and not named:
        return False
    if shape.name == "serial":
        # 40001, 40002, … without a word in the header are row numbers as likely as days.
        unnamed = column == 0 and name.startswith("column ")
        skips = bool((np.abs(steps) != np.abs(steps[0])).any())
        return named or (unnamed and runs_on and skips and (pace <= 31 or sparse))
    if shape.name == "year":
        unnamed = name.startswith("column ")
        return column == 0 and unnamed and runs_on and (pace < 367 or sparse)
    if shape.name in ("y.m", "m.y", "compact month"):
        return column == 0 and runs_on and pace < 32
    return column == 0 and runs_on


def _order_hint(grid: Grid, sample: list[str]) -> str:
    """Day first, unless nothing in the file speaks against the American way of writing."""
    if any("." in cell.split(" ")[0] for cell in sample[:5]) or _writes_commas(grid):
        return "dmy"
    if any(cell.lower().endswith(("am", "pm")) for cell in sample[:5]):
        return "mdy"
    if grid.delimiter == ";":
        return "dmy"
    return "mdy" if any("/" in cell for cell in sample[:5]) else "dmy"


def _writes_commas(grid: Grid) -> bool:
    """Whether numbers like 1,5 or 1.234,56 are written here: those countries put the day first."""
    few = [cell for column in grid.columns for cell in sample_of(column, 8)]
    return any(_COMMA.search(cell) for cell in few)


def _separate_parts(grid: Grid, samples: list[list[str]]) -> Dated | None:
    """Dates whose year, month and day stand in columns of their own."""
    places: dict[str, int] = {}
    for column, name in enumerate(grid.names):
        bare = normal(name)
        for part, words in (("y", YEARS), ("m", MONTH_COLUMNS), ("d", DAYS)):
            fitting = bare in words and part not in places
            if fitting and _is_part(samples[column], part):
                places[part] = column
                break
    if not grid.has_header and not places:
        places = _parts_by_value(samples)
    if "y" in places and "m" not in places:
        return _by_day_of_year(grid, samples, places["y"])
    if "y" not in places or "m" not in places:
        return None
    numbers, empty = {}, np.zeros(grid.n_rows, dtype=np.bool_)
    for part, column in places.items():
        numbers[part], missing = _whole_numbers(grid.columns[column], part)
        empty |= missing
    stamps, ok, year = build(numbers, None, 2100)
    ok &= ~empty & (year >= 1200) & (year <= 2300)
    shape = BY_NAME["ymd" if "d" in places else "ym"]
    parsed = ParsedDates(
        np.where(ok, stamps, np.datetime64("NaT")),
        ok,
        empty,
        ~ok & ~empty,
        np.zeros_like(ok),
        (shape,),
    )
    used = tuple(places.values())
    return Dated(parsed, used, " + ".join(grid.names[column] for column in used))


def _by_day_of_year(grid: Grid, samples: list[list[str]], year_column: int) -> Dated | None:
    """Dates as a year and the day's number in it, 1 to 366, as satellites' archives write them."""
    for column, name in enumerate(grid.names):
        bare = [cell.removesuffix(".0") for cell in samples[column] if cell]
        counts = [int(cell) for cell in bare if cell.isdecimal() and len(cell) <= 3]
        fits = bool(counts) and len(counts) == len(bare) and 1 <= min(counts) <= max(counts) <= 366
        if not tokens(name) & DAYS_OF_YEAR or not fits:
            continue
        year, no_year = _whole_numbers(grid.columns[year_column], "y")
        count, no_count = _whole_numbers(grid.columns[column], "d")
        empty = no_year | no_count
        first = (np.clip(year, 1200, 2300) - 1970).astype("M8[Y]").astype("M8[D]")
        stamps = (first + np.clip(count - 1, 0, 365).astype("m8[D]")).astype("M8[us]")
        ok = ~empty & (count >= 1) & (count <= 366) & (year >= 1200) & (year <= 2300)
        parsed = ParsedDates(
            np.where(ok, stamps, np.datetime64("NaT")),
            ok,
            empty,
            ~ok & ~empty,
            np.zeros_like(ok),
            (BY_NAME["ymd"],),
        )
        label = f"{grid.names[year_column]} + {name}"
        return Dated(parsed, (year_column, column), label)
    return None


def _is_part(sample: list[str], part: str) -> bool:
    low, high = {"y": (1200, 2300), "m": (1, 12), "d": (1, 31)}[part]
    filled = [cell for cell in sample if cell]
    if part == "m" and filled and all(cell.lower().strip(".") in MONTHS for cell in filled):
        return True
    whole = [_bare(cell, part) for cell in filled]
    fit = [cell.isdecimal() and len(cell) <= 4 and low <= int(cell) <= high for cell in whole]
    return bool(fit) and sum(fit) >= 0.9 * len(fit)


def _bare(cell: str, part: str) -> str:
    """Digits of a part: ``M07`` is month 7."""
    whole = cell.removesuffix(".0")
    is_numbered = part == "m" and whole[:1] in ("M", "m") and whole[1:].isdecimal()
    return whole[1:] if is_numbered else whole


def _parts_by_value(samples: list[list[str]]) -> dict[str, int]:
    """Without a header: year, month, day as the first three columns."""
    if len(samples) < 4 or not all(_is_part(samples[i], part) for i, part in enumerate("ymd")):
        return {}
    return {"y": 0, "m": 1, "d": 2}


def _whole_numbers(cells: Any, part: str) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Any]:
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


def named_as_dates(grid: Grid) -> list[int]:
    """Columns whose header says that they hold dates, whatever they hold."""
    sure = DATES - CLOCKS - YEARS - MONTH_COLUMNS - DAYS
    return [
        column
        for column, name in enumerate(grid.names)
        if tokens(name) & sure and not is_numeric(sample_of(grid.columns[column]))
    ]
