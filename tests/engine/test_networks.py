"""Several networks of one run on real workers: side by side, equal to one process, never lost.

Kills only processes that these tests started.
"""

from __future__ import annotations

import time

import numpy as np
import psutil
import pytest

from forecast import presets
from forecast.engine import Engine
from forecast.errors import ConfigError
from forecast.runs import Run
from forecast.sizes import apart
from forecast.store import RunStore

CONFIG = presets.classic().but(n_networks=3, epochs=40, gate=True)
ENDLESS = CONFIG.but(epochs=100_000)
LONG = CONFIG.but(epochs=400)


def until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def networks(engine, run_id):
    return engine._find(run_id).networks


def after_epoch(engine, run_id, epoch, number=1):
    until(lambda: len(networks(engine, run_id)[number - 1].history) >= epoch)


def kill_worker_of(network):
    """SIGKILL for the worker process that trains this network."""
    port = int(network.worker.rsplit(":", 1)[1])
    for child in psutil.Process().children(recursive=True):
        if any(c.status == "LISTEN" and c.laddr.port == port for c in child.net_connections()):
            child.kill()
            return
    raise AssertionError("no such worker")


def equal(ours, theirs):
    return all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))


def stop(engine, *run_ids):
    for run_id in run_ids:
        engine.stop(run_id)
        engine.wait(run_id)


@pytest.fixture(scope="module")
def in_one_process(engine, prices_of_module):
    """The result of ``CONFIG`` with all networks one after the other in one worker."""
    from forecast import training

    until(lambda: engine.ready)
    sent = engine._foreman.link.send(training.train_all, prices_of_module, CONFIG)
    result, history = sent.result(timeout=120)
    return result, history


@pytest.fixture(scope="module")
def prices_of_module():
    from tests.data import random_walk

    return random_walk(500)


def same(engine, run_id, in_one_process):
    """Whether a run has come to the very numbers of one process."""
    result, history = in_one_process
    run = engine.run(run_id)
    return (
        equal(run.weights, result.weights)
        and np.array_equal(run.outlook.next_steps, result.outlook.next_steps)
        and np.array_equal(run.outlook.validation, result.outlook.validation)
        and run.gate == result.gate
        and [e.val_loss for e in run.history] == [e.val_loss for e in history]
    )


def test_networks_train_side_by_side_to_the_very_numbers_of_one_process(
    engine, prices, in_one_process
):
    run_id = engine.submit(prices, CONFIG)
    view = engine.wait(run_id)
    assert view.status == "finished", view.error
    assert all(network.ended for network in view.networks)
    assert view.share == 1.0
    assert engine.run(run_id).n_networks == 3
    assert same(engine, run_id, in_one_process)
    loaded = Run.load(engine.store.folder(run_id))
    assert equal(loaded.weights, engine.run(run_id).weights)
    assert loaded.forecast(prices.iloc[:-7])["network"].to_numpy() == pytest.approx(
        loaded.outlook.validation[-1], rel=1e-5
    )


def test_what_is_sent_together_goes_to_different_workers(engine, prices):
    engine.wait(engine.submit(prices, CONFIG))  # from now on their program has a home
    run_id = engine.submit(prices, ENDLESS)
    after_epoch(engine, run_id, 1)
    after_epoch(engine, run_id, 1, number=2)
    first, second, _ = networks(engine, run_id)
    assert first.worker != second.worker
    stop(engine, run_id)


def test_stop_counts_the_networks_that_have_an_epoch_with_their_best_weights(engine, prices):
    run_id = engine.submit(prices, ENDLESS)
    after_epoch(engine, run_id, 10)
    after_epoch(engine, run_id, 10, number=2)
    engine.stop(run_id)
    view = engine.wait(run_id)
    assert view.status == "stopped"
    assert view.networks[2].n_epochs == 0, "two workers, so the third has not begun"
    run = engine.run(run_id)
    assert run.n_networks == 2
    assert engine.store.record(run_id)["networks"] == 2
    begun, parts = networks(engine, run_id)[:2], apart(CONFIG, run.weights)
    for network, weights in zip(begun, parts, strict=True):
        assert equal(weights, network.state.best_weights)
        assert network.best.epoch == network.state.best_epoch


def test_pause_and_resume_change_no_figure(engine, prices, in_one_process):
    run_id = engine.submit(prices, CONFIG)
    after_epoch(engine, run_id, 5)
    after_epoch(engine, run_id, 5, number=2)
    engine.pause(run_id)
    view = engine.wait(run_id)
    assert view.status == "paused"
    assert not any(network.training for network in view.networks)
    assert not all(network.ended for network in view.networks)
    engine.go_on(run_id)
    assert engine.wait(run_id).status == "finished"
    assert same(engine, run_id, in_one_process)


