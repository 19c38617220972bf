"""Keys and the larger, emptier page of presenter mode."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "forecast_presenter",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "presenter.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def presenter(*, n_resets: int, again: bool) -> None:
    """Present for as long as this is drawn; the style sheet says what that hides and enlarges.

    Args:
        n_resets: how often the demo was begun anew; each time it begins with the first chart.
        again: Space replays the run on show instead of training.
    """
    _component(key="presenter", data={"resets": n_resets, "again": again}, height=1)
