"""The replay of a recorded run on the Train page: labelled, steered, and without a worker."""

from __future__ import annotations

import re
import time

import pytest

from forecast import replay as replaying
from tests.pages.test_pages import button, go, metric, texts
from tests.recorded import recorded_run
from ui import state


@pytest.fixture
def run(app):
    run = recorded_run(n_epochs=60, seconds=0.1)
    run.save(state.engine().store.root / run.id)
    app.query_params["run"] = run.id
    return run


def clock(monkeypatch, moment):
    monkeypatch.setattr(time, "time", lambda: moment)


def speeds(app):
    return next(g for g in app.segmented_control if "×20" in g.options)


def test_a_replay_shows_the_epochs_of_its_moment_and_says_what_it_is(app, run, monkeypatch):
    go(app, "train")
    assert metric(app, "Epoch") == "60"
    now = time.time()
    clock(monkeypatch, now)
    button(app, "Replay").click().run()
    assert not app.exception
    assert f"Replay of run {run.id[:6]}, ×4" in texts(app)
    assert "Nothing is being trained" in texts(app)
    assert metric(app, "Epoch") == "–"
    clock(monkeypatch, now + 0.51)  # 2.04 recorded seconds: twenty epochs of a tenth
    app.run()
    assert metric(app, "Epoch") == "20"
    assert metric(app, "Best epoch") == "20"


def test_pause_play_speed_restart_and_leave(app, run, monkeypatch):
    go(app, "train")
    now = time.time()
    clock(monkeypatch, now)
    button(app, "Replay").click().run()
    clock(monkeypatch, now + 0.51)
    button(app, "Pause replay").click().run()
    clock(monkeypatch, now + 100)
    app.run()
    assert metric(app, "Epoch") == "20"
    button(app, "Play").click().run()
    speeds(app).set_value("×20").run()
    assert not app.exception
    clock(monkeypatch, now + 101)  # 20 recorded seconds later: beyond its 6 seconds
    app.run()
    assert metric(app, "Epoch") == "60"
    assert "Kept: epoch 60" in texts(app), "it ends with the run's own result"
    button(app, "Restart").click().run()
    assert metric(app, "Epoch") == "–"
    button(app, "Leave replay").click().run()
    assert metric(app, "Epoch") == "60"
    assert "Replay of run" not in texts(app)


def test_a_new_run_ends_the_replay(app, run):
    go(app, "train")
    button(app, "Replay").click().run()
    button(app, "Train").click().run()
    assert not app.exception
    assert _linked(app) != run.id
    assert "Replay of run" not in texts(app)
    state.engine().stop(_linked(app))


def test_a_replay_asks_nothing_of_a_worker(app, run, monkeypatch):
    monkeypatch.setattr(state.engine(), "submit", None)
    monkeypatch.setattr(state.engine(), "go_on", None)
    go(app, "train")
    button(app, "Replay").click().run()
    assert re.search(r"Replay ×4 · epoch \d+ of 60", str(app.get("progress")[0].proto))
    assert speeds(app).options == list(replaying.SPEEDS)


def _linked(app):
    value = app.query_params["run"]
    return value[0] if isinstance(value, list) else value
