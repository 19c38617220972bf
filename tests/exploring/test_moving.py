"""How a series moved: each figure beside one worked out by hand, or in another way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import charts, exploring
from forecast.errors import DataError
from forecast.exploring import candles, drawdowns, rolling, spread

DAYS = pd.date_range("2024-01-01", periods=6)
NUMBERED = np.random.default_rng(11)


def falls(*values: float) -> drawdowns.Drawdown:
    return drawdowns.drawdown(pd.Series(values, index=DAYS[: len(values)], dtype=float))


def moved(*changes: float) -> pd.Series:
    """Values with these changes, some of them below zero, so that no change is told in percent."""
    return pd.Series(np.concatenate([[-5.0], -5.0 + np.cumsum(changes)]), dtype=float)


class TestDrawdown:
    def test_a_fall_that_was_made_good(self):
        found = falls(100, 120, 90, 60, 120, 130)
        assert found.depth.tolist() == pytest.approx([0, 0, -0.25, -0.5, 0, 0])
        assert found.relative
        assert found.worst == -0.5
        assert (found.peak, found.peak_date) == (120, DAYS[1])
        assert (found.trough, found.trough_date) == (60, DAYS[3])
        assert (found.n_down, found.n_back, found.recovered_date) == (2, 1, DAYS[4])
        assert found.now == 0

    def test_a_fall_that_lasts(self):
        found = falls(100, 120, 90, 60, 80, 110)
        assert found.recovered_date is None
        assert found.n_back == 2  # rows since the trough
        assert found.now == pytest.approx(-1 / 12)

    def test_values_below_zero_are_measured_in_their_unit(self):
        found = falls(1, 3, -2, 0, 4, 2)
        assert not found.relative
        assert found.worst == -5
        assert found.recovered_date == DAYS[4]
        assert found.now == -2

    def test_the_deepest_of_two_falls(self):
        found = falls(100, 50, 200, 120, 90, 200)  # −50 %, then −55 %
        assert found.worst == pytest.approx(-0.55)
        assert (found.peak_date, found.trough_date) == (DAYS[2], DAYS[4])

    def test_a_series_that_only_rises(self):
        found = falls(1, 2, 2, 3)
        assert found.worst == 0
        assert found.now == 0

    def test_one_row_is_refused(self):
        with pytest.raises(DataError) as refused:
            falls(1)
        assert refused.value.code == "too-few-rows"


class TestChanges:
    def test_percent_of_the_value_before_where_all_are_above_zero(self):
        series = pd.Series([100.0, 110, 99])
        assert exploring.relative(series)
        assert exploring.changes(series).tolist() == pytest.approx([0.1, -0.1])

    def test_the_unit_where_some_are_not(self):
        assert exploring.changes(pd.Series([1.0, 0, -2])).tolist() == [-1, -2]

    def test_the_unit_where_doubling_is_usual(self):
        rides = pd.Series([1096.0, 22, 1096, 500] * 20)
        assert not exploring.relative(rides)
        assert exploring.changes(rides).iloc[0] == -1074

    def test_a_typical_step_is_the_median(self):
        found = exploring.summary(pd.Series([5.0, 6, 4, 9], index=DAYS[:4]))
        assert found.typical_step == 2  # of 1, 2 and 5
        assert (found.low, found.low_date) == (4, DAYS[2])
        assert (found.high, found.high_date) == (9, DAYS[3])
        assert (found.last, found.last_date) == (9, DAYS[3])


class TestSpread:
    def test_by_hand(self):
        found = spread.spread(moved(*[1, -1] * 49, 10, -10))
        assert found.n == 100
        assert found.mean == pytest.approx(0, abs=1e-12)
        assert found.std == pytest.approx(2.98**0.5)  # (98 · 1 + 2 · 100) / 100
        # m₄ = (98 · 1 + 2 · 10,000) / 100 = 200.98
        assert found.excess_kurtosis == pytest.approx(200.98 / 2.98**2 - 3)
        assert found.n_beyond == 2  # 3σ = 5.18
        assert found.expected_beyond == pytest.approx(0.27, abs=0.001)
        assert (found.highest, found.highest_date) == (10, 99)
        assert (found.lowest, found.lowest_date) == (-10, 100)
        assert found.share_up == 0.5
        assert not found.in_percent

    def test_the_histogram_counts_each_change_once(self):
        series = moved(*NUMBERED.standard_t(2, 500))  # some lie beyond all edges
        found = spread.spread(series)
        assert found.counts.sum() == 500
        inside = (found.edges[:-1] > found.mean - 5 * found.std) & (
            found.edges[1:] < found.mean + 5 * found.std
        )
        by_numpy = np.histogram(series.diff().dropna(), bins=found.edges)[0]
        assert found.counts[inside].tolist() == by_numpy[inside].tolist()

    def test_the_normal_beside_it(self):
        found = spread.spread(moved(*NUMBERED.normal(0, 1, 400)))
        assert found.normal.sum() == pytest.approx(400, abs=0.01)
        middle = (found.edges[:-1] >= found.mean - 1.01 * found.std) & (
            found.edges[1:] <= found.mean + 1.01 * found.std
        )
        assert found.normal[middle].sum() / 400 == pytest.approx(0.6827, abs=0.0001)
        assert abs(found.excess_kurtosis) < 0.6

    def test_nineteen_changes_are_too_few(self):
        with pytest.raises(DataError) as refused:
            spread.spread(moved(*[1, -2] * 9, 3))
        assert refused.value.received == "19"


class TestRolling:
    def test_mean_by_hand(self):
        found = rolling.mean(pd.Series([1.0, 2, 3, 10, 2], index=DAYS[:5]), 3)
        assert found.tolist() == pytest.approx([2, 5, 5])
        assert found.index[0] == DAYS[2]

    def test_volatility_by_hand(self):
        prices = pd.Series([100, 110, 99, 108.9, 108.9, 108.9], index=DAYS)
        found = rolling.volatility(prices, 2)
        # Of (+10 %, −10 %) the sample deviation is 0.1·√2; of (+10 %, 0) 0.05·√2; of (0, 0) none.
        expected = [0.1 * 2**0.5, 0.1 * 2**0.5, 0.05 * 2**0.5, 0]
        assert found.drawn.tolist() == pytest.approx(expected, abs=1e-9)
        assert found.in_percent
        assert found.highest == pytest.approx(0.1 * 2**0.5)
        assert found.highest_date in (DAYS[2], DAYS[3])
        assert found.lowest_date == DAYS[5]
        assert found.now == pytest.approx(0, abs=1e-9)
        assert found.share_calmer == 0

    def test_windows_on_offer_fit_twice(self):
        assert rolling.windows(60) == (10, 30)
        assert rolling.windows(19) == ()

    def test_a_window_longer_than_the_series_is_refused(self):
        with pytest.raises(DataError):
            rolling.volatility(pd.Series(range(10), dtype=float), 10)


class TestCandles:
    def table(self, n: int) -> pd.DataFrame:
        rows = np.arange(n, dtype=float)
        return pd.DataFrame(
            {"Open": rows, "HIGH": rows + 3, "low": rows - 2, " Close ": rows + 1},
            index=pd.date_range("2024-01-01", periods=n),
        )

    def test_several_rows_become_one_candle(self):
        table = self.table(401)
        found = candles.candles(table, pd.Series(1.0, index=table.index), 401)
        assert found.rows_each == 3
        assert len(found.table) == 134
        last = found.table.iloc[-1]  # rows 398, 399 and 400
        assert last.tolist() == [398, 403, 396, 401, 3]
        assert found.table["volume"].sum() == 401  # nothing is left out
        assert found.table.index[-1] == table.index[398]
        assert found.tallest == 7
        assert found.share_up == 1

    def test_a_few_rows_stay_as_they_are(self):
        found = candles.candles(self.table(401), None, 100)
        assert found.rows_each == 1
        assert len(found.table) == 100

    def test_four_prices_are_needed(self):
        table = self.table(5)
        assert candles.has_candles(table)
        assert not candles.has_candles(table.drop(columns="low"))
        assert not candles.has_candles(table.assign(low="text"))


@pytest.mark.parametrize(
    ("freq", "n", "labels"),
    [
        ("D", 300, ["1 W", "1 M", "6 M", "All"]),
        ("7D", 150, ["1 M", "6 M", "1 Y", "All"]),  # a week is one row
        ("MS", 200, ["6 M", "1 Y", "5 Y", "All"]),
    ],
)
def test_the_buttons_above_the_chart_hold_several_rows(freq, n, labels):
    index = pd.date_range("2015-01-01", periods=n, freq=freq)
    drawn = charts.over_time(pd.Series(range(len(index)), index=index, name="Level"), "")
    buttons = drawn.layout.xaxis.rangeselector.buttons
    assert [button.label or "All" for button in buttons] == labels
