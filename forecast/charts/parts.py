"""What the charts are put together from."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from forecast import style, thinning
from forecast.style import BLUE, CURRENCIES


def line_of(series: pd.Series, name: str, unit: str, color: str = BLUE) -> go.Scatter:
    """The series as a line, thinned."""
    shown = thinning.extremes(series.to_numpy(dtype=float))
    return go.Scatter(
        x=series.index[shown],
        y=series.iloc[shown],
        name=name,
        line={"color": color, "width": 1.8},
        hovertemplate=style.hover(unit),
    )


def unit_axis(figure: go.Figure, unit: str, **where: int) -> None:
    """Currencies stand before each tick; other units are said once, beside the axis.

    So are currencies where something drawn is below zero, as a tick would read "$−200".
    """
    if unit in CURRENCIES and not _below_zero(figure):
        figure.update_yaxes(tickprefix=unit, tickformat=style.TICKS, **where)
    else:
        figure.update_yaxes(title_text=unit or None, tickformat=style.TICKS, **where)


def _below_zero(figure: go.Figure) -> bool:
    lines = [trace for trace in figure.data if isinstance(trace, go.Scatter | go.Bar)]
    drawn = [pd.Series(line.y) for line in lines if line.y is not None]
    # Bars may lie, with words for their y.
    return any((pd.to_numeric(y, errors="coerce") < 0).any() for y in drawn)


def change_axis(figure: go.Figure, unit: str, in_percent: bool, **where: int) -> None:
    """An axis of changes: in percent, or in the unit of the series."""
    if in_percent:
        figure.update_yaxes(tickformat=".1~%", **where)
    else:
        unit_axis(figure, unit, **where)


def change_hover(unit: str, in_percent: bool) -> str:
    """A change, with its sign, as Plotly's hover template."""
    if in_percent:
        return "%{y:+.2%}"
    return f"{unit}%{{y:+,.2f}}" if unit in CURRENCIES else f"%{{y:+,.6~g}} {unit}"
