"""The dates that come after a series: the days its market is really open, or its own rhythm.

``infer`` finds the rhythm from the dates alone; ``Calendar.next_dates`` continues it. Daily data
without weekends are held against the holidays of the main exchanges, and the one whose open days
agree with the data is taken; if none does, weekdays are used.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import time

import numpy as np
import pandas as pd

from forecast import exchanges, rests, weekdays, zones
from forecast.errors import ForecastError

DAY = pd.Timedelta(days=1)
WEEK = rests.WEEK
NOUNS = {"exchange": "day", "weekdays": "day", "daily": "day"}
MONTH_NOUNS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
STEP_NOUNS = {pd.Timedelta(minutes=30): "half-hour", pd.Timedelta(hours=1): "hour", 7 * DAY: "week"}
MONTHLY = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}


@dataclass(frozen=True)
class Calendar:
    """A rhythm: ``kind`` says which, the other fields what that kind needs."""

    kind: str  # numbered, exchange, weekdays, daily, monthly, step or sessions
    label: str  # in words
    exchange: str = ""
    step: pd.Timedelta = DAY
    months: int = 1  # between two dates, for monthly, quarterly and yearly data
    day: str = "1"  # of the month, or "end", or "business end"
    times: tuple[time, ...] = ()  # of a trading day, for intraday data with nights left out
    open_on: tuple[int, ...] = weekdays.WEEKDAYS  # for weekdays: which, Monday is 0
    rest: rests.Rest | None = None  # the part of each week that is left out
    zone: str = ""  # whose clocks the times are by, for steps below a day; "": clocks never change

    @property
    def noun(self) -> str:
        """What one step is called: day, week, half-hour; "step" where nothing fits."""
        if self.kind == "monthly":
            return MONTH_NOUNS.get(self.months, "step")
        stepped = self.kind in ("step", "sessions")
        return NOUNS.get(self.kind) or (STEP_NOUNS.get(self.step, "step") if stepped else "step")

    @property
    def traded(self) -> bool:
        """Whether weekends are left out, as markets do."""
        of_a_market = self.kind == "weekdays" and self.open_on == weekdays.WEEKDAYS
        return of_a_market or self.kind in ("exchange", "sessions") or self.rest is not None

    @property
    def keeps_time(self) -> bool:
        """Whether its steps are shorter than a day, so that clocks matter."""
        return self.kind == "step" and self.step < DAY

    def next_dates(self, last: pd.Timestamp | int, n: int) -> pd.Index:
        """The ``n`` dates (or row numbers) after ``last``, the last one known."""
        if self.kind == "numbered":
            return pd.RangeIndex(int(last) + 1, int(last) + 1 + n)
        last = pd.Timestamp(last)
        if self.kind == "weekdays":
            first = last.normalize() + DAY
            return pd.date_range(first, periods=n, freq=weekdays.step(self.open_on))
        if self.kind == "exchange":
            return exchanges.open_days(self.exchange, last, n)
        if self.kind == "sessions":
            return self._next_session_times(last, n)
        if self.kind == "monthly":
            return self._next_months(last, n)
        most = n
        if self.rest is not None:
            most = math.ceil(n * (WEEK / (WEEK - self.rest.length))) + WEEK // self.step
        if self.zone and self.keeps_time:
            steps = zones.next_steps(last, self.step, most, self.zone)
        else:
            steps = pd.DatetimeIndex([last + self.step * (i + 1) for i in range(most)])
        return steps if self.rest is None else steps[~self.rest.covers(steps)][:n]

    def between(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
        """The dates this rhythm expects from ``first`` to ``last``, both among them.

        Not for numbered rows, which have no dates.
        """
        if self.kind in ("exchange", "weekdays"):
            days = first.normalize(), last.normalize()
            sessions = exchanges.open_between(self.exchange, *days) if self.exchange else None
            rest = pd.date_range(*days, freq=weekdays.step(self.open_on))
            found = rest if sessions is None else sessions
            return found + (first - first.normalize())
        if self.kind == "sessions":
            return self._session_times(first, last)
        if self.kind == "monthly":
            n_months = (last.year - first.year) * 12 + last.month - first.month
            later = self._next_months(first, n_months // self.months)
            return pd.DatetimeIndex(
                [first, *(day + _since_midnight(first.time()) for day in later)]
            )
        steps = pd.date_range(first, last, freq=self.step)
        return steps if self.rest is None else steps[~self.rest.covers(steps)]

    def _session_times(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
        start, end = first.normalize(), last.normalize()
        if self.exchange == "ALL":
            days = pd.date_range(start, end)
        else:
            sessions = exchanges.open_between(self.exchange, start, end) if self.exchange else None
            days = pd.bdate_range(start, end) if sessions is None else sessions
        moments = np.array([_since_midnight(t) for t in self.times], dtype="m8[us]")
        found = pd.DatetimeIndex((days.to_numpy().astype("M8[us]")[:, None] + moments).ravel())
        return found[(found >= first) & (found <= last)]

    def _next_months(self, last: pd.Timestamp, n: int) -> pd.DatetimeIndex:
        # From the first of the month, as stepping from the 31st would lose days on the way.
        first = last.normalize().replace(day=1)
        months = [first + pd.DateOffset(months=self.months * (i + 1)) for i in range(n)]
        if self.day == "business end":
            return pd.DatetimeIndex([month + pd.offsets.BMonthEnd(1) for month in months])
        if self.day == "end":
            return pd.DatetimeIndex([month + pd.offsets.MonthEnd(1) for month in months])
        day = int(self.day)
        return pd.DatetimeIndex([m.replace(day=min(day, m.days_in_month)) for m in months])

    def _next_session_times(self, last: pd.Timestamp, n: int) -> pd.DatetimeIndex:
        rest = [last.normalize() + _since_midnight(t) for t in self.times if t > last.time()]
        days = exchanges.open_days(self.exchange, last.normalize(), n)
        later = [day + _since_midnight(t) for day in days for t in self.times]
        return pd.DatetimeIndex((rest + later)[:n])


def infer(index: pd.Index) -> Calendar:
    """Find the rhythm of ``index`` (sorted, unique).

    Raises:
        ForecastError: fewer than two dates.
    """
    if not isinstance(index, pd.DatetimeIndex):
        return Calendar("numbered", "numbered rows")
    if len(index) < 2:
        raise ForecastError(
            "One date is not enough to know what comes next.",
            expected="at least two dates",
            received=f"{len(index)}",
            fix="Use more rows.",
        )
    steps = pd.Series(index[1:] - index[:-1])
    step = steps.mode().iloc[0]
    if step < DAY:
        return _intraday(index, step)
    if step < 2 * DAY:
        return _daily(index.normalize())
    months = round(steps.median() / pd.Timedelta(days=30.44))
    if months in MONTHLY and steps.median() > pd.Timedelta(days=27):
        return _by_months(index, months)
    if step == 7 * DAY:
        return Calendar("step", "weekly", step=step)
    return Calendar("step", f"every {step.days} days", step=step)


def choices(index: pd.Index) -> dict[str, Calendar]:
    """The calendars a person may choose from, under names that can be kept in a file.

    The one that ``infer`` finds comes first, as "found"; others follow where they differ from it.
    Row numbers have no other calendar.
    """
    found = infer(index)
    offered = {"found": found}
    if not isinstance(index, pd.DatetimeIndex):
        return offered
    intraday = found.kind == "sessions" or found.keeps_time
    times = tuple(sorted(set(index[-exchanges.RECENT_DAYS :].time))) if intraday else ()
    for exchange, name in exchanges.EXCHANGES.items():
        if intraday:
            label = f"trading days of {name}, at the hours in the data"
            offered[exchange] = Calendar(
                "sessions", label, exchange=exchange, step=found.step, times=times
            )
        else:
            offered[exchange] = Calendar("exchange", f"trading days of {name}", exchange=exchange)
    hour = pd.Timedelta(hours=1)
    offered |= {
        "weekdays": Calendar("weekdays", "weekdays"),
        "daily": Calendar("daily", "every day"),
        "weekly": Calendar("step", "weekly", step=7 * DAY),
        "month ends": Calendar("monthly", "month ends", day="end"),
        "hourly": Calendar("step", "hourly", step=hour),
        "half-hourly": Calendar("step", "half-hourly", step=hour / 2),
        "numbered": Calendar("numbered", "numbered rows"),
    }
    alike = replace(found, label="", zone="")
    return {
        name: calendar
        for name, calendar in offered.items()
        if name == "found" or replace(calendar, label="", zone="") != alike
    }


def placed(history: pd.Series, calendar: Calendar) -> pd.Series:
    """``history`` as it stands before the calendar's dates: its rows numbered, if those are."""
    if calendar.kind == "numbered" and isinstance(history.index, pd.DatetimeIndex):
        return history.reset_index(drop=True)
    return history


