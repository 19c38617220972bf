"""What one row of a series is called, and the rhythm its dates keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast import calendars
from forecast.calendars import Calendar

LOOKED_AT = 20_000  # latest rows from which the rhythm is read
_WORDS = {
    "every day": ("day", "days"),
    "weekdays": ("weekday", "weekdays"),
    "weekly": ("week", "weeks"),
    "monthly": ("month", "months"),
    "quarterly": ("quarter", "quarters"),
    "half-yearly": ("half-year", "half-years"),
    "yearly": ("year", "years"),
    "hourly": ("hour", "hours"),
    "half-hourly": ("half-hour", "half-hours"),
    "every 1 minutes": ("minute", "minutes"),
}


@dataclass(frozen=True)
class Rhythm:
    """How the rows follow each other."""

    calendar: Calendar
    one: str  # "trading day", "half-hour", "row"
    many: str
    regular: bool  # False where dates follow no rhythm that could have gaps

    @property
    def traded(self) -> bool:
        """Whether weekends are left out, as markets do."""
        return self.calendar.traded

    def count(self, n: int) -> str:
        """ "1 day", "2,699 trading days"."""
        return f"{n:,} {self.one if n == 1 else self.many}"


def rhythm(index: pd.Index) -> Rhythm:
    """Read the rhythm off the latest rows of ``index`` (sorted, unique, two rows at least)."""
    calendar = calendars.infer(index[-LOOKED_AT:])
    if calendar.kind == "exchange":
        return Rhythm(calendar, "trading day", "trading days", regular=True)
    if calendar.kind == "weekdays" and not calendar.traded:
        return Rhythm(calendar, "open day", "open days", regular=True)
    one, many = _WORDS.get(calendar.label.split(",")[0], ("row", "rows"))
    regular = calendar.kind != "numbered"
    if calendar.kind == "step" and isinstance(index, pd.DatetimeIndex):
        steps = np.diff(index[-LOOKED_AT:].as_unit("ns").asi8)
        regular = float(np.mean(steps == calendar.step.value)) >= 0.5
    if not regular:
        one, many = "row", "rows"
    return Rhythm(calendar, one, many, regular=regular)


def span(index: pd.DatetimeIndex) -> str:
    """How long it is from the first date to the last, in the size that says it best.

    >>> span(pd.date_range("2024-01-01", periods=84)), span(pd.date_range("2022", "2024-11-25"))
    ('12 weeks', '2.9 years')
    """
    days = (index[-1] - index[0]) / pd.Timedelta(days=1)
    if days >= 700:
        return f"{days / 365.25:.1f} years"
    if days >= 300:
        return f"{days / 30.44:.0f} months"
    if days >= 17.5:
        return f"{days / 7:.0f} weeks"
    n = max(1, round(days))
    return "1 day" if n == 1 else f"{n} days"
