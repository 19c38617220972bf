"""Rows that are none of a table's steps: totals, averages, and years among quarters and months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.reading.model import Warning
from forecast.reading.shapes import Shape
from forecast.reading.words import TOTALS

# As statistics offices number what follows the last month, quarter or half of a year.
_CODES = re.compile(r"[Mm]13|[Qq]0?5|[Ss]0?3|[Aa]0?1|\d{4}JJ00")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 40  # letters of a cell that names a total
_COARSE = ("year", "half-year", "quarter", "month", "time")  # each longer than the next
_ENOUGH = 0.25  # of the dated cells, for a step to be the table's


def is_total(cell: str) -> bool:
    """Whether a cell where a date is expected names a total or an average instead.

    >>> [is_total(cell) for cell in ("Total 2019", "Grand total", "M13", "Gesamt", "Mar 2019")]
    [True, True, True, True, False]
    """
    if len(cell) > _LONGEST or not cell:
        return False
    return bool(_CODES.fullmatch(cell)) or not TOTALS.isdisjoint(_WORD.findall(cell.lower()))


def longer_steps(shapes: Sequence[Shape], counts: Sequence[int]) -> tuple[Shape, ...]:
    """Those of a column's layouts whose steps are longer than the table's.

    Args:
        shapes: layouts that cells of the column fit.
        counts: how many cells each of them reads.
    """
    known = [place for place, shape in enumerate(shapes) if shape.step in _COARSE]
    common = [place for place in known if counts[place] >= _ENOUGH * sum(counts)]
    if not common:
        return ()
    finest = max(_COARSE.index(shapes[place].step) for place in common)
    return tuple(shapes[place] for place in known if _COARSE.index(shapes[place].step) < finest)


def aside_warning(shown: str, n_rows: int) -> Warning:
    """What was left out, in words."""
    if n_rows == 1:
        return Warning("totals", f'The row "{shown[:_LONGEST]}" sums up others: left out.')
    return Warning(
        "totals", f'{n_rows:,} rows such as "{shown[:_LONGEST]}" sum up others: left out.'
    )
