"""Draw the lines of a Plotly figure on paper: scatter traces, filled bands, upright marks.

Only what the app's charts of a forecast and of a run's curves are made of is drawn; other kinds of
traces are left out. Nothing here needs Plotly: a figure is read like a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from fpdf import FPDF

from forecast.report import ticks as places
from forecast.report.letters import writable

Floats = npt.NDArray[np.float64]
Color = tuple[int, int, int]
DASHES = {"dash": (2.2, 1.4), "dot": (0.5, 1.1), "dashdot": (2.2, 1.0)}  # mm on, mm off
GRID, TEXT, GREY = (226, 231, 238), (86, 97, 115), (138, 148, 163)


@dataclass(frozen=True)
class Line:
    """One trace, in numbers."""

    x: Floats  # seconds since 1970 where there are dates
    y: Floats  # NaN where the line is broken
    name: str
    color: Color
    opacity: float
    width: float  # mm; 0 for a band's edge that is not drawn
    dash: tuple[float, float] | None
    fills: bool  # the area down to the line before it
    listed: bool  # in the legend


@dataclass(frozen=True)
class Frame:
    """Where values lie on the paper: mm from the left and from the top."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height


def draw(pdf: FPDF, figure: Any, height: float, font: str) -> None:
    """Draw ``figure`` across the page, ``height`` mm high, below what stands there."""
    traces, dated = lines(figure)
    pdf.set_font(font, "", 7.5)
    top = pdf.get_y()
    if not traces:
        pdf.cell(0, 6, "Nothing to draw.")
        pdf.set_y(top + 6)
        return
    prefix = str(_of(figure, "layout", "yaxis", "tickprefix") or "")
    low, high = _range(np.concatenate([line.y for line in traces]))
    ticks = places.nice_ticks(low, high)
    labels = [f"{prefix}{tick:,.10g}" for tick in ticks]
    gutter = max(pdf.get_string_width(label) for label in labels) + 3
    frame = Frame(
        left=pdf.l_margin + gutter,
        top=top + 7,
        width=pdf.epw - gutter - 2,
        height=height - 14,
        x=_range(np.concatenate([line.x for line in traces]), margin=0.0),
        y=(low, high),
    )
    beside = _title(pdf, figure, frame)
    _legend(pdf, traces, max(frame.left, pdf.l_margin + beside), top)
    _grid(pdf, frame, list(zip(ticks, labels, strict=True)), dated)
    for below, line in pairwise(traces):
        if line.fills:
            _band(pdf, frame, line, below)
    for line in traces:
        _line(pdf, frame, line)
    for x in _upright(figure, dated):
        pdf.set_draw_color(*GREY)
        pdf.set_line_width(0.2)
        pdf.set_dash_pattern(dash=0.5, gap=1.0)
        pdf.line(*frame.place(x, frame.y[0]), *frame.place(x, frame.y[1]))
        pdf.set_dash_pattern()
    _words(pdf, figure, frame, dated)
    pdf.set_xy(pdf.l_margin, top + height)


def lines(figure: Any) -> tuple[list[Line], bool]:
    """The figure's scatter traces in numbers, and whether x stands for dates."""
    found: list[Line] = []
    dated = False
    for trace in _of(figure, "data") or ():
        if str(_of(trace, "type") or "scatter") not in ("scatter", "scattergl"):
            continue
        x, is_time = numbers(_of(trace, "x"))
        y, _ = numbers(_of(trace, "y"))
        if not len(x) or len(x) != len(y) or not np.isfinite(y).any():
            continue
        dated = dated or is_time
        fills = str(_of(trace, "fill") or "") in ("tonexty", "tozeroy", "toself") and bool(found)
        color, opacity = color_of(
            (_of(trace, "fillcolor") if fills else None)
            or _of(trace, "line", "color")
            or _of(trace, "marker", "color")
        )
        width = _of(trace, "line", "width")
        found.append(
            Line(
                x=x,
                y=y,
                name=str(_of(trace, "name") or ""),
                color=color,
                opacity=opacity,
                width=0.18 * float(2 if width is None else width),
                dash=DASHES.get(str(_of(trace, "line", "dash") or "")),
                fills=fills,
                listed=_of(trace, "showlegend") is not False and bool(_of(trace, "name")),
            )
        )
    return found, dated


