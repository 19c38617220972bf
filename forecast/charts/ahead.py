"""Charts of what a network says comes next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from forecast import style
from forecast.charts.parts import line_of, unit_axis
from forecast.intervals import LEVELS
from forecast.scaling import Array
from forecast.style import BLUE, GREEN, GREY, ORANGE, PURPLE

HISTORY_SHOWN = 2  # the history fills this many times the width of the horizon
FEWEST_SHOWN = 14  # rows of history at the start, as two rows before a single step say nothing
LEAST_HISTORY = 60  # rows of history that can be scrolled to, where there are as many
SHADES = {50: 0.32, 80: 0.21, 95: 0.14}  # the opacity of each band


def forecast(
    history: pd.Series,
    table: pd.DataFrame,
    unit: str,
    *,
    own: bool = False,
    came: pd.Series | None = None,
    others: Mapping[str, Array] | None = None,
) -> go.Figure:
    """The end of the history, then forecast, bands and "same as today", joined at the last row.

    Args:
        history: up to the last known row.
        table: of ``Run.forecast``; bands are drawn where it has them.
        own: draw the network's own line too, where the table has one.
        came: what really came after ``history``, where that is known.
        others: what somebody else says of the same steps, by name.
    """
    recent = history.iloc[-max(LEAST_HISTORY, HISTORY_SHOWN * len(table)) :]
    last_y = float(recent.iloc[-1])
    x = [recent.index[-1], *table["date"]]
    figure = go.Figure(layout=style.layout(height=460))
    for level in sorted(LEVELS, reverse=True):
        if f"lower_{level}" in table:
            _band(figure, x, last_y, table, level, unit)
    known = line_of(recent, "Known", unit, color=GREY)
    known.update(mode="lines+markers", marker={"size": 4})
    figure.add_trace(known)
    if own and "network" in table:
        dashed = {"color": PURPLE, "width": 1.8, "dash": "dash"}
        _ahead(figure, x, [last_y, *table["network"]], "Network's own line", dashed, unit)
    solid = {"color": BLUE, "width": 2.5}
    _ahead(figure, x, [last_y, *table["forecast"]], "Forecast", solid, unit, marks=7)
    # On top: where the gate is shut it is the forecast, and both must be seen.
    naive = {"color": ORANGE, "width": 2, "dash": "dot"}
    _ahead(figure, x, [last_y, *table["naive"]], "Same as today", naive, unit)
    for name, said in (others or {}).items():
        dashdot = {"color": PURPLE, "width": 2, "dash": "dashdot"}
        _ahead(figure, x, [last_y, *said], name, dashdot, unit)
    if came is not None and len(came):
        really = {"color": GREEN, "width": 2.5}
        came_x = [recent.index[-1], *came.index]
        _ahead(figure, came_x, [last_y, *came], "What really came", really, unit, marks=6)
    _now(figure, recent.index[-1])
    drawn = table if own else table.drop(columns="network", errors="ignore")
    _in_thirds(figure, recent, drawn.assign(**(others or {})), came)
    unit_axis(figure, unit)
    return figure


def predicted_against_actual(window: pd.DataFrame, unit: str) -> go.Figure:
    """The last window whose answer is known: what came, the forecast, the naive."""
    figure = go.Figure(layout=style.layout(height=360))
    for column, label, drawn in (
        ("actual", "Actual", {"color": GREY, "width": 2.5}),
        ("naive", "Same as today", {"color": ORANGE, "width": 2, "dash": "dot"}),
        ("predicted", "Forecast", {"color": BLUE, "width": 2.5}),
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


def _band(
    figure: go.Figure, x: list[Any], last: float, table: pd.DataFrame, level: int, unit: str
) -> None:
    """One band as a closed shape that opens at the last known row; its edges show on hover.

    Narrower bands lie on wider ones, so the legend shows the colour of those upon each other.
    """
    lower = [last, *table[f"lower_{level}"]]
    upper = [last, *table[f"upper_{level}"]]
    edge = {"color": BLUE, "width": 0}
    group: dict[str, Any] = {"x": x, "mode": "lines", "line": edge, "legendgroup": f"{level}"}
    figure.add_trace(go.Scatter(y=lower, showlegend=False, hoverinfo="skip", **group))
    edges = style.hover(unit).replace("%{y", "%{customdata")
    figure.add_trace(
        go.Scatter(
            y=upper,
            name=f"{level} % band",
            fill="tonexty",
            fillcolor=f"rgba(59,120,231,{SHADES[level]})",
            customdata=lower,
            hovertemplate=f"{edges} to {style.hover(unit)}",
            showlegend=False,
            **group,
        )
    )
    clear = math.prod(1 - SHADES[i] for i in LEVELS if i >= level and f"lower_{i}" in table)
    swatch = {"fill": "toself", "fillcolor": f"rgba(59,120,231,{1 - clear:.3f})"}
    figure.add_trace(go.Scatter({**group, "x": [None]}, y=[None], name=f"{level} % band", **swatch))


def _ahead(
    figure: go.Figure,
    x: Sequence[Any],
    y: Sequence[float],
    name: str,
    line: dict[str, Any],
    unit: str,
    marks: int = 0,
) -> None:
    """A line from the last known row on, which itself carries no mark."""
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            name=name,
            mode="lines+markers" if marks else "lines",
            marker={"size": [0] + [marks] * (len(y) - 1)},
            line=line,
            hovertemplate=style.hover(unit),
        )
    )


def _now(figure: go.Figure, last: Any) -> None:
    figure.add_vline(x=last, line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=last, y=1, yref="paper", text="now", showarrow=False, xanchor="right", xshift=-4
    )


def _in_thirds(
    figure: go.Figure, recent: pd.Series, table: pd.DataFrame, came: pd.Series | None
) -> None:
    """Show the history in two thirds of the width; what lies before can be scrolled to."""
    n_shown = min(max(HISTORY_SHOWN * len(table), FEWEST_SHOWN), len(recent) - 1)
    first, now, end = recent.index[-1 - n_shown], recent.index[-1], table["date"].iloc[-1]
    # Where dates leave nights and weekends out, so many rows may not be so much time.
    first = min(first, now - HISTORY_SHOWN * (end - now)) if len(table) > 1 else first
    lines = [recent[recent.index >= first], *(table[c] for c in table.columns[2:])]
    lines += [came] if came is not None else []
    y = np.concatenate([np.asarray(line, dtype=float) for line in lines])
    room = 0.06 * (float(y.max() - y.min()) or 1.0)
    start, stop = max(first, recent.index[0]), end + (end - now) * 0.07
    figure.update_xaxes(range=[start, stop], **style.week_axis(recent.index, start, stop))
    figure.update_yaxes(range=[float(y.min()) - room, float(y.max()) + room])
