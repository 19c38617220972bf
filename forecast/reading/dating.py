"""Which column, or which columns together, date the rows.

A date may stand in one column, in a date and a clock column, or in year, month and day of their
own. Columns of plain digits (20200102, seconds since 1970, Excel's day numbers, years) count only
if their header or their steps support it: a volume of 1,577,836,800 is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.clocks import add_clock, find_clock
from forecast.reading.dates import ParsedDates, parse, sample_of
from forecast.reading.fractional import find_fractional
from forecast.reading.grid import Grid
from forecast.reading.model import Answers
from forecast.reading.monthdays import find_month_days
from forecast.reading.numbers import is_numeric
from forecast.reading.parts import find_parts
from forecast.reading.ranges import first_day, first_days
from forecast.reading.shapes import Shape
from forecast.reading.spelling import find_shapes, fits
from forecast.reading.totals import is_total, longer_steps
from forecast.reading.words import (
    BIRTHS,
    CLOCKS,
    COUNTERS,
    DATES,
    DAYS,
    MONTH_COLUMNS,
    YEARS,
    normal,
    tokens,
)

_COMMA = re.compile(r"^[-+]?\d+,\d{1,2}(?:\D|$)|\d[. ']\d{3},\d")
_MOST_ASIDES = 0.7  # of the rows: a year may come with every half of one
_PARTS_OF_YEARS = frozenset({"half-year", "quarter", "week"})
_LONGEST_PACE = 31  # days
_MILLISECONDS = 13  # digits of a count of them since 1970
NUMBERED_ROWS = ""  # the answer for ``Answers.date_column`` that asks for numbered rows


@dataclass(frozen=True)
class Dated:
    """The dates of a grid's rows and where they came from."""

    parsed: ParsedDates = field(repr=False)
    used: tuple[int, ...]  # columns that make up the dates
    label: str
    others: tuple[int, ...] = ()  # further columns of dates: no values to forecast
    rivals: tuple[int, ...] = ()  # those among them that would date the rows differently
    asides: tuple[int, ...] = ()  # rows that are no steps: totals, years among months


@dataclass(frozen=True)
class Candidate:
    """A column that can be read as dates."""

    column: int
    shapes: tuple[Shape, ...]
    score: float
    longer: tuple[Shape, ...] = ()  # layouts of cells that stand for longer steps


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
    grid, samples = _without_stretches(grid, samples)
    candidates = _candidates(grid, samples, wanted)
    parts = find_parts(grid, samples) if wanted is None else None
    days = find_month_days(grid, samples) if wanted is None and parts is None else None
    others = tuple(candidate.column for candidate in candidates)
    strong = [candidate for candidate in candidates if not candidate.shapes[0].weak]
    longer: tuple[Shape, ...] = ()
    parts = days or (None if strong else parts)
    if parts is not None:
        parsed, used = parts
        dated = Dated(parsed, used, " + ".join(grid.names[column] for column in used))
    elif candidates:
        best = candidates[0]
        hint = _order_hint(grid, samples[best.column])
        clock = find_clock(grid.names, samples, (best.column,)) is not None
        parsed = parse(grid.columns[best.column], best.shapes, answers.date_order, hint, clock)
        dated = Dated(parsed, (best.column,), grid.names[best.column])
        longer = best.longer
    else:
        fractional = find_fractional(grid, samples) if wanted is None else None
        if fractional is None:
            return None
        parsed, column = fractional
        return Dated(parsed, (column,), grid.names[column])
    dated = _without_asides(grid, dated, longer)
    dated = add_time(grid, dated, samples)
    left = tuple(column for column in others if column not in dated.used)
    rivals = () if wanted is not None else _rivals(grid, dated, candidates)
    return replace(dated, others=left, rivals=rivals)


def _without_stretches(grid: Grid, samples: list[list[str]]) -> tuple[Grid, list[list[str]]]:
    """Stretches of days, such as weeks from day to day, as their first days."""
    columns = list(grid.columns)
    for column, sample in enumerate(samples):
        if not any(map(first_day, sample[:3])) or find_shapes(sample):
            continue
        made = first_days(columns[column], sample)
        if made is not None:
            columns[column] = made
            samples[column] = sample_of(made)
    return replace(grid, columns=tuple(columns)), samples


