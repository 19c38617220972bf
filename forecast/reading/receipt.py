"""What was understood, in one sentence a person can check."""

from __future__ import annotations

import pandas as pd

from forecast.reading.frequency import NUMBERED
from forecast.reading.stamps import LOCAL, UTC
from forecast.reading.wording import ends

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks"}
ZONES = {UTC: "times in UTC", LOCAL: "local time as written, time zone left out"}
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}


def sentence(
    series: pd.Series,
    delimiter: str,
    decimal: str,
    order: str | None,
    frequency: str,
    extras: tuple[str, ...],
) -> str:
    """Describe a reading.

    Args:
        series: what was read.
        delimiter: what stood between cells.
        decimal: the decimal mark.
        order: of day, month and year, where the file left it open.
        frequency: in words.
        extras: further findings: gaps, sheet, symbol, time zone.
    """
    parts = [f"{len(series):,} rows"]
    if delimiter in _DELIMITERS:
        parts.append(_DELIMITERS[delimiter])
    if decimal == ",":
        parts.append("comma as decimal mark")
    elif delimiter == ";":
        parts.append("point as decimal mark")
    if order in _ORDERS and frequency != NUMBERED:
        parts.append(_ORDERS[str(order)])
    parts.append(frequency)
    parts.extend(extras)
    first, last = ends(series)
    parts.append(f"from {first} to {last}")
    return " · ".join(parts)
