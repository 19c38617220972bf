"""One sheet a year, or a month: sheets of the same columns below each other."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from forecast.reading.grid import Grid
from forecast.reading.model import Warning

ALL_SHEETS = "*"  # no sheet can have this name


def sheet_words(name: str) -> str:
    """A sheet's name for people."""
    return "all of them, below each other" if name == ALL_SHEETS else name


class Part(NamedTuple):
    """A sheet with a dated series."""

    grid: Grid
    series: pd.Series


def continued(parts: Sequence[Part]) -> list[Part]:
    """The sheets that go on where others end, the oldest first; none where they overlap.

    Sheets of the same columns whose dates overlap are of several shops, not of several years.
    """
    groups: dict[tuple[str, ...], list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.grid.names].append(part)
    group = max(groups.values(), key=len, default=[])
    if len(group) < 2 or len({str(part.series.index.dtype) for part in group}) > 1:
        return []
    group = sorted(group, key=lambda part: part.series.index[0])
    apart = all(
        one.series.index[-1] < other.series.index[0] for one, other in itertools.pairwise(group)
    )
    return group if apart else []


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
