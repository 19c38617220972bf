"""Further columns as inputs: what reaches the network, from where, and that none of it is later."""

from __future__ import annotations

import json

import keras
import numpy as np
import pandas as pd
import pytest

import forecast
from forecast import evaluation, folds, inputs, presets, scaling, windows
from forecast.backtest import NETWORK, BacktestConfig, plan
from forecast.config import Config
from forecast.errors import ConfigError, DataError
from forecast.folders import FORMAT
from forecast.program import Programs
from forecast.runs import Run
from forecast.training import Training
from tests.data import random_walk
from tests.test_training import fit_with_keras

PROGRAMS = Programs()  # shared: what is compiled changes no figure
SMALL = presets.classic().but(
    n_rows=150, n_steps_in=8, n_steps_out=3, epochs=2, units=(4,), inputs=("rain", "sun")
)
CHANGES = presets.recommended().but(
    n_rows=150,
    n_steps_in=8,
    n_steps_out=3,
    epochs=2,
    units=(4,),
    inputs=("rain", "sun"),
    n_networks=1,
)


def weather(series):
    """Two columns by the dates of a series: one around zero, one above it."""
    random = np.random.default_rng(3)
    rain, sun = random.normal(size=len(series)), 5 + random.random(len(series))
    return pd.DataFrame({"rain": rain, "words": "x", "sun": sun}, index=series.index)


def rows_of(n, config):
    series = random_walk(n)
    return inputs.join(series, weather(series), config)


def test_windows_with_two_inputs_by_hand():
    """Each window shows the past of all three columns, and its answer is of the first."""
    days = pd.date_range("2024-01-01", periods=7)
    series = pd.Series([10.0, 20, 30, 40, 50, 60, 70], days, name="v")
    table = pd.DataFrame({"a": [0.0, 1, 0, 4, 9, 9, 9], "b": [7.0, 6, 5, 4, 3, 2, 1]}, days)
    config = Config().but(
        scaler="none", n_steps_in=2, n_steps_out=2, batch_size=1, inputs=("b", "a"), n_rows=None
    )
    made = windows.windows_of(inputs.join(series, table, config), config)
    assert made.X_train[0].tolist() == [[10, 7, 0], [20, 6, 1]]
    assert made.X_train[2].tolist() == [[30, 5, 0], [40, 4, 4]]
    assert made.y_train.tolist() == [[30, 40], [40, 50], [50, 60]]
    assert made.X_validation.tolist() == [[[40, 4, 4], [50, 3, 9]]]
    assert made.y_validation.tolist() == [[60, 70]]


def test_each_column_is_scaled_by_its_own_training_rows():
    rows = rows_of(200, SMALL)
    made = windows.windows_of(rows, SMALL)
    seen = rows.iloc[-150:].iloc[: made.plan.n_rows_seen].to_numpy()
    assert made.scaler.center == pytest.approx(tuple(seen.min(axis=0)))
    assert made.scaler.scale == pytest.approx(tuple(np.ptp(seen, axis=0)))
    values = rows.iloc[-150:]["sun"].to_numpy()
    expected = (values[5:13] - seen[:, 2].min()) / np.ptp(seen[:, 2])
    assert made.X_train[5, :, 2] == pytest.approx(expected, rel=1e-5)


def test_changes_are_of_logarithms_where_all_training_values_are_above_zero():
    rows = rows_of(200, CHANGES)
    made = windows.windows_of(rows, CHANGES)
    recent = rows.iloc[-150:]
    seen = recent.iloc[: made.plan.n_rows_seen]
    rain, sun = np.diff(recent["rain"]), np.diff(np.log(recent["sun"]))
    n = len(seen) - 1
    expected = rain[3:11] / np.sqrt((rain[:n] ** 2).mean())
    assert made.X_train[3, :, 1] == pytest.approx(expected, rel=1e-4)
    assert made.X_train[3, :, 2] == pytest.approx(sun[3:11] / np.sqrt((sun[:n] ** 2).mean()), 1e-4)
    alone = windows.windows_of(rows.iloc[:, 0], CHANGES.but(inputs=()))
    assert np.array_equal(made.X_train[..., :1], alone.X_train)
    assert np.array_equal(made.y_train, alone.y_train)