def numbers(values: Any) -> tuple[Floats, bool]:
    """Numbers as they are, dates as seconds since 1970, and whether they were dates."""
    if values is None or len(values) == 0:
        return np.empty(0), False
    column = pd.Series(list(values))
    if pd.api.types.is_numeric_dtype(column) or column.isna().all():
        return column.to_numpy(dtype=float), False
    if column.map(lambda value: value is None or isinstance(value, int | float)).all():
        return pd.to_numeric(column).to_numpy(dtype=float), False
    moments = pd.to_datetime(column, utc=True).dt.as_unit("ns")
    return moments.astype("int64").to_numpy(dtype=float) / 1e9, True


def color_of(text: Any) -> tuple[Color, float]:
    """A colour as CSS writes it, and how opaque it is; grey where it cannot be told.

    >>> color_of("#3b78e7"), color_of("rgba(59, 120, 231, 0.2)")
    (((59, 120, 231), 1.0), ((59, 120, 231), 0.2))
    """
    if found := re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", str(text).lower()):
        red, green, blue = (int(part, 16) for part in found.groups())
        return (red, green, blue), 1.0
    parts = re.findall(r"[\d.]+", str(text)) if str(text).startswith("rgb") else []
    if len(parts) < 3:
        return GREY, 1.0
    red, green, blue = (min(int(float(part)), 255) for part in parts[:3])
    return (red, green, blue), float(parts[3]) if len(parts) > 3 else 1.0


def _range(values: Floats, margin: float = 0.04) -> tuple[float, float]:
    """From the lowest to the highest finite value, and a little air; never of no extent."""
    known = values[np.isfinite(values)]
    low, high = float(known.min()), float(known.max())
    extent = (high - low) or max(abs(high), 1.0) * 0.1
    return (
        (low - margin * extent, high + margin * extent)
        if high > low
        else (
            low - extent / 2,
            high + extent / 2,
        )
    )


def _legend(pdf: FPDF, traces: list[Line], left: float, top: float) -> None:
    x = left
    pdf.set_text_color(*TEXT)
    for line in traces:
        if not line.listed:
            continue
        if line.fills:
            pdf.set_fill_color(*line.color)
            with pdf.local_context(fill_opacity=line.opacity):
                pdf.rect(x, top + 1.5, 7, 3, style="F")
        else:
            _pen(pdf, line)
            pdf.line(x, top + 3, x + 7, top + 3)
            pdf.set_dash_pattern()
        name = writable(line.name)[:40]
        pdf.text(x + 8.5, top + 4, name)
        x += pdf.get_string_width(name) + 14


def _grid(pdf: FPDF, frame: Frame, ticks: list[tuple[float, str]], dated: bool) -> None:
    pdf.set_draw_color(*GRID)
    pdf.set_line_width(0.15)
    pdf.set_text_color(*TEXT)
    bottom = frame.top + frame.height
    for tick, label in ticks:
        _, y = frame.place(frame.x[0], tick)
        pdf.line(frame.left, y, frame.left + frame.width, y)
        pdf.text(frame.left - pdf.get_string_width(label) - 1.5, y + 1, label)
    low, high = frame.x
    shown = places.round_times(low, high) if dated else places.nice_ticks(low, high)
    names = places.written(shown) if dated else [f"{tick:,g}" for tick in shown]
    for tick, label in zip(shown, names, strict=True):
        x, _ = frame.place(float(tick), frame.y[0])
        half = pdf.get_string_width(label) / 2
        x = min(max(x - half, frame.left), frame.left + frame.width - 2 * half)
        pdf.text(x, bottom + 4, label)


