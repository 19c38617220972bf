"""The season of a row by its date, as numbers a network can use: the calendar features.

A point of the day, of the week or of the year is a place on a circle, told by its sine and cosine,
so that 23:30 lies next to 00:00. Only the dates of rows that are known go in.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.scaling import Array

DAY = pd.Timedelta(days=1)


def features(index: pd.Index) -> Array:
    """Sine and cosine of the seasons that rows of this spacing can have.

    Rows within a day: time of day, day of the week. Rows a day to under a week apart: day of the
    week, day of the year. Rows further apart: day of the year. Numbered rows: nothing.

    >>> features(pd.date_range("2024-01-01", periods=3, freq="12h")).round(2)[:, :2]
    array([[ 0.,  1.],
           [ 0., -1.],
           [-0.,  1.]])

    Returns:
        shape (n_rows, n_features), from −1 to 1, with 0, 2 or 4 features.
    """
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 2:
        return np.empty((len(index), 0))
    spacing = pd.Series(index).diff().median()
    of_day = np.asarray((index - index.normalize()) / DAY, dtype=float)
    turns = []
    if spacing < DAY:
        turns.append(of_day)
    if spacing < 7 * DAY:
        turns.append((index.dayofweek.to_numpy() + of_day) / 7)
    if spacing >= DAY:
        turns.append((index.dayofyear.to_numpy() - 1) / 365.25)
    angles = 2 * np.pi * np.stack(turns, axis=1)
    both = np.stack([np.sin(angles), np.cos(angles)], axis=2)
    return both.reshape(len(index), -1)
