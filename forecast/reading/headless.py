"""Tables without a header: what their nameless columns are by what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from forecast.reading.numbers import Floats


def headless_bars(values: Sequence[int], columns: Mapping[int, Floats]) -> int | None:
    """Without a header: the fourth of four columns that behave like open, high, low, close."""
    for place in range(len(values) - 3):
        group = values[place : place + 4]
        if group[3] - group[0] != 3:
            continue
        rows = np.column_stack([columns[column] for column in group])
        rows = rows[np.isfinite(rows).all(axis=1)]
        if not len(rows):
            continue
        top, bottom = rows.max(axis=1), rows.min(axis=1)
        close_by = float(np.median(bottom)) > 0.3 * float(np.median(top))
        fits = (rows[:, 1] == top).all() and (rows[:, 2] == bottom).all()
        if fits and close_by and (top > bottom).any():
            return group[3]
    return None