def _without_asides(grid: Grid, dated: Dated, longer: tuple[Shape, ...]) -> Dated:
    """Set rows apart that have no date because they sum others up."""
    rows = np.flatnonzero(~dated.parsed.ok)
    if not 0 < len(rows) <= _MOST_ASIDES * grid.n_rows:
        return dated
    place, found = pa.array(rows), np.zeros(len(rows), dtype=np.bool_)
    for column, cells in enumerate(grid.columns):
        words = cells.take(place).dictionary_encode()
        if (
            column not in dated.used
            and not pc.any(pc.match_substring_regex(words.dictionary, r"\p{L}")).as_py()
        ):
            continue  # plain numbers name no totals
        shapes = longer if column in dated.used else ()
        sums = [
            is_total(word) or any(fits(word, shape) for shape in shapes)
            for word in words.dictionary.to_pylist()
        ]
        found |= np.array(sums, dtype=np.bool_)[np.asarray(words.indices)]
    asides = rows[found]
    impossible = dated.parsed.impossible.copy()
    impossible[asides] = False
    return replace(
        dated, parsed=replace(dated.parsed, impossible=impossible), asides=tuple(asides.tolist())
    )


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
        steps = [cell for cell in sample if not is_total(cell)]
        shapes = find_shapes(steps, grid.names[column])
        if not shapes:
            continue
        counts = _counts(steps, shapes)
        longer = longer_steps(shapes, counts)
        shapes = tuple(shape for shape in shapes if shape not in longer)
        score = _score(grid.names[column], column, sample, shapes, wanted is not None)
        if score > 0:
            found.append(Candidate(column, shapes, score, longer))
    return sorted(found, key=lambda candidate: -candidate.score)


def _counts(cells: list[str], shapes: tuple[Shape, ...]) -> list[int]:
    """How many cells each layout reads, every cell read by the first that fits it."""
    first = [next((place for place, s in enumerate(shapes) if fits(c, s)), -1) for c in cells]
    return [first.count(place) for place in range(len(shapes))]


def _score(
    name: str, column: int, sample: list[str], shapes: tuple[Shape, ...], asked: bool
) -> float:
    """How well a column would date the rows; 0 if it should not."""
    named = bool(tokens(name) & DATES)
    shape = shapes[0]
    score = (
        10.0
        if not shape.weak
        else {"compact": 8.0, "compact num": 8.0, "compact hour": 8.0, "epoch": 6.0}.get(
            shape.name, 4.0
        )
    )
    if shape.weak and not (asked or _supported(named, name, column, sample, shape)):
        return 0.0
    is_code = shape.step in _PARTS_OF_YEARS and not (named or asked)
    if is_code and parse(pa.array([c for c in sample if c]), (shape,)).ok.mean() < 0.5:
        return 0.0  # "s20013" is a student's number, no half of the year 13
    filled = [cell for cell in sample if cell]
    score += 4.0 if named else 0.0
    score -= 8.0 if tokens(name) & BIRTHS and not asked else 0.0
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
    steps = np.diff(stamps[~np.isnat(stamps)]).astype("m8[us]").astype(np.int64) / 86_400e6
    if not len(steps):
        return named
    runs_on = bool((steps > 0).all() or (steps < 0).all())
    if shape.name == "epoch" and len(sample[0]) >= _MILLISECONDS and name.startswith("column "):
        return bool((steps >= 0).all() or (steps <= 0).all())  # trades may share a moment
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
    if shape.name == "compact" and runs_on and pace <= _LONGEST_PACE:
        return True  # eight digits that are all dates, one after the other, wherever they stand
    if shape.name in ("y.m", "m.y", "compact month"):
        # Decimals (2003.1, 2003.2 …) run on as well: only whole digits may skip rows.
        long = sparse and shape.name == "compact month"
        return column == 0 and runs_on and (pace < 32 or long)
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


def named_as_dates(grid: Grid) -> list[int]:
    """Columns whose header says that they hold dates, whatever they hold."""
    sure = DATES - CLOCKS - YEARS - MONTH_COLUMNS - DAYS
    return [
        column
        for column, name in enumerate(grid.names)
        if tokens(name) & sure and not is_numeric(sample_of(grid.columns[column]))
    ]
