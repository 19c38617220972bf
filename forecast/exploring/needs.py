"""What a look at a series needs before it can say anything, and how much of a long one it takes."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd

from forecast.errors import DataError

Rows = TypeVar("Rows", pd.Series, pd.DataFrame)


def rows(
    n: int,
    least: int,
    what: str,
    *,
    of: str = "rows",
    covers: str = "",
    fix: str = "Load a longer series.",
) -> None:
    """Go on with at least ``least`` rows (weeks, years …).

    Args:
        covers: how long the rows reach, to be said instead of how many there are.

    Raises:
        DataError: ``too-few-rows``, with how many there are and how many it takes.
    """
    if n < least:
        there = (
            f"the file covers {covers}" if covers else f"there {'is' if n == 1 else 'are'} {n:,}"
        )
        raise DataError(
            "too-few-rows",
            f"{what} takes at least {least:,} {of}; {there}.",
            expected=f"at least {least:,} {of}",
            received=f"{n:,}",
            fix=fix,
        )


def movement(values: pd.Series, what: str) -> None:
    """Go on where not all values are equal.

    Raises:
        DataError: ``constant``.
    """
    spread = float(np.ptp(values.to_numpy(dtype=float))) if len(values) else 0.0
    scale = float(np.abs(values.to_numpy(dtype=float)).max()) if len(values) else 0.0
    if spread <= 1e-12 * scale or spread == 0.0:
        raise DataError(
            "constant",
            f"{what} takes values that differ; here they are all the same.",
            expected="at least two different values",
            received="one value throughout",
            fix="Choose another column.",
        )


def dates(index: pd.Index, what: str) -> pd.DatetimeIndex:
    """Go on where the rows have dates.

    Raises:
        DataError: ``no-dates``.
    """
    if not isinstance(index, pd.DatetimeIndex):
        raise DataError(
            "no-dates",
            f"{what} takes dates; these rows are only numbered.",
            expected="a date in each row",
            received="numbered rows",
            fix="Choose a date column on the Data page, if the file has one.",
        )
    return index


def latest(series: Rows, most: int) -> Rows:
    """The latest ``most`` rows: what a slow computation takes of a very long series."""
    return series.iloc[-most:]
