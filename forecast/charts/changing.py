"""Charts of how a series changes: falls, changes, their spread and their volatility."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from forecast import style
from forecast.charts.parts import change_axis, change_hover, line_of
from forecast.exploring.drawdowns import Drawdown
from forecast.exploring.rolling import Volatility
from forecast.exploring.spread import Spread
from forecast.style import BLUE, GREY, ORANGE

FAINT = "rgba(224,123,0,0.25)"  # ORANGE, to fill areas with


def drawdown(found: Drawdown, unit: str) -> go.Figure:
    """Below the highest value so far: an area that hangs from zero, its deepest point marked."""
    figure = go.Figure(layout=style.layout(height=260, showlegend=False, margin_t=16))
    figure.add_trace(
        go.Scatter(
            x=found.depth.index,
            y=found.depth,
            name="Below the high",
            fill="tozeroy",
            fillcolor=FAINT,
            line={"color": ORANGE, "width": 1.4},
            hovertemplate=change_hover(unit, found.relative),
        )
    )
    if found.worst < 0:
        figure.add_trace(
            go.Scatter(
                x=[found.trough_date],
                y=[found.worst],
                name="Deepest",
                mode="markers",
                marker={"color": ORANGE, "size": 10, "line": {"color": "white", "width": 1.5}},
                hoverinfo="skip",
            )
        )
    change_axis(figure, unit, found.relative)
    return figure


def changes(moves: pd.Series, unit: str, *, in_percent: bool) -> go.Figure:
    """The changes from row to row over time."""
    drawn = line_of(moves, "Change", "", color=BLUE)
    drawn.update(line={"width": 1}, hovertemplate=change_hover(unit, in_percent))
    figure = go.Figure(drawn, style.layout(height=280, showlegend=False, margin_t=16))
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    change_axis(figure, unit, in_percent)
    return figure


def spread(found: Spread, unit: str) -> go.Figure:
    """Bars of how often each size of change came, and a normal's expectation as a line."""
    middle = (found.edges[:-1] + found.edges[1:]) / 2
    size = "%{x:+.2%}" if found.in_percent else "%{x:+,.4~g}"
    figure = go.Figure(layout=style.layout(height=340, bargap=0.04, hovermode="x"))
    figure.add_trace(
        go.Bar(
            x=middle,
            y=found.counts,
            width=found.edges[1:] - found.edges[:-1],
            name="These data",
            marker={"color": BLUE, "line": {"width": 0}},
            hovertemplate=f"about {size}: %{{y:,}} rows<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=middle,
            y=found.normal,
            name="A normal distribution",
            line={"color": ORANGE, "width": 2.5, "dash": "dash"},
            hovertemplate="a normal: %{y:,.1f}<extra></extra>",
        )
    )
    for side in (-3, 3):
        figure.add_vline(
            x=found.mean + side * found.std,
            line={"color": GREY, "width": 1, "dash": "dot"},
            annotation={"text": f"{side:+}σ".replace("-", "−"), "yanchor": "bottom"},
            annotation_position="top",
        )
    figure.update_layout(legend={"y": 1.08})
    title = "Change from the row before" + ("" if found.in_percent or not unit else f" ({unit})")
    figure.update_xaxes(title_text=title, tickformat=".1~%" if found.in_percent else style.TICKS)
    figure.update_yaxes(title_text="Rows")
    return figure


def volatility(found: Volatility, unit: str) -> go.Figure:
    """The standard deviation of the changes over a moving window."""
    drawn = line_of(found.drawn, "Volatility", "", color=BLUE)
    drawn.update(hovertemplate=change_hover(unit, found.in_percent).replace("+", ""))
    figure = go.Figure(drawn, style.layout(height=280, showlegend=False, margin_t=16))
    change_axis(figure, unit, found.in_percent)
    figure.update_yaxes(rangemode="tozero")
    return figure
