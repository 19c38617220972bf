"""Backtests on real workers: the same figures as here, kept, stopped, never in the way of a run."""

from __future__ import annotations

import time

import numpy as np
import psutil
import pytest

from forecast import backtest, baselines, folds, presets
from forecast.backtest import NETWORK, Backtest, BacktestConfig
from forecast.errors import ConfigError

SMALL = presets.classic().but(
    n_rows=150, n_steps_in=8, n_steps_out=3, epochs=3, units=(4,), batch_size=30
)
PLAN = BacktestConfig(n_origins=20, stride=2, n_seeds=2, models=("Drift", "AutoTheta"))


def ended(engine, run_id, timeout=120):
    deadline = time.monotonic() + timeout
    while engine.backtests.view(run_id).live:
        assert time.monotonic() < deadline, engine.backtests.view(run_id)
        time.sleep(0.05)
    return engine.backtests.view(run_id)


@pytest.fixture(scope="module")
def run_id(engine, prices_once):
    run_id = engine.submit(prices_once, SMALL)
    engine.wait(run_id, timeout=240)
    return run_id


@pytest.fixture(scope="module")
def prices_once():
    from tests.data import random_walk

    return random_walk(260)


def test_a_backtest_on_workers_equals_one_here_and_is_kept(engine, run_id, prices_once):
    engine.backtests.start(run_id, prices_once, SMALL, PLAN)
    view = ended(engine, run_id)
    assert view.status == "finished", view.error
    assert (view.n_done, view.n_pieces, view.share) == (5, 5, 1.0)
    found = engine.backtests.result(run_id)
    (fold,) = backtest.plan(260, SMALL, PLAN)
    for seed in (0, 1):
        config = backtest.seeded(SMALL, seed)
        here = folds.forecasts(NETWORK, prices_once, config, fold, lambda share: None)
        assert found.network[seed] == pytest.approx(here, rel=1e-4)
    assert not np.allclose(found.network[0], found.network[1])
    assert list(found.baselines) == ["Same as today", "Drift", "AutoTheta"]
    fitted = baselines.fit("AutoTheta", prices_once.to_numpy()[fold.first_row : fold.origins[0]])
    now = fitted.forecast(prices_once.to_numpy()[fold.first_row :], 3)
    assert found.ahead["AutoTheta"] == pytest.approx(now), "from the last row, as it was tested"
    assert found.ahead["Same as today"].tolist() == [prices_once.iloc[-1]] * 3
    assert found.baselines["Drift"].shape == (20, 3)
    kept = Backtest.load(engine.store.folder(run_id))
    assert kept.created == found.created
    assert np.array_equal(kept.network, found.network)


def test_stop_ends_it_soon_and_leaves_the_earlier_result(engine, run_id, prices_once):
    before = engine.backtests.result(run_id)
    assert before is not None
    long = SMALL.but(epochs=100_000)
    engine.backtests.start(run_id, prices_once, long, PLAN)
    while not engine.backtests.view(run_id).share > 0:
        time.sleep(0.02)
    engine.backtests.stop(run_id)
    assert ended(engine, run_id, timeout=20).status == "stopped"
    assert engine.backtests.result(run_id) is before
    deadline = time.monotonic() + 10
    while engine.backtests.view(run_id).n_out:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_run_need_not_wait_for_a_backtest_which_goes_on_afterwards(engine, run_id, prices_once):
    plan = BacktestConfig(n_origins=20, stride=2, n_seeds=3, models=())
    engine.backtests.start(run_id, prices_once, SMALL.but(epochs=400), plan)
    while engine.backtests.view(run_id).n_out < 2 or not engine.backtests.view(run_id).share:
        assert engine.backtests.view(run_id).live
        time.sleep(0.02)
    other = engine.submit(prices_once, SMALL.but(epochs=30))
    view = engine.wait(other, timeout=120)
    assert view.status == "finished"
    assert engine.backtests.view(run_id).live  # the run did not wait for it to end
    assert ended(engine, run_id).status == "finished"


def test_a_dead_worker_costs_a_piece_and_not_the_backtest(engine, run_id, prices_once):
    plan = BacktestConfig(n_origins=20, stride=2, models=())
    engine.backtests.start(run_id, prices_once, SMALL.but(epochs=1_500), plan)
    while not engine.backtests.view(run_id).share > 0.02:
        time.sleep(0.02)
    kill_busiest_worker(engine)
    assert ended(engine, run_id).status == "finished"
    assert sum(engine.backtests._trials[run_id].deaths.values()) == 1


def kill_busiest_worker(engine):
    nanny = engine._foreman.link.cluster._processes[1]
    workers = psutil.Process(nanny.pid).children(recursive=True)
    for process in workers:
        process.cpu_percent()
    time.sleep(0.2)
    max(workers, key=lambda process: process.cpu_percent()).kill()


def test_a_series_too_short_is_refused_before_anything_is_sent(engine, run_id, prices_once):
    with pytest.raises(ConfigError, match="too few rows to train on"):
        engine.backtests.start(run_id, prices_once.iloc[:50], SMALL, PLAN)
