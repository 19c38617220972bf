"""Backtests: origins by hand, no look-ahead, scores, and whether a difference could be luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import backtest, baselines, folds, leaderboard, presets
from forecast.backtest import NETWORK, Backtest, BacktestConfig, Fold
from forecast.errors import ConfigError, RunError
from forecast.program import Programs
from pages.backtest import words
from tests.data import random_walk

SMALL = presets.classic().but(
    n_rows=150, n_steps_in=8, n_steps_out=3, epochs=2, units=(4,), batch_size=30
)
GATED = presets.recommended().but(
    n_rows=150,
    n_steps_in=8,
    n_steps_out=3,
    epochs=2,
    units=(4,),
    validation_split=0.3,
    calendar=True,
    n_networks=1,
)
PLAN = BacktestConfig(n_origins=20, stride=2)
PROGRAMS = Programs()  # compiled once for all tests


def ignore(share: float) -> None:
    """Nobody watches the progress."""


def test_origins_by_hand():
    folds_ = backtest.plan(250, SMALL, BacktestConfig(n_origins=20, stride=5, refit_every=8))
    assert [fold.origins[0] for fold in folds_] == [152, 192, 232]
    assert [len(fold.origins) for fold in folds_] == [8, 8, 4]
    assert folds_[-1].origins[-1] == 247  # its answer is rows 247, 248, 249: the last three
    assert [fold.first_row for fold in folds_] == [2, 42, 82]


def test_no_fold_is_trained_on_a_row_at_or_after_its_first_origin():
    for every in (None, 1, 7):
        plan = BacktestConfig(n_origins=40, stride=3, refit_every=every)
        for fold in backtest.plan(400, SMALL, plan):
            assert fold.first_row + fold.n_train == min(fold.origins)
            assert fold.n_train == 150


def test_a_short_series_is_trained_on_what_there_is_or_refused_in_words():
    (fold,) = backtest.plan(100, SMALL, BacktestConfig(n_origins=20, stride=2))
    assert (fold.first_row, fold.n_train) == (0, 59)
    with pytest.raises(ConfigError, match="too few rows to train on") as caught:
        backtest.plan(60, SMALL, BacktestConfig(n_origins=20, stride=3))
    assert "fewer origins" in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [{"n_origins": 19}, {"n_origins": 201}, {"stride": 0}, {"refit_every": 0}, {"n_seeds": 6},
     {"models": ("Oracle",)}, {"n_origins": True}],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(ConfigError):
        BacktestConfig(**wrong)


def test_the_naive_forecast_is_always_compared_with():
    assert BacktestConfig(models=("AutoETS", "Drift")).models == (
        baselines.NAIVE, "Drift", "AutoETS",
    )  # fmt: skip


@pytest.mark.parametrize("model", [NETWORK, *baselines.NAMES])
def test_changing_the_future_moves_nothing_said_before_it(model):
    series = random_walk(200)
    (fold,) = backtest.plan(200, SMALL, PLAN)
    before = folds.forecasts(model, series, SMALL, fold, ignore, PROGRAMS)
    changed_from = fold.origins[11]
    other = series.copy()
    other.iloc[changed_from:] *= 3
    after = folds.forecasts(model, other, SMALL, fold, ignore, PROGRAMS)
    assert np.array_equal(after[:12], before[:12])
    assert not np.array_equal(after[12:], before[12:])
    other.iloc[fold.origins[0] :] += 50  # nor does what it is trained on reach past its origin
    assert np.array_equal(
        folds.forecasts(model, other, SMALL, fold, ignore, PROGRAMS)[0], before[0]
    )


def test_nor_do_recommended_settings_look_ahead_for_changes_seasons_or_the_gate():
    series = random_walk(200)
    (fold,) = backtest.plan(200, GATED, PLAN)
    before = folds.forecasts(NETWORK, series, GATED, fold, ignore, PROGRAMS)
    other = series.copy()
    other.iloc[fold.origins[0] :] *= 3
    after = folds.forecasts(NETWORK, other, GATED, fold, ignore, PROGRAMS)
    assert np.array_equal(after[0], before[0])
    assert not np.array_equal(after[1:], before[1:])


def test_the_gate_is_applied(monkeypatch):
    series = random_walk(200)
    (fold,) = backtest.plan(200, GATED, PLAN)
    monkeypatch.setattr("forecast.gating.gate", lambda *given: 0.0)
    shut = folds.forecasts(NETWORK, series, GATED, fold, ignore, PROGRAMS)
    naive = folds.forecasts(baselines.NAIVE, series, GATED, fold, ignore)
    assert shut == pytest.approx(naive)


def test_a_fold_cut_out_of_the_series_gives_the_same_forecasts():
    series = random_walk(260)
    fold = backtest.plan(260, SMALL, BacktestConfig(n_origins=20, stride=2, refit_every=10))[1]
    part, within = fold.cut(series, 3)
    assert len(part) == 150 + 2 * 9 + 3
    for model in (NETWORK, "AutoTheta"):
        whole = folds.forecasts(model, series, SMALL, fold, ignore, PROGRAMS)
        assert np.array_equal(folds.forecasts(model, part, SMALL, within, ignore, PROGRAMS), whole)


def test_the_network_is_asked_with_the_rows_before_each_origin():
    from forecast.runs import Run
    from forecast.training import Training

    series = random_walk(200)
    (fold,) = backtest.plan(200, SMALL, PLAN)
    said = folds.forecasts(NETWORK, series, SMALL, fold, ignore, PROGRAMS)
    training = Training(series.iloc[fold.first_row : fold.origins[0]], SMALL, PROGRAMS)
    history = list(training)
    run = Run.of(training.result(), series=training.series, config=SMALL, history=history)
    for i in (0, 7, 19):
        one = run.forecast(series.iloc[: fold.origins[i]])["forecast"]
        assert said[i] == pytest.approx(one.to_numpy(), rel=1e-5)


def test_origins_far_apart_are_answered_in_parts(monkeypatch):
    series = random_walk(200)
    (fold,) = backtest.plan(200, SMALL, PLAN)
    whole = folds.forecasts(NETWORK, series, SMALL, fold, ignore, PROGRAMS)
    monkeypatch.setattr(folds, "ROWS_AT_ONCE", 5)
    parts = folds.forecasts(NETWORK, series, SMALL, fold, ignore, PROGRAMS)
    assert parts == pytest.approx(whole, rel=1e-5)


def made(
    network: list[float], naive: float, n_origins: int = 40, noise: float = 0.0, stride: int = 3
) -> Backtest:
    """A backtest whose models are off by set amounts."""
    random = np.random.default_rng(0)
    actual = np.full((n_origins, 3), 100.0)
    off = [amount + noise * random.normal(size=(n_origins, 3)) for amount in network]
    return Backtest(
        config=SMALL,
        plan=BacktestConfig(n_origins=n_origins, stride=stride, n_seeds=len(network)),
        origins=np.arange(n_origins) * stride + 50,
        actual=actual,
        last=np.full(n_origins, 99.0),
        network=np.stack([actual + one for one in off]),
        baselines={baselines.NAIVE: actual - naive, "Drift": actual + 2 * naive},
        season=1,
        scale=2.0,
    )


def test_the_leaderboard_by_hand():
    table = leaderboard.table(made([1.0, 3.0], naive=4.0)).set_index("model")
    assert list(table.index) == [NETWORK, baselines.NAIVE, "Drift"]
    network = table.loc[NETWORK]
    assert (network["mae"], network["rmse"], network["mase"], network["skill"]) == (2, 2, 1, 0.5)
    assert network["spread"] == pytest.approx(np.sqrt(2))
    assert network["direction"] == 1
    assert table.loc["Drift", "skill"] == -1
    assert np.isnan(table.loc["Drift", "spread"])


def test_errors_by_step_and_by_origin():
    result = made([1.0], naive=4.0)
    result.network[0, 5, 2] = 100 + 7
    assert leaderboard.by_step(result)[NETWORK].tolist() == pytest.approx([1, 1, 1 + 6 / 40])
    assert leaderboard.by_origin(result)[NETWORK].iloc[5] == pytest.approx((1 + 1 + 7) / 3)


def test_a_large_difference_is_none_of_luck_and_a_small_one_may_be():
    clear = leaderboard.difference(made([1.0], 4.0, noise=0.5), NETWORK, baselines.NAIVE)
    assert clear.mean == pytest.approx(-3, abs=0.2)
    assert not clear.tie
    close = leaderboard.difference(made([1.0], 1.0, noise=2.0), NETWORK, "Drift")
    assert close.standard_error > 0
    same = made([1.0], 1.0)
    assert leaderboard.difference(same, NETWORK, baselines.NAIVE).tie


def test_a_network_that_repeats_the_last_value_is_called_the_same_forecast():
    repeats = made([-4.0], 4.0)
    said = words.headline(repeats, "$")
    assert "**the same forecast**" in said
    assert "tie" not in said
    assert "standard error" not in words.doubt(repeats, "$")
    assert "**a tie**" in words.headline(made([4.0], 4.0), "$"), "as far off, to the other side"


def test_the_headline_names_a_model_that_was_closer_than_the_network():
    found = made([1.0], 4.0, noise=0.1)
    assert "closer" not in words.headline(found, "cars")
    assert "The best of the others" not in words.doubt(found, "cars")
    found.baselines["AutoETS"] = found.actual + 0.5
    said = words.headline(found, "cars")
    assert "**the network is better** by 75\xa0% than that" in said
    assert said.endswith(", but **the statistical model AutoETS was closer still** (0.50 cars).")
    assert "AutoETS" not in words.doubt(found, "cars"), "said once"
    found.baselines["AutoTheta"] = found.actual + 0.6
    found.baselines["AutoARIMA"] = found.actual + 0.7
    assert words.headline(found, "cars").endswith("(0.50 cars), as were 2 more.")


def test_a_model_closer_by_luck_is_said_to_be_and_one_behind_stays_below():
    found = made([1.0], 4.0, noise=1.0)
    error = float(np.abs(found.network[0] - found.actual).mean())
    found.baselines["AutoETS"] = found.actual + error - 0.001
    assert words.headline(found, "$").endswith("though by so little that it may be luck.")
    found.baselines["AutoETS"] = found.actual + error + 1
    assert "AutoETS" not in words.headline(found, "$")
    assert "The best of the others was the statistical model AutoETS" in words.doubt(found, "$")
    worse = made([6.0], 4.0, noise=0.1)
    worse.baselines["AutoETS"] = worse.actual + 2
    assert words.headline(worse, "$").endswith(
        "; **the statistical model AutoETS was closest** (\\$2.00)."
    )


def test_every_score_of_the_leaderboard_is_explained():
    table = words.readable(made([1.0, 3.0], naive=4.0), "$")
    scores = [name.split(" (")[0] for name in table.columns if name not in ("", "Model")]
    assert set(scores) <= set(words.TABLE_HELP)


def test_seeds_that_differ_widen_the_doubt():
    one = leaderboard.difference(made([3.9], 4.0, noise=0.01), NETWORK, baselines.NAIVE)
    several = made([3.9, 3.0, 4.8], 4.0, noise=0.01)
    doubt = leaderboard.difference(several, NETWORK, baselines.NAIVE)
    assert not one.tie
    assert doubt.tie
    assert doubt.standard_error == pytest.approx(0.9 / np.sqrt(3), rel=0.02)


def test_overlapping_windows_count_as_less_evidence():
    """Errors that come in runs of three: blocks of three see a third of the evidence."""
    result = made([1.0], 1.0, n_origins=60, stride=1)
    runs_of_three = np.repeat(np.random.default_rng(1).normal(size=20), 3)
    result.network[0] = 100 + np.abs(1 + runs_of_three)[:, None]
    apart = leaderboard.difference(result, NETWORK, baselines.NAIVE).standard_error
    d = np.abs(1 + runs_of_three)
    means = d.reshape(20, 3).mean(axis=1)
    assert apart == pytest.approx(means.std(ddof=1) / np.sqrt(20))
    assert apart > 1.5 * d.std(ddof=1) / np.sqrt(60)


def test_what_is_gathered_is_saved_and_read_back(tmp_path):
    series = random_walk(200)
    plan = BacktestConfig(n_origins=20, stride=2, n_seeds=2, models=("Drift",))
    (fold,) = backtest.plan(200, SMALL, plan)
    said = {
        (name, seed): np.full((20, 3), seed + 1.0)
        for name, seed in ((NETWORK, 0), (NETWORK, 1), (baselines.NAIVE, 0), ("Drift", 0))
    }
    ahead = {baselines.NAIVE: np.full(3, 5.0), "Drift": np.full(3, 6.0)}
    result = backtest.gather(series, SMALL, plan, said, ahead)
    for i, origin in enumerate(fold.origins):
        assert result.actual[i].tolist() == series.iloc[origin : origin + 3].tolist()
        assert result.last[i] == series.iloc[origin - 1]
    train = series.iloc[fold.first_row : fold.origins[0]]
    assert result.scale == pytest.approx(train.diff().abs().mean())
    assert Backtest.load(tmp_path) is None
    result.save(tmp_path)
    back = Backtest.load(tmp_path)
    pd.testing.assert_frame_equal(back.table(series.index), result.table(series.index))
    assert (back.plan, back.config, back.season) == (plan, SMALL, 1)
    assert {name: list(steps) for name, steps in back.ahead.items()} == {
        name: list(steps) for name, steps in ahead.items()
    }
    backtest.gather(series, SMALL, plan, said).save(tmp_path)
    assert Backtest.load(tmp_path).ahead == {}, "as older ones are, which did not ask"
    (tmp_path / "backtest.npz").write_bytes(b"half")
    with pytest.raises(RunError, match="damaged"):
        Backtest.load(tmp_path)


def test_the_table_names_origin_step_and_date():
    series = random_walk(200)
    result = made([1.0], 4.0, n_origins=20)
    table = result.table(series.index)
    assert len(table) == 60
    assert table["origin"].iloc[3] == series.index[52]
    assert table["date"].iloc[3:6].tolist() == series.index[53:56].tolist()
    assert Fold(0, (50,)).n_train == 50


def test_origins_come_to_all_days_of_a_week_and_all_hours_of_a_day():
    days = pd.date_range("2024-01-01", periods=400)
    shop = days[days.day_of_week != 6]
    hours = pd.date_range("2024-01-05 23:00", periods=2_000, freq="h")
    assert backtest.met(days, 3) == (7, 7)
    assert backtest.met(shop, 3) == (2, 6)
    assert backtest.met(shop, 5) == (6, 6)
    assert backtest.met(hours, 3) == (8, 24)
    assert backtest.met(hours[hours.day_of_week < 5], 5) == (24, 120)
    for freq in ("ME", "QE", "W", "YE"):  # a year is neither
        assert backtest.met(pd.date_range("2000-01-31", periods=60, freq=freq), 3) == (1, 1)
    assert backtest.met(pd.RangeIndex(90), 3) == (1, 1)


def test_a_test_on_far_fewer_rows_than_the_run_had_says_so():
    found = replace(made([1.0], 4.0), n_train=136)
    assert words.fewer_rows(found, 150) == ""
    assert "learnt from 136 rows only, the run’s own from 262" in words.fewer_rows(found, 262)