def _by_months(index: pd.DatetimeIndex, months: int) -> Calendar:
    """Monthly and the like: on month ends, on last working days, or on a day of the month."""
    days = index.normalize()
    if days.is_month_end.all():
        day = "end"
    elif all(moment == moment + pd.offsets.BMonthEnd(0) for moment in days):
        day = "business end"
    else:
        # The largest, as the 31st comes as the 30th in some months.
        day = str(days.day.max())
    return Calendar("monthly", MONTHLY[months], months=months, day=day)


def _daily(days: pd.DatetimeIndex) -> Calendar:
    weekend = np.isin(days.day_of_week, (5, 6)).mean()
    if weekend > 0.05:  # two sevenths where every day is there
        open_on = weekdays.open_on(days)
        if open_on:
            return Calendar("weekdays", weekdays.named(open_on), open_on=open_on)
        return Calendar("daily", "every day")
    exchange = exchanges.of(days[days >= days[-1] - pd.Timedelta(days=exchanges.RECENT_DAYS)])
    if exchange:
        return Calendar(
            "exchange", f"trading days of {exchanges.EXCHANGES[exchange]}", exchange=exchange
        )
    return Calendar("weekdays", "weekdays")


def _intraday(index: pd.DatetimeIndex, step: pd.Timedelta) -> Calendar:
    label = _step_label(step)
    days = index.normalize()
    n_days = days.nunique()
    counts = pd.Series(index.time).value_counts()
    usual = tuple(sorted(counts[counts >= 0.5 * n_days].index))
    round_the_clock = len(usual) >= 0.9 * (DAY / step)
    if n_days < 3 or round_the_clock or not usual:
        zone = zones.zone_of(index) if index.tz is None else ""
        rest = rests.weekly(index)
        label = f"{label}, but for a part of each week" if rest else label
        return Calendar("step", label, step=step, rest=rest, zone=zone)
    daily = _daily(days.unique())
    # Sessions only make sense with the nights of open days; a market open on weekends has its own.
    exchange = daily.exchange if daily.kind != "daily" else "ALL"
    label = f"{label}, in trading hours"
    return Calendar("sessions", label, exchange=exchange, step=step, times=usual)


def _step_label(step: pd.Timedelta) -> str:
    minutes = step / pd.Timedelta(minutes=1)
    if minutes == 60:
        return "hourly"
    if minutes == 30:
        return "half-hourly"
    return f"every {minutes:g} minutes" if minutes < 60 else f"every {minutes / 60:g} hours"


def _since_midnight(moment: time) -> pd.Timedelta:
    return pd.Timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