def test_a_column_that_grows_evenly_stays_of_a_size_a_network_learns():
    """Its steps hardly differ, so their spread would blow them up."""
    column = np.arange(50) * 0.1 - 1
    values = np.stack([np.linspace(1, 2, 50), column], axis=1)
    scaled = scaling.fit("change", values).transform(values)
    assert scaled[:, 1] == pytest.approx(1.0)


@pytest.mark.parametrize("kind", ["change", "minmax", "standard", "robust", "none"])
def test_a_missing_value_is_the_last_one_known_and_nothing_before_the_first(kind):
    days = pd.date_range("2024-01-01", periods=40)
    series = pd.Series(np.linspace(10, 20, 40), days, name="v")
    rain = np.sin(np.arange(40.0))
    rain[[0, 1, 6, 7]] = [np.nan, np.inf, np.nan, -np.inf]
    config = SMALL.but(scaler=kind, inputs=("rain",), n_rows=None, batch_size=5)
    rows = inputs.join(series, pd.DataFrame({"rain": rain}, days), config)
    assert np.isnan(rows["rain"].iloc[:2]).all()
    assert rows["rain"].iloc[6:8].tolist() == [rain[5]] * 2
    made = windows.windows_of(rows, config)
    assert np.isfinite(made.X_train).all()
    assert (made.X_train[0, :2, 1] == 0).all()
    assert (made.X_train[0, 2:5, 1] != 0).all()
    known = rain.copy()
    known[:2] = np.nan
    known[6:8] = rain[5]
    filled = scaling.fit(kind, known[2 : made.plan.n_rows_seen, None])
    assert made.scaler.center[1] == pytest.approx(filled.center[0])


def column(values, **more):
    series = random_walk(200)
    return series, pd.DataFrame({"rain": values, **more}, index=series.index)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (np.full(200, np.nan), "holds no number"),
        (np.full(200, 4.0), "never changes"),
        (["wet"] * 200, "does not hold numbers"),
        (pd.date_range("2020", periods=200), "does not hold numbers"),
    ],
)
def test_a_column_that_can_teach_nothing_is_refused_in_words(values, says):
    series, table = column(values)
    with pytest.raises(DataError, match=rf"The column 'rain' {says}"):
        forecast.fit(series, SMALL.but(inputs=("rain",)), inputs=table)


def test_nor_one_that_stands_still_in_the_training_rows():
    values = np.full(200, 4.0)
    values[-1] = 5.0
    series, table = column(values)
    with pytest.raises(DataError, match="never changes in the 136 rows that are trained on"):
        forecast.fit(series, SMALL.but(inputs=("rain",)), inputs=table)


def test_a_column_that_is_not_there_is_named():
    series, table = column(np.arange(200))
    with pytest.raises(DataError, match=r"no column 'snow'.*one of rain"):
        next(forecast.train(series, SMALL.but(inputs=("snow",)), inputs=table))
    with pytest.raises(ConfigError, match="none were given"):
        next(forecast.train(series, SMALL))
    with pytest.raises(ConfigError, match="is what is forecast"):
        next(forecast.train(series, SMALL.but(inputs=("Close",)), inputs=table))


@pytest.mark.parametrize(
    "names", ["rain", ("a", "a"), ("",), (1,), tuple("abcdefghi"), None, {"a": 1}]
)
def test_names_that_cannot_be_are_refused(names):
    with pytest.raises(ConfigError, match="at most 8 columns"):
        Config().but(inputs=names)


def test_settings_come_back_from_json_and_older_ones_have_no_inputs():
    values = json.loads(json.dumps(SMALL.to_dict()))
    assert Config.from_dict(values) == SMALL
    del values["data"]["inputs"]
    assert Config.from_dict(values) == SMALL.but(inputs=())


def test_another_number_of_inputs_is_another_program():
    assert SMALL.kind != SMALL.but(inputs=("rain",)).kind
    assert SMALL.kind == SMALL.but(inputs=("snow", "fog")).kind


def test_neither_series_nor_table_is_changed():
    series = random_walk(200)
    table = weather(series)
    table.iloc[5:9, 0] = np.nan
    copies = series.copy(), table.copy()
    forecast.fit(series, SMALL, inputs=table)
    pd.testing.assert_series_equal(series, copies[0])
    pd.testing.assert_frame_equal(table, copies[1])


