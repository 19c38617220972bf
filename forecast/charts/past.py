"""Charts of a backtest: what was said at past origins, and how far off it was."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from forecast import style, thinning
from forecast.charts.parts import line_of, unit_axis
from forecast.scaling import Array
from forecast.style import BLUE, GREEN, GREY, ORANGE, PURPLE

MOST_POINTS = 2_000  # of a scatter
LEAST_BEFORE = 30  # rows of the series before the first forecast
_LINES = {  # the two that matter most stand out; the others are told apart by dashes as well
    0: {"color": BLUE, "width": 3, "dash": "solid"},
    1: {"color": ORANGE, "width": 3, "dash": "dot"},
}
_OTHERS = [
    {"color": color, "width": 1.5, "dash": dash}
    for color, dash in (
        (GREY, "dash"),
        (GREY, "dashdot"),
        (GREEN, "solid"),
        (PURPLE, "dash"),
        (GREEN, "dot"),
    )
]


def error_by_step(errors: pd.DataFrame, unit: str) -> go.Figure:
    """The mean absolute error at each step ahead.

    Args:
        errors: one column a model, the network first and the naive forecast second; the index is
            the step.
    """
    figure = go.Figure(layout=style.layout(height=360))
    for i, name in enumerate(errors.columns):
        figure.add_trace(
            go.Scatter(
                x=errors.index,
                y=errors[name],
                name=name,
                mode="lines+markers" if len(errors) < 40 else "lines",
                marker={"size": 6},
                line=_line(i),
                hovertemplate=style.hover(unit),
            )
        )
    figure.update_xaxes(title_text="Steps ahead", dtick=max(1, len(errors) // 10))
    figure.update_yaxes(rangemode="tozero")
    unit_axis(figure, unit)
    return figure


def error_by_date(errors: pd.DataFrame, unit: str) -> go.Figure:
    """The mean absolute error of the forecasts made at each origin.

    Args:
        errors: as for ``error_by_step``; the index is the date of the origin.
    """
    figure = go.Figure(layout=style.layout(height=360))
    for i, name in enumerate(errors.columns):
        figure.add_trace(
            go.Scatter(
                x=errors.index,
                y=errors[name],
                name=name,
                mode="lines",
                line=_line(i),
                visible=True if i < len(_LINES) else "legendonly",
                hovertemplate=style.hover(unit),
            )
        )
    figure.update_yaxes(rangemode="tozero")
    unit_axis(figure, unit)
    return figure


def actual_against_predicted(actual: Array, predicted: Array, unit: str) -> go.Figure:
    """Each forecast as a point; on the line it was right."""
    shown = thinning.evenly(actual.size, MOST_POINTS)
    x, y = predicted.ravel()[shown], actual.ravel()[shown]
    steps = np.tile(np.arange(1, actual.shape[1] + 1), len(actual))[shown]
    both = [float(min(x.min(), y.min())), float(max(x.max(), y.max()))]
    figure = go.Figure(layout=style.layout(height=380, hovermode="closest"))
    figure.add_trace(
        go.Scatter(x=both, y=both, name="Right", mode="lines", line={"color": GREY, "dash": "dot"})
    )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            customdata=steps,
            name="Forecast",
            mode="markers",
            marker={"color": BLUE, "size": 6, "opacity": 0.55},
            hovertemplate="said %{x:,.6~g}, came %{y:,.6~g}<br>step %{customdata}<extra></extra>",
        )
    )
    unit_axis(figure, unit)
    beside = f" ({unit})" if unit and not figure.layout.yaxis.tickprefix else ""
    figure.update_xaxes(
        title_text=f"Predicted{beside}",
        tickprefix=figure.layout.yaxis.tickprefix,
        tickformat=style.TICKS,
    )
    figure.update_yaxes(title_text=f"Actual{beside}")
    return figure


def residuals(found: dict[str, Array], unit: str) -> go.Figure:
    """How actual − predicted is spread, the models one over the other."""
    edges = np.histogram_bin_edges(np.concatenate([one.ravel() for one in found.values()]), 40)
    figure = go.Figure(layout=style.layout(height=380, barmode="overlay", bargap=0.04))
    for i, (name, one) in enumerate(found.items()):
        counts, _ = np.histogram(one, edges)
        figure.add_trace(
            go.Bar(
                x=(edges[:-1] + edges[1:]) / 2,
                y=counts / counts.sum(),
                name=name,
                opacity=0.6,
                marker={"color": _line(i)["color"]},
                hovertemplate="%{y:.1%}",
            )
        )
    figure.add_vline(x=0, line={"color": GREY, "width": 1, "dash": "dot"})
    beside = f" ({unit})" if unit else ""
    figure.update_xaxes(title_text=f"Actual − predicted{beside}", tickformat=style.TICKS)
    figure.update_yaxes(title_text="Share of forecasts", tickformat=".0%")
    return figure


def fan(series: pd.Series, origins: Array, predicted: Array, unit: str, name: str) -> go.Figure:
    """The series, and each past forecast as a short line that leaves it at its origin.

    Args:
        origins: shape (n_origins,), rows known at each.
        predicted: shape (n_origins, n_steps_out).
    """
    n_steps_out = predicted.shape[1]
    shown = series.iloc[max(0, int(origins[0]) - LEAST_BEFORE) :]
    x: list[object] = []
    y: list[float | None] = []
    for origin, said in zip(origins.astype(int), predicted, strict=True):
        x += [*series.index[origin - 1 : origin + n_steps_out], None]
        y += [float(series.iloc[origin - 1]), *said.tolist(), None]
    figure = go.Figure(layout=style.layout(height=440, hovermode="closest"))
    figure.add_trace(line_of(shown, "What came", unit, color=GREY))
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            name=f"What “{name}” had said",
            mode="lines",
            line={"color": ORANGE if name == "Same as today" else BLUE, "width": 1.6},
            hovertemplate=style.hover(unit),
        )
    )
    unit_axis(figure, unit)
    return figure


def _line(i: int) -> dict[str, object]:
    return _LINES.get(i) or _OTHERS[(i - len(_LINES)) % len(_OTHERS)]
