"""The Backtest page: a way out where no test fits."""

from __future__ import annotations

from forecast import presets
from forecast.runs import Origin
from tests.data import random_walk
from tests.pages.test_compare import owner_of
from tests.pages.test_pages import button, go, slider, texts
from ui import state


def with_run(app, config, n_rows=72):
    """The page with a finished run of ``n_rows`` rows on show."""
    series, origin = random_walk(n_rows), Origin("short.csv", "")
    run_id = state.engine().submit(series, config, origin, owner_of(app))
    assert state.engine().wait(run_id, timeout=120).status == "finished"
    app.query_params["run"] = run_id
    return go(app, "backtest")


def test_where_no_test_fits_other_settings_are_one_click_away(app):
    with_run(app, presets.classic().but(epochs=1, n_rows=72))
    assert "no test fits into 72 rows" in texts(app)
    assert not app.error
    button(app, "Use these settings").click().run()
    assert "Set for the next run" in texts(app)
    with_run(app, app.session_state["config"].but(epochs=1))
    assert [error.value for error in app.error] == []


def test_a_plan_that_leaves_too_few_rows_has_a_way_back_to_one_that_fits(app):
    with_run(app, presets.classic().but(epochs=1, n_rows=72, n_steps_in=5, batch_size=8))
    slider(app, "Starting points").set_value(60).run()
    assert "leave too few rows" in app.error[0].value
    button(app, "Use a test that fits").click().run()
    assert not app.error
    assert slider(app, "Starting points").value < 60
