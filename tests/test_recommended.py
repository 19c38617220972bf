"""The recommended network starts as "same as today", and nothing of the future leaks into it."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast import evaluation, gating, presets, seasonal
from forecast import windows as cutting
from forecast.errors import ConfigError
from forecast.history import TrainingState
from forecast.program import Programs
from forecast.runs import Run
from forecast.training import Training
from tests.data import random_walk
from tests.test_training import fit_with_keras

PROGRAMS = Programs()  # shared: what is compiled changes no figure
SMALL = presets.recommended().but(units=(6,), epochs=4, n_networks=1)


def waves(n=300, low=20.0, seed=0):
    """A series with a season of seven days, some noise, and values around ``low`` and above."""
    days = pd.date_range("2020-01-01", periods=n)
    noise = np.random.default_rng(seed).normal(0, 0.3, n)
    return pd.Series(low + 5 * np.sin(2 * np.pi * np.arange(n) / 7) + noise, index=days, name="v")


def trained(series, config):
    training = Training(series, config, PROGRAMS)
    epochs = list(training)
    result = training.result()
    return Run.of(result, series=training.series, config=config, history=epochs)


def test_what_goes_in_and_out_is_the_change_of_the_logarithm():
    values = random_walk(500).to_numpy()
    made = cutting.make_windows(values, presets.recommended())
    assert made.plan.n_windows == 463
    steps = np.diff(np.log(values[: made.plan.n_rows_seen]))
    s = steps.std()
    for i in (0, 100, 415):
        assert made.X_train[i, :, 0] == pytest.approx(np.diff(np.log(values[i : i + 31])) / s, 1e-4)
        expected = np.log(values[i + 31 : i + 38] / values[i + 30]) / s
        assert made.y_train[i] == pytest.approx(expected, 1e-4, 1e-5)
    predicted = np.full((47, 7), 0.5, np.float32)
    assert made.in_unit(predicted) == pytest.approx(
        np.repeat(values[460 - 14 : 493, None] * np.exp(0.5 * s), 7, axis=1)
    )


def test_the_untrained_network_says_same_as_today():
    training = Training(waves(), SMALL, PROGRAMS)
    assert training.best.epoch == 0
    first = training.result(cut_short=True)
    last = waves().iloc[-1]
    assert first.outlook.next_steps == pytest.approx(np.full(7, last))
    assert first.gate == 0.0


def test_the_start_wins_where_every_epoch_is_worse():
    """The latest rows stand still: Keras' own early stopping would keep epoch 1."""
    series = random_walk(300)
    series.iloc[200:] = series.iloc[200]
    run = trained(series, SMALL.but(learning_rate=0.1, patience=2, epochs=20))
    assert all(epoch.val_loss > 0 for epoch in run.history)
    assert run.best_epoch == 0
    assert len(run.history) == 2
    table = run.forecast()
    assert table["forecast"].to_numpy() == pytest.approx(table["naive"].to_numpy())


def test_classic_does_not_count_the_start():
    training = Training(random_walk(300), presets.classic().but(units=(6,)), PROGRAMS)
    assert training.best_weights == []


CASES = {
    "recommended": {},
    "skip and calendar": {"skip": True, "calendar": True},
    "two layers": {"units": (5, 4)},
}


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_the_compiled_epoch_equals_model_fit(changes):
    config = SMALL.but(epochs=3, shuffle=False, patience=None, **changes)
    series = waves()
    expected, weights = fit_with_keras(series, config)
    training = Training(series, config, PROGRAMS)
    epochs = list(training)
    for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
        assert [getattr(e, name) for e in epochs] == pytest.approx(expected[name], abs=1e-5), name
    for ours, theirs in zip(training.last_weights, weights, strict=True):
        assert np.abs(ours - theirs).max() < 1e-5


