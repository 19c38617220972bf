"""The diary of this browser, and holding it against data as they are loaded."""

from __future__ import annotations

import logging

import streamlit as st

from forecast.diary import Diary
from forecast.errors import ForecastError
from ui import state

log = logging.getLogger(__name__)
_SAID = "scored"


def diary() -> Diary:
    """This browser's own."""
    return Diary(state.owner())


def take_in() -> None:
    """Hold the diary against the data in use, once each time others come into use."""
    series = state.dataset().series
    if state.recall(state.COMPARED) is series:
        return
    state.keep(state.COMPARED, series)
    try:
        n_scored = diary().compare(series)
    except ForecastError as error:
        # A full disk must not stand between a person and their data; the next load tries again.
        log.warning("The diary could not be compared: %s", error)
        return
    forecasts = "One saved forecast was" if n_scored == 1 else f"{n_scored} saved forecasts were"
    said = f"{forecasts} held against these data; the diary stands at the foot of *Forecast*."
    state.keep(_SAID, said if n_scored else "")
    if n_scored:
        st.toast(said)


def said() -> str:
    """That forecasts were held against the data in use, for as long as they are; "" if none."""
    return state.recall(_SAID) or ""
