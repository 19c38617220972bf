"""How good a table is, in figures for the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.reading import Reading


@dataclass(frozen=True)
class Quality:
    """The first things to know about a series."""

    n_rows: int
    first_date: pd.Timestamp | int
    last_date: pd.Timestamp | int
    last_value: float
    n_missing: int
    n_duplicates: int


def quality(series: pd.Series, reading: Reading | None = None, *, filled: bool = False) -> Quality:
    """Count what is there and, where the file is known, what had to be left out.

    Args:
        filled: whether rows without a value have been given one since.
    """
    receipt = reading.receipt if reading else None
    return Quality(
        n_rows=len(series),
        first_date=series.index[0],
        last_date=series.index[-1],
        last_value=float(series.iloc[-1]),
        n_missing=receipt.n_missing if receipt and not filled else 0,
        n_duplicates=receipt.n_duplicates if receipt else 0,
    )


def types(table: pd.DataFrame) -> pd.DataFrame:
    """One row a column: its name, what it holds, how many cells are empty, how many differ."""
    return pd.DataFrame(
        {
            "Column": [str(name) for name in table.columns],
            "Holds": [_kind(table.iloc[:, i]) for i in range(table.shape[1])],
            "Empty": table.isna().sum().to_numpy(),
            "Different values": [_n_different(table.iloc[:, i]) for i in range(table.shape[1])],
        }
    )


def preview(
    table: pd.DataFrame, filled_in: pd.Index | None = None, most: int = 200
) -> pd.DataFrame:
    """The latest rows, newest first, with dates as short as they can be.

    Args:
        filled_in: rows that are not the file's own, to be marked in a column in front.
    """
    latest = table.tail(most).iloc[::-1]
    if filled_in is not None and len(filled_in):
        marks = ["filled in" if row in filled_in else "" for row in latest.index]
        latest = pd.concat([pd.Series(marks, latest.index, name="Row"), latest], axis=1)
    index = latest.index
    if isinstance(index, pd.DatetimeIndex):
        daily = bool((index == index.normalize()).all())
        return latest.set_axis(index.strftime("%Y-%m-%d" if daily else "%Y-%m-%d %H:%M"))
    return latest.set_axis(index + 1)  # rows are counted from 1 on screen


def describe(table: pd.DataFrame) -> pd.DataFrame:
    """``DataFrame.describe`` of the columns that hold numbers; empty where none does."""
    numbers = table.select_dtypes("number")
    return numbers.describe() if numbers.shape[1] else pd.DataFrame()


def _n_different(column: pd.Series) -> int:
    """``Series.nunique``; of a million different numbers in a quarter of the time."""
    if not pd.api.types.is_float_dtype(column):
        return int(column.nunique())
    return len(np.unique(column.dropna().to_numpy()))


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "yes or no"
    if pd.api.types.is_integer_dtype(column):
        return "whole numbers"
    if pd.api.types.is_numeric_dtype(column):
        return "numbers"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "dates"
    return "text"
