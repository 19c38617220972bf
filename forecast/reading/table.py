"""A grid → numbers and words by column, and the rows they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from forecast.errors import DataError
from forecast.reading.counters import counted_in, without_word
from forecast.reading.dates import sample_of
from forecast.reading.decimals import Decimals, decide
from forecast.reading.durations import are_durations, as_hours
from forecast.reading.findings import count_of
from forecast.reading.grid import Grid
from forecast.reading.model import Warning
from forecast.reading.numbers import (
    Bools,
    Cells,
    ParsedNumbers,
    finish,
    is_empty,
    is_numeric,
    take_apart,
)
from forecast.reading.standins import stand_in
from forecast.reading.words import PIECES, tokens

_MOST_OF_ONE = 0.1  # where those are one and the same word, as somebody has for "not measured"
_MOST_BAD = 0.05  # share of cells that are no number, above which a column holds words


@dataclass(frozen=True)
class Numbers:
    """The columns of numbers of a grid."""

    columns: Mapping[int, ParsedNumbers] = field(repr=False)
    decimals: Decimals
    # Columns like numbers in a sample, but not throughout → the first row that shows it.
    failed: Mapping[int, int] = field(default_factory=dict)


def _is_one_word(grid: Grid, column: int, numbers: ParsedNumbers) -> bool:
    """Whether the cells that are no numbers repeat one word without digits."""
    bad = np.flatnonzero(numbers.bad)
    if len(bad) < 2:
        return False
    words = set(grid.columns[column].take(bad).to_pylist())
    return len(words) == 1 and not any(map(str.isdigit, words.pop()))


def read_numbers(
    grid: Grid, skip: tuple[int, ...], answer: str | None, signs: int, only: int | None = None
) -> Numbers:
    """Read every column of numbers.

    Args:
        grid: the table.
        skip: columns with another role (dates).
        answer: the decimal mark a person named.
        signs: how many of the file's other signs speak for a country that writes 1,5.
        only: read this column alone; the others are still asked for their decimal mark.
    """
    apart: dict[int, Cells] = {}
    for column, cells in enumerate(grid.columns):
        if column in skip:
            continue
        sample = sample_of(cells)
        if is_numeric(sample):
            apart[column] = take_apart(cells)
        elif word := counted_in(sample):
            counted = without_word(cells, word)
            apart |= {} if counted is None else {column: counted}
    pieces = [column for column in apart if tokens(grid.names[column]) & PIECES]
    decimals = decide(apart, answer, grid.decimal, signs, pieces)
    columns: dict[int, ParsedNumbers] = {}
    failed: dict[int, int] = {}
    for column, cells in apart.items():
        if only is not None and column != only:
            continue
        numbers = finish(cells, decimals.marks[column])
        n_filled = int((~numbers.empty).sum())
        least_bad = _MOST_BAD if not _is_one_word(grid, column, numbers) else _MOST_OF_ONE
        if numbers.bad.sum() <= least_bad * max(n_filled, 1):
            columns[column] = _without_stand_ins(numbers)
        else:
            failed[column] = int(numbers.bad.argmax())
    durations = [c for c, cells in enumerate(grid.columns) if c not in skip and c not in apart]
    for column in durations:
        sample = sample_of(grid.columns[column])
        if only in (None, column) and are_durations(grid.names[column], sample, not columns):
            columns[column] = as_hours(grid.columns[column].to_pylist())
    # A column without a single value is a column of numbers that are all missing.
    for column, cells in enumerate(grid.columns):
        if column in skip or column in apart or column in columns or only not in (None, column):
            continue
        if all(map(is_empty, sample_of(cells))):
            numbers = finish(take_apart(cells), ".")
            if not numbers.bad.any():
                columns[column] = numbers
    return Numbers(dict(sorted(columns.items())), decimals, failed)


def _without_stand_ins(numbers: ParsedNumbers) -> ParsedNumbers:
    """The numbers without those, such as -9999, that stand for "no data"."""
    number = stand_in(numbers.values)
    if number is None:
        return numbers
    same = numbers.values == number
    return replace(
        numbers,
        values=np.where(same, np.nan, numbers.values),
        empty=numbers.empty | same,
        stand_in=number,
        n_stand_ins=int(same.sum()),
    )


def about_numbers(grid: Grid, column: int, chosen: ParsedNumbers, kept: Bools) -> list[Warning]:
    """What is worth saying of the column to forecast: cells that count as missing, and why.

    Args:
        grid: the table.
        column: the place of the column.
        chosen: its numbers.
        kept: rows that belong to the series.
    """
    found = []
    if chosen.stand_in is not None:
        count = count_of(chosen.n_stand_ins, "value")
        stand = (
            "stands for “no data” and counts"
            if chosen.n_stand_ins == 1
            else ("stand for “no data” and count")
        )
        text = f"{count} of {chosen.stand_in:g} {stand} as missing."
        found.append(Warning("stand-in", text))
    if chosen.durations:
        text = "Durations, such as 1:30:00, are given in hours: 1.5."
        found.append(Warning("durations", text))
    if chosen.n_bounded:
        cells = "1 cell says" if chosen.n_bounded == 1 else f"{chosen.n_bounded:,} cells say"
        text = f'{cells} a limit such as "<1" and no value: half of it was taken, or all of ">1".'
        found.append(Warning("limits", text))
    bad = chosen.bad & kept
    if not bad.any():
        return found
    row = int(np.flatnonzero(bad)[0])
    shown = str(grid.columns[column][row].as_py())[:40]
    n = int(bad.sum())
    return [
        *found,
        Warning(
            "unreadable-values",
            f"{count_of(n, 'cell')} could not be read as a number and "
            f'{"counts" if n == 1 else "count"} as missing, such as "{shown}".',
        ),
    ]


def position_of(grid: Grid, wanted: str | int | None, what: str) -> int | None:
    """The column a person named, by name or by position.

    Raises:
        DataError: ``unknown-column``.
    """
    if wanted is None:
        return None
    if isinstance(wanted, int) and not isinstance(wanted, bool) and 0 <= wanted < len(grid.names):
        return wanted
    if isinstance(wanted, str):
        if wanted in grid.names:
            return grid.names.index(wanted)
        lower = [name.lower() for name in grid.names]
        if wanted.lower() in lower:
            return lower.index(wanted.lower())
    raise DataError(
        "unknown-column",
        f"The {what} column that was chosen is not in this file.",
        expected="one of " + ", ".join(f'"{name}"' for name in grid.names[:12]),
        received=f"{wanted!r}",
        fix="Choose one of the file's own columns.",
    )


def words_of(column: Any) -> Any:
    """A column of words for the table: Arrow's strings handed to pandas without a copy."""
    return column.to_pandas()
