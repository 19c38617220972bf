"""What a corpus case is, and the made-up history that all of them tell.

Every case writes a known list of points in somebody's format. What is expected of the reader is
that list's first and last point, computed here and never by the reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[dt.datetime, float]


@dataclass(frozen=True)
class Case:
    """A file somebody could upload, and what it says."""

    name: str
    data: bytes
    column: str  # the column to be forecast
    first: Point
    last: Point
    n_rows: int


@dataclass(frozen=True)
class Bad:
    """A file nobody can use, and the codes that say why."""

    name: str
    data: bytes
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """One step of a made-up share."""

    when: dt.datetime
    open: float
    high: float
    low: float
    close: float
    volume: int

    @property
    def change(self) -> float:
        """Percent from open to close."""
        return 100 * (self.close / self.open - 1)


@dataclass(frozen=True)
class Written:
    """A file's text in somebody's format."""

    text: str
    column: str
    points: Sequence[Point]
    encoding: str = "utf-8"
    bom: bytes = b""


Format = Callable[[Sequence[Bar]], Written]


def bars(
    n: int,
    start: str = "2019-03-04",
    step: str = "trading",
    level: float = 100.0,
    seed: int = 1,
    digits: int = 2,
) -> list[Bar]:
    """A random walk of ``n`` bars, rounded to ``digits``."""
    rng = np.random.default_rng(seed)
    closes = level * np.exp(np.cumsum(rng.normal(0.0003, 0.012, n)))
    opens = closes * np.exp(rng.normal(0, 0.004, n))
    spread = level * np.abs(rng.normal(0.004, 0.003, n)) + 2 * 10.0**-digits
    made = []
    for place, when in enumerate(_times(n, start, step)):
        first, last = round(float(opens[place]), digits), round(float(closes[place]), digits)
        high = round(max(first, last) + float(spread[place]), digits)
        low = round(min(first, last) - float(spread[place]), digits)
        made.append(Bar(when, first, high, low, last, int(rng.integers(900_000, 90_000_000))))
    return made


def _times(n: int, start: str, step: str) -> Iterator[dt.datetime]:
    when = dt.datetime.fromisoformat(start)
    count = 0
    while count < n:
        if step == "monthly":
            months = when.year * 12 + when.month - 1 + count
            yield dt.datetime(months // 12, months % 12 + 1, 1)
        elif step == "trading":
            while when.weekday() >= 5:
                when += dt.timedelta(days=1)
            yield when
            when += dt.timedelta(days=1)
        else:
            yield when + count * dt.timedelta(minutes=int(step))
        count += 1


def closes(rows: Sequence[Bar], digits: int = 2) -> list[Point]:
    """The points most formats tell."""
    return [(bar.when, round(bar.close, digits)) for bar in rows]


def group(number: float, digits: int = 2, thousands: str = ",", decimal: str = ".") -> str:
    """A number with grouped thousands."""
    text = f"{number:,.{digits}f}"
    return text.translate(str.maketrans({",": thousands, ".": decimal}))


def indian(number: float, digits: int = 2) -> str:
    """A number grouped the Indian way: 12,34,567.80."""
    whole, _, rest = f"{number:.{digits}f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail]) + (f".{rest}" if rest else "")


def table(header: str, rows: Sequence[str], end: str = "\n") -> str:
    """Lines of text."""
    return end.join([*([header] if header else []), *rows, ""])


def case(name: str, written: Written) -> Case:
    """A case out of a written file."""
    points = sorted(written.points, key=lambda point: point[0])
    data = written.bom + written.text.encode(written.encoding)
    return Case(name, data, written.column, points[0], points[-1], len(points))
