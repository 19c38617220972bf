"""A ForecastError as a message on the page: what happened, and the way out."""

from __future__ import annotations

import streamlit as st

from forecast.errors import ForecastError
from ui import state
from ui.formats import plain


def show(error: ForecastError) -> None:
    """Show ``error`` where it happened; everything else on the page stays."""
    lines = [f"**{plain(error.what)}**"]
    if error.expected:
        lines.append(f"Expected: {plain(error.expected)}")
    if error.received:
        lines.append(f"Received: {plain(error.received)}")
    if error.fix:
        lines.append(plain(error.fix))
    st.error("  \n".join(lines))


def start_failed(error: ForecastError) -> None:
    """Remember why a run could not start, to be shown once."""
    state.keep(state.START_ERROR, error)


def take_start_error() -> ForecastError | None:
    error: ForecastError | None = state.recall(state.START_ERROR)
    state.keep(state.START_ERROR, None)
    return error
