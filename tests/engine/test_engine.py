"""Jobs on a real worker process: the same figures as here, streamed, stopped, kept."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

import forecast
from forecast import presets
from forecast.cluster import EmbeddedCluster
from forecast.engine import Engine
from forecast.errors import ConfigError, DataError
from forecast.runs import Origin, Run
from forecast.store import RunStore


def test_a_run_in_a_worker_equals_a_run_here(engine, prices):
    config = presets.classic().but(epochs=5)
    run_id = engine.submit(prices, config, Origin("Prices", "$"))
    view = engine.wait(run_id)
    assert view.status == "finished", view.error
    here = list(forecast.train(prices, config))
    for name in ("loss", "val_loss"):  # to the last digit, as both sum on one thread
        assert [getattr(e, name) for e in view.history] == [getattr(e, name) for e in here]
    assert engine.run(run_id).origin == Origin("Prices", "$")


def test_epochs_arrive_one_by_one_while_the_run_is_live(engine, prices):
    run_id = engine.submit(prices, presets.classic().but(epochs=200))
    seen = set()
    while engine.job(run_id).live:
        seen.add(len(engine.job(run_id).history))
        time.sleep(0.002)
    assert len(seen) > 20
    assert [e.epoch for e in engine.job(run_id).history] == list(range(1, 201))


def test_stop_ends_within_an_epoch_or_two_and_keeps_the_best_weights(engine, prices):
    run_id = engine.submit(prices, presets.classic().but(epochs=100_000))
    while not engine.job(run_id).history:
        time.sleep(0.01)
    engine.stop(run_id)
    before = time.monotonic()
    view = engine.wait(run_id, timeout=10)
    assert view.status == "stopped"
    assert time.monotonic() - before < 2
    run = engine.run(run_id)
    assert len(run.forecast()) == 7
    assert run.best_epoch == view.best_epoch


def test_what_ended_is_on_disk_as_a_whole_run(engine, prices):
    run_id = engine.submit(prices, presets.classic().but(epochs=3), Origin("Prices", "$"))
    engine.wait(run_id)
    run = Run.load(engine.store.folder(run_id))
    assert run.history == engine.job(run_id).history
    assert run.status == "finished"
    assert run.forecast().equals(engine.run(run_id).forecast())


def test_what_cannot_work_is_refused_before_anything_is_sent(engine, prices):
    with pytest.raises(ConfigError):
        engine.submit(prices.iloc[:20], presets.classic())
    with pytest.raises(DataError):
        engine.submit(prices.rename_axis("x").iloc[::-1], presets.classic())


def test_another_local_process_without_the_certificate_is_refused(engine, prices):
    engine.wait(engine.submit(prices, presets.classic().but(epochs=1)))
    program = (
        "import sys; from distributed import Client; from distributed.security import Security\n"
        "security = Security.temporary() if sys.argv[2] == 'other' else None\n"
        "Client(sys.argv[1], security=security, timeout=3)"
    )
    address = engine._foreman.link.cluster.address
    for kind, target in (("other", address), ("none", address), ("none", "tcp" + address[3:])):
        result = subprocess.run(
            [sys.executable, "-c", program, target, kind],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode != 0, f"a client with {kind} certificate got in"
    assert engine.wait(engine.submit(prices, presets.classic().but(epochs=1))).status == "finished"


def test_the_key_can_be_read_by_this_user_only(engine, prices):
    engine.wait(engine.submit(prices, presets.classic().but(epochs=1)))
    folder = engine._foreman.link.cluster._folder
    assert folder.stat().st_mode & 0o077 == 0
    for name in ("key.pem", "certificate.pem"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_when_the_server_is_killed(tmp_path):
    program = (
        "import time; from forecast.engine import Engine; engine = Engine()\n"
        "while engine._foreman.link.cluster is None or not engine.ready: time.sleep(0.05)\n"
        "import psutil; me = psutil.Process()\n"
        "pids = [child.pid for child in me.children(recursive=True)]\n"
        "print(engine._foreman.link.cluster._folder, *pids, flush=True)\n"
        "time.sleep(600)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=_env(tmp_path)
    )
    folder, *pids = server.stdout.readline().split()
    children = [psutil.Process(int(pid)) for pid in pids]
    assert len(children) >= 3  # scheduler, nanny, worker
    server.kill()
    server.wait()
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []
    assert not Path(folder).exists()


def test_an_engine_closed_before_it_has_connected_starts_nothing(tmp_path):
    engine = Engine(RunStore(tmp_path / "runs"))
    engine.close()
    ready = engine._foreman._connected
    assert ready.wait(10), "whoever waits for the connection must not wait for ever"
    assert engine._foreman.link.cluster is None


def test_what_starts_while_the_engine_is_closed_is_ended(tmp_path, monkeypatch):
    """The connection is in the middle of its start, in a thread of its own, when close comes."""
    started, go_on = threading.Event(), threading.Event()
    start = EmbeddedCluster.start

    def slow(cluster):
        started.set()
        assert go_on.wait(30)
        start(cluster)

    monkeypatch.setattr(EmbeddedCluster, "start", slow)
    engine = Engine(RunStore(tmp_path / "runs"))
    link = engine._foreman.link
    link.hurry()
    assert started.wait(30)
    engine.close()
    go_on.set()
    assert engine._foreman._connected.wait(60)
    deadline = time.monotonic() + 20
    while link.cluster._processes and time.monotonic() < deadline:
        time.sleep(0.05)
    assert link.cluster._processes == []


def _env(tmp_path):
    return {**os.environ, "FORECAST_HOME": str(tmp_path)}
