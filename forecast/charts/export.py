"""Figures for a page that is opened without the app and without the internet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from forecast import style

STANDOFF = 12  # pixels from the labels of an axis to its title


def library() -> str:
    """Plotly's JavaScript, to be put into a page once."""
    script: str = get_plotlyjs()
    return script


def division(figure: Any, name: str) -> str:
    """One figure as HTML, to stand in a page that has the ``library``.

    Args:
        figure: a Plotly figure, or its plain values.
        name: the element's id, unlike any other on the page.
    """
    shown = _standing_alone(figure)
    html: str = shown.to_html(
        full_html=False,
        include_plotlyjs=False,
        div_id=name,
        config=style.CONFIG,
        default_width="100%",
    )
    return html


def _standing_alone(figure: Any) -> go.Figure:
    """A copy with what the app's theme gives a figure: its grid, and room for what axes say.

    Whatever theme is loaded is baked into a figure when it is made; Streamlit's asks for no room,
    as Streamlit does so in the browser.
    """
    copy = go.Figure(figure)
    copy.layout.template = "plotly_white"
    copy.update_layout(width=None, autosize=True)
    copy.update_xaxes(automargin=True, title_standoff=STANDOFF)
    copy.update_yaxes(automargin=True, title_standoff=STANDOFF)
    return copy


def divisions(figures: Sequence[Any]) -> list[str]:
    """Several figures, each with an id of its own."""
    return [division(figure, f"chart-{i}") for i, figure in enumerate(figures, start=1)]
