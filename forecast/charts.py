"""From values to Plotly figures: the only module that draws. It knows no page and no session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from forecast import style, thinning
from forecast.history import EpochMetrics
from forecast.style import BLUE, CURRENCIES, GREY, ORANGE

HISTORY_SHOWN = 2  # the history fills this many times the width of the horizon, but see below
LEAST_HISTORY = 60  # rows of history next to a forecast, where there are as many


def line(series: pd.Series, unit: str, *, height: int = 320) -> go.Figure:
    """The series as one line, thinned."""
    figure = go.Figure(_line_of(series, str(series.name), unit), style.layout(height=height))
    figure.update_layout(showlegend=False, hovermode="x", margin_t=8)
    _unit_axis(figure, unit)
    return figure


def explore(series: pd.Series, volume: pd.Series | None, unit: str) -> go.Figure:
    """The series over time with a range selector, and the volume below where there is one."""
    rows = 2 if volume is not None else 1
    figure = make_subplots(
        rows=rows,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.04,
        row_heights=[0.75, 0.25][:rows] if rows == 2 else None,
    )
    figure.add_trace(_line_of(series, str(series.name), unit), row=1, col=1)
    if volume is not None:
        shown = thinning.extremes(volume.to_numpy(dtype=float), 1_000)
        figure.add_trace(
            go.Bar(
                x=volume.index[shown],
                y=volume.iloc[shown],
                name="Volume",
                marker={"color": GREY, "line": {"width": 0}},
                hovertemplate="%{y:,.3~s}",
            ),
            row=2,
            col=1,
        )
        figure.update_yaxes(title_text="Volume", row=2, col=1)
    figure.update_layout(style.layout(height=520, showlegend=False, bargap=0))
    _unit_axis(figure, unit, row=1, col=1)
    if isinstance(series.index, pd.DatetimeIndex):
        figure.update_xaxes(rangeselector=_range_selector(series.index), row=1, col=1)
    return figure


def _range_selector(index: pd.DatetimeIndex) -> dict[str, Any]:
    """Buttons for the stretches that are shorter than the data."""
    span = (index[-1] - index[0]).days
    steps = [
        (7, 7, "day", "1 W"),
        (31, 1, "month", "1 M"),
        (183, 6, "month", "6 M"),
        (366, 1, "year", "1 Y"),
        (5 * 366, 5, "year", "5 Y"),
    ]
    buttons = [
        {"count": count, "step": step, "stepmode": "backward", "label": label}
        for days, count, step, label in steps
        if days < span
    ]
    return {
        "buttons": [*buttons, {"step": "all", "label": "All"}],
        "x": 0,
        "y": 1.02,
        "bgcolor": "rgba(138,148,163,0.18)",
        "activecolor": "rgba(59,120,231,0.45)",
    }


def distribution(values: pd.Series, label: str, *, percent: bool = False) -> go.Figure:
    """How often which values occur."""
    counts, edges = np.histogram(values.to_numpy(dtype=float), bins=40)
    figure = go.Figure(
        go.Bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            width=np.diff(edges),
            marker={"color": BLUE, "line": {"width": 0}},
            hovertemplate=("%{x:.1%}" if percent else "%{x:,.4~g}")
            + ": %{y:,} rows<extra></extra>",
        ),
        style.layout(height=300, showlegend=False, bargap=0.06, hovermode="closest"),
    )
    figure.update_xaxes(title_text=label, tickformat=".1%" if percent else None)
    figure.update_yaxes(title_text="Rows")
    return figure


def forecast(history: pd.Series, table: pd.DataFrame, unit: str) -> go.Figure:
    """The end of the history, then forecast and "same as today", joined at the last known row."""
    n = max(LEAST_HISTORY, HISTORY_SHOWN * len(table))
    recent = history.iloc[-n:]
    last_x, last_y = recent.index[-1], float(recent.iloc[-1])
    x = [last_x, *table["date"]]
    figure = go.Figure(layout=style.layout(height=440))
    figure.add_trace(_line_of(recent, "Known", unit, color=GREY))
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
    _unit_axis(figure, unit)
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
    _unit_axis(figure, unit)
    return figure


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
    figure.add_trace(_line_of(history, "Known", unit, color=GREY))
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
    _unit_axis(figure, unit)
    return figure


def _line_of(series: pd.Series, name: str, unit: str, color: str = BLUE) -> go.Scatter:
    shown = thinning.extremes(series.to_numpy(dtype=float))
    return go.Scatter(
        x=series.index[shown],
        y=series.iloc[shown],
        name=name,
        line={"color": color, "width": 1.8},
        hovertemplate=style.hover(unit),
    )


def _unit_axis(figure: go.Figure, unit: str, **where: int) -> None:
    """Currencies stand before each tick; other units are said once, beside the axis."""
    if unit in CURRENCIES:
        figure.update_yaxes(tickprefix=unit, **where)
    else:
        figure.update_yaxes(title_text=unit or None, **where)
