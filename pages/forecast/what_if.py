"""What if you had asked on another day: the same weights, beside what really came."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import calendars, charts, evaluation
from forecast.calendars import Calendar
from forecast.errors import ForecastError
from forecast.runs import Run
from pages.forecast import past, words
from ui import errors, layout, outlooks


def panel(run: Run, calendar: Calendar) -> None:
    """Choose a day of the series; see the forecast from there and what followed."""
    st.subheader("What if you had asked on another day?", anchor=False)
    n_known = _day(run)
    unit, n_steps_out = run.origin.unit, run.config.window.n_steps_out
    try:
        with st.spinner("Asking the network …"):
            outlook = outlooks.from_day(run, n_known)
    except ForecastError as error:
        errors.show(error)
        return
    history = run.series.iloc[:n_known]
    table = run.table(history, outlook, calendar)
    placed = calendars.placed(run.series, calendar)
    came = placed.iloc[n_known : n_known + n_steps_out]
    judged = evaluation.with_actual(table, came)
    following = run.series.index[n_known:]
    seen = ""
    if len(following):
        seen = "chosen" if run.unseen(following[:1]) else "learnt"
    st.markdown(past.what_if(history, judged, unit, seen=seen))
    layout.chart(
        charts.forecast(placed.iloc[:n_known], table, unit, came=came),
        key="what-if",
        label="Line chart of the values known on the chosen day, the forecast from there with its "
        "bands, and what really came.",
    )
    with st.expander("The figures"):
        layout.table(words.readable(judged, unit), "what-if")


def _day(run: Run) -> int:
    """How many rows were known at the end of the day a person chooses."""
    index = run.series.index
    first = run.config.n_rows_in
    usual = max(len(index) - run.config.window.n_steps_out, first)
    if not isinstance(index, pd.DatetimeIndex):
        return int(
            st.number_input(
                "Start from row", first, len(index), usual, key=f"from-{run.id}", width=220
            )
        )
    day = st.date_input(
        "Start from the end of",
        evaluation.latest_day(index, usual, first),
        min_value=index[first - 1].date(),
        max_value=index[-1].date(),
        key=f"from-{run.id}",
        width=220,
    )
    return max(evaluation.rows_until(index, day), first)
