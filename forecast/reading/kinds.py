"""What a single cell looks like, for finding the table in a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from forecast.reading.numbers import is_empty, looks_like_number
from forecast.reading.ranges import first_day
from forecast.reading.remarks import looks_numbered, unmarked
from forecast.reading.shapes import CLOCK
from forecast.reading.spelling import looks_like_date


@lru_cache(maxsize=4096)
def kind(cell: str) -> str:
    """ "empty", "number", "date", "clock" or "text".

    >>> [kind(cell) for cell in ("12.5", "2020-01-31", "null", "Close", "09:30")]
    ['number', 'date', 'empty', 'text', 'clock']
    """
    cell = cell.strip().strip("\"'")
    if is_empty(cell):
        return "empty"
    if not any(letter.isdigit() for letter in cell) or len(cell) > 80:
        return "text"
    if looks_like_number(cell):
        return "number"
    if looks_like_date(cell) or first_day(cell):
        return "date"
    bare = unmarked(cell)
    if bare != cell and not looks_numbered(cell):
        return kind(bare)
    is_label = cell[-1] in "ap" and ":" not in cell  # 12a names a house or a question
    return "clock" if CLOCK.regex.match(cell) and not is_label else "text"


def kinds(row: Sequence[str]) -> list[str]:
    """The kind of every cell of a row."""
    return [kind(cell) for cell in row]


def is_typed(what: str) -> bool:
    """Whether a kind belongs to data rather than to a header."""
    return what in ("number", "date", "clock")


def bare_width(row: Sequence[str]) -> int:
    """The number of cells without empty ones at the end."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width