def _line(pdf: FPDF, frame: Frame, line: Line) -> None:
    if line.width == 0:
        return
    _pen(pdf, line)
    for stretch in _unbroken(line):
        if len(stretch) == 1:
            x, y = stretch[0]
            placed = frame.place(x, y)
            pdf.set_fill_color(*line.color)
            pdf.circle(placed[0], placed[1], 0.8, style="F")
        else:
            pdf.polyline([frame.place(x, y) for x, y in stretch])
    pdf.set_dash_pattern()


def _band(pdf: FPDF, frame: Frame, upper: Line, lower: Line) -> None:
    """The area between a line and the one before it."""
    edge = [*zip(upper.x, upper.y, strict=True)]
    edge += [*zip(lower.x[::-1], lower.y[::-1], strict=True)]
    corners = [frame.place(float(x), float(y)) for x, y in edge if np.isfinite(y)]
    if len(corners) < 3:
        return
    pdf.set_fill_color(*upper.color)
    with pdf.local_context(fill_opacity=min(upper.opacity, 0.6)):
        pdf.polygon(corners, style="F")


def _pen(pdf: FPDF, line: Line) -> None:
    pdf.set_draw_color(*line.color)
    pdf.set_line_width(line.width or 0.3)
    if line.dash:
        pdf.set_dash_pattern(dash=line.dash[0], gap=line.dash[1])
    else:
        pdf.set_dash_pattern()


def _unbroken(line: Line) -> Iterator[list[tuple[float, float]]]:
    """The stretches between missing values."""
    stretch: list[tuple[float, float]] = []
    for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True):
        if np.isfinite(y):
            stretch.append((x, y))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _upright(figure: Any, dated: bool) -> Iterator[float]:
    """Where the figure has an upright line, such as the one between known and forecast."""
    for shape in _of(figure, "layout", "shapes") or ():
        x0, x1 = _of(shape, "x0"), _of(shape, "x1")
        if _of(shape, "type") == "line" and x0 is not None and x0 == x1:
            place, is_time = numbers([x0])
            if is_time == dated:
                yield float(place[0])


def _title(pdf: FPDF, figure: Any, frame: Frame) -> float:
    """What the axes are of: y above its labels, x below them; the width of the former, mm."""
    pdf.set_text_color(*TEXT)
    across, up = (_axis_title(figure, axis) for axis in ("xaxis", "yaxis"))
    middle = frame.left + (frame.width - pdf.get_string_width(across)) / 2
    pdf.text(middle, frame.top + frame.height + 7.5, across)
    pdf.text(pdf.l_margin, frame.top - 3, up)
    return pdf.get_string_width(up) + 4 if up else 0.0


def _axis_title(figure: Any, axis: str) -> str:
    title = _of(figure, "layout", axis, "title")
    return writable(str(title if isinstance(title, str) else _of(title, "text") or ""))[:40]


def _words(pdf: FPDF, figure: Any, frame: Frame, dated: bool) -> None:
    """Words at the top of an upright line, such as "now", which end where it stands."""
    pdf.set_text_color(*TEXT)
    for note in _of(figure, "layout", "annotations") or ():
        place, is_time = numbers([_of(note, "x")])
        if _of(note, "yref") != "paper" or _of(note, "xref") == "paper" or is_time != dated:
            continue
        text = writable(str(_of(note, "text") or ""))[:40]
        x, _ = frame.place(float(place[0]), frame.y[1])
        pdf.text(max(x - pdf.get_string_width(text) - 1, frame.left), frame.top + 2.5, text)


def _of(value: Any, *path: str) -> Any:
    """A nested entry of a figure or of its plain values; None where there is none."""
    for name in path:
        try:
            value = value[name]
        except (KeyError, TypeError, ValueError):
            return None
    return value
