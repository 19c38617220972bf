"""Mean and volatility over the last so many rows, as they moved through time."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from forecast import thinning
from forecast.exploring import needs
from forecast.exploring.overview import changes, relative

WINDOWS = (10, 30, 90, 250, 1_000)  # rows on offer


@dataclass(frozen=True)
class Volatility:
    """How restless the series was, window by window."""

    n: int  # rows in a window
    drawn: pd.Series  # standard deviation of the changes of each window, thinned
    in_percent: bool  # changes are shares of the value before
    now: float
    share_calmer: float  # share of all windows that were calmer than the last one
    highest: float
    highest_date: pd.Timestamp | int  # last row of that window
    lowest: float
    lowest_date: pd.Timestamp | int


def windows(n_rows: int) -> tuple[int, ...]:
    """The window lengths that leave at least two windows side by side."""
    return tuple(n for n in WINDOWS if 2 * n <= n_rows)


def mean(series: pd.Series, n: int) -> pd.Series:
    """Mean of each row and the ``n`` − 1 before it, thinned; empty where there are fewer rows."""
    means = series.rolling(n).mean().iloc[n - 1 :]
    return means.iloc[thinning.extremes(means.to_numpy())] if len(means) else means


def volatility(series: pd.Series, n: int, unit: str = "") -> Volatility:
    """Standard deviation of ``n`` changes in a row.

    Raises:
        DataError: fewer than ``n`` + 2 rows.
    """
    needs.rows(len(series), n + 2, f"Volatility over {n} rows")
    found = changes(series, unit).rolling(n).std().dropna()
    needs.rows(len(found), 1, "Volatility", of="windows")
    return Volatility(
        n=n,
        drawn=found.iloc[thinning.extremes(found.to_numpy())],
        in_percent=relative(series, unit),
        now=float(found.iloc[-1]),
        share_calmer=float((found < found.iloc[-1]).mean()),
        highest=float(found.max()),
        highest_date=found.index[int(found.argmax())],
        lowest=float(found.min()),
        lowest_date=found.index[int(found.argmin())],
    )
