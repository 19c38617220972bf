"""Downloads as tables to forecast from: several tickers side by side, units, what stands out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from forecast.reading import Warning, look
from forecast.sources.ticker import Download

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "GBp": "pence"}
_DAILY = ("1d", "1wk", "1mo", "3mo")


def unit_of(download: Download, column: str) -> str:
    """The unit of a column: the currency as people write it, shares for volumes."""
    if column == "Volume":
        return "shares"
    return _SIGNS.get(download.currency, download.currency)


def beside(first: Download, others: Sequence[Download]) -> tuple[pd.DataFrame, tuple[Warning, ...]]:
    """The table of one download with the closing prices of others as further columns.

    A day on which another exchange was closed carries that ticker's last price, which is what was
    known then; nothing is taken from later days. Rows from before its first price stay empty.

    Returns:
        The table, indexed like ``first``'s, and what is worth knowing about the others.
    """
    table, notes = first.table.copy(), []
    for other in others:
        symbol = other.request.symbol
        if other.timezone != first.timezone and first.request.interval not in _DAILY:
            notes.append(
                Warning(
                    "other-zone",
                    f"{symbol} trades in another time zone: its hours do not fit beside these.",
                )
            )
            continue
        closes = other.table["Close"]
        joined = closes.reindex(closes.index.union(table.index)).ffill().reindex(table.index)
        table[f"{symbol} Close"] = joined
        n_carried = int((~table.index.isin(closes.index) & joined.notna()).sum())
        if n_carried:
            rows = "1 row" if n_carried == 1 else f"{n_carried:,} rows"
            notes.append(Warning("carried", f"{rows} of {symbol} carry its price of before."))
    return table, tuple(notes)


def warnings(series: pd.Series, table: pd.DataFrame) -> tuple[Warning, ...]:
    """What stands out in a downloaded series: jumps, gaps, a stale last date."""
    return look(series, table)