@pytest.fixture(scope="module")
def undisturbed(engine, prices_of_module):
    """The weights of a run of some seconds, so that a blow falls while it trains."""
    run_id = engine.submit(prices_of_module, LONG)
    engine.wait(run_id, timeout=90)
    return engine.run(run_id).weights


@pytest.mark.parametrize("number", [1, 2])
def test_a_killed_worker_costs_nothing_but_time(engine, prices, undisturbed, number):
    run_id = engine.submit(prices, LONG)
    network = networks(engine, run_id)[number - 1]
    until(lambda: network.state is not None and network.worker)
    kill_worker_of(network)
    view = engine.wait(run_id, timeout=90)
    assert view.status == "finished", view.error
    assert network.deaths == 1
    assert len(view.gaps) == (number == 1)
    assert equal(engine.run(run_id).weights, undisturbed)


def test_training_on_continues_every_network(engine, prices):
    run_id = engine.submit(prices, CONFIG.but(epochs=10))
    engine.wait(run_id)
    with pytest.raises(ConfigError, match="all its epochs"):
        engine.go_on(run_id)
    engine.go_on(run_id, more_epochs=15)
    assert engine.wait(run_id).config.train.epochs == 25
    straight = engine.submit(prices, CONFIG.but(epochs=25))
    engine.wait(straight)
    assert equal(engine.run(run_id).weights, engine.run(straight).weights)


def test_further_networks_step_aside_for_a_run_and_go_on_where_they_were(engine, prices):
    several = engine.submit(prices, ENDLESS.but(n_networks=2), owner="a")
    after_epoch(engine, several, 5)
    after_epoch(engine, several, 5, number=2)
    other = engine.submit(prices, presets.classic().but(epochs=60), owner="b")
    assert engine.wait(other, timeout=60).status == "finished", "it waited for the others' end"
    first, second = networks(engine, several)
    done = len(second.history)
    after_epoch(engine, several, done + 5, number=2)
    engine.stop(several)
    engine.wait(several)
    assert (first.deaths, second.deaths) == (0, 0)
    alone = engine.submit(prices, CONFIG.but(n_networks=1, seed=8, epochs=len(second.history)))
    view = engine.wait(alone)
    assert [e.val_loss for e in second.history] == [e.val_loss for e in view.history]


def test_networks_and_the_runs_of_others_all_come_to_their_end(engine, prices, in_one_process):
    several = engine.submit(prices, CONFIG, owner="a")
    others = [engine.submit(prices, CONFIG.but(n_networks=1), owner=owner) for owner in "bcd"]
    for run_id in (several, *others):
        assert engine.wait(run_id, timeout=90).status == "finished"
    assert same(engine, several, in_one_process)


def test_discard_ends_all_networks_and_can_be_undone(engine, prices):
    run_id = engine.submit(prices, ENDLESS)
    after_epoch(engine, run_id, 3)
    after_epoch(engine, run_id, 3, number=2)
    engine.discard(run_id)
    assert engine.job(run_id) is None
    engine._find(run_id).idle.wait(30)
    assert not engine._foreman._stints
    engine.bring_back(run_id)
    assert engine.job(run_id).status == "stopped"
    assert engine.run(run_id).n_networks == 2


def test_divergence_of_the_first_network_ends_the_run_with_the_setting_to_change(engine, prices):
    config = CONFIG.but(optimizer="sgd", learning_rate=10.0, activation="relu")
    view = engine.wait(engine.submit(prices, config))
    assert view.status == "failed"
    assert "no number any more" in view.error.what
    assert not engine._foreman._stints


def test_after_another_start_all_networks_go_on_even_if_there_is_one_worker(tmp_path, prices):
    config = CONFIG.but(epochs=200, n_networks=2)
    engine = Engine(RunStore(tmp_path / "runs"), n_workers=2)
    run_id = engine.submit(prices, config)
    until(lambda: all(n.state is not None for n in networks(engine, run_id)), 90)
    until(lambda: (engine.store.folder(run_id) / "state-2.npz").exists())
    engine.close()
    assert engine.store.record(run_id)["status"] == "interrupted"

    again = Engine(RunStore(tmp_path / "runs"), n_workers=1)
    try:
        began = [network.state.epoch for network in networks(again, run_id)]
        assert all(began)
        again.go_on(run_id)
        view = again.wait(run_id, timeout=120)
        assert view.status == "finished", view.error
        assert [network.n_epochs for network in view.networks] == [200, 200]
        straight = again.submit(prices, config)
        again.wait(straight, timeout=120)
        assert equal(again.run(run_id).weights, again.run(straight).weights)
    finally:
        again.close()
