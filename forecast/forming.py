"""The forecast that forms: the latest window whose answer is known, drawn anew each epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from forecast import evaluation, style
from forecast.config import Config
from forecast.live import TALL, LiveChart
from forecast.scaling import Array
from forecast.style import BLUE, GREEN, GREY, ORANGE

LEAST_KNOWN = 20  # past rows beside the answer, where the network is shown as many
KNOWN = 3  # times the width of the answer
ROOM = 0.02  # of the width, so that the last mark is not cut in halves
MARGIN = 0.4  # of the range of what is known and what came, above and below


@dataclass(frozen=True)
class LatestWindow:
    """The latest validation window in the unit of the series: what was known, and what came."""

    known: pd.Series = field(repr=False)  # the end of what the network is shown
    actual: pd.Series = field(repr=False)  # (n_steps_out,): what really came
    naive_error: float  # of "same as today" over all validation windows

    @classmethod
    def of(cls, series: pd.Series, config: Config) -> LatestWindow:
        """Cut it from the end of a series.

        Raises:
            ConfigError: the settings do not fit the number of rows.
        """
        naive_error = evaluation.naive_error(series, config)
        n_steps_in, n_steps_out = config.window.n_steps_in, config.window.n_steps_out
        n_known = min(n_steps_in, max(LEAST_KNOWN, KNOWN * n_steps_out))
        return cls(
            series.iloc[-n_steps_out - n_known : -n_steps_out],
            series.iloc[-n_steps_out:],
            naive_error,
        )

    @property
    def range(self) -> tuple[float, float]:
        """Where the y-axis stands, whatever the network says: known and actual with a margin."""
        values = np.concatenate([self.known.to_numpy(float), self.actual.to_numpy(float)])
        low, high = float(values.min()), float(values.max())
        margin = MARGIN * (high - low) or abs(high) or 1.0
        return low - margin, high + margin


def chart(
    run: str, window: LatestWindow | None, preview: Sequence[float], unit: str, epoch: int
) -> LiveChart:
    """What was known, what really came, "same as today", and what the network says.

    Both axes stand still, so that only the forecast moves; a value outside is cut off at the edge.

    Args:
        window: None where the settings do not fit the data: an empty chart.
        preview: the network's forecast of ``window.actual``; empty before the first epoch.
        epoch: whose forecast it is.
    """
    layout = style.layout(
        uirevision=run,
        height=TALL,
        # Few enough to lie side by side on a phone: turned they would take a third of the height.
        xaxis={"automargin": True, "nticks": 5, "tickangle": 0},
        yaxis={"automargin": True, "nticks": 6, **style.unit_axis(unit)},
    )
    if window is None:
        return LiveChart({"data": [], "layout": layout}, run, epoch)
    now, last = _moments(window.known.index[-1:])[0], float(window.known.iloc[-1])
    x, came = [now, *_moments(window.actual.index)], window.actual.to_numpy(float)
    first = window.known.index[0]
    end = window.actual.index[-1]
    beyond = end + (end - first) * ROOM  # numbered rows as fractions of one
    layout["xaxis"]["range"] = [
        *_moments(window.known.index[:1]),
        beyond.isoformat() if isinstance(beyond, pd.Timestamp) else float(beyond),
    ]
    layout["xaxis"] |= style.week_axis(window.known.index, first, end)
    layout["yaxis"]["range"] = list(window.range)
    layout["shapes"] = [_now(now)]
    says = [last, *(preview or [np.nan] * len(came))]
    data = [
        _line("Known", _moments(window.known.index), window.known.to_numpy(float), GREY, unit),
        _line("Really came", x, np.array([last, *came]), GREEN, unit, "dash"),
        _line("Same as today", x, np.full(len(x), last), ORANGE, unit, "dot"),
        _line("Network", x, np.array(says), BLUE, unit),
    ]
    data[-1] |= {"mode": "lines+markers", "marker": {"size": [0] + [7] * len(came)}}
    return LiveChart({"data": data, "layout": layout}, run, epoch)


def _line(
    name: str, x: list[Any], values: Array, color: str, unit: str, dash: str = "solid"
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": [style.finite(float(f"{value:.7g}")) for value in values],
        "line": {"color": color, "width": 2.5 if name == "Network" else 2, "dash": dash},
        "hovertemplate": style.hover(unit),
    }


def _now(x: Any) -> dict[str, Any]:
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x}
    return {**upright, "line": {"color": GREY, "width": 1, "dash": "dot"}}


def _moments(index: pd.Index) -> list[Any]:
    """Dates as JSON has them; numbered rows as numbers."""
    if isinstance(index, pd.DatetimeIndex):
        return [moment.isoformat() for moment in index]
    return [int(row) for row in index]
