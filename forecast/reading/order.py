"""Day first or month first: decided by the whole column, never by a setting.

>>> import numpy as np
>>> parts = {"a": np.array([30, 31, 1]), "b": np.array([1, 1, 2]), "c": np.array([2020] * 3)}
>>> choose_order(parts, Wish(hint="mdy"), None).order
'dmy'
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.reading.stamps import Bools, Parts, Stamps, build

ORDERS: dict[str, tuple[str, str, str]] = {
    "dmy": ("d", "m", "y"),
    "mdy": ("m", "d", "y"),
    "ymd": ("y", "m", "d"),
}
_UNEVEN = (
    0.97  # share of even steps: 1 Jan, 1 Feb … of some years, or the first days of each January
)
_CLEARLY = 0.02  # difference in the share of rows that run on, above which one order has won


_YEAR_FIRST = re.compile(r"\D*(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Choice:
    """Which order was taken, and what else was possible."""

    order: str
    also: tuple[str, ...] = ()  # other orders that fit as well, likeliest first
    mixed: bool = False  # no single order fits, but every row fits one


@dataclass(frozen=True)
class Wish:
    """What is known before the column itself is looked at."""

    order: str | None = None  # what a person said; it is taken as it stands
    hint: str = "dmy"  # the order to prefer where nothing else decides
    clock: bool = False  # another column holds the time of day


def choose_order(parts: Parts, wish: Wish, sequence: np.ndarray[Any, Any] | None) -> Choice:
    """Choose the order of three numbers for a whole column.

    Args:
        parts: the numbers ``a b c`` of every cell.
        wish: what is known before.
        sequence: positions of the cells in the file's order, if ``parts`` holds distinct cells.

    Returns:
        The order, and the others that fit as well.
    """
    names = [name for name in ORDERS if name != "ymd" or bool((parts["c"] < 100).all())]
    if wish.order in names:
        return Choice(str(wish.order))
    pivot = dt.date.today().year + 10
    made: dict[str, tuple[Stamps, Bools]] = {}
    for name in names:
        stamps, ok, _ = build(parts, ORDERS[name], pivot)
        made[name] = (stamps, ok)
    fitting = [name for name in names if made[name][1].all()]
    if not fitting:
        best = max(names, key=lambda name: (int(made[name][1].sum()), name == wish.hint))
        some = np.logical_or.reduce([ok for _, ok in made.values()])
        return Choice(best, mixed=bool(some.all()))
    if len(fitting) == 1:
        return Choice(fitting[0])
    marks = {name: _marks(made[name][0], sequence, wish.clock) for name in fitting}
    ranked = sorted(fitting, key=lambda name: (*marks[name], name == wish.hint), reverse=True)
    best_marks = marks[ranked[0]]
    also = [
        name
        for name in ranked[1:]
        if marks[name][0] >= best_marks[0]
        and marks[name][1] >= best_marks[1] - _CLEARLY
        and marks[name][2] >= best_marks[2] - 3
        and not (best_marks[4] == 1.0 and marks[name][4] < _UNEVEN)
    ]
    return Choice(ranked[0], tuple(also))


def _marks(
    stamps: Stamps, sequence: np.ndarray[Any, Any] | None, clock: bool
) -> tuple[bool, float, float, bool, float]:
    """How well rows in file order run as a time series: (not in the future, share running on,
    minus the days between dates if there are times of day too, trading days only, share of even
    steps)."""
    days = stamps.astype("M8[D]").astype(np.int64)
    inside = bool(days.max() <= (dt.date.today() - dt.date(1970, 1, 1)).days + 400)
    ordered = days if sequence is None else days[sequence]
    steps = np.diff(ordered)
    if not len(steps):
        return inside, 1.0, 0.0, False, 1.0
    running = round(max(float((steps >= 0).mean()), float((steps <= 0).mean())), 2)
    distinct = np.unique(days)
    gaps = np.diff(distinct)
    if not len(gaps):
        return inside, running, 0.0, False, 1.0
    middle = float(np.median(gaps))
    workdays = middle <= 5 and len(distinct) >= 8 and bool((((distinct + 3) % 7) < 5).all())
    even = float(((gaps >= 0.5 * middle) & (gaps <= 4 * middle)).mean())
    # Hours and minutes come day after day, not on the first of each month.
    dense = clock or bool((stamps != stamps.astype("M8[D]")).mean() > 0.5)
    return inside, running, -middle if dense else 0.0, workdays, even


def exchanged(cells: Sequence[str]) -> bool:
    """Whether all of these dates, which do not exist, are written year, day, month.

    >>> exchanged(["2023-13-01", "2023/31/12 08:00"]), exchanged(["2023-13-01", "2023-02-30"])
    (True, False)
    """
    found = [_YEAR_FIRST.match(cell) for cell in cells]
    return all(one is not None and _exists(one[1], one[3], one[2]) for one in found)


def _exists(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
