"""4 · Forecast: the next steps, next to "same as today", and how far to trust them."""

import streamlit as st

from forecast import charts, evaluation
from forecast.errors import ForecastError
from pages.forecast import words
from ui import errors, formats, layout, state

layout.head("Forecast", "What the network says comes next, and how far to trust it.")

job = state.job()
if job is None and state.run_id() is None:
    layout.missing("There is no forecast yet: no network has been trained.", "train", "Train one")
    st.stop()
if job is not None and job.live:
    layout.missing("The network is still training.", "train", "Watch it")
    st.stop()
try:
    run = state.engine().run(state.run_id())
except ForecastError as error:
    errors.show(error if job is None or job.error is None else job.error)
    layout.missing("This run has no forecast.", "train", "Train again")
    st.stop()

unit = run.origin.unit
table = run.forecast()
scores = evaluation.scores(run)

st.markdown(words.says(table, float(run.series.iloc[-1]), unit))
layout.chart(
    charts.forecast(run.series, table, unit),
    key="forecast",
    label="Line chart of the known values, then the forecast of the network and “same as today”; "
    "the table below has the figures.",
    config=words.camera(run, "png"),
)
st.markdown(words.verdict(run, scores))
bands = run.bands()
if bands.note:
    st.info(bands.note)
if bands.levels:
    st.markdown(words.coverage(evaluation.coverage(run)))
layout.figures("forecast", words.figures(scores, unit))

left, right = st.columns([2, 3], gap="large")
with left:
    st.subheader(words.next_steps(len(table)), anchor=False)
    st.dataframe(words.readable(table, unit), hide_index=True)
    st.download_button(
        "Download the forecast",
        table.to_csv(index=False).encode(),
        file_name=f"{words.file_name(run)}.csv",
        mime="text/csv",
        type="primary",
    )
with right:
    st.subheader("Checked on the last known steps", anchor=False)
    last = evaluation.last_window(run)
    st.markdown(words.last_window(last, unit))
    layout.chart(
        charts.predicted_against_actual(last, unit),
        key="last-window",
        label="Line chart of the last known steps: actual, network and “same as before”; "
        "the table below has the figures.",
    )
    st.dataframe(words.readable(last, unit), hide_index=True)

st.caption(
    f"Trained on {formats.plain(run.origin.name)} with the preset {run.config.preset}. "
    "A forecast is an estimate from past values alone. This is no financial advice."
)
