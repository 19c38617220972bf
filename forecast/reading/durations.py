"""Durations as values: ``1:27:00``, ``7h 30m``, ``45 min`` → hours."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from forecast.reading.numbers import Floats, Marks, ParsedNumbers, is_empty
from forecast.reading.words import CLOCKS, DURATIONS, tokens

_COLONS = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?")
_WORDS = re.compile(
    r"(?:(\d+)\s*(?:h|hrs?|hours?|std\.?))?\s*(?:(\d+)\s*(?:m|mins?|minutes?))?"
    r"\s*(?:(\d+)\s*(?:s|secs?|seconds?))?",
    re.IGNORECASE,
)


def hours(cell: str) -> float:
    """A duration in hours; NaN for what is none.

    >>> [hours(cell) for cell in ("1:30:00", "0:45", "7h 30m", "90 min", "12")]
    [1.5, 0.75, 7.5, 1.5, nan]
    """
    found = _COLONS.fullmatch(cell) or (cell and _WORDS.fullmatch(cell))
    if not found:
        return float("nan")
    hour, minute, second = (int(group or 0) for group in found.groups())
    return hour + minute / 60 + second / 3600


def are_durations(name: str, sample: Sequence[str], alone: bool) -> bool:
    """Whether a column holds durations.

    Args:
        name: its header.
        sample: some of its cells.
        alone: whether no other column holds numbers; then its header need not say so.
    """
    words = tokens(name)
    if not (words & DURATIONS or (alone and not words & CLOCKS)):
        return False
    filled = [cell for cell in sample if not is_empty(cell)]
    return bool(filled) and not any(np.isnan(hours(cell)) for cell in filled)


def as_hours(cells: Sequence[str]) -> ParsedNumbers:
    """A column of durations as numbers of hours."""
    values: Floats = np.array([hours(cell) for cell in cells], dtype=np.float64)
    empty = np.array([is_empty(cell) for cell in cells], dtype=np.bool_)
    bad = np.isnan(values) & ~empty
    return ParsedNumbers(values, empty, bad, ".", Marks(), "h", durations=True)