@pytest.mark.parametrize(
    "config", [SMALL, CHANGES.but(patience=None, skip=True, calendar=True)], ids=["classic", "new"]
)
def test_the_compiled_epoch_equals_model_fit(config):
    rows, config = rows_of(200, config), config.but(epochs=3, shuffle=False)
    expected, weights = fit_with_keras(rows, config)
    training = Training(rows, config, PROGRAMS)
    epochs = list(training)
    for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
        assert [getattr(e, name) for e in epochs] == pytest.approx(expected[name], abs=1e-5), name
    for ours, theirs in zip(training.last_weights, weights, strict=True):
        assert np.abs(ours - theirs).max() < 1e-5


@pytest.fixture(
    scope="module",
    params=[SMALL, CHANGES, SMALL.but(n_networks=2, epochs=1)],
    ids=["classic", "recommended", "two networks"],
)
def run(request):
    series = random_walk(200)
    table = weather(series)
    table.iloc[[3, 60, 199], 0] = np.nan
    table.iloc[:55, 2] = np.nan  # five of the rows that are used
    return forecast.fit(series, request.param.but(gate=False, restore_best=False), inputs=table)


def test_a_run_comes_back_from_disk_and_forecasts_the_same(run, tmp_path):
    back = Run.load(run.save(tmp_path / "run"))
    assert back.config == run.config
    pd.testing.assert_frame_equal(back.rows, run.rows, check_freq=False, check_index_type=False)
    assert back.forecast()["forecast"].tolist() == run.forecast()["forecast"].tolist()
    again = back.forecast(back.series)
    assert again["forecast"].to_numpy() == pytest.approx(run.forecast()["forecast"], rel=1e-5)
    earlier = back.forecast(back.series.iloc[:-3])["forecast"]
    assert earlier.to_numpy() == pytest.approx(run.outlook.validation[-1], rel=1e-5)


def test_the_keras_file_takes_the_further_columns_too(run, tmp_path):
    run.save(tmp_path / "run")
    network = keras.models.load_model(tmp_path / "run" / "model.keras")
    past = windows.features(run.rows, run.scaler.cycle)[None, -run.config.n_rows_in :]
    said = network.predict(past, verbose=0)[0]
    assert said == pytest.approx(run.forecast()["forecast"].to_numpy(), rel=1e-4)
    moved = past.copy()
    moved[0, -2, 1] += 3
    assert not np.allclose(network.predict(moved, verbose=0)[0], said, rtol=1e-7)
    moved[0, :3, 2] = np.nan  # not known
    assert np.isfinite(network.predict(moved, verbose=0)).all()


def test_another_history_brings_its_own_inputs(run):
    history = run.series.iloc[:-2]
    table = weather(run.series)
    table.iloc[-5:, 0] += 9
    other = run.forecast(history, inputs=table)["forecast"]
    assert not np.allclose(other, run.forecast(history)["forecast"], rtol=1e-7)
    later = random_walk(205)
    assert len(run.forecast(later, inputs=weather(later))) == 3
    with pytest.raises(DataError, match="no column 'sun'"):
        run.forecast(later, inputs=weather(later).drop(columns="sun"))


def test_a_folder_of_an_older_version_is_read_and_a_changed_column_is_not(run, tmp_path):
    folder = run.save(tmp_path / "run")
    frame = pd.read_parquet(folder / "series.parquet")
    assert list(frame.columns) == ["value", "input 1", "input 2"]
    frame.iloc[100, 1] += 1
    frame.to_parquet(folder / "series.parquet")
    with pytest.raises(forecast.RunError, match="damaged"):
        Run.load(folder)
    plain = forecast.fit(run.series, run.config.but(inputs=()))
    path = plain.save(tmp_path / "old") / "run.json"
    record = json.loads(path.read_text())
    del record["config"]["data"]["inputs"]
    path.write_text(json.dumps(record))
    assert record["format"] == FORMAT
    assert Run.load(tmp_path / "old").inputs is None


