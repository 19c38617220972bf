"""How good the data are: outliers, missing dates, columns that move together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import exploring
from forecast.errors import DataError
from forecast.exploring import coverage, outliers, together
from tests.data import trading_days

NOISE = np.random.default_rng(4)


def walk(steps: np.ndarray) -> pd.Series:
    """A series with these changes, at first below zero: changes in its unit."""
    index = pd.date_range("2023-01-01", periods=len(steps) + 1)
    return pd.Series(np.concatenate([[-1.0], -1 + np.cumsum(steps)]), index=index, name="Level")


def hampel(moves: np.ndarray, limit: float = 5.0) -> set[int]:
    """The filter of the textbook, place by place: median and MAD of the 51 around each."""
    found = set()
    for i in range(len(moves)):
        around = moves[max(0, i - 25) : i + 26]
        middle = np.median(around)
        if abs(moves[i] - middle) > limit * 1.4826 * np.median(np.abs(around - middle)):
            found.add(i)
    return found


class TestOutliers:
    def test_against_the_textbook(self):
        steps = NOISE.normal(0, 1, 400)
        steps[[60, 200, 310]] = 15, -12, 20
        series = walk(steps)
        found = outliers.outliers(series)
        assert hampel(steps) == {60, 200, 310}
        assert found.found.to_dict() == pytest.approx(
            {series.index[i + 1]: steps[i] for i in (310, 60, 200)}
        )
        assert found.usual.to_numpy() == pytest.approx(np.ones(3), abs=0.4)  # σ was 1
        assert found.expected.to_numpy() == pytest.approx(np.zeros(3), abs=0.6)
        assert found.marks.index.tolist() == [series.index[i + 1] for i in (60, 200, 310)]
        assert found.marks.to_numpy() == pytest.approx(series.iloc[[61, 201, 311]].to_numpy())
        assert not found.in_percent

    def test_by_hand(self):
        """Changes of −1, 0 and +1 by turns: two of three are 1 from the median, so σ is 1.4826."""
        steps = np.tile([-1.0, 0, 1], 67)
        steps[100] = 30
        found = outliers.outliers(walk(steps))
        assert found.n == 1
        assert found.found.iloc[0] == 30
        assert found.usual.iloc[0] == pytest.approx(1.4826)

    def test_a_calm_year_and_a_wild_one_are_each_held_against_themselves(self):
        steps = np.concatenate([NOISE.normal(0, 1, 300), NOISE.normal(0, 10, 300)])
        steps[150] = 9  # no change of note among the wild ones
        series = walk(steps)
        assert series.index[151] in outliers.outliers(series).found.index

    def test_normal_changes_hardly_bring_any(self):
        assert outliers.outliers(walk(NOISE.normal(0, 1, 5_000))).n <= 5

    def test_a_spike_is_told_from_a_step(self):
        series = walk(NOISE.normal(0, 1, 400))
        stepped, spiked = series.copy(), series.copy()
        stepped.iloc[200:] += 50
        spiked.iloc[200] += 50
        assert (outliers.outliers(stepped).n, outliers.outliers(stepped).n_spikes) == (1, 0)
        assert (outliers.outliers(spiked).n, outliers.outliers(spiked).n_spikes) == (2, 1)

    def test_what_comes_every_morning_is_usual(self):
        steps = NOISE.normal(0, 1, 24 * 40)
        steps[8::24] += 40
        steps[20::24] -= 40
        steps[500] = 30
        series = walk(steps)
        assert outliers.outliers(series).n > 70
        found = outliers.outliers(series, season=24)
        assert found.found.index.tolist() == [series.index[501]]
        assert found.season == 24


class TestCoverage:
    def test_missing_days(self):
        """60 days from Monday 1 January 2024 without the 10th to the 12th and the 17th."""
        days = pd.date_range("2024-01-01", periods=60)
        gone = pd.to_datetime(["2024-01-10", "2024-01-11", "2024-01-12", "2024-01-17"])
        found = coverage.coverage(days.drop(gone), exploring.rhythm(days))
        assert (found.n_expected, found.n_missing, found.regular) == (60, 4, True)
        assert found.longest == coverage.Gap(3, gone[0], gone[2])
        assert (found.by_week, found.rows[0], found.columns[1]) == (True, "Monday", "2024-01-08")
        assert found.cells[:, 1].tolist() == [0, 0, 1, 1, 1, 0, 0]
        assert found.cells[:, 2].tolist() == [0, 0, 1, 0, 0, 0, 0]
        assert found.cells[:, 8].tolist()[:4] == [0, 0, 0, 0]
        assert np.isnan(found.cells[4:, 8]).all()  # 29 February is a Thursday, and the last

    def test_long_ones_are_laid_out_by_months(self):
        days = pd.date_range("2020-01-01", "2023-12-31")
        gone = pd.date_range("2021-02-01", "2021-02-28")
        found = coverage.coverage(days.drop(gone), exploring.rhythm(days.drop(gone)))
        assert not found.by_week
        assert found.columns == ("2020", "2021", "2022", "2023")
        assert found.cells[1].tolist() == [0, 28, 0, 0]
        assert found.n_missing == np.nansum(found.cells) == 28

    def test_a_holiday_is_not_missing_and_a_session_is(self):
        days = trading_days(300)
        assert coverage.coverage(days, exploring.rhythm(days)).n_missing == 0
        less = days.delete(150)
        found = coverage.coverage(less, exploring.rhythm(less))
        assert found.n_missing == 1
        assert found.longest == coverage.Gap(1, days[150], days[150])

    def test_without_a_rhythm_rows_are_counted(self):
        steps = pd.to_timedelta(NOISE.integers(1, 9, 200).cumsum(), unit="D")
        index = pd.DatetimeIndex(pd.Timestamp("2020-01-01") + steps)
        found = coverage.coverage(index, exploring.rhythm(index))
        assert not found.regular
        assert (found.n_missing, found.longest) == (0, None)
        assert np.nansum(found.cells) == 200

    def test_numbered_rows_have_no_calendar(self):
        with pytest.raises(DataError) as refused:
            coverage.coverage(pd.RangeIndex(50), exploring.rhythm(pd.RangeIndex(50)))
        assert refused.value.code == "no-dates"


class TestTogether:
    def table(self) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
        """A target that follows ``Early`` one row later, a copy of it, and one that is alone."""
        early = NOISE.normal(0, 1, 301)
        target = np.concatenate([[0.0], early[:-1]]) + 0.5 * NOISE.normal(0, 1, 301)
        steps = {"Level": target, "Twice": 2 * target, "Early": early}
        steps["Alone"] = NOISE.normal(0, 1, 301)
        return pd.DataFrame({name: walk(moves) for name, moves in steps.items()}), steps

    def test_correlations_are_those_of_the_changes(self):
        table, steps = self.table()
        found = together.together(table, table["Level"])
        assert found.names == ("Level", "Twice", "Early", "Alone")
        assert found.correlation == pytest.approx(np.corrcoef(list(steps.values())))
        assert found.chance == pytest.approx(1.96 / 301**0.5)
        assert found.n_used == 301

    def test_what_repeats_is_named_and_not_the_strongest(self):
        table, _ = self.table()
        found = together.together(table, table["Level"])
        assert [(pair.one, pair.other) for pair in found.same] == [("Level", "Twice")]
        assert abs(found.strongest.correlation) < together.SAME

    def test_a_column_that_moves_first(self):
        table, steps = self.table()
        first = together.together(table, table["Level"]).first
        assert first is not None
        assert (first.one, first.other) == ("Early", "Level")
        by_numpy = np.corrcoef(steps["Early"][:-1], steps["Level"][1:])[0, 1]
        assert first.correlation == pytest.approx(by_numpy)
        assert first.correlation > 0.8

    def test_a_copy_does_not_move_first(self):
        day = np.sin(np.arange(480) * 2 * np.pi / 24)  # each change goes with the one before
        table = pd.DataFrame({"Taken": 200 + 150 * day}, index=trading_days(480))
        table["Copy"] = table["Taken"] / 4.5
        assert together.together(table, table["Taken"]).first is None

    def test_two_that_only_both_grow_are_not_together(self):
        rows = np.arange(400.0)
        table = pd.DataFrame(
            {"A": -1 + rows + NOISE.normal(0, 1, 400), "B": -1 + rows + NOISE.normal(0, 1, 400)}
        )
        assert np.corrcoef(table["A"], table["B"])[0, 1] > 0.99
        assert abs(together.together(table, table["A"]).strongest.correlation) < 0.2

    def test_words_and_constants_do_not_count(self):
        table = walk(NOISE.normal(0, 1, 60)).to_frame().assign(Words="text", One=1.0, Empty=np.nan)
        with pytest.raises(DataError) as refused:
            together.together(table, table["Level"])
        assert refused.value.code == "too-few-rows"
