"""Charts of how good the data are: missing dates, outliers, columns that move together."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from forecast import style
from forecast.charts.parts import line_of, unit_axis
from forecast.exploring.coverage import Coverage
from forecast.exploring.outliers import Outliers
from forecast.exploring.together import Together
from forecast.style import BLUE, GREY, ORANGE

THERE = "rgba(59,120,231,0.22)"  # BLUE, faint: nothing is missing
NEUTRAL = "rgba(138,148,163,0.14)"
MOST_SHORT = 14  # letters of a column's name at an axis


def coverage(found: Coverage) -> go.Figure:
    """A calendar: faint where all dates are there, stronger the more are missing."""
    most = float(np.nanmax(found.cells))
    word = "missing" if found.regular else "rows"
    scale = [[0, THERE], [1e-6, "#f2b26b"], [1, ORANGE]] if found.regular and most else None
    plain = [[0, THERE], [1, THERE]] if found.regular else [[0, NEUTRAL], [1, BLUE]]
    where = "week of %{x|%-d %b %Y}, %{y}" if found.by_week else "%{y} %{x}"
    figure = go.Figure(
        go.Heatmap(
            x=found.columns,
            y=found.rows,
            z=found.cells,
            zmin=0,
            zmax=max(most, 1.0),
            colorscale=scale or plain,
            showscale=False,
            xgap=2 if len(found.columns) < 60 else 1,
            ygap=2,
            hoverongaps=False,
            hovertemplate=f"{where}: %{{z:,}} {word}<extra></extra>",
        ),
        style.layout(
            height=110 + (22 if found.by_week else 18) * len(found.rows),
            hovermode="closest",
            margin_t=8,
        ),
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    figure.update_xaxes(showgrid=False, ticks="", type="date" if found.by_week else "category")
    return figure


def outliers(found: Outliers, unit: str) -> go.Figure:
    """The series, with a ring around each row whose change stands out."""
    figure = go.Figure(layout=style.layout(height=320, hovermode="closest"))
    figure.add_trace(line_of(found.drawn, str(found.drawn.name), unit, color=GREY))
    figure.add_trace(
        go.Scatter(
            x=found.marks.index,
            y=found.marks,
            name="Stands out",
            mode="markers",
            marker={"symbol": "circle-open", "size": 10, "color": ORANGE, "line": {"width": 2}},
            hovertemplate="%{x}: " + style.hover(unit) + "<extra></extra>",
        )
    )
    unit_axis(figure, unit)
    return figure


def together(found: Together) -> go.Figure:
    """Every column against every other: blue together, orange against each other."""
    names = [_short(name, i, found.names) for i, name in enumerate(found.names)]
    shown = np.where(np.isfinite(found.correlation), found.correlation, np.nan)
    figure = go.Figure(
        go.Heatmap(
            x=names,
            y=names,
            z=shown,
            zmin=-1,
            zmax=1,
            colorscale=[[0, ORANGE], [0.5, NEUTRAL], [1, BLUE]],
            showscale=False,
            xgap=2,
            ygap=2,
            texttemplate="%{z:.2f}",
            hovertemplate="%{y} and %{x}: %{z:.3f}<extra></extra>",
        ),
        style.layout(height=120 + 42 * len(names), hovermode="closest", margin_t=8),
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    figure.update_xaxes(showgrid=False, type="category")
    return figure


def _short(name: str, i: int, names: tuple[str, ...]) -> str:
    """A name that fits beside an axis and is no other column's."""
    short = name if len(name) <= MOST_SHORT else name[: MOST_SHORT - 1] + "…"
    taken = [other for k, other in enumerate(names) if k != i and other.startswith(short[:-1])]
    return f"{short} ({i + 1})" if short != name and taken else short
