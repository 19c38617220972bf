"""The lesson on epochs and batches, with the numbers of the next run."""

from __future__ import annotations

import streamlit as st

from forecast import charts, lessons
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from pages.learn import settings, words_own
from ui import errors, layout, state


def panel() -> None:
    """Settings, the count in a sentence and in figures, and an epoch drawn."""
    data = state.dataset()
    st.subheader("An epoch, cut into batches", anchor=False, help=GLOSSARY["epoch"])
    config = settings.sliders("batch_size", "epochs")
    try:
        found = lessons.batches(len(data.series), config)
    except ForecastError as error:
        errors.show(error)
        return
    st.markdown(words_own.batches(found))
    layout.figures(
        "batches",
        [
            ("Training windows", f"{found.n_train:,}", GLOSSARY["window"]),
            ("Batches", f"{found.n:,}", GLOSSARY["batch_size"]),
            ("Epochs", f"{found.epochs:,}", GLOSSARY["epochs"]),
            ("Corrections in all", f"{found.corrections:,}", words_own.in_all(found)),
        ],
    )
    layout.chart(
        charts.learning.batches(found),
        key="learn-batches",
        label=f"One bar a batch: {found.n:,} batches of {found.size:,} windows, "
        f"the last of {found.last:,}.",
        config={"displayModeBar": False},
    )
    st.markdown(words_own.meaning(found, config))
    layout.next_step(("train", "Watch it happen"))
