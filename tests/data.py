"""Series and files made on the spot, so that no test needs a file from elsewhere."""

from __future__ import annotations

import exchange_calendars
import numpy as np
import pandas as pd


def trading_days(n: int, last: str = "2020-07-31") -> pd.DatetimeIndex:
    """The ``n`` open days of the New York Stock Exchange up to ``last``."""
    calendar = exchange_calendars.get_calendar("XNYS", start="2000-01-03", end="2026-12-31")
    days = calendar.sessions_in_range("2000-01-03", last)
    return pd.DatetimeIndex(days[-n:].to_numpy())


def random_walk(n: int, last: str = "2020-07-31", seed: int = 0) -> pd.Series:
    """A price on trading days: log steps of 2 % from 100 dollars."""
    steps = np.random.default_rng(seed).normal(0, 0.02, n)
    return pd.Series(100 * np.exp(np.cumsum(steps)), index=trading_days(n, last), name="Close")


def yahoo_csv(n: int, last: str = "2020-07-31", seed: int = 0) -> bytes:
    """A file in the shape of Yahoo Finance's download."""
    close = random_walk(n, last, seed)
    table = pd.DataFrame(
        {
            "Open": close.shift(1).fillna(close.iloc[0]),
            "High": close * 1.01,
            "Low": close * 0.99,
            "Close": close,
            "Adj Close": close,
            "Volume": np.random.default_rng(seed).integers(1_000_000, 9_000_000, n),
        }
    ).round({"Open": 6, "High": 6, "Low": 6, "Close": 6, "Adj Close": 6})
    return table.rename_axis("Date").to_csv().encode()
