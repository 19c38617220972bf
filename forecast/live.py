"""The charts that draw themselves while a run trains, as plain values.

They are sent several times a second, so they are dictionaries, not Plotly objects, and thinned to
``MOST_POINTS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forecast import style, thinning
from forecast.history import EpochMetrics
from forecast.style import BLUE, GREEN, GREY, ORANGE

MOST_POINTS = 600


@dataclass(frozen=True)
class LiveChart:
    """What the live chart component draws: plain values, sent several times a second."""

    figure: dict[str, Any]  # Plotly's data and layout
    run: str
    points: int  # epochs known; the drawn ones are thinned


def loss(
    run: str,
    history: Sequence[EpochMetrics],
    epochs: int,
    *,
    log_axis: bool = False,
    gaps: Sequence[int] = (),
) -> LiveChart:
    """Loss by epoch, training and validation; the x-axis stands from the start.

    The best epoch is marked on the validation curve, and so is each epoch after which the run went
    on in a new worker.
    """
    scale = {"type": "log", "dtick": 1} if log_axis else {"type": "linear", "rangemode": "tozero"}
    chart = _live(run, history, epochs, "loss", {"tickformat": "~g", **scale})
    finite = [epoch for epoch in history if epoch.finite]
    best = min(finite, key=lambda epoch: epoch.val_loss, default=None)
    chart.figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Best epoch",
            "x": [best.epoch] if best else [],
            "y": [best.val_loss] if best else [],
            "marker": {"color": GREEN, "size": 10, "symbol": "diamond"},
            "hovertemplate": "%{y:.4~g}",
        }
    )
    chart.figure["layout"]["shapes"] = [
        {
            "type": "line",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": epoch + 0.5,
            "x1": epoch + 0.5,
            "line": {"color": GREY, "width": 1.5, "dash": "dashdot"},
            "label": {"text": "went on after a break", "textposition": "end", "textangle": -90},
        }
        for epoch in gaps
    ]
    return chart


def accuracy(run: str, history: Sequence[EpochMetrics], epochs: int, n_steps_out: int) -> LiveChart:
    """How often the right peak step was picked, with the line that guessing would reach."""
    chart = _live(run, history, epochs, "accuracy", {"tickformat": ".0%", "rangemode": "tozero"})
    chance = 1 / n_steps_out
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    chart.figure["layout"]["shapes"] = [
        {**line, "line": {"color": GREY, "width": 1.5, "dash": "dot"}}
    ]
    chart.figure["layout"]["annotations"] = [
        {
            "xref": "paper",
            "x": 1,
            "y": chance,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "text": f"guessing: 1 in {n_steps_out}",
            "font": {"size": 11, "color": GREY},
        }
    ]
    return chart


def _live(
    run: str, history: Sequence[EpochMetrics], epochs: int, name: str, y_axis: dict[str, Any]
) -> LiveChart:
    shown = thinning.evenly(len(history), MOST_POINTS)
    x = [history[i].epoch for i in shown]
    curves = [
        ("Training", name, {"color": BLUE, "width": 2}),
        ("Validation", f"val_{name}", {"color": ORANGE, "width": 2, "dash": "dash"}),
    ]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(x) == 1 else "lines",
            "name": label,
            "x": x,
            "y": [style.finite(getattr(history[i], field)) for i in shown],
            "line": line,
            "hovertemplate": "%{y:" + ("~%" if y_axis["tickformat"] == ".0%" else ".4~g") + "}",
        }
        for label, field, line in curves
    ]
    if not x and y_axis.get("type") != "log":  # the empty chart that waits for the first epoch
        y_axis = {**y_axis, "range": [0, 0.5]}
    layout = style.layout(
        uirevision=run,
        xaxis={
            "range": [0.5, max(epochs, 2) + 0.5],
            "title": {"text": "Epoch", "standoff": 6, "font": {"size": 12}},
            "automargin": True,
        },
        yaxis={"automargin": True, "nticks": 6, **y_axis},
        height=370,
    )
    return LiveChart({"data": data, "layout": layout}, run, len(history))
