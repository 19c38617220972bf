"""What has just been called up, brought into view where it lies off screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "forecast_into_view",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "into_view.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def into_view(key: str) -> None:
    """Scroll to the container of that ``key``, inside which this is called, when it appears."""
    _component(key=f"{key}-into-view", data={"what": key}, height=1)
