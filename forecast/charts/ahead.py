"""Charts of what a network says comes next."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from forecast import style
from forecast.charts.parts import line_of, unit_axis
from forecast.style import BLUE, GREY, ORANGE

HISTORY_SHOWN = 2  # the history fills this many times the width of the horizon, but see below
LEAST_HISTORY = 60  # rows of history next to a forecast, where there are as many


def forecast(history: pd.Series, table: pd.DataFrame, unit: str) -> go.Figure:
    """The end of the history, then forecast and "same as today", joined at the last known row."""
    n = max(LEAST_HISTORY, HISTORY_SHOWN * len(table))
    recent = history.iloc[-n:]
    last_x, last_y = recent.index[-1], float(recent.iloc[-1])
    x = [last_x, *table["date"]]
    figure = go.Figure(layout=style.layout(height=440))
    figure.add_trace(line_of(recent, "Known", unit, color=GREY))
    figure.add_trace(
        go.Scatter(
            x=x,
            y=[last_y, *table["naive"]],
            name="Same as today",
            mode="lines",
            line={"color": ORANGE, "width": 2, "dash": "dot"},
            hovertemplate=style.hover(unit),
        )
    )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=[last_y, *table["forecast"]],
            name="Network",
            mode="lines+markers",
            marker={"size": [0] + [7] * len(table)},
            line={"color": BLUE, "width": 2.5},
            hovertemplate=style.hover(unit),
        )
    )
    figure.add_vline(x=last_x, line={"color": GREY, "width": 1, "dash": "dot"})
    unit_axis(figure, unit)
    return figure


def predicted_against_actual(window: pd.DataFrame, unit: str) -> go.Figure:
    """The last window whose answer is known: what came, what the network had said, the naive."""
    figure = go.Figure(layout=style.layout(height=360))
    for column, label, drawn in (
        ("actual", "Actual", {"color": GREY, "width": 2.5}),
        ("naive", "Same as before", {"color": ORANGE, "width": 2, "dash": "dot"}),
        ("predicted", "Network", {"color": BLUE, "width": 2.5}),
    ):
        figure.add_trace(
            go.Scatter(
                x=window["date"],
                y=window[column],
                name=label,
                mode="lines+markers",
                line=drawn,
                hovertemplate=style.hover(unit),
            )
        )
    unit_axis(figure, unit)
    return figure
