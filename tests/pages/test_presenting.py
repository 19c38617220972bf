"""For the stage: presenter mode, the demo begun anew, and the audience's link."""

from __future__ import annotations

from forecast import presets
from tests.pages.test_pages import go, slider, texts
from tests.recorded import recorded_run
from ui import state


def keys(app):
    return {element.key for element in app.button}


def test_presenting_is_entered_by_a_link_and_left_by_a_button(app):
    app.query_params["present"] = "1"
    go(app, "train")
    assert "leave-presenter" in keys(app)
    assert "present" not in app.query_params
    app.button(key="leave-presenter").click().run()
    assert "leave-presenter" not in keys(app)
    app.button(key="present").click().run()
    assert "leave-presenter" in keys(app)


def test_reset_demo_is_the_app_as_it_first_opened_and_keeps_the_runs(app):
    run = recorded_run()
    run.save(state.engine().store.root / run.id)
    app.query_params["run"] = run.id
    go(app, "train")
    slider(app, "Past steps").set_value(12).run()
    app.button(key="reset-demo").click().run()
    assert not app.exception
    assert slider(app, "Past steps").value == presets.recommended().window.n_steps_in
    assert "run" not in app.query_params
    assert (state.engine().store.root / run.id).exists()
    assert "last 500 of 2,699 rows · Recommended" in texts(app)


def test_reset_demo_says_what_it_did_and_can_be_taken_back(app):
    run = recorded_run()
    run.save(state.engine().store.root / run.id)
    app.query_params["run"] = run.id
    go(app, "train")
    slider(app, "Past steps").set_value(12).run()
    app.button(key="reset-demo").click().run()
    (said,) = app.toast
    app.button(key="reset-demo").click().run()  # once more puts nothing else away
    assert "Back to the sample Amazon, daily, and the default settings" in said.value
    assert "all runs are kept" in said.value
    app.button(key="undo-reset").click().run()
    assert not app.exception
    assert slider(app, "Past steps").value == 12
    assert app.query_params["run"] == run.id
    assert "undo-reset" not in keys(app)


def test_undo_is_not_offered_any_more_once_another_run_is_on_show(app):
    run = recorded_run()
    run.save(state.engine().store.root / run.id)
    go(app, "train")
    app.button(key="reset-demo").click().run()
    assert "undo-reset" in keys(app)
    app.query_params["run"] = run.id
    app.run()
    assert "undo-reset" not in keys(app)


def test_the_audience_is_told_how_when_only_this_machine_is_answered(app):
    run = recorded_run()
    run.save(state.engine().store.root / run.id)
    go(app, "train")
    assert "Press Train first" in texts(app)
    app.query_params["run"] = run.id
    app.run()
    assert "make run ADDRESS=0.0.0.0" in texts(app)


def test_on_stage_a_replay_takes_ten_seconds_however_short_the_run_was(app):
    run = recorded_run()
    run.save(state.engine().store.root / run.id)
    app.query_params["run"] = run.id
    go(app, "train")
    app.button(key="present").click().run()
    app.button(key="replay").click().run()
    assert "Replay of run" in texts(app)
    assert "whole in 10 s" in texts(app)
