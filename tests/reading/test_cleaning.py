"""Cleaning: each choice does what it says, and nothing else."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from forecast.errors import ConfigError, DataError
from forecast.reading import Cleaned, Cleaning, Reading, clean, read
from forecast.reading.frequency import describe


def reading(gaps: tuple[int, ...] = (), spike: int | None = None) -> Reading:
    first = dt.date(2024, 1, 1)  # a Monday
    rows = [
        f"{first + dt.timedelta(days=i)},{1000.0 if i == spike else i + i % 3},{i}"
        for i in range(70)
        if i not in gaps
    ]
    return read(("Date,Close,Volume\n" + "\n".join(rows)).encode())


def cleaned(before: Reading, **choices: object) -> Cleaned:
    return clean(before.series, before.table, Cleaning(**choices))  # type: ignore[arg-type]


def test_the_default_changes_nothing() -> None:
    before = reading(gaps=(10, 11))
    after = cleaned(before)
    assert after.series.equals(before.series)
    assert after == Cleaned(after.series, after.table, 68, 68, 1, 1, 0, 0)
    assert Cleaning().sentence == ""


def test_gaps_are_filled_with_the_value_before_or_in_between() -> None:
    before = reading(gaps=(10, 11))
    previous = cleaned(before, gaps="previous")
    between = cleaned(before, gaps="interpolate")
    assert previous.series["2024-01-11":"2024-01-12"].to_list() == [9.0, 9.0]
    # From 9 on the 10th to 12 on the 13th.
    assert between.series["2024-01-11":"2024-01-12"].to_list() == pytest.approx([10.0, 11.0])
    assert (previous.rows_after, previous.n_gaps_after, previous.n_filled) == (70, 0, 2)


def test_a_missing_half_year_is_filled() -> None:
    rows = [f"{2000 + i // 2}H{i % 2 + 1},{100 + i}" for i in range(20) if i != 7]
    before = read(("Period,Index\n" + "\n".join(rows)).encode())
    after = cleaned(before, gaps="previous")
    assert before.receipt.frequency == "half-yearly"
    assert after.series["2003-07-01"] == 106
    assert (after.rows_after, after.n_filled) == (20, 1)


def test_gaps_are_filled_with_the_value_a_week_before() -> None:
    """Ten days are blank: the first seven as a week before, the rest as those that were filled."""
    before = reading(gaps=tuple(range(20, 30)))
    after = cleaned(before, gaps="week")
    week = [float(i + i % 3) for i in range(13, 20)]
    assert after.series["2024-01-21":"2024-01-30"].to_list() == week + week[:3]
    assert (after.rows_after, after.n_gaps_after, after.n_filled) == (70, 0, 10)
    assert after.table["Volume"]["2024-01-21"] == 13
    assert after.series.index.name == before.series.index.name
    early = cleaned(reading(gaps=(3,)), gaps="week")
    assert early.series.iloc[3] == early.series.iloc[2]  # no week before it: the day before


def test_a_reading_is_not_changed_by_cleaning() -> None:
    before = reading(gaps=(10,))
    copy = before.series.copy()
    cleaned(before, gaps="previous", outliers=True, frequency="weekly", last_rows=6)
    assert before.series.equals(copy)
    assert list(before.table.columns) == ["Close", "Volume"]


def test_outliers_are_marked_and_kept() -> None:
    after = cleaned(reading(spike=30), outliers=True)
    assert after.table["outlier"].sum() == after.n_outliers == 1
    assert after.series.max() == 1000.0
    assert after.marked.to_dict() == {pd.Timestamp("2024-01-31"): 1000.0}


def test_a_week_is_its_last_day_and_its_summed_volume() -> None:
    after = cleaned(reading(), frequency="weekly")
    assert after.series.index[0] == pd.Timestamp("2024-01-05")
    assert after.series.iloc[1] == 11 + 11 % 3
    assert after.table["Volume"].iloc[1] == sum(range(5, 12))


def test_a_week_can_be_its_average_or_its_sum() -> None:
    days = [i + i % 3 for i in range(5, 12)]  # Saturday 6 to Friday 12 January
    assert cleaned(reading(), frequency="weekly", period_value="mean").series.iloc[
        1
    ] == pytest.approx(np.mean(days))
    assert cleaned(reading(), frequency="weekly", period_value="sum").series["2024-01-12"] == sum(
        days
    )


def test_a_sum_leaves_out_periods_that_begin_or_end_in_the_middle() -> None:
    whole = cleaned(reading(), frequency="weekly", period_value="sum")
    # 1 January is a Monday and 10 March a Sunday: weeks to Friday are cut at both ends.
    assert str(whole.series.index[0].date()) == "2024-01-12"
    assert str(whole.series.index[-1].date()) == "2024-03-08"
    assert len(cleaned(reading(), frequency="weekly").series) == len(whole.series) + 2


def test_ranges_and_last_rows_cut() -> None:
    ranged = cleaned(reading(), start=dt.date(2024, 1, 5), end=dt.date(2024, 1, 20))
    assert (str(ranged.series.index[0].date()), len(ranged.series)) == ("2024-01-05", 16)
    assert len(cleaned(reading(), last_rows=20).series) == 20


def test_what_was_chosen_is_said_in_words() -> None:
    chosen = Cleaning(gaps="previous", frequency="weekly", start=dt.date(2024, 1, 5), last_rows=9)
    assert chosen.sentence == (
        "from 5 Jan 2024, weekly (last value), gaps filled with the value before, last 9 rows"
    )


def test_too_little_left_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        cleaned(reading(), start=dt.date(2030, 1, 1))
    assert caught.value.code == "too-few-rows"


@pytest.mark.parametrize(
    "wrong",
    [
        {"gaps": "guess"},
        {"frequency": "hourlyish"},
        {"period_value": "median"},
        {"last_rows": 1},
        {"start": dt.date(2024, 2, 1), "end": dt.date(2024, 1, 1)},
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Cleaning(**wrong)  # type: ignore[arg-type]


def test_numbered_rows_have_no_dates_to_clean_by() -> None:
    numbered = read(("v\n" + "\n".join(f"{i}.5" for i in range(20))).encode())
    with pytest.raises(DataError) as caught:
        cleaned(numbered, frequency="weekly")
    assert caught.value.code == "no-dates"
    assert len(cleaned(numbered, last_rows=8).series) == 8


def test_the_weekly_rest_of_currencies_is_no_gap_and_is_not_filled() -> None:
    hours = pd.date_range("2024-01-01", periods=24 * 7 * 8, freq="h")
    hours = hours[hours.day_of_week < 5]
    assert describe(hours.to_numpy()).n_gaps == 0
    holed = hours.delete([30, 31, 500])
    assert describe(holed.to_numpy()).n_gaps == 2
    table = pd.DataFrame({"rate": 1.1 + np.arange(len(holed)) % 7 / 100}, index=holed)
    filled = clean(table["rate"], table, Cleaning(gaps="previous"))
    assert list(filled.series.index) == list(hours)
    assert filled.n_filled == 3


def test_days_without_a_sale_are_nought_but_days_of_rest_are_left_out():
    days = pd.date_range("2024-01-01", periods=63)
    opened = days[(days.day_of_week != 6) & (days != days[31])]
    sales = pd.Series(
        5.0, opened.repeat(2) + pd.to_timedelta(np.arange(106) % 2, "h"), name="Sales"
    )
    chosen = Cleaning(frequency="every day", period_value="sum", gaps="zero")
    done = clean(sales, sales.to_frame(), chosen)
    assert (len(done.series), done.n_filled) == (54, 1)
    assert done.series[days[31]] == 0
    assert (done.series.drop(days[31]) == 10).all()
