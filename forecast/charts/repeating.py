"""Charts of what repeats: seasons, memory, and a series taken apart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from forecast import style
from forecast.charts.parts import change_axis, change_hover, line_of
from forecast.exploring.decomposition import Decomposition
from forecast.exploring.memory import Memory
from forecast.exploring.seasons import Seasonality
from forecast.style import BLUE, GREEN, GREY, ORANGE

BAND = "rgba(138,148,163,0.22)"  # GREY, to fill areas with
PALE = "rgba(138,148,163,0.75)"  # GREY: inside the band


def season(found: Seasonality, unit: str) -> go.Figure:
    """A bar for each group, with its 95 % interval; grey where the groups cannot be told apart."""
    figure = go.Figure(
        go.Bar(
            x=[label if len(found.labels) > 12 else label[:3] for label in found.labels],
            y=found.average,
            customdata=found.labels,
            error_y={"array": found.error, "color": GREY, "thickness": 1.3, "width": 3},
            marker={"color": BLUE if found.clear else PALE, "line": {"width": 0}},
            hovertemplate="%{customdata}: "
            + change_hover(unit, found.in_percent)
            + "<extra></extra>",
        ),
        style.layout(height=320, showlegend=False, hovermode="closest", margin_t=16, bargap=0.25),
    )
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    change_axis(figure, unit, found.in_percent)
    return figure


def memory(found: Memory, steps: str) -> go.Figure:
    """A bar for each lag; the band is where chance alone keeps 95 in 100."""
    lags = np.arange(1, len(found.values) + 1)
    outside = np.abs(found.values) > found.band
    figure = go.Figure(layout=style.layout(height=320, hovermode="x", margin_t=16, bargap=0.35))
    for sign in (-1, 1):
        figure.add_trace(
            go.Scatter(
                x=lags,
                y=sign * found.band,
                mode="lines",
                line={"width": 0},
                fill=None if sign < 0 else "tonexty",
                fillcolor=BAND,
                hoverinfo="skip",
                showlegend=False,
            )
        )
    figure.add_trace(
        go.Bar(
            x=lags,
            y=found.values,
            marker={"color": [BLUE if far else PALE for far in outside], "line": {"width": 0}},
            hovertemplate=f"%{{x}} {steps} apart: %{{y:.3f}}<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    figure.update_xaxes(title_text=f"Lag: {steps} apart")
    figure.update_yaxes(title_text="Autocorrelation")
    return figure


def decomposition(found: Decomposition, unit: str) -> go.Figure:
    """Trend, season and remainder below each other on the same dates."""
    parts = (
        ("Trend", found.trend, BLUE),
        ("Season", found.season, GREEN),
        ("Remainder", found.remainder, ORANGE),
    )
    figure = make_subplots(
        rows=3,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.08,
        subplot_titles=[name for name, _, _ in parts],
    )
    for row, (name, values, color) in enumerate(parts, start=1):
        drawn = line_of(values, name, unit, color=color)
        drawn.update(line={"width": 1.3})
        figure.add_trace(drawn, row=row, col=1)
        change_axis(figure, unit, False, row=row, col=1)
        if row > 1:
            figure.add_hline(y=0, line={"color": GREY, "width": 1}, row=row, col=1)
    figure.update_layout(style.layout(height=560, showlegend=False))
    figure.update_yaxes(title_text=None, nticks=5)
    for title in figure.layout.annotations:
        title.update(x=0, xanchor="left", font={"size": 13})
    return figure
