"""5 · Backtest: what would have been said at past origins, held against what came."""

import streamlit as st

from forecast.errors import ForecastError
from pages.backtest import progress, results, settings
from ui import errors, layout, state

layout.head(
    "Backtest",
    "How good would the forecasts have been? The network goes back in time, says what comes next "
    "many times over, and is held against what came.",
)

job = state.job()
if job is None and state.run_id() is None:
    layout.missing(
        "There is nothing to test yet: no network has been trained.", "train", "Train one"
    )
    st.stop()
if job is not None and job.live:
    layout.missing("The network is still training.", "train", "Watch it")
    st.stop()
try:
    run = state.engine().run(state.run_id())
    found = state.engine().backtests.result(run.id)
except ForecastError as error:
    errors.show(error)
    layout.missing("This run cannot be tested.", "train", "Train again")
    st.stop()

layout.which_run()
layout.of_other_data("This backtest")
trial = state.engine().backtests.view(run.id)
plan = settings.choose(run, locked=trial is not None and trial.live)
progress.panel(run, plan, mine=job is None or state.owns(job))
if found is None:
    if trial is None or not trial.live:
        st.caption("There is no result yet: choose how to test and press *Start*.")
    st.stop()
results.show(run, found)
layout.next_step(("compare", "Compare your runs"))
