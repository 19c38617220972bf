"""Charts of a series before anything has learnt from it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from forecast import style, thinning
from forecast.charts.parts import line_of, unit_axis
from forecast.style import BLUE, CURRENCIES, GREY, ORANGE

LEAST_SHOWN = 3  # rows that a stretch on a button holds


def line(series: pd.Series, unit: str, *, height: int = 320) -> go.Figure:
    """The series as one line, thinned."""
    figure = go.Figure(line_of(series, str(series.name), unit), style.layout(height=height))
    figure.update_layout(showlegend=False, hovermode="x", margin_t=8)
    unit_axis(figure, unit)
    return figure


def over_time(
    series: pd.Series,
    unit: str,
    *,
    volume: pd.Series | None = None,
    mean: pd.Series | None = None,
    log: bool = False,
) -> go.Figure:
    """The series with a range selector; its rolling mean, and the volume below, where given."""
    figure = _stacked(volume)
    if volume is not None:
        figure.add_trace(volume_bars(volume), row=2, col=1)
    name = str(series.name)
    figure.add_trace(line_of(series, name, unit), row=1, col=1)
    if mean is not None:
        figure.add_trace(line_of(mean, str(mean.name), unit, color=ORANGE), row=1, col=1)
    figure.update_layout(style.layout(height=520, bargap=0, showlegend=mean is not None))
    figure.update_layout(legend={"y": 1.02, "x": 1, "xanchor": "right"})
    unit_axis(figure, unit, row=1, col=1)
    figure.update_yaxes(type="log" if log else "linear", row=1, col=1)
    if isinstance(series.index, pd.DatetimeIndex):
        figure.update_xaxes(rangeselector=_range_selector(series.index), row=1, col=1)
    return figure


def candlesticks(table: pd.DataFrame, unit: str, *, log: bool = False) -> go.Figure:
    """One candle a row of ``table`` (open, high, low, close, and volume where there is one)."""
    volume = table.get("volume")
    figure = _stacked(volume)
    figure.add_trace(
        go.Candlestick(
            x=table.index,
            open=table["open"],
            high=table["high"],
            low=table["low"],
            close=table["close"],
            name="",
            # Hollow and filled as well as two colours: readable without telling colours apart.
            increasing={"line": {"color": BLUE, "width": 1.4}, "fillcolor": "rgba(0,0,0,0)"},
            decreasing={"line": {"color": ORANGE, "width": 1.4}, "fillcolor": ORANGE},
            yhoverformat=",.2f" if unit in CURRENCIES else ",.6~g",
        ),
        row=1,
        col=1,
    )
    if volume is not None:
        figure.add_trace(volume_bars(volume), row=2, col=1)
    figure.update_layout(style.layout(height=520, showlegend=False, bargap=0.2))
    figure.update_xaxes(rangeslider={"visible": False})
    unit_axis(figure, unit, row=1, col=1)
    figure.update_yaxes(type="log" if log else "linear", row=1, col=1)
    return figure


def volume_bars(volume: pd.Series) -> go.Bar:
    shown = thinning.extremes(volume.to_numpy(dtype=float), 1_000)
    return go.Bar(
        x=volume.index[shown],
        y=volume.iloc[shown],
        name="Volume",
        marker={"color": GREY, "line": {"width": 0}},
        hovertemplate="%{y:,.3~s}",
        showlegend=False,
    )


def _stacked(volume: pd.Series | None) -> go.Figure:
    """One panel, or two above each other on the same dates."""
    rows = 2 if volume is not None else 1
    figure = make_subplots(
        rows=rows,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.04,
        row_heights=[0.75, 0.25] if rows == 2 else None,
    )
    if rows == 2:
        figure.update_yaxes(title_text="Volume", nticks=4, row=2, col=1)
    return figure


def _range_selector(index: pd.DatetimeIndex) -> dict[str, Any]:
    """Buttons for the stretches that are shorter than the data."""
    span = (index[-1] - index[0]).days
    apart = float(np.median(np.diff(index.as_unit("ns").asi8))) / 86_400e9 if span else 0.0  # days
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
        if days < span and days >= LEAST_SHOWN * apart
    ]
    return {
        "buttons": [*buttons, {"step": "all", "label": "All"}],
        "x": 0,
        "y": 1.02,
        "bgcolor": "rgba(122,132,148,0.18)",
        "activecolor": "rgba(47,116,232,0.45)",
    }


def before_after(
    before: pd.Series, after: pd.Series, unit: str, marked: pd.Series | None = None
) -> go.Figure:
    """A series as it came, with what cleaning makes of it drawn over it.

    Args:
        before: as it came.
        after: cleaned.
        unit: of both.
        marked: the rows of ``after`` that are marked as outliers, if any.
    """
    figure = go.Figure(layout=style.layout(height=240))
    old = line_of(before, "as it was", unit, GREY)
    figure.add_trace(old.update(line={"width": 3.5}, opacity=0.5))
    figure.add_trace(line_of(after, "cleaned", unit))
    if marked is not None and len(marked):
        figure.add_trace(
            go.Scatter(
                x=marked.index,
                y=marked,
                name="outlier",
                mode="markers",
                marker={"color": ORANGE, "size": 9, "symbol": "diamond-open"},
                hovertemplate=style.hover(unit),
            )
        )
    unit_axis(figure, unit)
    return figure
