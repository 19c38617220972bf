"""What happens to a run when processes die, disks fill and people change their minds.

Kills only processes that these tests started.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import forecast
from forecast import presets
from forecast.engine import Engine
from forecast.errors import ConfigError
from forecast.runs import Origin, Run
from forecast.store import RunStore

ENDLESS = presets.classic().but(epochs=100_000)


def until(condition, seconds=150.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def after_epoch(engine, run_id, epoch):
    until(lambda: len(engine.job(run_id).history) >= epoch)


def kill_worker_of(engine, run_id):
    """SIGKILL for the worker process that trains this run."""
    port = int(engine._find(run_id).worker.rsplit(":", 1)[1])
    for child in psutil.Process().children(recursive=True):
        if any(c.status == "LISTEN" and c.laddr.port == port for c in child.net_connections()):
            child.kill()
            return
    raise AssertionError("no such worker")


def losses(epochs):
    return [epoch.loss for epoch in epochs]


def test_a_killed_worker_costs_nothing_but_time(engine, prices):
    config = presets.classic().but(epochs=250)
    run_id = engine.submit(prices, config)
    until(lambda: engine._find(run_id).state is not None)
    kill_worker_of(engine, run_id)
    view = engine.wait(run_id, timeout=150)
    assert view.status == "finished", view.error
    assert len(view.gaps) == 1
    assert [e.epoch for e in view.history] == list(range(1, 251))
    other = engine.wait(engine.submit(prices, config), timeout=150)
    assert losses(view.history) == losses(other.history), "the gap changed the figures"
    assert Run.load(engine.store.folder(run_id)).history == view.history


def test_after_repeated_deaths_a_run_fails_with_a_reason_and_its_best_weights(
    engine, prices, monkeypatch
):
    monkeypatch.setattr("forecast.endings.MOST_DEATHS", 1)
    run_id = engine.submit(prices, ENDLESS)
    until(lambda: engine._find(run_id).state is not None)
    for _ in range(2):
        until(lambda: engine.job(run_id).status == "running" and engine._find(run_id).worker)
        kill_worker_of(engine, run_id)
        until(lambda: engine.job(run_id).status != "running")
    view = engine.wait(run_id, timeout=150)
    assert view.status == "failed"
    assert "ended unexpectedly" in str(view.error)
    assert len(engine.run(run_id).forecast()) == 7


def test_pause_frees_the_worker_and_resume_goes_on_as_if_nothing_had_happened(engine, prices):
    config = presets.classic().but(epochs=60)
    run_id = engine.submit(prices, config)
    after_epoch(engine, run_id, 5)
    engine.pause(run_id)
    view = engine.wait(run_id)
    assert view.status == "paused"
    assert 5 <= len(view.history) < 60
    engine.go_on(run_id)
    view = engine.wait(run_id)
    assert view.status == "finished"
    straight = engine.wait(engine.submit(prices, config))
    assert losses(view.history) == losses(straight.history)


def test_training_on_continues_with_the_optimiser_as_it_was(engine, prices):
    config = presets.classic().but(epochs=10)
    run_id = engine.submit(prices, config)
    engine.wait(run_id)
    with pytest.raises(ConfigError, match="all its epochs"):
        engine.go_on(run_id)
    engine.go_on(run_id, more_epochs=15)
    view = engine.wait(run_id)
    assert view.config.train.epochs == 25
    straight = engine.wait(engine.submit(prices, config.but(epochs=25)))
    assert losses(view.history) == losses(straight.history)
    assert engine.run(run_id).forecast().equals(engine.run(straight.id).forecast())


def test_two_runs_train_at_once_and_a_third_waits_its_turn(engine, prices):
    first, second, third = (engine.submit(prices, ENDLESS, owner=o) for o in ("a", "a", "b"))
    after_epoch(engine, first, 1)
    after_epoch(engine, second, 1)
    assert engine.job(third).status == "queued"
    assert engine.job(third).place == 1
    assert engine.job(third).wait > 60  # the others have a hundred thousand epochs to go
    engine.stop(first)
    after_epoch(engine, third, 1)
    for run_id in (second, third):
        engine.stop(run_id)
        assert engine.wait(run_id).status == "stopped"


def test_a_run_stopped_while_it_waits_never_starts(engine, prices):
    busy = [engine.submit(prices, ENDLESS) for _ in range(2)]
    for run_id in busy:
        after_epoch(engine, run_id, 1)
    waiting = engine.submit(prices, ENDLESS)
    engine.stop(waiting)
    assert engine.wait(waiting).status == "stopped"
    assert engine.job(waiting).history == ()
    for run_id in busy:
        engine.stop(run_id)
        engine.wait(run_id)


def test_discard_can_be_undone_even_for_a_live_run(engine, prices):
    run_id = engine.submit(prices, ENDLESS)
    after_epoch(engine, run_id, 3)
    engine.discard(run_id)
    assert engine.job(run_id) is None
    assert run_id not in [record["id"] for record in engine.store.records()[0]]
    engine._find(run_id).idle.wait(30)
    engine.bring_back(run_id)
    assert engine.job(run_id).status == "stopped"
    assert len(Run.load(engine.store.folder(run_id)).forecast()) == 7


def test_divergence_ends_the_run_with_the_setting_to_change(engine, prices):
    config = presets.classic().but(optimizer="sgd", learning_rate=10.0, activation="relu")
    run_id = engine.submit(prices, config)
    view = engine.wait(run_id)
    assert view.status == "failed"
    assert "no number any more" in view.error.what
    assert "tanh" in view.error.fix


def test_a_disk_that_cannot_be_written_does_not_end_the_run(engine, prices, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("forecast.folders.write_file", full)
    monkeypatch.setattr("forecast.folders.append_epochs", full)
    run_id = engine.submit(prices, presets.classic().but(epochs=30))
    after_epoch(engine, run_id, 3)
    assert "No space left" in engine.job(run_id).disk_trouble
    view = engine.wait(run_id)
    assert view.status == "finished"
    assert "No space left" in view.disk_trouble
    assert len(engine.run(run_id).forecast()) == 7


def test_when_the_disk_has_room_again_the_whole_run_is_written(engine, prices, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            "forecast.folders.append_epochs", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
        )
        run_id = engine.submit(prices, presets.classic().but(epochs=150))
        after_epoch(engine, run_id, 20)
    view = engine.wait(run_id)
    assert view.disk_trouble == ""
    assert Run.load(engine.store.folder(run_id)).history == view.history


def test_after_a_killed_server_the_run_is_listed_as_interrupted_and_can_go_on(tmp_path, prices):
    prices.to_frame().to_parquet(tmp_path / "prices.parquet")
    program = (
        "import sys, time, pandas as pd\n"
        "from forecast import presets; from forecast.engine import Engine\n"
        "engine = Engine(n_workers=1)\n"
        "series = pd.read_parquet(sys.argv[1])['Close']\n"
        "run = engine.submit(series, presets.classic().but(epochs=2000), owner='me')\n"
        "while not (engine.store.folder(run) / 'state.npz').exists(): time.sleep(0.02)\n"
        "print(run, flush=True); time.sleep(600)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "prices.parquet")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "FORECAST_HOME": str(tmp_path)},
    )
    run_id = server.stdout.readline().strip()
    server.kill()
    server.wait()
    folder = tmp_path / "runs" / run_id
    assert json.loads((folder / "run.json").read_text())["status"] in ("queued", "running")

    again = Engine(RunStore(tmp_path / "runs"), n_workers=1)
    try:
        until(lambda: again.store.record(run_id)["status"] == "interrupted")
        view = again.job(run_id)
        assert view.status == "interrupted"
        done = len(view.history)
        assert done > 0
        again.go_on(run_id)
        after_epoch(again, run_id, done + 5)
        again.stop(run_id)
        view = again.wait(run_id)
        assert view.status == "stopped"
        assert len(view.gaps) == 1
        straight = list(forecast.train(prices, presets.classic().but(epochs=done + 5)))
        assert losses(view.history)[: done + 5] == pytest.approx(losses(straight), rel=1e-4)
    finally:
        again.close()


def test_a_server_that_ends_in_order_leaves_its_runs_interrupted(tmp_path, prices):
    engine = Engine(RunStore(tmp_path / "runs"), n_workers=1)
    run_id = engine.submit(prices, ENDLESS, Origin("Prices", "$"))
    after_epoch(engine, run_id, 2)
    engine.close()
    assert engine.store.record(run_id)["status"] == "interrupted"


def test_a_damaged_folder_is_named_and_hides_no_other(engine, prices):
    run_id = engine.submit(prices, presets.classic().but(epochs=1))
    engine.wait(run_id)
    broken = engine.store.root / ("f" * 32)
    broken.mkdir()
    Path(broken / "run.json").write_text('{"format": 1, "id"')
    records, damaged = engine.store.records()
    assert run_id in [record["id"] for record in records]
    assert damaged == ["f" * 32]


def test_a_half_written_folder_is_not_listed(engine):
    (engine.store.root / ("e" * 32)).mkdir(parents=True)
    records, damaged = engine.store.records()
    assert "e" * 32 not in [record["id"] for record in records]
    assert "e" * 32 not in damaged
