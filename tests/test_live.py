"""The live charts: what is drawn, what stands still, and how few bytes it takes."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest

from forecast import evaluation, forming, live, presets, style
from forecast.errors import ConfigError
from forecast.forming import LatestWindow
from forecast.history import EpochMetrics
from forecast.live import MOST_POINTS, Course
from forecast.windows import plan, split_sequence
from tests.data import random_walk


def epochs(n, error=lambda i: 40 / i, direction=0.5):
    return tuple(
        EpochMetrics(
            i,
            1 / i,
            1.5 / i,
            0.2,
            0.15,
            0.002,
            val_error=error(i),
            val_direction=direction,
            preview=(101.0, 102.0),
        )
        for i in range(1, n + 1)
    )


def curve(chart, name):
    (found,) = (trace for trace in chart.figure["data"] if trace["name"] == name)
    return found


def test_the_naive_error_is_a_labelled_line_from_before_the_first_epoch():
    for history in ((), epochs(3)):
        chart = live.error(Course("r", history, 150), 2.08, "$", "same as today: $2.08")
        line = curve(chart, "Same as today")
        assert line["y"] == [2.08, 2.08]
        assert line["x"] == [0.5, 150.5]
        assert line["line"]["dash"] == "dot"
        assert chart.figure["layout"]["annotations"][0]["text"] == "same as today: $2.08"
        assert chart.figure["layout"]["yaxis"]["tickprefix"] == "$"


def test_the_label_stands_at_its_line_on_a_logarithmic_axis_too():
    chart = live.error(Course("r", epochs(3), 9), 100.0, "MW", "same", log_axis=True)
    assert chart.figure["layout"]["annotations"][0]["y"] == 2  # the power of ten
    assert chart.figure["layout"]["yaxis"]["type"] == "log"
    assert "range" not in chart.figure["layout"]["yaxis"]


def test_the_error_axis_stands_still_while_the_first_errors_run_off_it():
    tops = {
        live.error(Course("r", epochs(n), 150), 5.0, "$", "").figure["layout"]["yaxis"]["range"][1]
        for n in (1, 5, 20, 150)
    }
    assert tops == {20.0}  # four times the naive error; the first one was 40


def test_the_error_axis_makes_room_for_later_errors():
    history = epochs(30, error=lambda i: 100.0 if i == 20 else 5.0)
    chart = live.error(Course("r", history, 150), 5.0, "$", "")
    assert chart.figure["layout"]["yaxis"]["range"][1] == pytest.approx(110)


def test_the_best_epoch_is_that_of_the_lowest_validation_loss():
    history = (*epochs(4), EpochMetrics(5, 0.1, 9.0, 0, 0, 0.1, val_error=0.5))
    for chart in (
        live.loss(Course("r", history, 9)),
        live.error(Course("r", history, 9), 2.0, "$", ""),
    ):
        assert curve(chart, "Best epoch")["x"] == [4]
    assert curve(chart, "Best epoch")["y"] == [10.0]


def test_curves_are_thinned_to_six_hundred_points_and_a_few_kilobytes():
    course = Course("r", epochs(5_000, error=lambda i: 1 + math.sin(i) / 3), 5_000)
    charts = [
        live.loss(course),
        live.error(course, 2.0, "$", ""),
        live.accuracy(course, 7),
        live.direction(course),
    ]
    for chart in charts:
        for trace in chart.figure["data"]:
            assert len(trace["x"]) == len(trace["y"]) <= MOST_POINTS
        assert chart.points == 5_000
        assert len(json.dumps(chart.figure)) < 22_000
    assert curve(charts[0], "Training")["x"][-1] == 5_000


def test_an_epoch_that_is_no_number_is_a_gap_and_valid_json():
    broken = EpochMetrics(3, math.nan, math.inf, 0.1, 0.1, 0.1, val_error=math.nan)
    course = Course("r", (*epochs(2), broken), 9)
    for chart in (live.loss(course), live.error(course, math.nan, "", "")):
        json.dumps(chart.figure, allow_nan=False)
    assert curve(live.loss(course), "Training")["y"] == [1.0, 0.5, None]


def test_shares_stand_on_an_axis_that_does_not_move_over_the_line_of_guessing():
    ranges = [
        live.accuracy(Course("r", epochs(n), 150), 7).figure["layout"]["yaxis"]["range"]
        for n in (0, 1, 150)
    ]
    assert ranges[0] == ranges[1] == ranges[2]
    chart = live.accuracy(Course("r", epochs(3), 150), 7)
    assert curve(chart, "Guessing")["y"] == [0.14286, 0.14286]
    assert chart.figure["layout"]["annotations"][0]["text"] == "guessing: 1 in 7"
    assert curve(live.direction(Course("r", epochs(3), 9)), "Guessing: 1 in 2")["y"] == [0.5, 0.5]


def test_a_share_that_comes_near_the_top_gets_the_whole_axis():
    high = tuple(EpochMetrics(i, 1, 1, 0.9, 0.9, 0.1) for i in range(1, 4))
    chart = live.accuracy(Course("r", high, 9), 7)
    assert chart.figure["layout"]["yaxis"]["range"][1] >= 1


def test_breaks_and_the_epoch_looked_at_are_marked():
    course = Course("r", epochs(9), 9, gaps=(4,), chosen=7)
    marks = live.loss(course).figure["layout"]["shapes"]
    assert [mark["x0"] for mark in marks] == [4.5, 7]
    assert "after a break" in marks[0]["label"]["text"]


# The forecast that forms


def test_the_naive_error_is_that_of_the_validation_windows():
    series, config = random_walk(300), presets.classic().but(n_rows=200, n_steps_in=10)
    n = plan(300, config).n_validation
    X, y = split_sequence(series.to_numpy()[-200:], 10, 7)
    by_hand = np.mean([abs(y[i] - X[i, -1]).mean() for i in range(len(y) - n, len(y))])
    assert evaluation.naive_error(series, config) == pytest.approx(by_hand)


def test_the_latest_window_is_the_end_of_the_series():
    series = random_walk(300)
    window = LatestWindow.of(series, presets.classic())
    pd.testing.assert_series_equal(window.actual, series.iloc[-7:])
    assert window.known.index[-1] == series.index[-8]
    assert len(window.known) == 21  # three times the horizon
    low, high = window.range
    seen = series.iloc[-28:]
    assert low < seen.min() < seen.max() < high


def test_a_window_never_shows_more_than_the_network_sees():
    window = LatestWindow.of(random_walk(300), presets.classic().but(n_steps_in=5))
    assert len(window.known) == 5


def test_settings_that_do_not_fit_are_refused():
    with pytest.raises(ConfigError):
        LatestWindow.of(random_walk(20), presets.classic())


def drawn(preview, index=None):
    series = random_walk(300)
    if index is not None:
        series.index = index
    window = LatestWindow.of(series, presets.classic().but(n_steps_out=2))
    return forming.chart("r", window, preview, "$", 3), series


def test_the_forecast_hangs_on_the_last_known_value_beside_what_came():
    chart, series = drawn((101.5, 102.5))
    last = series.iloc[-3]
    assert curve(chart, "Network")["y"] == pytest.approx([last, 101.5, 102.5])
    assert curve(chart, "Really came")["y"] == pytest.approx([last, *series.iloc[-2:]])
    assert curve(chart, "Same as today")["y"] == pytest.approx([last] * 3)
    assert curve(chart, "Network")["x"][-1] == series.index[-1].isoformat()


def test_only_the_forecast_moves():
    first, _ = drawn((1.0, 1_000.0))
    second, _ = drawn((101.5, 102.5))
    empty, _ = drawn(())
    assert first.figure["layout"] == second.figure["layout"] == empty.figure["layout"]
    assert first.figure["data"][:3] == second.figure["data"][:3] == empty.figure["data"][:3]
    assert curve(empty, "Network")["y"][1:] == [None, None]
    assert len(json.dumps(first.figure, allow_nan=False)) < 6_000


def test_numbered_rows_are_drawn_by_their_numbers():
    chart, _ = drawn((1.0, 2.0), index=pd.RangeIndex(300))
    assert curve(chart, "Network")["x"] == [297, 298, 299]


def test_a_series_that_does_not_move_has_an_axis_with_room():
    flat = pd.Series(5.0, index=random_walk(300).index)
    low, high = LatestWindow.of(flat, presets.classic()).range
    assert low < 5 < high


def test_names_at_the_time_axis_of_the_forming_forecast_lie_level():
    hours = pd.Series(np.arange(72.0), pd.date_range("2025-05-14", periods=72, freq="h"))
    window = forming.LatestWindow(hours[:48], hours[48:], 1.0)
    axis = forming.chart("r", window, [], "cars", 0).figure["layout"]["xaxis"]
    assert axis["tickangle"] == 0
    assert axis["nticks"] <= 5


def test_thirteen_weeks_of_mondays_are_named_sparsely_enough_for_a_phone():
    days = pd.bdate_range("2025-01-01", periods=64)
    weeks = style.week_axis(days, days[0], days[-1])["dtick"] / (7 * 86_400_000)
    assert weeks >= 3
