"""Sliders of the next run within a lesson: they are those of the Train page."""

from __future__ import annotations

import streamlit as st

from forecast.config import Config
from ui import state, widgets


def sliders(*names: str) -> Config:
    """The sliders ``names`` in a row, and the settings with what they say.

    A value beyond its slider's range, as a link may bring it, is left as it is and has no slider.
    """
    before = state.config()
    fitting = [
        name
        for name in names
        if widgets.SLIDERS[name][0] <= before.value(name) <= widgets.SLIDERS[name][1]
    ]
    values: dict[str, int] = {}
    if fitting:
        for column, name in zip(st.columns(len(fitting), gap="large"), fitting, strict=True):
            with column:
                values[name] = widgets.slider(name, before, page="learn-")
    config = before.but(**values)
    state.keep_config(config)
    return config
