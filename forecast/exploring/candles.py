"""Open, high, low and close, gathered so that every candle can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MOST = 200  # candles side by side that can still be told apart
NAMES = ("open", "high", "low", "close")


@dataclass(frozen=True)
class Candles:
    """One row a candle, dated by its first row."""

    table: pd.DataFrame  # columns open, high, low, close, and volume where there is one
    rows_each: int  # rows of the data in one candle
    share_up: float  # candles that closed above where they opened
    tallest: float  # largest distance from low to high
    tallest_date: pd.Timestamp | int


def has_candles(table: pd.DataFrame) -> bool:
    """Whether the table has the four prices."""
    return len(_columns(table)) == len(NAMES)


def candles(table: pd.DataFrame, volume: pd.Series | None, n_rows: int) -> Candles:
    """The latest ``n_rows`` rows as at most 200 candles.

    Several rows become one candle by the first open, the highest high, the lowest low, the last
    close and the sum of the volume; nothing is left out.
    """
    prices = table[list(_columns(table).values())].set_axis(list(NAMES), axis=1).iloc[-n_rows:]
    if volume is not None:
        prices = prices.assign(volume=volume.reindex(prices.index))
    prices = prices.dropna(subset=list(NAMES))
    rows_each = max(1, -(-len(prices) // MOST))
    # Counted from the end, so that the latest candle is a whole one.
    place = (np.arange(len(prices)) - len(prices)) // rows_each
    how = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
    gathered = prices.groupby(place).agg({name: how[name] for name in prices.columns})
    starts = np.flatnonzero(np.diff(place, prepend=place[:1] - 1))
    gathered.index = prices.index[starts]
    heights = gathered["high"] - gathered["low"]
    return Candles(
        table=gathered,
        rows_each=rows_each,
        share_up=float((gathered["close"] > gathered["open"]).mean()),
        tallest=float(heights.max()),
        tallest_date=gathered.index[int(heights.argmax())],
    )


def _columns(table: pd.DataFrame) -> dict[str, str]:
    """The table's own name of each of the four, as far as they are there, once, and numbers."""
    found: dict[str, str] = {}
    for i, name in enumerate(table.columns):
        plain = str(name).strip().lower()
        if plain in NAMES and plain not in found:
            column = table.iloc[:, i]
            if pd.api.types.is_numeric_dtype(column) and list(table.columns).count(name) == 1:
                found[plain] = name
    return {name: found[name] for name in NAMES if name in found}
