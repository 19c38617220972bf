"""The curves that draw themselves while a run trains, as plain values.

They are sent several times a second, so they are dictionaries, not Plotly objects, thinned to
``MOST_POINTS`` and rounded to what an eye can see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forecast import style, thinning
from forecast.history import EpochMetrics
from forecast.style import BLUE, GREEN, GREY, ORANGE

MOST_POINTS = 600
TALL, LOW = 340, 240  # pixels
BEGINNING = 5  # epochs whose error may run off the chart
ABOVE = 4  # times the naive error: the top of the axis
ROOMY = 0.6  # top of a share's axis, as long as no value comes near it


@dataclass(frozen=True)
class LiveChart:
    """What the live chart component draws: plain values, sent several times a second."""

    figure: dict[str, Any]  # Plotly's data and layout
    run: str
    points: int  # epochs known; the drawn ones are thinned


@dataclass(frozen=True)
class Course:
    """A run as far as it has come, and what to mark on its curves."""

    run: str  # its id: another run is another chart
    history: Sequence[EpochMetrics]
    epochs: int  # how many there shall be; the x-axis stands from the start
    gaps: Sequence[int] = ()  # epochs after which it went on in a new worker
    chosen: int | None = None  # the epoch that is looked at, after the run


def loss(course: Course, *, log_axis: bool = False) -> LiveChart:
    """Loss by epoch, training and validation, with the best epoch."""
    curves = [("Training", "loss", _TRAINING), ("Validation", "val_loss", _VALIDATION)]
    chart = _live(course, curves, {"tickformat": "~g", **_scale(log_axis)}, "%{y:.4~g}")
    chart.figure["data"].append(_best(course, "val_loss", "%{y:.4~g}"))
    return chart


def error(
    course: Course, naive_error: float, unit: str, label: str, *, log_axis: bool = False
) -> LiveChart:
    """Mean error on the validation windows in the user's unit, over the line it has to beat.

    Args:
        naive_error: that of "same as today" on the same windows; no line where it is NaN.
        label: what to write on that line.
    """
    axis = {"tickformat": ",~g", **_scale(log_axis), **style.unit_axis(unit)}
    if not log_axis:
        axis |= _still(course, naive_error)
    curve = ("Network", "val_error", {"color": BLUE, "width": 2.5})
    chart = _live(course, [curve], axis, style.hover(unit))
    chart.figure["data"].append(_best(course, "val_error", style.hover(unit)))
    if math.isfinite(naive_error):
        line = {"color": ORANGE, "width": 2, "dash": "dot"}
        chart.figure["data"].append(_level(course, naive_error, "Same as today", line))
        height = math.log10(naive_error) if log_axis and naive_error > 0 else naive_error
        # Below its line and at the end: by then a curve is above it, or well below.
        chart.figure["layout"]["annotations"] = [
            _label(label, ORANGE, x=0.99, xanchor="right", y=height, yanchor="top")
        ]
    return chart


def accuracy(course: Course, n_steps_out: int) -> LiveChart:
    """How often the right peak step was picked, with the line that guessing would reach."""
    curves = [("Training", "accuracy", _TRAINING), ("Validation", "val_accuracy", _VALIDATION)]
    chart = _share(course, curves, 1 / n_steps_out, "Guessing")
    # On the line: in the legend so long a name would put each entry on a line of its own.
    label = f"guessing: 1 in {n_steps_out}"
    chart.figure["layout"]["annotations"] = [
        _label(label, GREY, x=0.99, xanchor="right", y=1 / n_steps_out, yanchor="bottom")
    ]
    return chart


def direction(course: Course) -> LiveChart:
    """How often the last step went up or down as predicted, with the line of a thrown coin."""
    return _share(course, [("Validation", "val_direction", _VALIDATION)], 0.5, "Guessing: 1 in 2")


_TRAINING = {"color": BLUE, "width": 2}
_VALIDATION = {"color": ORANGE, "width": 2, "dash": "dash"}
Curve = tuple[str, str, dict[str, Any]]  # label, field of EpochMetrics, Plotly's line


def _share(course: Course, curves: list[Curve], chance: float, label: str) -> LiveChart:
    """Shares on an axis that does not move while they come in, over the line of guessing."""
    values = [getattr(epoch, name) for epoch in course.history for _, name, _ in curves]
    highest = max((value for value in values if math.isfinite(value)), default=0.0)
    top = 1.0 if max(highest, chance) > 0.95 * ROOMY or chance >= 0.5 else ROOMY
    axis = {"tickformat": ".0%", "range": [0, 1.02 * top], "nticks": 5}
    chart = _live(course, curves, axis, "%{y:~%}", LOW)
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    chart.figure["data"].append(_level(course, chance, label, line))
    return chart


def _label(text: str, color: str, **where: Any) -> dict[str, Any]:
    """A word on a level line."""
    font = {"size": 12, "color": color}
    return {"xref": "paper", "showarrow": False, "text": text, "font": font, **where}


def _live(
    course: Course,
    curves: list[Curve],
    y_axis: dict[str, Any],
    hover: str,
    height: int = TALL,
) -> LiveChart:
    history = course.history
    shown = thinning.evenly(len(history), MOST_POINTS)
    x = [history[i].epoch for i in shown]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(x) == 1 else "lines",
            "name": label,
            "x": x or [1],  # without a point a curve would not stand in the legend
            "y": [_rounded(getattr(history[i], field)) for i in shown] or [None],
            "line": line,
            "hovertemplate": hover,
        }
        for label, field, line in curves
    ]
    if not x and "range" not in y_axis and y_axis.get("type") != "log":
        y_axis = {**y_axis, "range": [0, 0.5]}  # the empty chart that waits for the first epoch
    layout = style.layout(
        uirevision=course.run,
        xaxis={
            "range": [0.5, max(course.epochs, 2) + 0.5],
            "title": {"text": "Epoch", "standoff": 6, "font": {"size": 12}},
            "automargin": True,
        },
        yaxis={"automargin": True, "nticks": 6, **y_axis},
        height=height,
        shapes=_marks(course),
    )
    return LiveChart({"data": data, "layout": layout}, course.run, len(history))


def _marks(course: Course) -> list[dict[str, Any]]:
    """Upright lines: where it went on after a break, and the epoch that is looked at."""
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1}
    broken = {"text": "went on after a break", "textposition": "end", "textangle": -90}
    marks: list[dict[str, Any]] = [
        {
            **upright,
            "x0": epoch + 0.5,
            "x1": epoch + 0.5,
            "line": {"color": GREY, "width": 1.5, "dash": "dashdot"},
            "label": broken,
        }
        for epoch in course.gaps
    ]
    if course.chosen is not None:
        line = {"color": BLUE, "width": 1.5}
        marks.append({**upright, "x0": course.chosen, "x1": course.chosen, "line": line})
    return marks


def _best(course: Course, field: str, hover: str) -> dict[str, Any]:
    """A mark on the epoch with the lowest validation loss; always there, so nothing is replaced."""
    finite = [epoch for epoch in course.history if epoch.finite]
    best = min(finite, key=lambda epoch: epoch.val_loss, default=None)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Best epoch",
        "x": [best.epoch if best else 1],
        "y": [_rounded(getattr(best, field)) if best else None],
        "marker": {"color": GREEN, "size": 10, "symbol": "diamond"},
        "hovertemplate": hover,
    }


def _level(course: Course, height: float, name: str, line: dict[str, Any]) -> dict[str, Any]:
    """A level line from end to end: a curve and no shape, so that the axis always reaches it."""
    ends, y = [0.5, max(course.epochs, 2) + 0.5], _rounded(height)
    level = {"type": "scatter", "mode": "lines", "name": name, "x": ends, "y": [y, y]}
    return {**level, "line": line, "hoverinfo": "skip"}


def _still(course: Course, naive_error: float) -> dict[str, Any]:
    """An axis that stands from the first epoch: the first errors may run off it at the top.

    They are often ten times those that follow, and would press all that matters to the bottom.
    """
    errors = [e.val_error for e in course.history[BEGINNING:] if math.isfinite(e.val_error)]
    top = max([ABOVE * naive_error, *(1.1 * error for error in errors)])
    return {"range": [0, top]} if math.isfinite(top) and top > 0 else {}


def _scale(log_axis: bool) -> dict[str, Any]:
    return {"type": "log", "dtick": 1} if log_axis else {"type": "linear", "rangemode": "tozero"}


def _rounded(value: float) -> float | None:
    """Five digits: 600 points of full precision would be twice as many bytes."""
    known = style.finite(value)
    return None if known is None else float(f"{known:.5g}")
