"""Charts that teach: the tour on the sample data, windows, who sees what, an epoch in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from forecast import style, thinning, touring
from forecast.charts.parts import unit_axis
from forecast.lessons import MOST_DRAWN, Batches, Sight, Slide
from forecast.style import BLUE, GREEN, GREY, ORANGE, PURPLE
from forecast.touring import Ahead

HEIGHT = 430  # of every chart of the tour, so that nothing moves from station to station
X_SHADE, Y_SHADE = "rgba(47,116,232,0.22)", "rgba(217,108,0,0.34)"
ABOVE = 3  # times the naive error: the top of an axis of errors
NEARBY = (0.75, 2)  # the same where two curves are to be told apart
TICKS = 3  # dates at an axis that counts rows
MOST_BARS = 200


def ahead(found: Ahead, unit: str, *, naive: str = "") -> go.Figure:
    """What came, what the network had said, and "same as today" under its name, where given."""
    lines = [
        (touring.ACTUAL, "What came", {"color": GREY, "width": 3}),
        (touring.NETWORK, "Network", {"color": BLUE, "width": 2.2, "dash": "dash"}),
    ]
    if naive:
        lines.append((touring.NAIVE, naive, {"color": ORANGE, "width": 2.2, "dash": "dot"}))
    figure = go.Figure(layout=style.layout(height=HEIGHT))
    for column, name, drawn in lines:
        figure.add_trace(
            go.Scatter(
                x=found.table.index,
                y=found.table[column],
                name=name,
                mode="lines",
                line=drawn,
                hovertemplate=style.hover(unit),
            )
        )
    unit_axis(figure, unit)
    return figure


def course(errors: dict[str, pd.Series], naive_error: float, unit: str, naive: str) -> go.Figure:
    """The error after each epoch, over the line of "same as today"; the first may run off it.

    Two curves are shown nearer to that line than one, as the second is there to be told apart.
    """
    figure = go.Figure(layout=style.layout(height=HEIGHT))
    drawn = ({"color": BLUE, "width": 2.5}, {"color": PURPLE, "width": 2, "dash": "dash"})
    for (name, error), line in zip(errors.items(), drawn, strict=False):
        figure.add_trace(
            go.Scatter(
                x=error.index,
                y=error,
                name=name,
                mode="lines",
                line=line,
                hovertemplate=style.hover(unit),
            )
        )
        if error.index[0] == 0:
            figure.add_annotation(
                x=0,
                y=error.iloc[0],
                text=f"{name} starts here",
                ax=46,
                ay=44,
                xanchor="left",
                arrowcolor=GREY,
            )
    last = max(int(error.index[-1]) for error in errors.values())
    figure.add_trace(
        go.Scatter(
            x=[0, last],
            y=[naive_error, naive_error],
            name=naive,
            mode="lines",
            line={"color": ORANGE, "width": 2.5, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(title_text="Epoch", range=[0, last])
    if naive_error > 0:
        low, high = (0, ABOVE) if len(errors) == 1 else NEARBY
        figure.update_yaxes(range=[low * naive_error, high * naive_error])
    unit_axis(figure, unit)
    return figure


def windows(series: pd.Series, found: Slide, unit: str) -> go.Figure:
    """The series with one window marked, and that window from near by.

    The traces are the series, the question X and the answer y; the first two shapes mark them on
    the series. Whoever animates it changes these.
    """
    figure = make_subplots(rows=2, cols=1, row_heights=[0.34, 0.66], vertical_spacing=0.2)
    figure.update_layout(style.layout(height=440, hovermode="closest", showlegend=False))
    figure.update_layout(margin={"l": 62, "t": 10, "b": 46})
    shown = thinning.extremes(series.to_numpy(dtype=float), MOST_DRAWN)
    figure.add_trace(
        go.Scatter(
            x=shown,
            y=series.iloc[shown],
            mode="lines",
            line={"color": GREY, "width": 1.4},
            hoverinfo="skip",
        ),
        row=1,
        col=1,
    )
    n_in, n_out = found.n_in, found.n_out
    for name, x, y, color, symbol, dash in (
        ("X", np.arange(1 - n_in, 1), found.values[:n_in], BLUE, "circle", "solid"),
        ("y", np.arange(1, n_out + 1), found.values[n_in:][:n_out], ORANGE, "diamond", "dot"),
    ):
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                name=name,
                mode="lines+markers" if n_in + n_out < 150 else "lines",
                line={"color": color, "width": 2, "dash": dash},
                marker={"symbol": symbol, "size": 6 if name == "X" else 8},
                hovertemplate=f"{name}, step %{{x:+d}}: {style.hover(unit)}<extra></extra>",
            ),
            row=2,
            col=1,
        )
    _window_marks(figure, n_in, n_out)
    low, high = float(series.min()), float(series.max())
    room = 0.08 * ((high - low) or 1.0)
    figure.update_yaxes(range=[low - room, high + room])
    figure.update_yaxes(showticklabels=False, showgrid=False, row=1, col=1)
    figure.update_xaxes(
        **row_axis(series.index), range=[0, len(series) - 1], showgrid=False, row=1, col=1
    )
    figure.update_xaxes(
        title={"text": "Steps from the last known row", "standoff": 6, "font": {"size": 12}},
        range=[0.5 - n_in, n_out + 0.5],
        row=2,
        col=1,
    )
    if unit in style.CURRENCIES:
        figure.update_yaxes(tickprefix=unit, row=2, col=1)
    else:
        figure.update_yaxes(title_text=unit or None, row=2, col=1)
    return figure


def _window_marks(figure: go.Figure, n_in: int, n_out: int) -> None:
    """Where the window lies on the series, and what its two parts are called."""
    upright = {"type": "rect", "xref": "x", "yref": "y domain", "y0": 0, "y1": 1}
    near = {**upright, "xref": "x2", "yref": "y2 domain", "line": {"width": 0}, "layer": "below"}
    figure.update_layout(
        shapes=[
            {**upright, "x0": 0, "x1": n_in, "fillcolor": X_SHADE, "line": {"color": BLUE}},
            {
                **upright,
                "x0": n_in,
                "x1": n_in + n_out,
                "fillcolor": Y_SHADE,
                "line": {"color": ORANGE, "dash": "dot"},
            },
            {**near, "x0": 0.5 - n_in, "x1": 0.5, "fillcolor": X_SHADE, "opacity": 0.4},
            {**near, "x0": 0.5, "x1": n_out + 0.5, "fillcolor": Y_SHADE, "opacity": 0.4},
        ]
    )
    for text, x, color in (
        ("<b>X</b>", (1 - n_in) / 2, BLUE),
        ("<b>y</b>", (1 + n_out) / 2, ORANGE),
    ):
        figure.add_annotation(
            text=text,
            x=x,
            y=1,
            xref="x2",
            yref="y2 domain",
            yanchor="bottom",
            showarrow=False,
            font={"color": color, "size": 15},
        )


def sight(series: pd.Series, found: Sight, unit: str) -> go.Figure:
    """The rows of a run with those shaded that the scaler sees, and a bar for each part below."""
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.62, 0.38], vertical_spacing=0.03
    )
    figure.update_layout(style.layout(height=420, hovermode="closest", showlegend=False))
    n, seen = found.n_rows, found.trained[1]
    values = series.to_numpy(dtype=float)
    for first, last, line in (
        (0, seen, {"color": BLUE, "width": 1.8}),
        (seen - 1, n, {"color": GREEN, "width": 1.8}),
    ):
        shown = first + thinning.extremes(values[first:last], MOST_DRAWN)
        figure.add_trace(
            go.Scatter(x=shown, y=values[shown], mode="lines", line=line, hoverinfo="skip"),
            row=1,
            col=1,
        )
    _shade(figure, -0.5, seen - 0.5, X_SHADE, "the scaler sees these rows")
    _shade(figure, n - 0.5, n + found.n_out - 0.5, "rgba(122,132,148,0.22)", "?")
    bars: list[tuple[str, tuple[int, int], str, str]] = [
        ("Training: X and y", found.trained, BLUE, ""),
        ("Validation: X", found.asked, GREEN, "/"),
        ("Validation: y", found.answered, GREEN, ""),
        ("Future: nobody", (n, n + found.n_out), GREY, "x"),
    ]
    for name, (first, end), color, pattern in bars:
        figure.add_trace(
            go.Bar(
                y=[name],
                x=[end - first],
                base=first - 0.5,
                orientation="h",
                marker={"color": color, "pattern": {"shape": pattern, "fillmode": "overlay"}},
                hovertemplate=f"{name}: rows {first + 1:,} to {end:,}<extra></extra>",
            ),
            row=2,
            col=1,
        )
        within = first < n / 3  # a short bar at the end has its room before it
        figure.add_annotation(
            text=f"rows {first + 1:,} to {end:,}" if first < n else "the next steps",
            x=(first + end) / 2 if within else first - 0.01 * n,
            y=name,
            xanchor="center" if within else "right",
            showarrow=False,
            font={"color": "white"} if within else None,
            row=2,
            col=1,
        )
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="", row=2, col=1)
    figure.update_xaxes(range=[-0.5, n + found.n_out - 0.5])
    figure.update_xaxes(**row_axis(series.index), showgrid=False, row=2, col=1)
    unit_axis(figure, unit, row=1, col=1)
    return figure


def _shade(figure: go.Figure, first: float, end: float, color: str, text: str) -> None:
    figure.add_shape(
        type="rect",
        x0=first,
        x1=end,
        y0=0,
        y1=1,
        xref="x",
        yref="y domain",
        fillcolor=color,
        line={"width": 0},
        layer="below",
    )
    figure.add_annotation(
        text=text,
        x=(first + end) / 2,
        y=1,
        xref="x",
        yref="y domain",
        yanchor="bottom",
        showarrow=False,
    )


def batches(found: Batches) -> go.Figure:
    """One epoch: a bar a batch, as tall as it has windows; the last takes what is left."""
    sizes: Sequence[int] = found.sizes
    shown = thinning.evenly(len(sizes), MOST_BARS)
    colors = [ORANGE if i == len(sizes) - 1 and found.last < found.size else BLUE for i in shown]
    figure = go.Figure(
        go.Bar(
            x=shown + 1,
            y=[sizes[i] for i in shown],
            marker={"color": colors},
            text=[sizes[i] for i in shown] if len(shown) <= 30 else None,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="batch %{x:,}: %{y:,} windows, then one correction<extra></extra>",
        ),
        style.layout(height=280, hovermode="closest", showlegend=False, bargap=0.25),
    )
    figure.update_xaxes(title_text="Batch of the epoch", **_whole(len(sizes)))
    figure.update_yaxes(title_text="Windows", rangemode="tozero", showgrid=False)
    return figure


def _whole(n: int) -> dict[str, Any]:
    """An axis from 1 to ``n`` that names whole numbers only."""
    return {"range": [0.4, n + 0.6], **({"dtick": 1} if n <= 20 else {"nticks": 8})}


def row_axis(index: pd.Index) -> dict[str, Any]:
    """An axis that counts rows from 0 and names a few of them by their dates."""
    thirds = (np.arange(TICKS) + 0.5) / TICKS  # none at an end, where it would be cut off
    at = np.unique((thirds * (len(index) - 1)).round().astype(int))
    labels = [str(index[i]) for i in at]
    if isinstance(index, pd.DatetimeIndex):
        short = index[-1] - index[0] < pd.Timedelta(days=10)
        labels = [f"{index[i]:%d %b %H:%M}" if short else f"{index[i]:%d %b %Y}" for i in at]
    return {"tickmode": "array", "tickvals": at.tolist(), "ticktext": labels, "tickangle": 0}
