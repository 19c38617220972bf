"""Colours and layout that all charts share, as plain values.

Backgrounds are transparent and text colours are left to whoever shows the figure, so that one
figure serves the light and the dark theme. Each colour stands out from both backgrounds by 3 : 1 at
least, colour-blind readers can tell them apart, and lines differ in their dashes as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

BLUE, ORANGE, GREY, GREEN, PURPLE = "#2f74e8", "#d96c00", "#7a8494", "#0f9b73", "#b8267c"
CURRENCIES = ("$", "€", "£")
# Those behind the number: like the signs, always to the cent.
CODES = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL")
# The toolbar shows while the pointer is over a chart; it is for keeping the picture and going back.
# It stands upright in a margin of its own: across the top it would lie on the legend.
TOOLBAR = 26  # pixels
MARGIN = {"l": 8, "r": TOOLBAR, "t": 36, "b": 8}
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,  # Plotly's "Share chart": no figure leaves the machine
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    # Dates at the axes as everywhere else in the app: the day first
    "locale": "en-day-first",
    "locales": {
        "en-day-first": {
            "format": {"dayMonth": "%-d %b", "dayMonthYear": "%-d %b %Y", "date": "%-d %b %Y"}
        }
    },
}
_WEEK, _MILLISECOND = pd.Timedelta(weeks=1), pd.Timedelta(milliseconds=1)
_MOST_WEEKS = 13  # with ticks on Mondays
_MOST_MONDAYS = 6  # or so that are named: more would not lie side by side on a phone
TICKS = ",.6~g"  # thousands apart, no more digits than a tick needs
CAMERA = {"format": "png", "scale": 2}  # what the toolbar's camera saves


def layout(**more: Any) -> dict[str, Any]:
    """Plotly's layout for every chart here."""
    return {
        "margin": MARGIN,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "x unified",
        "separators": ".,",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "xanchor": "left"},
        "modebar": {
            "orientation": "v",
            "bgcolor": "rgba(0,0,0,0)",
            "color": GREY,
            "activecolor": BLUE,
        },
        **more,
    }


def finite(value: float) -> float | None:
    """JSON has no NaN; a diverged epoch is a gap in the line."""
    return value if np.isfinite(value) else None


def line_style(i: int) -> dict[str, Any]:
    """Colours and dashes that tell the ``i``-th line from the others without colour too."""
    colors, dashes = (BLUE, ORANGE, GREEN, PURPLE, GREY), ("solid", "dash", "dot", "dashdot")
    return {"color": colors[i % 5], "dash": dashes[i % 4], "width": 2}


def hover(unit: str) -> str:
    """A value with its unit, as Plotly's hover template."""
    return f"{unit}%{{y:,.2f}}" if unit in CURRENCIES else f"%{{y:,.6~g}} {unit}"


def week_axis(rows: pd.Index, first: Any, last: Any) -> dict[str, Any]:
    """Ticks on Mondays from ``first`` to ``last`` where ``rows`` are daily; Plotly's own fall on
    Sundays, on which nothing is traded. Nothing for other rows or for longer stretches."""
    if not isinstance(rows, pd.DatetimeIndex) or len(rows) < 2:
        return {}
    step = pd.Series(rows).diff().median()
    n_weeks = (pd.Timestamp(last) - pd.Timestamp(first)) / _WEEK
    if not pd.Timedelta(days=1) <= step < _WEEK or not 1 < n_weeks <= _MOST_WEEKS:
        return {}
    every = -(-n_weeks // _MOST_MONDAYS) * _WEEK
    return {"tick0": "2000-01-03", "dtick": every / _MILLISECOND, "tickformat": "%-d %b"}


def unit_axis(unit: str) -> dict[str, Any]:
    """A y-axis in that unit: a currency before each tick, any other said once, beside the axis."""
    if unit in CURRENCIES:
        return {"tickprefix": unit, "tickformat": TICKS}
    title = {"title": {"text": unit, "standoff": 6, "font": {"size": 12}}} if unit else {}
    return {"tickformat": TICKS, **title}
