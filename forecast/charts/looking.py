"""Charts of a series before anything has learnt from it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from forecast import style, thinning
from forecast.charts.parts import line_of, unit_axis
from forecast.style import BLUE, GREY


def line(series: pd.Series, unit: str, *, height: int = 320) -> go.Figure:
    """The series as one line, thinned."""
    figure = go.Figure(line_of(series, str(series.name), unit), style.layout(height=height))
    figure.update_layout(showlegend=False, hovermode="x", margin_t=8)
    unit_axis(figure, unit)
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
    figure.add_trace(line_of(series, str(series.name), unit), row=1, col=1)
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
    unit_axis(figure, unit, row=1, col=1)
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
