"""The season of a row by its date, as numbers a network can use: the calendar features.

A point of the day, of the week or of the year is a place on a circle, told by the sines and cosines
of its angle and of twice that angle, so that 23:30 lies next to 00:00 and a rise may be steeper
than the fall. Only the dates of rows that are known go in, and only a cycle that the training part
shows: a season that is not there gives a network nothing but more to memorise.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import seasons
from forecast.scaling import Array

DAY = pd.Timedelta(days=1)
N_HARMONICS = 2
N_FEATURES = 2 * N_HARMONICS


def cycle(values: Array, index: pd.Index) -> str:
    """The cycle that ``values`` follow: "day", "week" or "year"; "" where none is to be believed.

    Args:
        values: shape (n_rows,); training rows only (see ``seasons.find``).
        index: their dates; numbered rows have no cycle that a date could tell.
    """
    lengths = seasons.candidates(index)
    if not lengths:
        return ""
    found = seasons.find(values, index)
    if found not in lengths:
        return ""
    within_a_day = pd.Timedelta(pd.Series(index).diff().median()) < DAY
    names = ("day", "week") if within_a_day else ("week", "year")
    return names[lengths.index(found)] if len(lengths) == 2 else "year"


def features(index: pd.Index, cycle: str) -> Array:
    """Where in its ``cycle`` each row stands.

    >>> features(pd.date_range("2024-01-01", periods=3, freq="6h"), "day").round(2)
    array([[ 0.,  1.,  0.,  1.],
           [ 1.,  0.,  0., -1.],
           [ 0., -1., -0.,  1.]])

    Returns:
        shape (n_rows, N_FEATURES), from −1 to 1: sine and cosine, once and twice a cycle; with no
        columns where there is no cycle, or no date.
    """
    if not cycle or not isinstance(index, pd.DatetimeIndex):
        return np.empty((len(index), 0))
    of_day = np.asarray((index - index.normalize()) / DAY, dtype=float)
    turns = {
        "day": of_day,
        "week": (index.day_of_week.to_numpy() + of_day) / 7,
        "year": (index.dayofyear.to_numpy() - 1 + of_day) / 365.25,
    }[cycle]
    angles = 2 * np.pi * turns[:, None] * np.arange(1, N_HARMONICS + 1)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(len(index), -1)
