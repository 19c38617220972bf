"""The dates after a series are dates on which there will be a value."""

import pandas as pd
import pytest

from forecast import calendars
from tests.data import trading_days


def after(index, n=7):
    calendar = calendars.infer(index)
    return calendar, calendar.next_dates(index[-1], n)


def days(dates):
    return [f"{day:%Y-%m-%d}" for day in dates]


def test_trading_days_skip_weekends_and_the_exchange_s_holidays():
    calendar, dates = after(trading_days(500, "2020-09-03"), 3)
    assert calendar.exchange == "XNYS"
    assert days(dates) == ["2020-09-04", "2020-09-08", "2020-09-09"]  # 7 September: Labor Day


def test_a_few_missing_days_do_not_hide_the_exchange():
    index = trading_days(500).delete([20, 300])
    assert calendars.infer(index).exchange == "XNYS"


def test_weekdays_without_any_exchange_s_holidays_stay_weekdays():
    calendar, dates = after(pd.bdate_range(end="2020-12-24", periods=700), 2)
    assert calendar.kind == "weekdays"
    assert days(dates) == ["2020-12-25", "2020-12-28"]


def test_every_day_goes_on_every_day():
    calendar, dates = after(pd.date_range(end="2012-12-31", periods=400), 2)
    assert calendar.label == "every day"
    assert days(dates) == ["2013-01-01", "2013-01-02"]


@pytest.mark.parametrize(
    ("freq", "label", "last", "first"),
    [
        ("30min", "half-hourly", "2000-08-27 23:30", "2000-08-28 00:00"),
        ("h", "hourly", "2000-08-27 23:00", "2000-08-28 00:00"),
        ("W-FRI", "weekly", "2024-05-31", "2024-06-07"),
        ("ME", "monthly", "2024-01-31", "2024-02-29"),
        ("MS", "monthly", "2024-01-01", "2024-02-01"),
        ("BME", "monthly", "2018-06-29", "2018-07-31"),
        ("QS", "quarterly", "2020-01-01", "2020-04-01"),
        ("QE", "quarterly", "2019-12-31", "2020-03-31"),
        ("YS", "yearly", "2020-01-01", "2021-01-01"),
        ("YE", "yearly", "2019-12-31", "2020-12-31"),
    ],
)
def test_a_regular_step_goes_on(freq, label, last, first):
    calendar, dates = after(pd.date_range(end=last, periods=200, freq=freq))
    assert calendar.label == label
    assert dates[0] == pd.Timestamp(first)


def test_intraday_data_with_nights_go_on_in_trading_hours():
    index = pd.DatetimeIndex(
        [
            day + pd.Timedelta(hours=hour, minutes=30)
            for day in trading_days(60, "2020-09-04")
            for hour in range(9, 16)
        ]
    )
    _, dates = after(index[:-1], 3)
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in dates] == [
        "2020-09-04 15:30",
        "2020-09-08 09:30",
        "2020-09-08 10:30",
    ]


def test_a_day_of_the_month_survives_a_short_february():
    index = pd.DatetimeIndex(
        ["2022-09-30", "2022-10-30", "2022-11-30", "2022-12-30", "2023-01-30", "2023-02-28"]
    )
    _, dates = after(index, 2)
    assert days(dates) == ["2023-03-30", "2023-04-30"]


@pytest.mark.parametrize("last", ["2021-02-26", "2024-11-19"])
def test_a_few_weekdays_are_not_taken_for_an_exchange(last):
    assert calendars.infer(pd.bdate_range(end=last, periods=40)).kind == "weekdays"


def test_numbered_rows_go_on_counting():
    calendar, rows = after(pd.RangeIndex(10), 3)
    assert calendar.kind == "numbered"
    assert rows.tolist() == [10, 11, 12]
