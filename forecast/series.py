"""The series to forecast: one column of numbers in time order, checked once.

Everything after reading relies on what ``check`` promises: float64, finite, sorted, no time twice.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from forecast.errors import DataError


def check(series: pd.Series) -> pd.Series:
    """Give the series back as float64 with a name, or say what is wrong. Changes nothing.

    Raises:
        DataError: ``empty``, ``not_numbers``, ``missing_values``, ``not_sorted`` or
            ``duplicate_dates`` or ``no_dates``.
    """
    if not isinstance(series, pd.Series) or len(series) == 0:
        raise DataError(
            "empty",
            "There is nothing to forecast.",
            expected="a series with one value a row",
            received=f"{type(series).__name__} with {np.size(series)} values",
            fix="Load a file or pick a sample first.",
        )
    if not isinstance(series.index, pd.DatetimeIndex) and not pd.api.types.is_integer_dtype(
        series.index.dtype
    ):
        raise DataError(
            "no_dates",
            "The rows have neither dates nor row numbers.",
            expected="a DatetimeIndex, or whole numbers",
            received=f"an index of {series.index.dtype}",
            fix="Turn the index into dates first.",
        )
    try:
        values = series.astype("float64")
    except (TypeError, ValueError) as error:
        raise DataError(
            "not_numbers",
            f"The column {series.name!r} does not hold numbers.",
            expected="a number in every row",
            received=str(series.dtype),
            fix="Choose another column.",
        ) from error
    n_bad = int((~np.isfinite(values.to_numpy())).sum())
    if n_bad:
        raise DataError(
            "missing_values",
            f"{n_bad:,} rows of {series.name!r} have no usable number.",
            expected="a finite number in every row",
            received=f"{n_bad:,} of {len(values):,} rows empty or infinite",
            fix="Leave these rows out or fill them first.",
        )
    _check_order(series.index)
    return values.rename("value" if series.name is None else str(series.name))


def _check_order(index: pd.Index) -> None:
    if not index.is_monotonic_increasing:
        raise DataError(
            "not_sorted",
            "The rows are not in time order.",
            expected="the oldest row first",
            received=f"{index[0]} before {index[-1]}",
            fix="Sort the rows by date.",
        )
    if not index.is_unique:
        twice = index[index.duplicated()][0]
        raise DataError(
            "duplicate_dates",
            "A date stands in the data more than once.",
            expected="one row a date",
            received=f"{twice} twice",
            fix="Keep one row of each date.",
        )


def same_clock(one: pd.Index, other: pd.Index) -> bool:
    """Whether the times of two series can be held against each other: both numbered, or dates of
    one time zone or of none."""
    dated = [isinstance(index, pd.DatetimeIndex) for index in (one, other)]
    return dated[0] == dated[1] and str(getattr(one, "tz", "")) == str(getattr(other, "tz", ""))


def fingerprint(series: pd.Series | pd.DataFrame) -> str:
    """A short digest of times and values: equal series have equal fingerprints, so have tables."""
    digest = hashlib.sha256()
    index = series.index
    if isinstance(index, pd.DatetimeIndex):
        digest.update(index.as_unit("ns").asi8.tobytes())
    else:
        digest.update(np.asarray(index, dtype="int64").tobytes())
    digest.update(series.to_numpy(dtype="float64").tobytes())
    return digest.hexdigest()[:16]
