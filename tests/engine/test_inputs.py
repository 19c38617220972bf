"""Runs with further columns on real workers: trained, kept, looked back, backtested, gone on."""

from __future__ import annotations

import numpy as np
import pytest

import forecast
from forecast import backtest, folds, inputs, presets
from forecast.backtest import NETWORK, BacktestConfig
from forecast.errors import DataError
from tests.data import random_walk
from tests.engine.test_backtests import ended
from tests.test_inputs import weather

CONFIG = presets.classic().but(
    n_rows=150, n_steps_in=8, n_steps_out=3, epochs=3, units=(4,), inputs=("rain", "sun")
)


@pytest.fixture(scope="module")
def rows():
    series = random_walk(200)
    return inputs.join(series, weather(series), CONFIG)


@pytest.fixture(scope="module")
def run_id(engine, rows):
    run_id = engine.submit(rows, CONFIG)
    assert engine.wait(run_id, timeout=240).status == "finished"
    return run_id


def test_a_worker_trains_as_the_package_does_and_the_folder_has_it_all(engine, run_id, rows):
    here = forecast.fit(rows["Close"], CONFIG, inputs=rows)
    run = engine.store.load(run_id)
    assert [e.loss for e in run.history] == pytest.approx([e.loss for e in here.history], rel=1e-5)
    assert run.inputs.equals(engine.view(run_id).inputs)
    assert list(run.inputs.columns) == ["rain", "sun"]
    back = engine.look_back(run, 120)
    earlier = run.forecast(run.series.iloc[:120])["network"]
    assert back.next_steps == pytest.approx(earlier.to_numpy(), rel=1e-5)


def test_a_run_read_from_its_folder_trains_on_with_its_columns(engine, run_id, rows):
    engine._jobs.clear()
    engine.go_on(run_id, more_epochs=2)
    view = engine.wait(run_id)
    assert (view.status, len(view.history)) == ("finished", 5), view.error
    straight = engine.submit(rows, CONFIG.but(epochs=5))
    losses = [epoch.loss for epoch in engine.wait(straight).history]
    assert [epoch.loss for epoch in view.history] == losses


def test_a_backtest_sees_the_inputs_too(engine, run_id, rows):
    plan = BacktestConfig(n_origins=20, stride=2, models=("Drift",))
    engine.backtests.start(run_id, rows, CONFIG, plan)
    assert ended(engine, run_id).status == "finished", engine.backtests.view(run_id).error
    found = engine.backtests.result(run_id)
    (fold,) = backtest.plan(200, CONFIG, plan)
    here = folds.forecasts(NETWORK, rows, CONFIG, fold, lambda share: None)
    assert found.network[0] == pytest.approx(here, rel=1e-4)
    assert np.array_equal(found.actual[0], rows["Close"].iloc[fold.origins[0] :][:3])


def test_a_column_that_stands_still_is_refused_before_anything_is_sent(engine, rows):
    still = rows.assign(rain=1.0)
    with pytest.raises(DataError, match="never changes in the 136 rows"):
        engine.submit(still, CONFIG)
