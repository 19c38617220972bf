"""What a run's network says from another day: asked of a worker once, then kept for a while."""

from __future__ import annotations

import streamlit as st

from forecast.history import Outlook
from forecast.runs import Run
from ui import state


def from_day(run: Run, n_known: int) -> Outlook:
    """As ``Engine.look_back``.

    Raises:
        ConfigError, EngineError: as there.
    """
    return _asked(run.id, len(run.history), n_known, run)


@st.cache_data(max_entries=200, show_spinner=False)
def _asked(run_id: str, n_epochs: int, n_known: int, _run: Run) -> Outlook:
    # A run that trains on keeps its id, so its epochs belong to the name under which this is kept.
    return state.engine().look_back(_run, n_known)