@pytest.mark.parametrize(
    "changes", [{}, {"calendar": True, "skip": True}], ids=["plain", "options"]
)
def test_the_future_moves_nothing_before_it(changes):
    """Rows after the training part reach neither windows, scaler nor what training computes; rows
    after the run's last one reach nothing at all."""
    config = SMALL.but(epochs=2, n_rows=None, **changes)
    series = waves(302)
    known, longer = series.iloc[:300], series.copy()
    longer.iloc[300:] = 900.0
    seen = cutting.plan(300, config).n_rows_seen
    changed = known.copy()
    changed.iloc[seen:] *= 3
    one, other = (cutting.windows_of(s, config) for s in (known, changed))
    assert one.scaler == other.scaler
    assert np.array_equal(one.X_train, other.X_train)
    assert np.array_equal(one.y_train, other.y_train)
    losses = [[e.loss for e in Training(s, config, PROGRAMS)] for s in (known, changed)]
    assert losses[0] == losses[1]
    # What lies beyond the end of the run changes no figure, no gate, no forecast.
    runs = [trained(s, config) for s in (known, longer.iloc[:300])]
    assert runs[0].history[-1].preview == runs[1].history[-1].preview
    assert runs[0].gate == runs[1].gate
    # And a forecast from an earlier day is the same whether or not later rows exist.
    earlier = runs[0].forecast(longer.iloc[:290])["network"].to_numpy()
    assert earlier == pytest.approx(runs[0].forecast(known.iloc[:290])["network"].to_numpy())


@pytest.mark.parametrize("low", [0.0, -50.0], ids=["around 0", "below 0"])
def test_series_that_have_no_logarithm_are_learned_by_their_differences(low):
    series = waves(low=low)
    run = trained(series, SMALL)
    assert run.scaler.floor == (0.0,)
    seen = series.to_numpy()[: cutting.plan(300, SMALL).n_rows_seen]
    assert run.scaler.scale[0] == pytest.approx(np.diff(seen).std())
    assert np.isfinite(run.forecast()[["forecast", "network"]]).all(axis=None)


def test_values_of_zero_that_come_later_leave_every_figure_a_number():
    series = waves()
    series.iloc[-20:-15], series.iloc[-1] = 0.0, -4.0
    run = trained(series, SMALL)
    assert run.scaler.floor[0] > 0
    assert all(np.isfinite([e.val_loss, e.val_error, *e.preview]).all() for e in run.history)
    assert np.isfinite(run.forecast()[["forecast", "network"]]).all(axis=None)


def test_a_run_that_goes_on_from_its_state_is_as_never_interrupted():
    series, config = waves(), SMALL.but(epochs=6, learning_rate=0.01)
    whole = Training(series, config, PROGRAMS)
    epochs = list(whole)
    first = Training(series, config, PROGRAMS)
    done = [epoch for _, epoch in zip(range(3), first, strict=False)]
    state = TrainingState.unpack(first.state().pack())
    second = Training(series, config, PROGRAMS, tuple(done), state)
    rest = list(second)
    strip = lambda e: replace(e, seconds=0, ended=0)  # noqa: E731 - the clock is no figure
    assert [strip(e) for e in second.history] == [strip(e) for e in epochs]
    assert len(rest) == len(epochs) - 3
    ours, theirs = second.result(), whole.result()
    assert ours.gate == theirs.gate
    assert ours.best_epoch == theirs.best_epoch
    assert np.array_equal(ours.outlook.next_steps, theirs.outlook.next_steps)


def test_forecast_validation_and_scores_are_gated():
    run = replace(trained(waves(), SMALL), gate=0.5)
    table = run.forecast()
    halfway = (table["naive"] + table["network"]) / 2
    assert table["forecast"].to_numpy() == pytest.approx(halfway.to_numpy())
    values, n = waves().to_numpy(), len(run.outlook.validation)
    last = values[300 - 7 - n : 300 - 7]
    halves = gating.apply(0.5, run.outlook.validation, last, np.zeros(n))
    assert run.validation == pytest.approx(halves)
    assert evaluation.last_window(run)["predicted"].to_numpy() == pytest.approx(run.validation[-1])


