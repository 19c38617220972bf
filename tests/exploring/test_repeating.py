"""What comes again, and what the past tells: beside hand-computed and independent values."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from forecast import exploring
from forecast.errors import DataError
from forecast.exploring import advice, decomposition, memory, seasons, stationarity
from forecast.exploring.whole import whole
from forecast.presets import PRESETS
from tests.data import random_walk

WEEK = np.array([-3.0, -2, -1, 0, 1, 2, 3])
MOST = 250


def noise(n: int, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, n)


def daily(values: np.ndarray) -> pd.Series:
    return pd.Series(values, index=pd.date_range("2024-01-01", periods=len(values)))  # a Monday


def half_hourly(n_days: int = 40) -> pd.Series:
    rows = np.arange(48 * n_days)
    values = 30_000 + 5_000 * np.sin(2 * np.pi * rows / 48) + 300 * noise(len(rows))
    return pd.Series(values, index=pd.date_range("2024-01-01", periods=len(rows), freq="30min"))


class TestSeasonality:
    def test_weekdays_by_hand(self):
        """Ten weeks alike on a rising line: the line is taken off, the week stays."""
        found = seasons.seasonality(daily(np.tile(WEEK, 10) + 0.5 * np.arange(70)), "weekday")
        assert found.labels == seasons.DAYS
        assert found.average == pytest.approx(WEEK, abs=1e-9)
        assert found.error == pytest.approx(np.zeros(7), abs=1e-9)
        assert found.n_blocks == 10
        assert found.explained == pytest.approx(1)
        assert (found.lowest, found.highest) == (0, 6)
        # Ranks alike in all weeks: Friedman's statistic is 10 · (7 − 1) = 60, and the survival
        # function of χ² with 6 degrees of freedom is e^(−x/2) · (1 + x/2 + (x/2)²/2).
        assert found.p == pytest.approx(math.exp(-30) * (1 + 30 + 450), rel=1e-6)
        assert found.clear

    def test_intervals_are_those_of_student(self):
        values = np.tile(WEEK, 12) + noise(84)
        found = seasons.seasonality(daily(values), "weekday", of="changes")
        table = np.concatenate([[np.nan], np.diff(values)]).reshape(12, 7)[1:]  # no first Monday
        assert found.average == pytest.approx(table.mean(axis=0))
        lower, upper = stats.t.interval(
            0.95, 10, loc=table.mean(axis=0), scale=stats.sem(table, axis=0)
        )
        assert found.error == pytest.approx((upper - lower) / 2)

    def test_changes_by_month(self):
        """Each month changes by its own number, from 1 in January to 12 in December, less 6.5."""
        months = pd.date_range("2010-01-31", periods=61, freq="ME")
        series = pd.Series(np.cumsum(months.month - 6.5), index=months)
        found = seasons.seasonality(series, "month", of="changes")
        assert found.average == pytest.approx(np.arange(1, 13) - 6.5)
        assert found.labels[found.highest] == "December"
        assert found.n_blocks == 4  # 2010 has no change in January, and 2015 only that
        assert not found.in_percent

    def test_hours(self):
        index = pd.date_range("2024-01-01", periods=24 * 10, freq="h")
        values = np.tile(np.arange(24.0), 10)
        found = seasons.seasonality(pd.Series(values, index=index), "hour")
        assert found.average == pytest.approx(np.arange(24) - 11.5)
        assert found.labels[found.highest] == "23:00"

    def test_noise_is_rarely_taken_for_a_season(self):
        clear = sum(
            seasons.seasonality(daily(noise(140, seed)), "weekday").clear for seed in range(100)
        )
        assert clear <= 4  # 1 in 100 is what the level asks for

    def test_a_week_with_a_holiday_is_left_out(self):
        series = daily(np.tile(WEEK, 10)).drop(pd.Timestamp("2024-01-10"))
        assert seasons.seasonality(series, "weekday").n_blocks == 9

    def test_cycles_on_offer(self):
        assert seasons.available(half_hourly().index) == ("hour", "weekday")
        assert seasons.available(random_walk(700).index) == ("weekday", "month")
        assert seasons.available(pd.RangeIndex(100)) == ()

    def test_twelve_weeks_are_no_year(self):
        with pytest.raises(DataError) as refused:
            seasons.seasonality(daily(noise(84)), "month")
        assert refused.value.what == (
            "Comparing months takes at least 2 whole years; the file covers 12 weeks."
        )
        summers = daily(noise(1_200))
        with pytest.raises(DataError):  # three months of each of four years
            seasons.seasonality(summers[summers.index.month.isin((6, 7, 8))], "month")
        quarters = pd.date_range("2010-01-01", periods=24, freq="QS")
        assert seasons.seasonality(pd.Series(noise(24), index=quarters), "month").n_blocks == 6

    def test_too_short_and_without_dates(self):
        with pytest.raises(DataError) as refused:
            seasons.seasonality(daily(np.tile(WEEK, 7)), "weekday")
        assert (refused.value.code, refused.value.received) == ("too-few-rows", "7")
        assert "the file covers 7 weeks" in refused.value.what
        with pytest.raises(DataError) as refused:
            seasons.seasonality(pd.Series(noise(99)), "weekday")
        assert refused.value.code == "no-dates"


class TestMemory:
    def test_against_a_naive_loop_and_bartletts_bands(self):
        values = np.cumsum(noise(60)) + noise(60, 6)
        found = memory.of_values(pd.Series(values), 12)
        away = values - values.mean()
        naive = [
            sum(away[i] * away[i + lag] for i in range(60 - lag)) / sum(away**2)
            for lag in range(1, 13)
        ]
        assert found.values == pytest.approx(naive)
        band = [
            1.959964 * math.sqrt((1 + 2 * sum(r**2 for r in naive[:k])) / 60) for k in range(12)
        ]
        assert found.band == pytest.approx(band)

    def test_by_hand(self):
        """+1, −1, +1 … : one apart they are opposite, and one of 40 products is missing."""
        found = memory.of_values(pd.Series([1.0, -1] * 20), 2)
        assert found.values == pytest.approx([-39 / 40, 38 / 40])
        assert found.band[0] == pytest.approx(1.959964 / math.sqrt(40))

    def test_changes_of_a_walk_and_of_its_opposite(self):
        walk = pd.Series(np.cumsum(noise(2_000)))
        assert abs(memory.of_changes(walk, 1).at(1)) < 0.06
        # Changes of independent values: each value comes in twice, with opposite signs: −1/2.
        assert memory.of_changes(pd.Series(noise(20_000)), 1).at(1) == pytest.approx(-0.5, abs=0.02)

    def test_what_is_outside(self):
        found = memory.Memory(np.array([0.9, -0.5, 0.1, 0.6]), np.full(4, 0.3), 100)
        assert found.outside.tolist() == [1, 2, 4]
        assert (found.run, found.strongest, found.at(2)) == (2, 1, -0.5)
        assert found.n_chance == pytest.approx(0.2)

    def test_one_lag_far_outside_tells_something(self):
        """A rise that is taken back the next week: lag 1 alone, of 40."""
        values = np.full(40, 0.01)
        values[0] = -0.36
        found = memory.Memory(values, np.full(40, 0.16), 150)
        assert found.outside.tolist() == [1]
        assert found.sure.tolist() == [1]  # 0.16 · 3.227 / 1.960 = 0.263
        assert found.telling.tolist() == [1]
        values[0] = -0.25
        assert memory.Memory(values, np.full(40, 0.16), 150).telling.tolist() == []

    def test_never_more_lags_than_half_the_rows(self):
        assert len(memory.of_values(pd.Series(noise(30)), 400).values) == 15


class TestStationarity:
    def test_a_random_walk_wanders_and_its_changes_do_not(self):
        walk = pd.Series(np.cumsum(noise(800)))
        assert stationarity.of_values(walk).verdict == "wanders"
        assert stationarity.of_changes(walk).verdict == "level"

    def test_white_noise_keeps_to_a_level(self):
        found = stationarity.of_values(pd.Series(noise(800)))
        assert found.verdict == "level"
        assert found.adf_p < 0.01
        assert found.kpss_p > 0.05
        assert found.n_used == 800

    @pytest.mark.parametrize(
        ("adf", "kpss", "verdict"),
        [
            (0.01, 0.1, "level"),
            (0.5, 0.01, "wanders"),
            (0.01, 0.01, "moving"),
            (0.5, 0.1, "unclear"),
        ],
    )
    def test_the_two_tests_together(self, adf, kpss, verdict):
        assert stationarity.Stationarity(adf, kpss, 100).verdict == verdict

    def test_long_series_are_cut_and_say_so(self):
        assert stationarity.of_values(pd.Series(noise(6_000))).n_used == stationarity.MOST_ROWS


class TestDecomposition:
    def test_the_parts_add_up_and_are_those_put_in(self):
        rows = np.arange(120)
        wave = 20 * np.sin(2 * np.pi * rows / 12)
        series = pd.Series(
            500 + 2 * rows + wave + noise(120),
            index=pd.date_range("2014-01-31", periods=120, freq="ME"),
        )
        found = decomposition.decompose(series, 12)
        total = found.trend + found.season + found.remainder
        assert total.to_numpy() == pytest.approx(series.to_numpy())
        assert found.season.to_numpy() == pytest.approx(wave, abs=2)
        assert found.swing == pytest.approx(40, abs=3)
        assert found.trend_last - found.trend_first == pytest.approx(2 * 119, rel=0.02)
        assert found.season_strength > 0.98
        assert found.typical_remainder < 1.5

    def test_the_season_that_the_dates_suggest(self):
        by_name = {p.label: p for p in decomposition.periods(half_hourly())}
        day, week = by_name["one day"], by_name["one week"]
        assert (day.length, day.clear, day.within) == (48, True, 0)
        assert day.strength > 0.95
        assert (week.length, week.within) == (336, 48)  # seven days alike are no week of their own

    def test_a_week_of_its_own(self):
        index = half_hourly().index
        weekend = np.where(index.dayofweek >= 5, -8_000.0, 0)
        week = next(p for p in decomposition.periods(half_hourly() + weekend) if p.length == 336)
        assert week.clear
        assert week.within == 0

    def test_a_season_without_dates(self):
        found = decomposition.periods(half_hourly().reset_index(drop=True))
        assert next(period.length for period in found if period.clear) == 48
        assert found[0].label == ""

    def test_no_season_in_a_random_walk(self):
        for seed in range(5):
            assert not any(p.clear for p in decomposition.periods(random_walk(700, seed=seed)))

    def test_a_season_that_fits_too_rarely_is_not_told(self):
        year = next(p for p in decomposition.periods(daily(noise(800))) if p.label == "one year")
        assert math.isnan(year.strength)
        assert not year.clear
        assert year.n_cycles == pytest.approx(800 / 365)

    def test_two_seasons_and_a_row_are_needed(self):
        with pytest.raises(DataError):
            decomposition.decompose(pd.Series(noise(24)), 12)


def cafe(n: int = 400, n_blank: int = 17) -> pd.Series:
    """Takings by the day with a strong week, some days of which are blank."""
    days = pd.date_range("2023-03-01", periods=n)
    week = np.array([0.0, -30, 10, 60, 260, 480, 300])[days.dayofweek]
    series = pd.Series(820 + week + 70 * noise(n), index=days, name="Takings")
    gone = np.random.default_rng(1).choice(np.arange(1, n - 1), n_blank, replace=False)
    return series.drop(days[gone])


class TestBlankDays:
    def test_a_week_is_seven_days_whether_or_not_some_are_blank(self):
        week = decomposition.periods(cafe())[0]
        assert (week.length, week.label, week.clear) == (7, "one week", True)
        assert week.strength > 0.7
        assert decomposition.period(cafe(), 7).clear
        found = decomposition.decompose(cafe(), 7)
        assert found.season_strength > 0.7
        assert (found.n_blank, found.n_used) == (17, 383)

    def test_memory_pairs_only_days_that_are_there(self):
        series = cafe()
        values = memory.of_values(series, 14)
        away = (series - series.mean()).asfreq("D")
        products = (away * away.shift(7)).dropna()
        here = products.mean() / (away**2).mean() * 393 / 400  # 393 pairs, were none blank
        assert values.at(7) == pytest.approx(here)
        assert values.n_blank == 17
        assert memory.of_changes(series, 14).strongest in (7, 14)
        moves = series.asfreq("D").diff()
        assert memory.of_changes(series, 14).n_used == moves.notna().sum()

    def test_what_is_mostly_blank_is_left_as_rows(self):
        sparse = cafe(n_blank=120)
        assert whole(sparse).n_blank == 0
        assert whole(sparse).series is sparse

    def test_the_series_is_not_changed(self):
        series = cafe()
        before = series.copy()
        assert whole(series).filled.isna().sum() == 0
        pd.testing.assert_series_equal(series, before)

    def test_the_advice_is_the_week_and_says_what_is_blank(self):
        found = advice.n_steps_in(
            cafe(), exploring.rhythm(cafe().index), PRESETS["Recommended"](), MOST
        )
        assert found is not None
        assert found.value == 14
        assert "7 days (one week)" in found.reason
        assert "17 days are missing; the network counts rows" in found.reason

    def test_the_network_is_warned_where_a_gap_breaks_the_rhythm(self):
        found = advice.blanks(cafe())
        assert found is not None
        assert (found.n, found.fill) == (17, "week")
        assert found.reason == (
            "17 days are missing. The network learns the week by counting rows, and each missing "
            "one shifts it by a day. Filling them puts in values of a week before: made up, so "
            "that the week keeps in step."
        )
        one = advice.blanks(cafe(n_blank=1))
        assert one is not None
        assert one.reason == (
            "1 day is missing. The network learns the week by counting rows, and each missing one "
            "shifts it by a day. Filling it puts in the value of a week before: made up, so that "
            "the week keeps in step."
        )
        assert advice.blanks(cafe(n_blank=0)) is None
        walk = random_walk(400)
        assert advice.blanks(walk.drop(walk.index[50:53])) is None  # no rhythm to break


class TestAdvice:
    def steps(self, series: pd.Series) -> advice.Advice | None:
        config = PRESETS["Recommended"]()
        return advice.n_steps_in(series, exploring.rhythm(series.index), config, MOST)

    def test_two_seasons_where_there_is_one(self):
        found = self.steps(half_hourly())
        assert found is not None
        assert found.value == 96
        assert "48 half-hours (one day)" in found.reason
        assert "96 half-hours" in found.reason

    def test_the_shortest_of_two_seasons_and_never_more_than_a_fifth_of_the_rows(self):
        found = self.steps(daily(np.tile(WEEK, 10) + 0.1 * noise(70)))
        assert found is not None
        assert found.value == 14
        found = self.steps(half_hourly(n_days=5))  # 240 rows: 48 at the most
        assert found is not None
        assert found.value == 48
        assert "One of them shows" in found.reason

    def test_a_longer_season_is_told_of_where_it_repeats_more_closely(self):
        hours = pd.date_range("2024-01-01", periods=24 * 7 * 10, freq="h")
        day = 10 * np.sin(2 * np.pi * hours.hour / 24)
        busy = np.where(hours.day_of_week < 5, 1.0, 0.1)
        same = self.steps(pd.Series(100 + day + 0.1 * noise(len(hours)), index=hours))
        weekly = self.steps(pd.Series(100 + day * busy + 0.1 * noise(len(hours)), index=hours))
        assert same is not None
        assert weekly is not None
        assert "168" not in same.reason
        assert "Every 168 hours (one week) it repeats more closely still" in weekly.reason

    def horizon(
        self, series: pd.Series, n_steps_out: int, n_rows: int | None = 500
    ) -> advice.Advice | None:
        config = PRESETS["Recommended"]().but(n_steps_out=n_steps_out, n_rows=n_rows)
        return advice.n_steps_out(series, exploring.rhythm(series.index), config, 60)

    def test_a_horizon_of_one_whole_season(self):
        found = self.horizon(half_hourly(60), 7)
        assert found is not None
        # Five tests of 48 steps are 2,400 windows where a tenth is for validation; then 96 + 47.
        assert (found.value, found.n_rows) == (48, 2_543)
        assert "2,543 half-hours" in found.reason
        assert self.horizon(half_hourly(60), 7, n_rows=None).n_rows is None
        assert "shows one day from beginning to end" in found.reason

    def test_no_horizon_where_it_covers_the_season_or_none_stands_out(self):
        assert self.horizon(half_hourly(60), 48) is None
        assert self.horizon(daily(np.tile(WEEK, 10) + 0.1 * noise(70)), 7) is None
        assert self.horizon(random_walk(900), 7) is None
        assert self.horizon(half_hourly(40), 7) is None  # 1,920 rows: too few to test it

    def test_few_where_the_past_tells_nothing(self):
        found = self.steps(random_walk(900))
        assert found is not None
        assert found.value == advice.LEAST_IN
        assert "hardly tell anything" in found.reason

    def test_as_far_back_as_changes_tell(self):
        """A change is the mean of the last 20 shocks: 19 apart they still share one."""
        shocks = np.random.default_rng(2).normal(0, 1, 4_020)
        changes = np.convolve(shocks, np.ones(20) / 20, mode="valid")
        series = pd.Series(np.cumsum(changes), index=random_walk(len(changes)).index)
        found = self.steps(series)
        assert found is not None
        assert 14 <= found.value <= 25
        assert "still tell something" in found.reason

    def test_a_rise_that_is_taken_back(self):
        weeks = pd.date_range("2022-01-03", periods=152, freq="7D")
        level = pd.Series(1000 + np.cumsum(noise(152)) + 2 * noise(152, 9), index=weeks)
        assert memory.of_changes(level).sure.tolist() == [1]
        found = self.steps(level)
        assert found is not None
        assert "A rise is usually partly taken back the next week" in found.reason
        assert "hardly tell anything" not in found.reason

    def test_too_short_for_a_year_is_said(self):
        weeks = pd.date_range("2022-01-03", periods=152, freq="7D")
        year = 500 * np.sin(2 * np.pi * np.arange(152) / 52)
        found = self.steps(pd.Series(3_800 + year + 300 * noise(152), index=weeks))
        assert found is not None
        assert "A yearly pattern cannot be told from 2.9 years (4 are needed)" in found.reason
        assert "will not know of it" in found.reason
        assert "No season stands out" not in found.reason
        short = self.steps(daily(np.tile(WEEK, 12) + 0.1 * noise(84)))
        assert short is not None
        assert "cannot be told from 12 weeks" in short.reason
        traded = self.steps(random_walk(500))  # shares keep no year
        assert traded is not None
        assert "yearly" not in traded.reason

    def test_none_where_there_is_too_little_to_say(self):
        assert self.steps(daily(noise(30))) is None
        assert self.steps(daily(np.full(300, 3.5))) is None

    def test_the_preset(self):
        series = random_walk(900)
        found = advice.preset(series, PRESETS["Classic"](), tuple(PRESETS))
        assert found is not None
        assert (found.name, found.value) == ("preset", "Recommended")
        lag_one = series.autocorr(1)
        assert f"correlation of {memory.of_values(series, 1).at(1):.3f}" in found.reason
        assert memory.of_values(series, 1).at(1) == pytest.approx(lag_one, abs=0.02)

    def test_no_preset_where_it_is_in_use_already(self):
        assert advice.preset(random_walk(900), PRESETS["Recommended"](), tuple(PRESETS)) is None
