"""Each sentence carries the figures that were found, in the unit of the series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import exploring
from forecast.exploring import candles, coverage, drawdowns, memory, rolling, seasons, spread
from forecast.exploring.decomposition import Decomposition, Period
from forecast.exploring.outliers import outliers
from forecast.exploring.stationarity import Stationarity
from forecast.exploring.together import Pair, Together
from pages.explore import deeper, words

DAYS = pd.date_range("2024-01-01", periods=6)
DAILY = exploring.rhythm(DAYS)
WEEKS = pd.date_range("2022-01-03", periods=152, freq="7D")


def moved(*changes: float) -> pd.Series:
    values = np.concatenate([[-5.0], -5.0 + np.cumsum(changes)])
    return pd.Series(values, index=pd.date_range("2024-01-01", periods=len(values)))


def has(text: str, *parts: str) -> None:
    for part in parts:
        assert part in text, f"“{part}” is not in “{text}”"


def test_growth():
    years = pd.Series([100.0, 400], index=pd.to_datetime(["2020-01-01", "2024-01-01"]))
    has(
        words.growth(years, "$", DAILY),
        "$100.00",
        "$400.00",
        "+300.0 %",
        "4.0 years",
        "41.4 % a year",
    )
    has(words.growth(pd.Series([-2.0, 3], index=DAYS[:2]), "bp", DAILY), "+5 bp")


def test_what_a_season_explains_says_of_what():
    hours = pd.date_range("2025-03-03", periods=24 * 70, freq="h")
    busy = np.where(hours.day_of_week < 5, 50.0, 0.0)
    cars = pd.Series(200 + busy - 150 * np.cos(hours.hour * 2 * np.pi / 24), hours, name="Cars")
    cars += np.random.default_rng(1).normal(0, 5, len(cars))
    by_hour = deeper.season(seasons.seasonality(cars, "hour"), "cars")
    by_day = deeper.season(seasons.seasonality(cars, "weekday"), "cars")
    has(by_hour, "of the differences between single hours.")
    has(by_day, "of the differences between the averages of whole days.")


def test_rows_that_are_not_trained_on_are_told():
    assert words.looked_at(1_800, 500) == "Looks at all 1,800 rows; training uses the last 500."
    assert words.looked_at(500, 500) == words.looked_at(500, 900) == ""
    assert words.looked_at(500, None) == ""


def test_a_noisy_series_grows_from_year_to_year_not_from_row_to_row():
    """A calm January beside a Christmas week says nothing about three years."""
    n = np.arange(152)
    values = 4_000.0 + 2_000 * (n % 52 >= 47) + 300 * (-1.0) ** n + 10 * n
    series = pd.Series(values, index=WEEKS)
    text = words.growth(series, "€", exploring.rhythm(WEEKS))
    first, last = values[:53].mean(), values[-53:].mean()  # 53 Mondays lie within 365.25 days
    has(text, f"€{first:,.2f}** in the first year", f"€{last:,.2f}** in the last")
    has(text, f"+{100 * (last / first - 1):.1f} %", "a year")
    walk = pd.Series(100 + np.cumsum(np.random.default_rng(1).normal(0, 0.3, 152)), index=WEEKS)
    has(words.growth(walk, "$", exploring.rhythm(WEEKS)), "on 3 Jan 2022", "on 25 Nov 2024")


def test_how_the_rows_come():
    def says(index):
        facts = exploring.summary(pd.Series(range(len(index)), index=index, dtype=float))
        return words.standing(facts, exploring.rhythm(index))

    has(says(DAYS), "The rows come every day;")
    has(says(WEEKS), "The rows come weekly;")
    has(says(pd.bdate_range("2024-01-01", periods=60)), "The rows come on weekdays;")


def test_a_temperature_has_no_percent():
    """21 °C is not 38 % more than 15.2 °C: the zero of the scale is a convention."""
    years = pd.Series([15.2, 21.0, 3.0], index=pd.to_datetime(["2020", "2024", "2025"]), name="t")
    assert "%" not in words.growth(years, "°C", DAILY)
    has(words.growth(years, "°C", DAILY), "−12.20 °C")
    fall = words.drawdown(drawdowns.drawdown(years, "°C"), DAILY, "°C")
    has(fall, "−18 °C")
    assert "%" not in fall
    assert "%" not in words.growth(years.rename("temperature_c"), "", DAILY)
    assert "%" in words.growth(years, "$", DAILY)


def test_what_changes_tell_where_one_lag_is_far_outside():
    values = np.full(40, 0.01)
    values[0] = -0.36
    found = memory.Memory(values, np.full(40, 0.16), 150)
    text = deeper.memory_of_changes(found, exploring.rhythm(WEEKS), 151)
    has(text, "do tell something", "A rise is usually partly taken back the next week")
    assert "tell nothing" not in text


def test_blank_days_are_said():
    line = pd.Series([1.0])
    found = Decomposition(12, line, line, line, 0.87, 100, 250, 40, 3.5, 120, 17)
    text = deeper.decomposition(found, DAILY, "€", 120, clear=True)
    has(text, "17 days are blank: filled in a straight line, only to find the season")


def test_drawdown():
    prices = pd.Series([100.0, 120, 90, 60, 80, 110], index=DAYS)
    text = words.drawdown(drawdowns.drawdown(prices), DAILY, "$")
    has(text, "−50.0 %", "$120.00 on 2 Jan 2024", "$60.00 on 4 Jan 2024, 2 days later")
    has(text, "2 days after that, the old high is not back yet", "lies 8.3 % below the high")
    back = words.drawdown(drawdowns.drawdown(prices.replace(80, 120)), DAILY, "$")
    has(back, "The old high was back on 5 Jan 2024, after another 1 day.")


def test_spread_and_moves():
    found = spread.spread(moved(*[1, -1] * 49, 10, -10))
    has(words.spread(found, DAILY, "MW"), "(more than 5.18 MW from the mean): **2**", "give 0.3")
    has(words.spread(found, DAILY, "MW"), "Excess kurtosis 19.6", "a few far larger")
    has(words.moves(found, DAILY, "MW"), "50 % of 100 days", "+10 MW", "−10 MW", "9 Apr 2024")


def test_volatility():
    prices = pd.Series([100, 110, 99, 108.9, 108.9, 108.9], index=DAYS)
    text = words.volatility(rolling.volatility(prices, 3), DAILY, "$")
    # (+10, −10, +10) %: 11.5; (−10, +10, 0) %: 10; (+10, 0, 0) %: 5.8
    has(
        text,
        "last 3 days",
        "**5.8 %**",
        "more than in 0 %",
        "4 Jan 2024 (11.5 %)",
        "6 Jan 2024 (5.8 %)",
    )


def test_candles_and_volume():
    table = pd.DataFrame(
        {"Open": [1.0, 2], "High": [4.0, 9], "Low": [1.0, 1], "Close": [3.0, 1]}, index=DAYS[:2]
    )
    text = words.candles(candles.candles(table, None, 2), DAILY, "$")
    has(text, "A candle is 1 day", "50 % of these 2", "2 Jan 2024, spans $8.00")
    volume = pd.Series([10.0, 20, 60], index=DAYS[:3])
    has(words.volume(volume, DAILY), "above 20", "3.0 times", "3 Jan 2024 with 60")


def test_weekdays():
    week = np.tile([-3.0, -2, -1, 0, 1, 2, 3], 10)
    series = pd.Series(week, index=pd.date_range("2024-01-01", periods=70))
    text = deeper.season(seasons.seasonality(series, "weekday"), "MW")
    has(text, "**Sunday (+3 MW)**", "**Monday (−3 MW)**", "10 whole weeks", "100 %")
    has(text, "fewer than 1 in 10,000")
    noise = pd.Series(np.random.default_rng(1).normal(0, 1, 70), index=series.index)
    found = seasons.seasonality(noise, "weekday")
    has(deeper.season(found, "MW"), "Not certain", f"{100 * found.p:.0f} of 100", "fewer than 1")


def test_seasons_that_were_looked_for():
    found = (
        Period(48, "one day", 0.91, 40, clear=True),
        Period(336, "one week", 0.92, 5.7, clear=True, within=48),
        Period(7, "", 0.05, 100, clear=False),
        Period(365, "one year", float("nan"), 2.2, clear=False),
    )
    text = deeper.periods(found, exploring.rhythm(pd.RangeIndex(99)))
    has(text, "**It repeats every 48 rows (one day)**: that explains 91 %")
    has(text, "336 rows (one week) show hardly more than the 48 rows")
    has(text, "7 rows explains 5 %", "365 rows (one year) fits only 2.2 times", "it takes 4")
    assert "repeats every 336" not in text


@pytest.mark.parametrize(("clear", "says"), [(True, "**strong**"), (False, "**not certain**")])
def test_trend_and_season(clear, says):
    line = pd.Series([1.0, 2.0], index=DAYS[[0, 3]])
    found = Decomposition(12, line, line, line, 0.87, 100, 250, 40, 3.5, 120)
    text = deeper.decomposition(found, DAILY, "€", 120, clear=clear)
    has(text, says, "0.87", "€40.00", "stood at €100.00 on", "and at €250.00 on", "±€3.50")


def test_memory():
    found = memory.Memory(np.array([0.9, -0.5, 0.1, 0.6]), np.full(4, 0.3), 100)
    has(deeper.memory_of_values(found, DAILY, 100), "**0.90**", "for 2 days")
    has(deeper.memory_of_changes(found, DAILY, 100), "**0.90** at 1 day apart", "3 of 4 lags")
    has(deeper.memory_of_changes(found, DAILY, 900), "the latest 100 of 900 rows")


@pytest.mark.parametrize(
    ("adf", "kpss", "parts"),
    [
        (0.0001, 0.1, ("keep to a level", "under 0.001", "0.1 or more")),
        (0.52, 0.01, ("wander", "0.520", "0.01 or less")),
    ],
)
def test_stationarity(adf, kpss, parts):
    has(deeper.stationarity(Stationarity(adf, kpss, 99), "values", 99), *parts)


def test_what_a_walk_means_for_a_network():
    walk, level = Stationarity(0.5, 0.01, 99), Stationarity(0.001, 0.1, 99)
    has(deeper.consequence(walk, level), "better from its changes")
    has(deeper.consequence(level, level), "values as they are")


def test_missing_dates():
    days = pd.date_range("2024-01-01", periods=60)
    gone = pd.to_datetime(["2024-01-10", "2024-01-11", "2024-01-12", "2024-01-17"])
    text = deeper.coverage(coverage.coverage(days.drop(gone), DAILY), DAILY)
    has(text, "**4 of 60 days", "6.7 %", "gap is 3 days: 10 Jan 2024 to 12 Jan 2024")
    has(deeper.coverage(coverage.coverage(days, DAILY), DAILY), "Nothing is missing", "60 days")


def test_outliers():
    steps = np.tile([-1.0, 0, 1], 67)
    steps[100] = 30
    text = deeper.outliers(outliers(moved(*steps)), DAILY, "MW", 202)
    has(
        text,
        "**1 change is more than 5 times",
        "+30 MW on 11 Apr 2024",
        "where 0 MW ± 1.48 MW was usual",
    )


def test_columns():
    strong, weak = Pair("A", "B", 0.8), Pair("A", "C", -0.01)
    found = Together(
        ("A", "B", "C"), np.eye(3), strong, weak, (Pair("B", "D_x", 1.0),), Pair("C", "A", 0.4),
        0.1, 2, 400,
    )  # fmt: skip
    text = deeper.together(found, "A", 400)
    has(text, "A and B go together most: **0.80**", "A and C, −0.01", "repeats B", "by 0.40")
    has(text, "more than chance", "2 further columns")
