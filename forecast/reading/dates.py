"""A column of cells → dates, by explicit layouts only, verified cell by cell.

No parser guesses here. A layout is found on a sample, applied to the whole column, and every cell
that does not fit is reported. Where a layout leaves open which number is the day, the column
decides: by days above 12, else by which order makes the rows run in one direction at a steady pace,
and if both do, the caller is told that both fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.order import ORDERS, Choice, Wish, choose_order
from forecast.reading.remarks import unmarked
from forecast.reading.shapes import COLONS, QUARTERS, SEASON, SHAPES, SHORT_MONTH, WEEKS, Shape
from forecast.reading.stamps import Bools, Parts, Stamps, build, split
from forecast.reading.words import (
    DATES,
    MONTH_COLUMNS,
    MONTHS,
    NULLS,
    QUARTER_COLUMNS,
    WEEK_COLUMNS,
    tokens,
)

FIRST_YEAR, LAST_YEAR = 1200, 2300
_ENOUGH = 0.9  # share of the sample's cells a layout must fit
_NEIGHBOURS = 50  # cells at the start of a sample that follow each other in the file too


@dataclass(frozen=True)
class ParsedDates:
    """What a column says when read as dates; every array has one entry a cell."""

    stamps: Stamps  # NaT where there is no date
    ok: Bools  # a date of the calendar, in a year that makes sense
    empty: Bools  # no cell, or a word for "nothing"
    impossible: Bools  # has the layout of a date, but no such day exists
    absurd: Bools  # a day far outside history
    shapes: tuple[Shape, ...]  # layouts found, the commonest first
    choice: Choice | None = None  # how day and month were told apart, where that was open
    zone: bool = False  # cells name a time zone or an offset from UTC

    @property
    def step(self) -> str:
        """The finest step the layout can tell."""
        return self.shapes[0].step if self.shapes else ""

    @property
    def weak(self) -> bool:
        """Whether plain numbers would look the same."""
        return bool(self.shapes) and self.shapes[0].weak


def find_shapes(sample: Sequence[str], header: str = "") -> tuple[Shape, ...]:
    """The layouts that together fit a sample of cells, best first; none if they fit too few.

    Args:
        sample: cells of one column.
        header: its name, which can say that 01/2022 is a week and not a month, or 20221 a quarter.
    """
    cells = [cell for cell in sample if cell.lower() not in NULLS]
    if not cells:
        return ()
    named = _named_shape(cells, header)
    if named is not None:
        return (named,)
    return _common_shapes(cells) or _short_months(cells, header)


def _common_shapes(cells: Sequence[str]) -> tuple[Shape, ...]:
    """The layouts that together fit, whatever the header says."""
    if len(set(cells)) > 1 and all(
        fits(cell, SEASON) or fits(unmarked(cell), SEASON) for cell in cells
    ):
        return (SEASON,)
    few = cells[:: max(1, len(cells) // 24)]
    if not any(fits(cell, shape) for cell in few for shape in SHAPES):
        return ()
    best: tuple[int, Shape | None] = (0, None)
    for shape in SHAPES:
        n_fit = sum(fits(cell, shape) for cell in cells)
        if n_fit > best[0]:
            best = (n_fit, shape)
    if best[1] is None or best[0] < 0.3 * len(cells):
        return ()
    found, left = [best[1]], [cell for cell in cells if not fits(cell, best[1])]
    for shape in SHAPES:
        if left and shape is not best[1] and shape.weak == best[1].weak:
            fitting = [cell for cell in left if fits(cell, shape)]
            if fitting:
                found.append(shape)
                left = [cell for cell in left if cell not in fitting]
    left = [cell for cell in left if not any(fits(unmarked(cell), shape) for shape in found)]
    return tuple(found) if len(left) <= (1 - _ENOUGH) * len(cells) else ()


def _short_months(cells: Sequence[str], header: str) -> tuple[Shape, ...]:
    """01/16, 02/16 … as months: only where the header speaks of dates and one follows another."""
    if not tokens(header) & (DATES | MONTH_COLUMNS):
        return ()
    if len(cells) < 3 or not all(fits(cell, SHORT_MONTH) for cell in cells):
        return ()
    near = pa.array(cells[:_NEIGHBOURS])
    months = parse(near, (SHORT_MONTH,)).stamps.astype("M8[M]").astype(np.int64)
    steps = np.diff(months)
    follow = (steps == 1).mean() >= _ENOUGH or (steps == -1).mean() >= _ENOUGH
    return (SHORT_MONTH,) if follow else ()


def _named_shape(cells: Sequence[str], header: str) -> Shape | None:
    """The layout of cells that only their header makes dates: weeks, or quarters such as 20061."""
    words = tokens(header)
    for names, shapes, share in (
        (WEEK_COLUMNS, WEEKS, _ENOUGH),
        (QUARTER_COLUMNS, QUARTERS, 1.0),
    ):
        for shape in shapes if words & names else ():
            if sum(fits(cell, shape) for cell in cells) >= share * len(cells):
                return shape
    return None


def fits(cell: str, shape: Shape) -> bool:
    """Whether one cell has a shape and, for shapes of plain digits, gives a sensible date.

    30 February has the layout of a date: it is refused as such later, not taken for a word.
    """
    if len(cell) > 80:
        return False
    match = shape.regex.match(cell)
    if match is None:
        return False
    said = match.groupdict()
    if "mon" in said and said["mon"].lower().strip(". ") not in MONTHS:
        return False
    if "y2" in said:
        following = int(said["y"]) + 1
        return 1700 < following <= 2100 and int(said["y2"]) in (following, following % 100)
    if "w" in said and not 1 <= int(said["w"]) <= 53:
        return False
    if "q" in said and not "1" <= said["q"] <= "4":
        return False
    if "h" in said and not "1" <= said["h"] <= "2":
        return False
    if shape.step == "month" and "m" in said and not 1 <= int(said["m"]) <= 12:
        return False
    if shape in (*WEEKS, *QUARTERS, *COLONS):
        return 1700 <= int(said["y"]) <= 2100
    return not shape.weak or _is_recent(said, shape)


def looks_like_date(cell: str) -> bool:
    """Whether one cell is a date in a layout that plain numbers do not share."""
    return any(not shape.weak and fits(cell, shape) for shape in (*SHAPES, SEASON))


def _is_recent(said: dict[str, str | None], shape: Shape) -> bool:
    """Whether plain digits, read as a date, give one in recent centuries.

    Ten digits may count seconds too. Those of our days begin with 16 to 18, those that begin with a
    year of ours lie in the 2030s: so a year from 1900 on is taken for one.
    """
    if said.get("e"):
        count = int(str(said["e"]))
        while count >= 10**11:
            count //= 1000
        return 10**8 < count < 4_200_000_000
    if said.get("n"):
        return 10_000 <= int(str(said["n"])) <= 80_000
    first = 1900 if shape.name == "compact hour" else 1700
    limits = {"y": (first, 2100), "m": (1, 12), "d": (1, 31), "H": (0, 24), "Mi": (0, 59)}
    return all(
        low <= int(str(said[part])) <= high
        for part, (low, high) in limits.items()
        if said.get(part)
    )


def parse(
    cells: Any,
    shapes: tuple[Shape, ...],
    order: str | None = None,
    hint: str = "dmy",
    clock: bool = False,
) -> ParsedDates:
    """Read a whole column by layouts found before.

    Args:
        cells: a pyarrow string array, trimmed, without nulls.
        shapes: the layouts, the commonest first; each cell is read by the first that fits it.
        order: "dmy", "mdy" or "ymd" where a person has said so.
        hint: the order to prefer where nothing else decides.
        clock: whether another column holds the time of day.

    Returns:
        Dates and, for every cell without one, why.
    """
    encoded = cells.dictionary_encode()
    if len(encoded.dictionary) <= 0.5 * len(cells):
        return _expand(
            _parse(encoded.dictionary, shapes, Wish(order, hint, clock), encoded.indices), encoded
        )
    return _parse(cells, shapes, Wish(order, hint, clock), None)


def _expand(parsed: ParsedDates, encoded: Any) -> ParsedDates:
    codes = np.asarray(encoded.indices)
    return replace(
        parsed,
        stamps=parsed.stamps[codes],
        ok=parsed.ok[codes],
        empty=parsed.empty[codes],
        impossible=parsed.impossible[codes],
        absurd=parsed.absurd[codes],
    )


def _parse(cells: Any, shapes: tuple[Shape, ...], wish: Wish, codes: Any) -> ParsedDates:
    n = len(cells)
    stamps = np.full(n, "NaT", dtype="M8[us]")
    ok, impossible, absurd = (np.zeros(n, dtype=np.bool_) for _ in range(3))
    todo = np.ones(n, dtype=np.bool_)
    choice, zone, used = None, False, []
    for shape in shapes:
        rows = np.flatnonzero(todo)
        if not len(rows):
            break
        some = cells if len(rows) == n else cells.take(pa.array(rows))
        parts, fit = split(some, shape)
        if not fit.any():
            continue
        used.append(shape)
        rows, parts = rows[fit], _where(parts, fit)
        if "a" in parts:
            sequence = _sequence(codes, rows, n)
            choice = choose_order(parts, wish, sequence)
        made, exists, year = build(
            parts, ORDERS[choice.order] if "a" in parts and choice else None, pivot()
        )
        if shape.name == "My" and _are_days(parts, codes):
            continue
        sane = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
        stamps[rows] = np.where(exists & sane, made, np.datetime64("NaT"))
        ok[rows], impossible[rows], absurd[rows] = exists & sane, ~exists, exists & ~sane
        zone = zone or bool((parts.get("tz", np.zeros(1)) > 0).any())
        todo[rows] = False
    parsed = ParsedDates(stamps, ok, _empty(cells), impossible, absurd, tuple(used), choice, zone)
    return _without_remarks(parsed, cells, np.flatnonzero(todo & ~parsed.empty), wish)


def _without_remarks(parsed: ParsedDates, cells: Any, rows: Any, wish: Wish) -> ParsedDates:
    """Read the cells left over once more, without the mark beside the date, if they bear one."""
    left = cells.take(pa.array(rows)).to_pylist()
    bare = [unmarked(cell) for cell in left]
    if not parsed.shapes or bare == left:
        return parsed
    order = parsed.choice.order if parsed.choice else wish.order
    again = _parse(pa.array(bare, pa.string()), parsed.shapes, replace(wish, order=order), None)
    for told, more in zip(
        (parsed.stamps, parsed.ok, parsed.impossible, parsed.absurd),
        (again.stamps, again.ok, again.impossible, again.absurd),
        strict=True,
    ):
        told[rows] = more
    return parsed


def _are_days(parts: Parts, codes: Any) -> bool:
    """Whether "Jan 02", "Jan 03" … are days without a year rather than January 2002, 2003 …"""
    month, year = parts["mon"], parts["y"]
    if codes is not None or len(year) < 3 or (year >= 100).any() or len(np.unique(month)) < 2:
        return False
    next_day = (np.diff(month) == 0) & (np.abs(np.diff(year)) <= 5)
    return bool(next_day.mean() > 0.7)


def _where(parts: Parts, fit: Bools) -> Parts:
    return parts if fit.all() else {name: values[fit] for name, values in parts.items()}


def _sequence(codes: Any, rows: np.ndarray[Any, Any], n: int) -> np.ndarray[Any, Any] | None:
    """For a dictionary of distinct cells: the order in which the file's rows use them."""
    if codes is None:
        return None
    position = np.full(n, -1)
    position[rows] = np.arange(len(rows))
    sequence = position[np.asarray(codes)]
    return np.asarray(sequence[sequence >= 0])


def _empty(cells: Any) -> Bools:
    return np.asarray(pc.is_in(pc.utf8_lower(cells), value_set=pa.array(sorted(NULLS))))


def pivot() -> int:
    """The latest year two digits can mean: files hold history and forecasts of some years."""
    return dt.date.today().year + 10


def sample_of(cells: Any, size: int = 200) -> list[str]:
    """Cells spread over a whole column, the first and last among them."""
    n = len(cells)
    places: Iterable[int] = range(n)
    if n > size:
        head = np.arange(size // 4)
        places = np.unique(np.concatenate([head, np.linspace(0, n - 1, size).astype(int)]))
    return [str(cell) for cell in cells.take(pa.array(places, pa.int64())).to_pylist()]
