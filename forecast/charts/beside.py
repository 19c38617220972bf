"""Charts of several runs side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from forecast import style, thinning
from forecast.charts.ahead import LEAST_HISTORY
from forecast.charts.parts import line_of, unit_axis
from forecast.history import EpochMetrics
from forecast.style import GREY


def overlay(histories: dict[str, Sequence[EpochMetrics]], field: str, label: str) -> go.Figure:
    """One curve of several runs over their epochs."""
    figure = go.Figure(layout=style.layout(height=360))
    for i, (name, history) in enumerate(histories.items()):
        shown = thinning.evenly(len(history))
        figure.add_trace(
            go.Scatter(
                x=[history[k].epoch for k in shown],
                y=[style.finite(getattr(history[k], field)) for k in shown],
                name=name,
                line=style.line_style(i),
                hovertemplate="%{y:.4~g}",
            )
        )
    figure.update_xaxes(title_text="Epoch")
    figure.update_yaxes(title_text=label)
    return figure


def forecasts(found: dict[str, tuple[pd.Series, pd.DataFrame]], unit: str) -> go.Figure:
    """The forecasts of several runs, after the history of the first."""
    figure = go.Figure(layout=style.layout(height=400))
    history = next(iter(found.values()))[0].iloc[-LEAST_HISTORY:]
    figure.add_trace(line_of(history, "Known", unit, color=GREY))
    for i, (name, (series, table)) in enumerate(found.items()):
        figure.add_trace(
            go.Scatter(
                x=[series.index[-1], *table["date"]],
                y=[float(series.iloc[-1]), *table["forecast"]],
                name=name,
                line=style.line_style(i),
                hovertemplate=style.hover(unit),
            )
        )
    unit_axis(figure, unit)
    return figure
