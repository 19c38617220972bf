"""A column of cells → dates, by explicit layouts only, verified cell by cell.

No parser guesses here. The layouts that :mod:`forecast.reading.spelling` found on a sample are
applied to the whole column, and every cell that does not fit is reported. Where a layout leaves
open which number is the day, the column decides: by days above 12, else by which order makes the
rows run in one direction at a steady pace, and if both do, the caller is told that both fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.order import ORDERS, Choice, Wish, choose_order
from forecast.reading.remarks import unmarked
from forecast.reading.shapes import Shape
from forecast.reading.stamps import ABSENT, Bools, Parts, Stamps, build, is_fixed, split
from forecast.reading.words import NULLS

FIRST_YEAR, LAST_YEAR = 1200, 2300
_BUDDHIST = 543  # years by which that calendar is ahead
_FIRST_BUDDHIST = 1900 + _BUDDHIST


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
    zone: int = ABSENT  # UTC if that is the zone of all cells that name one, else LOCAL

    @property
    def step(self) -> str:
        """The finest step the layout can tell."""
        return self.shapes[0].step if self.shapes else ""

    @property
    def weak(self) -> bool:
        """Whether plain numbers would look the same."""
        return bool(self.shapes) and self.shapes[0].weak


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
    wish = Wish(order, hint, clock)
    # Cells of one width are cut in no time, without looking for those that say the same.
    if not is_fixed(cells, shapes[0]):
        encoded = cells.dictionary_encode()
        if len(encoded.dictionary) <= 0.5 * len(cells):
            parsed = _parse(encoded.dictionary, shapes, wish, encoded.indices)
            return _expand(parsed, encoded)
    return _parse(cells, shapes, wish, None)


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
    choice, zone, used = None, ABSENT, []
    for shape in shapes:
        rows = np.flatnonzero(todo)
        if not len(rows):
            break
        some = cells if len(rows) == n else cells.take(pa.array(rows))
        parts, fit = split(some, shape)
        if not fit.any():
            continue
        used.append(shape)
        rows, parts = rows[fit], _of_our_era(_where(parts, fit))
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
        zone = max(zone, int(parts.get("tz", np.array([ABSENT])).max()))
        todo[rows] = False
    empty = _empty(cells, ~ok)
    parsed = ParsedDates(stamps, ok, empty, impossible, absurd, tuple(used), choice, zone)
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


def _of_our_era(parts: Parts) -> Parts:
    """Years of the Buddhist calendar, such as 2566, as Thailand writes them, counted as ours."""
    latest = pivot() + _BUDDHIST
    for name in ("y", "c"):
        years = parts.get(name)
        if years is not None and (years > _FIRST_BUDDHIST).all() and (years <= latest).all():
            return {**parts, name: years - _BUDDHIST}
    return parts


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


def _empty(cells: Any, asked: Bools) -> Bools:
    """Which of the cells asked about say that there is nothing."""
    rows, empty = np.flatnonzero(asked), np.zeros(len(cells), dtype=np.bool_)
    some = pc.utf8_lower(cells.take(pa.array(rows)))
    empty[rows] = pc.is_in(some, value_set=pa.array(sorted(NULLS)))
    return empty


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
