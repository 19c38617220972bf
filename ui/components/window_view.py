"""A window that slides along a series in the browser: no request to the server a frame.

The figure is drawn once; each frame changes its traces X and y and the two marks on the series.
Buttons and slider are the browser's own, so that they can be reached by keyboard.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from forecast import style
from forecast.lessons import Slide
from ui.components import plotly

HERE = Path(__file__).parent

_component = st.components.v2.component(
    "forecast_window_view",
    html=(HERE / "window_view.html").read_text(encoding="utf-8"),
    css=(HERE / "window_view.css").read_text(encoding="utf-8"),
    js=plotly.script("window_view.js"),
    isolate_styles=False,  # Plotly puts its own style sheet into the document
)


def window_view(
    figure: Any, slide: Slide, dates: Sequence[str], values: Sequence[str], *, key: str, label: str
) -> None:
    """Draw the window; with other settings it is drawn anew in the same place.

    Args:
        figure: of ``charts.learning.windows``.
        dates: of ``slide.rows``, as people write them; likewise ``values``.
        label: what the chart shows, for those who cannot see it.
    """
    _component(
        key=key,
        data={
            "figure": json.loads(figure.to_json()),
            "n_in": slide.n_in,
            "n_out": slide.n_out,
            "n_windows": slide.n_windows,
            "n_train": slide.n_train,
            "starts": slide.starts,
            "offsets": slide.offsets,
            "numbers": slide.values.tolist(),
            "dates": list(dates),
            "values": list(values),
            "label": label,
            "plotly": plotly.address(),
            "config": style.CONFIG,
        },
    )