def test_the_whole_run_opens_in_plain_keras_and_forecasts_the_same(tmp_path):
    """Four kinds of runs, each with a gate of its own; one process, as Keras takes seconds."""
    kinds = {
        "logs": (waves(), SMALL),
        "differences": (waves(low=0.0), SMALL),
        "options": (seasonal_series(300, "D", 7), SMALL.but(skip=True, calendar=True)),
        "classic": (waves(), presets.classic().but(units=(6,), epochs=2, gate=True)),
    }
    runs = {name: trained(*given) for name, given in kinds.items()}
    script = "import sys\nsys.path = [p for p in sys.path if p]\n" + "import keras, numpy as np\n"
    for name, run in runs.items():
        run.save(tmp_path / name)
        assert Run.load(tmp_path / name).model == run.model
        rows = cutting.features(run.series, run.scaler.cycle)[None, -run.config.n_rows_in :]
        np.save(tmp_path / f"{name}.npy", rows)
        script += f"m = keras.models.load_model({str(tmp_path / name / 'model.keras')!r})\n"
        script += f"x = np.load({str(tmp_path / f'{name}.npy')!r})\n"
        script += f"np.save({str(tmp_path / f'{name}.out.npy')!r}, m.predict(x, verbose=0))\n"
    script += "assert not any(n.split('.')[0] == 'forecast' for n in sys.modules)\n"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for name, run in runs.items():
        expected = run.forecast()["forecast"].to_numpy()
        assert np.load(tmp_path / f"{name}.out.npy")[0] == pytest.approx(expected, rel=1e-5), name


def seasonal_series(n, freq, period, strength=0.2):
    noise = np.random.default_rng(0).normal(0, 0.02, n)
    level = np.exp(strength * np.sin(np.arange(n) * 2 * np.pi / period) + noise)
    return pd.Series(100 * level, index=pd.date_range("2024-01-01", periods=n, freq=freq))


def test_the_calendar_shows_the_season_that_is_there_and_no_other():
    config = presets.recommended()
    assert cutting.cycle_of(seasonal_series(500, "30min", 48), config) == "day"
    assert cutting.cycle_of(seasonal_series(500, "D", 7), config) == "week"
    assert cutting.cycle_of(seasonal_series(300, "ME", 12), config) == "year"
    assert cutting.cycle_of(seasonal_series(500, "D", 7, strength=0), config) == ""
    assert cutting.cycle_of(seasonal_series(500, "D", 7).reset_index(drop=True), config) == ""
    assert cutting.cycle_of(seasonal_series(500, "D", 7), presets.classic()) == ""


def test_the_season_is_looked_for_in_training_rows_only():
    """A season that begins after the training part is not known of yet."""
    series, config = seasonal_series(500, "D", 7), presets.recommended()
    seen = cutting.plan(500, config).n_rows_seen
    flat = seasonal_series(500, "D", 7, strength=0)
    assert cutting.cycle_of(pd.concat([flat.iloc[:seen], series.iloc[seen:]]), config) == ""
    assert cutting.cycle_of(pd.concat([series.iloc[:seen], flat.iloc[seen:]]), config) == "week"


def test_a_point_in_the_season_is_told_by_its_date():
    days = pd.date_range("2024-01-01", periods=14, freq="D")  # a Monday
    week = seasonal.features(days, "week")
    assert week.shape == (14, 4)
    assert week[:7] == pytest.approx(week[7:])
    assert week[0] == pytest.approx([0, 1, 0, 1])
    quarter = seasonal.features(pd.DatetimeIndex(["2024-03-05 06:00"]), "day")
    assert quarter[0] == pytest.approx([1, 0, 0, -1])
    assert seasonal.features(pd.RangeIndex(10), "week").shape == (10, 0)
    assert seasonal.features(days, "").shape == (14, 0)


def test_a_run_with_a_season_asks_for_dates_and_keeps_its_cycle(tmp_path):
    run = trained(seasonal_series(300, "D", 7), SMALL.but(calendar=True))
    assert run.scaler.cycle == "week"
    assert Run.load(run.save(tmp_path / "run")).scaler == run.scaler
    with pytest.raises(ConfigError, match="has no dates"):
        run.forecast(run.series.reset_index(drop=True))


def test_recommended_is_what_the_design_says():
    config = presets.recommended()
    assert config.data.scaler == "change"
    assert config.model.units == (30,)
    assert (config.train.loss, config.train.optimizer) == ("mae", "adam")
    assert (config.train.patience, config.train.restore_best, config.train.gate) == (15, True, True)
    assert config.train.n_networks == 3
    assert next(iter(presets.PRESETS)) == "Recommended"
    assert forecast.Config().preset == "Classic"  # old runs without new fields stay what they were
