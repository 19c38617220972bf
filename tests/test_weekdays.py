"""Weeks of fewer than seven days: a shop that is closed on Sundays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import calendars, seasons, weekdays
from forecast.exploring.rhythms import rhythm
from forecast.exploring.whole import whole
from forecast.reading import Cleaning, clean, read

EVERY_DAY = pd.date_range("2024-01-01", periods=210)  # from a Monday on
SIX = EVERY_DAY[EVERY_DAY.dayofweek != 6]


def lines(days: pd.DatetimeIndex) -> bytes:
    rows = [f"{day:%Y-%m-%d},{100 + 10 * day.dayofweek + i % 3}" for i, day in enumerate(days)]
    return "\n".join(["Date,Takings", *rows]).encode()


def test_the_next_dates_leave_closed_days_out() -> None:
    calendar = calendars.infer(SIX)
    assert calendar.label == "Monday to Saturday"
    assert calendar.noun == "day"
    assert not calendar.traded
    saturday = pd.Timestamp("2024-07-27")
    ahead = calendar.next_dates(saturday, 7)
    assert list(ahead) == [
        *pd.date_range("2024-07-29", periods=6),
        pd.Timestamp("2024-08-05"),
    ]
    assert calendar.between(SIX[0], SIX[-1]).equals(SIX)


@pytest.mark.parametrize(
    ("closed", "label", "words"),
    [
        ((6,), "Monday to Saturday", "Sundays"),
        ((0,), "Tuesday to Sunday", "Mondays"),
        ((4, 5), "Sunday to Thursday", "Fridays and Saturdays"),
        ((2, 6), "Thursday to Saturday", "Wednesdays and Sundays"),
    ],
)
def test_any_days_may_be_the_closed_ones(closed, label, words) -> None:
    days = EVERY_DAY[~np.isin(EVERY_DAY.dayofweek, closed)]
    found = weekdays.open_on(days)
    if closed == (2, 6):
        label = "Monday, Tuesday, Thursday, Friday, Saturday"
    assert weekdays.named(found) == label
    assert weekdays.closed(found) == words
    assert calendars.infer(days).label == label


def test_every_day_with_gaps_or_a_few_weeks_are_no_pattern() -> None:
    rng = np.random.default_rng(1)
    assert weekdays.open_on(EVERY_DAY[rng.random(210) > 0.15]) == ()
    assert weekdays.open_on(SIX[:20]) == ()
    assert calendars.infer(EVERY_DAY).kind == "daily"


def test_some_open_sundays_do_not_open_the_others() -> None:
    some = SIX.union(pd.DatetimeIndex(["2024-03-31", "2024-06-30"]))
    assert weekdays.open_on(some) == (0, 1, 2, 3, 4, 5)


def test_a_closed_day_is_no_gap_and_a_holiday_is_one() -> None:
    reading = read(lines(SIX))
    assert "Monday to Saturday · no gaps" in reading.receipt.sentence
    told = {warning.code: warning.text for warning in reading.receipt.warnings}
    assert told["closed-days"] == "There are no Sundays: the forecast leaves them out too."
    assert "weekends" not in told
    holiday = SIX.drop(pd.Timestamp("2024-04-01"))  # a Monday after a Saturday
    reading = read(lines(holiday))
    assert "1 gap" in reading.receipt.sentence
    told = {warning.code: warning.text for warning in reading.receipt.warnings}
    assert told["gaps"] == "1 gap in the dates: 1 day missing, 1 Apr 2024."


def test_filling_gaps_opens_no_closed_day() -> None:
    reading = read(lines(SIX.drop(pd.Timestamp("2024-04-01"))))
    done = clean(reading.series, reading.table, Cleaning(gaps="week"))
    assert done.series.index.equals(SIX)
    assert done.series["2024-04-01"] == done.series["2024-03-25"]


def test_six_rows_are_a_week_and_are_called_open_days() -> None:
    assert seasons.candidates(SIX) == (6, 313)
    series = read(lines(SIX)).series
    assert seasons.find(series.to_numpy(), series.index) == 6
    assert rhythm(SIX).count(2) == "2 open days"
    assert whole(series).n_blank == 0
