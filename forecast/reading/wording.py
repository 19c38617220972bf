"""Dates and numbers as people write them."""

from __future__ import annotations

from typing import Any

import pandas as pd


def day(stamp: Any) -> str:
    """A date, with its time where it has one.

    >>> day("2014-01-02"), day("2014-01-02 15:30")
    ('2 Jan 2014', '2 Jan 2014 15:30')
    """
    moment = pd.Timestamp(stamp)
    text = f"{moment.day} {moment:%b} {moment.year}"
    if moment == moment.normalize():
        return text
    return text + (
        f" {moment:%H:%M:%S}" if moment.second or moment.microsecond else f" {moment:%H:%M}"
    )


def stretch(first: Any, last: Any) -> str:
    """From one date to another, as short as it can be said.

    >>> stretch("2023-07-29", "2023-07-30"), stretch("2023-07-29", "2023-08-02")
    ('29–30 Jul 2023', '29 Jul 2023 – 2 Aug 2023')
    """
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    if start == end:
        return day(start)
    whole = start == start.normalize() and end == end.normalize()
    if whole and (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def number(value: float) -> str:
    """A number, with two decimals where they fit and more where it is small.

    >>> number(112.3), number(12560.0), number(0.00012345), number(1234567.5)
    ('112.30', '12,560', '0.00012345', '1,234,567.50')
    """
    if value == round(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:,.2f}"
    if abs(value) >= 0.01:
        return f"{value:.4f}"
    return f"{value:.6g}"


def point(place: Any, value: float) -> str:
    """One row of a series: ``2 Jan 2014 (112.30)``, or ``row 1 (3)`` without dates."""
    where = day(place) if isinstance(place, pd.Timestamp) else f"row {int(place) + 1:,}"
    return f"{where} ({number(value)})"


def ends(series: pd.Series) -> tuple[str, str]:
    """The first and the last row of a series in words; empty if it has none."""
    good = series[series.notna()]
    if not len(good):
        return "", ""
    return point(good.index[0], good.iloc[0]), point(good.index[-1], good.iloc[-1])
