"""Figures for a page that is opened without the app and without the internet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

CONFIG = {"displaylogo": False, "responsive": True}


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
    shown = go.Figure(figure)
    shown.update_layout(width=None, autosize=True)
    html: str = shown.to_html(
        full_html=False, include_plotlyjs=False, div_id=name, config=CONFIG, default_width="100%"
    )
    return html


def divisions(figures: Sequence[Any]) -> list[str]:
    """Several figures, each with an id of its own."""
    return [division(figure, f"chart-{i}") for i, figure in enumerate(figures, start=1)]
