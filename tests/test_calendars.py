"""The dates after a series are dates on which there will be a value."""

import pandas as pd
import pytest

from forecast import calendars, exchanges
from forecast.reading.frequency import describe
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


def traded_day_and_night(closes="4 days 22h", opens="6 days 22h", freq="h"):
    """Rows of ten weeks without those from Friday's close to Sunday's or Monday's opening."""
    index = pd.date_range("2024-01-01", "2024-03-10 23:59", freq=freq)
    into = (index - index.normalize()) + pd.to_timedelta(index.day_of_week, unit="D")
    opens, closes = pd.Timedelta(opens), pd.Timedelta(closes)
    return index[(into < closes) & (into >= opens - calendars.WEEK) | (into >= opens)]


@pytest.mark.parametrize(
    ("closes", "opens", "first"),
    [
        ("4 days 22h", "6 days 22h", "Sun 22:00"),
        ("5 days", "7 days", "Mon 00:00"),
        ("4 days 20h", "7 days 2h", "Mon 02:00"),
    ],
)
@pytest.mark.parametrize("freq", ["h", "15min"])
def test_what_rests_at_weekends_alone_has_no_date_in_them(closes, opens, first, freq):
    index = traded_day_and_night(closes, opens, freq)
    last = (
        pd.Timestamp("2024-03-04") + pd.Timedelta(closes) - pd.tseries.frequencies.to_offset(freq)
    )
    calendar = calendars.infer(index)
    dates = calendar.next_dates(last, 500)
    assert f"{dates[0]:%a %H:%M}" == first
    assert len(dates) == 500
    assert dates.is_monotonic_increasing
    assert calendar.traded
    assert calendar.between(index[0], index[-1]).equals(index)


@pytest.mark.parametrize(
    "open_on", [(0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 6), (0, 1, 2), (1, 2, 3, 4, 5)]
)
def test_any_days_of_a_week_can_be_those_of_rest(open_on):
    index = pd.date_range("2024-01-01", periods=24 * 70, freq="h")
    index = index[index.day_of_week.isin(open_on)]
    calendar = calendars.infer(index)
    assert set(calendar.next_dates(index[-1], 200).day_of_week) == set(open_on)
    assert len(calendar.next_dates(index[-1], 1_000)) == 1_000
    assert describe(index.to_numpy()).n_gaps == 0
    holed = index.delete(range(60, 65))
    assert describe(holed.to_numpy()).n_gaps == 1


def test_a_gap_beside_the_rest_is_still_one():
    index = traded_day_and_night()
    friday = pd.Timestamp("2024-02-09")
    holed = index[(index < friday + pd.Timedelta(hours=12)) | (index >= friday + calendars.DAY)]
    assert describe(holed.to_numpy()).n_gaps == 1


def test_a_single_weekend_without_rows_is_a_gap_and_no_rest():
    index = pd.date_range("2024-01-01", periods=24 * 60, freq="h")
    index = index[(index < "2024-02-24") | (index >= "2024-02-26")]
    assert calendars.infer(index).rest is None


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


def local_hours(start, end, zone, freq="h"):
    """Local times as a file holds them: no hour that was left out, and none twice."""
    hours = pd.date_range(start, end, freq=freq, tz="UTC").tz_convert(zone).tz_localize(None)
    return hours[~hours.duplicated()]


def moments(dates):
    return [f"{moment:%d %H:%M}" for moment in dates]


@pytest.mark.parametrize(
    ("zone", "last", "expected"),
    [
        ("Europe/London", "2024-03-31 00:30", ["31 02:00", "31 02:30", "31 03:00"]),
        ("America/New_York", "2024-03-10 01:30", ["10 03:00", "10 03:30", "10 04:00"]),
        ("Europe/London", "2024-10-27 00:30", ["27 01:00", "27 01:30", "27 02:00"]),
        ("Asia/Tokyo", "2024-03-31 01:30", ["31 02:00", "31 02:30", "31 03:00"]),
    ],
)
def test_half_hours_go_by_the_clocks_of_a_zone(zone, last, expected):
    calendar = calendars.Calendar("step", "", step=pd.Timedelta(minutes=30), zone=zone)
    assert moments(calendar.next_dates(pd.Timestamp(last), 3)) == expected


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("freq", ["h", "30min"])
def test_local_times_over_a_change_of_clocks_are_recognised_and_continued(zone, freq):
    index = local_hours("2023-01-01", "2024-12-31", zone, freq)
    cut = index.searchsorted(pd.Timestamp("2024-03-01"))
    assert calendars.infer(index[:cut]).zone == zone  # from the spring of 2023 alone
    calendar = calendars.infer(index[:cut])
    assert calendar.next_dates(index[cut - 1], 3_000).equals(index[cut : cut + 3_000])


def test_hours_without_any_left_out_stay_on_clocks_that_never_change():
    calendar = calendars.infer(pd.date_range("2023-01-01", "2024-12-31", freq="h"))
    assert calendar.zone == ""
    dates = calendar.next_dates(pd.Timestamp("2024-03-31 00:00"), 3)
    assert moments(dates) == ["31 01:00", "31 02:00", "31 03:00"]


def test_a_gap_in_the_data_is_no_change_of_clocks():
    index = pd.date_range("2023-01-01", "2024-12-31", freq="h")
    assert calendars.infer(index.delete(range(2_000, 2_006))).zone == ""


INDEXES = {
    "trading days": trading_days(300, "2020-09-03"),
    "every day": pd.date_range(end="2024-02-28", periods=100),
    "month ends": pd.date_range(end="2024-01-31", periods=40, freq="ME"),
    "half-hours": pd.date_range(end="2024-03-31 00:30", periods=500, freq="30min"),
    "trading hours": pd.DatetimeIndex(
        [day + pd.Timedelta(hours=h) for day in trading_days(40, "2020-09-03") for h in (10, 12)]
    ),
}


@pytest.mark.parametrize("name", INDEXES)
def test_every_calendar_on_offer_gives_that_many_dates_after_the_last(name):
    index = INDEXES[name]
    offered = calendars.choices(index)
    assert next(iter(offered)) == "found"
    assert offered["found"] == calendars.infer(index)
    assert len({calendar.label for calendar in offered.values()}) == len(offered)
    for key, calendar in offered.items():
        if key in exchanges.EXCHANGES and key != "XNYS":
            continue  # all go the same way, and each takes its time to load
        history = calendars.placed(pd.Series(range(len(index)), index=index), calendar)
        last = history.index[-1]
        for n in (1, 60):
            dates = calendar.next_dates(last, n)
            assert len(dates) == n, key
            assert dates[0] > last, key
            assert dates.is_monotonic_increasing, key
            assert dates.is_unique, key
        if calendar.exchange == "XNYS" and calendar.kind == "exchange":
            open_days = trading_days(3_000, "2026-12-30")
            assert dates.equals(open_days[open_days > last][:60])


def test_row_numbers_have_one_calendar():
    assert list(calendars.choices(pd.RangeIndex(20))) == ["found"]


@pytest.mark.parametrize(
    ("name", "noun"),
    [("trading days", "day"), ("half-hours", "half-hour"), ("month ends", "month")],
)
def test_a_step_has_a_name(name, noun):
    assert calendars.infer(INDEXES[name]).noun == noun
