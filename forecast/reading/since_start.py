"""Days counted from a start that the file names above its table, as Google Analytics writes them.

::

    # Start date: 20240301
    # End date: 20240529
    Nth day,Sessions
    0000,112

The language differs from file to file, so the two dates and the last count decide: only where they
agree are the counts days, weeks or months from the start.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.grid import Grid
from forecast.reading.model import Warning
from forecast.reading.wording import day

_HEAD = 4_000  # bytes above a table
_NAMED = re.compile(rb"^#[^\n\d]*:\s*(\d{8})\s*$", re.MULTILINE)
_COUNT = r"^\d{1,6}$"


def dated_from_start(grid: Grid, text: bytes) -> Grid:
    """The table with dates for its counts, where there are such counts.

    Args:
        text: the file, decoded, as UTF-8.
    """
    named = _NAMED.findall(text[:_HEAD])
    if len(named) < 2 or not grid.n_rows or not grid.has_header:
        return grid
    start, end = pd.to_datetime(
        [one.decode() for one in named[:2]], format="%Y%m%d", errors="coerce"
    )
    cells = grid.columns[0]
    if (
        pd.isna(start)
        or pd.isna(end)
        or not pc.all(pc.match_substring_regex(cells, _COUNT)).as_py()
    ):
        return grid
    counts = np.asarray(pc.cast(cells, pa.int64()))
    dates = _dates(counts, start, end)
    if dates is None or counts.min() != 0:
        return grid
    said = f"“{grid.names[0]}” counts from {day(start)}, which the file names above its table."
    return replace(
        grid,
        names=("Date", *grid.names[1:]),
        columns=(pa.array(dates.strftime("%Y-%m-%d")), *grid.columns[1:]),
        warnings=(*grid.warnings, Warning("counted-dates", said)),
    )


def _all_counts(cells: pa.Array) -> bool:
    return bool(pc.all(pc.match_substring_regex(cells, _COUNT)).as_py())


def _dates(
    counts: np.ndarray[tuple[int], np.dtype[np.int64]], start: pd.Timestamp, end: pd.Timestamp
) -> pd.DatetimeIndex | None:
    """Days, weeks or months from ``start``, whichever end at ``end``; None if none do."""
    last, n_days = int(counts.max()), (end - start).days
    if last == n_days:
        return start + pd.to_timedelta(counts, "D")
    monday = start - pd.Timedelta(days=int(start.day_of_week))
    if last in (n_days // 7, (end - monday).days // 7):
        return monday + pd.to_timedelta(7 * counts, "D")
    if last == 12 * (end.year - start.year) + end.month - start.month:
        months = np.datetime64(start, "M") + counts
        return pd.DatetimeIndex(months.astype("M8[ns]"))
    return None
