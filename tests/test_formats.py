"""Numbers, dates and other people's words, as they stand on the screen."""

import pandas as pd
import pytest

from ui import formats


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (129.33, "$", "$129.33"),
        (-4.5, "$", "−$4.50"),
        (27_310.4, "MW", "27,310 MW"),
        (22.0, "visitors", "22 visitors"),
        (22.5, "visitors", "22.50 visitors"),
        (22.0, "$", "$22.00"),
        (0.0123, "", "0.0123"),
        (1.23e32, "", "1.23e+32"),
        (float("nan"), "$", "–"),
    ],
)
def test_values(number, unit, text):
    assert formats.value(number, unit) == text


def test_a_small_value_in_a_column_has_no_more_decimals_than_the_others():
    assert formats.value(0.0642, "kWh", 1.3) == "0.06 kWh"
    assert formats.value(-0.0109, "kWh", 0.2) == "−0.01 kWh"
    assert formats.value(0.0642, "kWh", 0.08) == "0.0642 kWh"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (pd.Timestamp("2023-09-21"), "21 Sep 2023"),
        (pd.Timestamp("2000-08-27 23:30"), "27 Aug 2000 23:30"),
        (0, "row 1"),
    ],
)
def test_dates(moment, text):
    assert formats.date(moment) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(3.4, "3 s"), (130, "2 min 10 s"), (3_900, "1 h 5 min")]
)
def test_durations(seconds, text):
    assert formats.duration(seconds) == text


def test_other_people_s_words_are_no_markdown():
    name = "![x](http://a.b/c.png) $a_b$ *c* `d` <e> :smile: #f"
    escaped = formats.plain(name)
    for sign in "![]$_*`<>:#":
        assert sign not in escaped.replace("\\" + sign, "")


def test_a_list_of_dates_has_times_on_all_or_on_none():
    half_hours = pd.date_range("2000-08-27 23:30", periods=2, freq="30min")
    assert formats.dates(half_hours) == ["Sun 27 Aug 2000 23:30", "Mon 28 Aug 2000 00:00"]
    assert formats.dates(pd.date_range("2000-08-27", periods=1)) == ["Sun 27 Aug 2000"]
    assert formats.dates([0, 1]) == ["row 1", "row 2"]


def test_a_share_that_rounds_to_nothing_has_no_sign():
    assert formats.percent(-0.0004, 1) == "0.0 %"
    assert formats.percent(-0.032, 1) == "−3.2 %"
    assert formats.percent(0.126) == "13 %"
    assert formats.percent(float("nan")) == "–"


@pytest.mark.parametrize(
    ("rows", "noun"),
    [
        (pd.bdate_range("2024-01-01", periods=30), "day"),
        (pd.date_range("2024-01-01", periods=30, freq="30min"), "half-hour"),
        (pd.date_range("2024-01-01", periods=30, freq="W"), "week"),
        (pd.date_range("2024-01-31", periods=30, freq="ME"), "month"),
        (pd.date_range("2024-01-01", periods=30, freq="7h"), "step"),
        (pd.RangeIndex(30), "step"),
    ],
)
def test_what_a_step_is_called(rows, noun):
    assert formats.step_noun(rows) == noun


def test_months_quarters_and_years_are_named_as_such() -> None:
    months = list(pd.date_range("2025-07-01", periods=3, freq="MS"))
    assert formats.dates(months) == ["July 2025", "August 2025", "September 2025"]
    assert formats.when(months, 0) == "in **July 2025**"
    ends = list(pd.date_range("2025-09-30", periods=3, freq="QE"))
    assert formats.dates(ends) == ["Q3 2025", "Q4 2025", "Q1 2026"]
    assert formats.dates(list(pd.date_range("2025", periods=2, freq="YS"))) == ["2025", "2026"]
    days = list(pd.date_range("2025-07-01", periods=2))
    assert formats.dates(days) == ["Tue 1 Jul 2025", "Wed 2 Jul 2025"]
    assert formats.when(days, 0) == "on **Tue 1 Jul 2025**"