@pytest.mark.parametrize("config", [SMALL, CHANGES], ids=["classic", "recommended"])
def test_changing_the_future_of_an_input_moves_nothing_said_before_it(config):
    rows = rows_of(200, config)
    backtest = BacktestConfig(n_origins=20, stride=2)
    (fold,) = plan(200, config, backtest)

    def said(rows):
        return folds.forecasts(NETWORK, rows, config, fold, lambda share: None, PROGRAMS)

    before, changed, gone = said(rows), rows.copy(), rows.copy()
    changed.iloc[fold.origins[11] :, 1:] *= 3
    after = said(changed)
    assert np.array_equal(after[:12], before[:12])
    if config is SMALL:  # the gate may shut the other one's
        assert not np.array_equal(after[12:], before[12:])
    gone.iloc[fold.origins[0] :, 1:] = 0.0  # nor does what it is trained on reach past its origin
    assert np.array_equal(said(gone)[0], before[0])


@pytest.mark.parametrize("still", [["rain"], ["rain", "sun"]])
def test_an_input_that_has_not_changed_before_a_fold_is_left_out_of_it(still):
    rows = rows_of(200, SMALL)
    (fold,) = plan(200, SMALL, BacktestConfig(n_origins=20, stride=2))
    rows.iloc[: fold.origins[0], [rows.columns.get_loc(name) for name in still]] = 0.0
    names = tuple(name for name in SMALL.data.inputs if name not in still)
    without = inputs.join(inputs.target(rows), rows, SMALL.but(inputs=names))
    said, expected = (
        folds.forecasts(NETWORK, r, SMALL.but(inputs=n), fold, lambda share: None, PROGRAMS)
        for r, n in ((rows, SMALL.data.inputs), (without, names))
    )
    assert np.array_equal(said, expected)


def test_the_future_of_an_input_reaches_neither_windows_nor_scaler():
    for config in (SMALL, CHANGES):
        rows = rows_of(200, config)
        changed = rows.copy()
        seen = 50 + windows.plan(200, config).n_rows_seen
        changed.iloc[seen:, 1:] *= 3
        one, other = (windows.windows_of(r, config) for r in (rows, changed))
        assert one.scaler == other.scaler
        assert np.array_equal(one.X_train, other.X_train)
        assert not np.array_equal(one.X_validation, other.X_validation)


def test_a_fold_cut_out_of_the_rows_keeps_its_inputs():
    rows = rows_of(260, SMALL)
    fold = plan(260, SMALL, BacktestConfig(n_origins=20, stride=2, refit_every=10))[1]
    part, within = fold.cut(rows, 3)
    whole = folds.forecasts(NETWORK, rows, SMALL, fold, lambda share: None, PROGRAMS)
    cut = folds.forecasts(NETWORK, part, SMALL, within, lambda share: None, PROGRAMS)
    assert np.array_equal(cut, whole)
    naive = folds.forecasts("Drift", part, SMALL, within, lambda share: None)
    alone = folds.forecasts("Drift", part.iloc[:, 0], SMALL, within, lambda share: None)
    assert np.array_equal(naive, alone)


def test_the_number_of_features_counts_target_inputs_and_calendar():
    hours = pd.date_range("2024-01-01", periods=400, freq="h")
    series = pd.Series(5 + np.sin(2 * np.pi * np.arange(400) / 24), index=hours)
    config = presets.recommended().but(inputs=("a", "b", "c"))
    assert windows.n_features(series, config) == 8
    assert windows.n_features(series, config.but(calendar=False)) == 4
    assert windows.n_features(random_walk(400), config) == 4


def test_a_column_that_tells_the_next_step_is_learnt_from():
    """The next step is what the column says now: with it the network sees it coming."""
    random = np.random.default_rng(5)
    says = random.normal(size=400)
    values = 100 + np.concatenate([[0.0], np.cumsum(says[:-1])])
    index = pd.RangeIndex(400)
    series, table = pd.Series(values, index, name="v"), pd.DataFrame({"says": says}, index)
    config = presets.recommended().but(
        n_steps_in=4,
        n_steps_out=1,
        units=(8,),
        epochs=40,
        learning_rate=0.01,
        n_rows=None,
        n_networks=1,
    )
    with_it = evaluation.scores(forecast.fit(series, config.but(inputs=("says",)), inputs=table))
    without = evaluation.scores(forecast.fit(series, config))
    assert with_it.skill > 0.7
    assert without.skill < 0.2
