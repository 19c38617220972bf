"""The lesson on who sees which rows, and what the scaler learns of them."""

from __future__ import annotations

import streamlit as st

from forecast import charts, lessons
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from pages.learn import words_own
from ui import errors, formats, layout, state


def panel() -> None:
    """The split drawn over the series, and what follows from it in sentences."""
    data, config = state.dataset(), state.config()
    st.subheader("Who sees which rows", anchor=False, help=GLOSSARY["validation_split"])
    try:
        found = lessons.sight(data.series, config)
    except ForecastError as error:
        errors.show(error)
        return
    st.markdown(words_own.split(found))
    recent = data.series.iloc[-found.n_rows :]
    layout.chart(
        charts.learning.sight(recent, found, data.unit),
        key="learn-sight",
        label=f"The series and below it four bars. Training: rows 1 to {found.trained[1]:,}. "
        f"Validation, X: rows {found.asked[0] + 1:,} to {found.asked[1]:,}; y: rows "
        f"{found.answered[0] + 1:,} to {found.n_rows:,}. The future: after the last row.",
        config={"displayModeBar": False},
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("What the scaler learnt", anchor=False, help=GLOSSARY["scaler"])
        st.markdown(formats.dollars_safe(words_own.scaler(found, data.unit)))
    with right:
        st.subheader("Where the parts touch", anchor=False)
        st.markdown(words_own.overlap(found, config))
    st.caption(words_own.in_use(data.name, found.n_rows))
    layout.next_step(("backtest", "Test at many past moments"))
