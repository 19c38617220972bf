"""The lesson on windows: one that slides along the series in use, at the settings in use."""

from __future__ import annotations

import streamlit as st

from forecast import charts, lessons
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from pages.learn import settings, words_own
from ui import errors, formats, layout, state
from ui.components.window_view import window_view


def panel() -> None:
    """Settings, the sentence, the window, and its numbers."""
    data = state.dataset()
    st.subheader("A series becomes questions and answers", anchor=False, help=GLOSSARY["window"])
    config = settings.sliders("n_steps_in", "n_steps_out")
    try:
        slide = lessons.slide(data.series, config)
    except ForecastError as error:
        errors.show(error)
        return
    st.markdown(words_own.windows(slide, config))
    recent = data.series.iloc[-slide.n_rows :]
    window_view(
        charts.learning.windows(recent, slide, data.unit),
        slide,
        [formats.date(when) for when in recent.index[list(slide.rows)]],
        [formats.value(number, data.unit) for number in slide.values],
        key="window-view",
        label="The series with one window marked on it, and below it that window from near by: X, "
        "what the network sees, then y, what it shall answer. The table beside it has the numbers.",
    )
    st.caption(words_own.in_use(data.name, slide.n_rows, slide.thinned))
    layout.next_step(("train", "Train a network on these windows"))
