"""The run's panel on Train: the sentence, the way back through the epochs, and the advice."""

from __future__ import annotations

import dataclasses
import math

import pytest

from forecast import evaluation, presets
from forecast.history import EpochMetrics
from forecast.jobs import Job
from forecast.runs import Origin
from pages.train import progress
from tests.data import random_walk
from tests.pages.test_pages import button, go, metric, slider, texts
from tests.recorded import recorded_run
from ui import state


def memorised(i):
    """From epoch 20 on the training loss goes on falling and the validation loss rises."""
    val_loss = 1 / i if i <= 20 else 0.05 + 0.002 * (i - 20)
    preview = tuple(100.0 + i for _ in range(7))
    return EpochMetrics(
        i, 1 / i, val_loss, 0.2, 0.3, 0.01, val_error=10 * val_loss, val_direction=0.6,
        preview=preview,
    )  # fmt: skip


@pytest.fixture
def run():
    """A finished run with a history written by hand, known from its folder alone."""
    store = state.engine().store
    series = random_walk(300)
    job = Job(series, presets.classic().but(epochs=60, n_rows=300), Origin("prices.csv", "$"))
    job.status = "finished"
    store.create(job.record(), series)
    store.append(job.id, [memorised(i) for i in range(1, 61)], None)
    yield job.id
    store.delete(job.id)


def shown(app, run):
    fresh = type(app).from_file(app._script_path, default_timeout=120)
    fresh.query_params["run"] = run
    return go(fresh.run(), "train")


def test_the_sentence_and_the_cards_are_about_the_last_epoch(app, run):
    app = shown(app, run)
    assert "Epoch 60:" in texts(app)
    assert metric(app, "Epoch") == "60"
    assert metric(app, "Typical error") == "\\$1.30"
    assert metric(app, "Best epoch") == "20"
    assert metric(app, "Right direction") == "60 %"


def test_the_slider_goes_back_to_an_earlier_epoch(app, run):
    app = shown(app, run)
    slider(app, "Look at epoch").set_value(20).run()
    assert not app.exception
    assert "Epoch 20:" in texts(app)
    assert metric(app, "Epoch") == "20"
    assert metric(app, "Typical error") == "\\$0.50"


@pytest.mark.parametrize("changes", [{"restore_best": True}, {}], ids=["best", "last"])
def test_what_is_kept_stays_on_show_until_another_epoch_is_looked_at(app, changes):
    recorded = recorded_run(**changes)
    recorded.save(state.engine().store.root / recorded.id)
    kept = 20 if changes else 60
    app = shown(app, recorded.id)
    look = slider(app, "Look at epoch")
    assert look.value == kept
    next(t for t in app.toggle if t.label == "Logarithmic axis").set_value(True).run()
    assert f"Kept: epoch {kept}" in texts(app)
    assert metric(app, "Epoch") == f"{kept}"
    slider(app, "Look at epoch").set_value(30).run()
    assert "Epoch 30:" in texts(app)
    assert metric(app, "Epoch") == "30"
    slider(app, "Look at epoch").set_value(kept).run()
    assert not app.exception
    assert f"Kept: epoch {kept}" in texts(app)


def test_a_finished_run_has_one_typical_error_that_of_its_forecast(app):
    recorded = recorded_run(restore_best=True)
    at_odds = tuple(dataclasses.replace(e, val_error=77.0) for e in recorded.history)
    recorded = dataclasses.replace(recorded, history=at_odds, gate=0.9)
    recorded.save(state.engine().store.root / recorded.id)
    error = evaluation.scores(recorded).mae
    assert math.isfinite(error)
    app = shown(app, recorded.id)
    assert metric(app, "Typical error") == f"\\${error:,.2f}"
    assert f"It is off by \\${error:,.2f} on average" in texts(app)
    slider(app, "Look at epoch").set_value(30).run()
    assert metric(app, "Typical error") == "\\$77.00", "the network's own, in that epoch"


def test_where_the_start_is_kept_no_card_shows_another_epoch(app):
    recorded = dataclasses.replace(recorded_run(restore_best=True), best_epoch=0, gate=0.0)
    recorded.save(state.engine().store.root / recorded.id)
    app = shown(app, recorded.id)
    assert "Kept: the start" in texts(app)
    assert metric(app, "Epoch") == "start"
    assert metric(app, "Right direction") == "–"


def test_one_click_puts_the_advice_into_the_sliders(app, run):
    app = shown(app, run)
    assert "Since epoch 20 it memorises" in texts(app)
    assert "from \\$0.50 to \\$1.30" in texts(app)
    early = next(t for t in app.toggle if t.label == "Early stopping")
    assert not early.value
    button(app, "Apply").click().run()
    assert not app.exception
    assert next(t for t in app.toggle if t.label == "Early stopping").value
    assert slider(app, "Patience").value == 15
    assert next(t for t in app.toggle if t.label.startswith("Forecast with the best")).value
    assert "Set for the next run" in texts(app)
    assert not [b for b in app.button if b.key == "apply-memorising"]


@pytest.mark.parametrize("status", ["finished", "paused", "stopped"])
def test_after_a_few_epochs_it_is_too_early_to_call_a_run_healthy(app, run, status):
    store = state.engine().store
    (store.folder(run) / "epochs.jsonl").write_text("")
    store.append(run, [memorised(i) for i in range(1, 4)], None)
    store.mark({**store.record(run), "status": status})
    app = shown(app, run)
    assert "Nothing to mend" not in texts(app)
    assert "Too early to tell" in texts(app)


def test_a_run_that_waits_for_its_worker_gets_ready_and_a_resumed_one_says_from_where(app, run):
    waiting = dataclasses.replace(state.engine().view(run), status="queued")
    assert progress._sentence(waiting, 60).startswith("Going on from epoch 60: getting ready")
    new = dataclasses.replace(waiting, history=())
    assert progress._sentence(new, 60).startswith("Getting ready: the first epoch takes a moment")


def test_before_a_run_the_sentence_says_what_has_to_be_beaten(app):
    go(app, "train")
    assert "Nothing trained yet." in texts(app)
    assert "“Same as today” is off by \\$3.57" in texts(app)
    assert metric(app, "Same as today") == "\\$3.57"


def test_a_run_without_errors_in_the_unit_is_shown_by_its_loss(app, run):
    store = state.engine().store
    old = [
        dataclasses.replace(memorised(i), val_error=float("nan"), preview=()) for i in range(1, 13)
    ]
    (store.folder(run) / "epochs.jsonl").write_text("")
    store.append(run, old, None)
    app = shown(app, run)
    assert "Epoch 12: validation loss 0.08333" in texts(app)
    assert metric(app, "Typical error") == "–"


def test_another_preset_answers_the_same_question(app):
    go(app, "train")
    slider(app, "Horizon").set_value(12).run()
    slider(app, "Past steps").set_value(9).run()
    button(app, "Classic").click().run()
    assert slider(app, "Horizon").value == 12
    assert slider(app, "Past steps").value == presets.classic().window.n_steps_in
