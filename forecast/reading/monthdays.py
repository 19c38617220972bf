"""Dates from a month in one column, ``Jan 2023``, and the day's number in another."""

from __future__ import annotations

import numpy as np

from forecast.reading.dates import ParsedDates, parse
from forecast.reading.grid import Grid
from forecast.reading.parts import is_part, whole_numbers
from forecast.reading.shapes import BY_NAME
from forecast.reading.spelling import find_shapes
from forecast.reading.words import DAYS, normal

_MOST = 0.95  # of the rows that must come to a date, and to one of their own


def find_month_days(
    grid: Grid, samples: list[list[str]]
) -> tuple[ParsedDates, tuple[int, ...]] | None:
    """The dates, and the two columns that they are made of; None if there are no such columns.

    A month may be written beside its first day alone.

    Args:
        samples: cells of each column.
    """
    days = [c for c, name in enumerate(grid.names) if normal(name) in DAYS]
    for day in (column for column in days if is_part(samples[column], "d")):
        for month, sample in enumerate(samples):
            shapes = find_shapes([cell for cell in sample if cell], grid.names[month])
            if month == day or not shapes or shapes[0].step != "month":
                continue
            parsed = parse(grid.columns[month], shapes)
            number, missing = whole_numbers(grid.columns[day], "d")
            if not parsed.ok[0] or missing.mean() > 1 - _MOST:
                continue
            last = np.maximum.accumulate(np.where(parsed.ok, np.arange(len(number)), 0))
            first = parsed.stamps[last]
            stamps = first + (np.clip(number, 1, 31) - 1).astype("m8[D]")
            ok = ~missing & (stamps.astype("M8[M]") == first.astype("M8[M]"))
            if len(np.unique(stamps[ok])) < _MOST * len(stamps):
                continue
            made = ParsedDates(
                np.where(ok, stamps, np.datetime64("NaT")),
                ok,
                missing,
                ~ok & ~missing,
                np.zeros_like(ok),
                (BY_NAME["ymd"],),
            )
            return made, (month, day)
    return None
