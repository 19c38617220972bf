"""One sheet a year, or a month: sheets of the same columns below each other."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from forecast.errors import DataError
from forecast.reading.assemble import assemble
from forecast.reading.grid import Grid
from forecast.reading.model import ALL_SHEETS, Answers, Warning
from forecast.reading.words import PLANNED, tokens

_OWN = 0.5  # of a short sheet's rows are of dates that no other sheet has


def sheet_words(name: str) -> str:
    """A sheet's name for people."""
    return "All of them, below each other" if name == ALL_SHEETS else name


class Part(NamedTuple):
    """A sheet that may be one of several; ``series`` is None where it has too few rows alone."""

    grid: Grid
    series: pd.Series | None


class Whole(NamedTuple):
    """Several sheets as one."""

    grid: Grid
    series: pd.Series


def below_each_other(parts: Sequence[Part], answers: Answers) -> Whole | None:
    """The sheets that go on where others end, as one; None where they do not.

    Sheets of the same columns whose dates overlap are of several shops, not of several years.
    """
    groups: dict[tuple[str, ...], list[Part]] = defaultdict(list)
    for part in parts:
        dated = part.series is None or isinstance(part.series.index, pd.DatetimeIndex)
        if dated and not tokens(str(part.grid.sheet)) & PLANNED:  # what is planned goes on as well
            groups[part.grid.names].append(part)
    group = max(groups.values(), key=len, default=[])
    long = [part for part in group if part.series is not None]
    whole = _as_one(group, answers)
    return whole or (_as_one(long, answers) if len(long) < len(group) else None)


def _as_one(group: Sequence[Part], answers: Answers) -> Whole | None:
    if len(group) < 2:
        return None
    known = [part.series for part in group if part.series is not None]
    if len({str(series.index.dtype) for series in known}) > 1:
        return None
    known.sort(key=lambda series: series.index[0])
    if any(one.index[-1] >= other.index[0] for one, other in itertools.pairwise(known)):
        return None
    grid = stacked([part.grid for part in group])
    try:
        series = assemble(grid, answers)[0].series
    except DataError:
        return None
    short = [part for part in group if part.series is None]
    n_alone = sum(map(len, known)) + _OWN * sum(part.grid.n_rows for part in short)
    if not isinstance(series.index, pd.DatetimeIndex) or len(series) < n_alone:
        return None
    return Whole(grid, series)


def stacked(grids: Sequence[Grid]) -> Grid:
    """Grids of the same columns as one."""
    first = grids[0]
    note = (
        f"{len(grids)} sheets with the same columns were put below each other, from "
        f"“{first.sheet}” to “{grids[-1].sheet}”."
    )
    return replace(
        first,
        columns=tuple(
            pa.concat_arrays(columns) for columns in zip(*(g.columns for g in grids), strict=True)
        ),
        sheet=ALL_SHEETS,
        warnings=(*first.warnings, Warning("sheets-joined", note)),
    )
