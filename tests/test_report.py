"""A report is opened and read: HTML by a parser, PDF by its own letters."""

from __future__ import annotations

import json
import re
import zlib
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from streamlit.elements.lib import streamlit_plotly_theme

from forecast import charts, evaluation, report
from forecast.charts import export
from forecast.report import Chart, Table, drawing, paper, ticks
from tests.recorded import recorded_run

ODD = 'Łódź € £ – 価格 🚀👩‍🚀 <b>&"x"</b> </script><img src=x onerror=alert(1)>'


def written(name=ODD):
    run = recorded_run(name=name)
    table = run.forecast()
    return run, report.of(
        run,
        ["The network expects $83.42; “same as today” is off by €1.20."],
        [
            Chart("Ahead", charts.forecast(run.series, table, "$"), "what comes next"),
            Chart("Checked", charts.predicted_against_actual(evaluation.last_window(run), "$")),
        ],
        [Table.of("The next steps", pd.DataFrame({"Step": [1], "Network": ["$83.42"]}))],
    )


class Reader(HTMLParser):
    """The text of a page, its tags, and whether each was closed in its turn."""

    VOID = frozenset({"meta", "img", "br", "input", "link"})

    def __init__(self):
        super().__init__()
        self.text, self.tags, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("script", "style"):
            self.text.append(data)


@pytest.fixture(scope="module")
def opened():
    run, made = written()
    content = report.as_html(made).decode()
    reader = Reader()
    reader.feed(content.replace(export.library(), ""))  # four megabytes that are no HTML
    assert reader.open == []
    return run, content, reader


def test_the_html_report_says_what_it_was_given(opened):
    run, _, reader = opened
    text = " ".join(reader.text)
    for part in (f"Forecast of {ODD}", "$83.42", "€1.20", "no financial advice", run.id):
        assert part in text
    for setting, value in (("n_steps_in", "30"), ("batch_size", "30"), ("seed", "7")):
        assert re.search(rf"{setting}\s+{value}\b", text), setting
    assert f"tensorflow {run.versions['tensorflow']}" in text


def test_the_html_report_needs_nothing_from_elsewhere(opened):
    _, content, reader = opened
    assert [a for tag, a in reader.tags if tag in ("link", "img", "iframe")] == []
    scripts = [a for tag, a in reader.tags if tag == "script"]
    assert all("src" not in attributes for attributes in scripts)
    assert "default-src 'none'" in content


def test_plotly_is_in_the_html_report_once_and_draws_every_chart(opened):
    _, content, reader = opened
    assert 4_000_000 < len(content) < 8_000_000
    assert content.count("Plotly.newPlot(") == 2
    ids = [a["id"] for tag, a in reader.tags if tag == "div" and "id" in a]
    assert len(ids) == len(set(ids)) == 2


def layout_of(drawn):
    """The layout in Plotly.newPlot("id", [traces], {layout}, {config})."""
    decoder, rest = json.JSONDecoder(), drawn.split("Plotly.newPlot(")[1]
    for _ in range(3):
        value, end = decoder.raw_decode(rest := rest.lstrip(" \n,"))
        rest = rest[end:]
    return value


@pytest.fixture
def _streamlits_theme():
    """The theme the app's figures are made under: it leaves no room for what axes say."""
    before = pio.templates.default
    streamlit_plotly_theme.configure_streamlit_plotly_theme()
    yield
    pio.templates.default = before


@pytest.mark.usefixtures("_streamlits_theme")
def test_axes_of_the_html_report_have_room_for_their_labels():
    figure = charts.predicted_against_actual(evaluation.last_window(recorded_run()), "cars")
    assert not figure.layout.template.layout.yaxis.automargin
    [drawn] = export.divisions([figure])
    layout = layout_of(drawn)
    for axis in (layout["xaxis"], layout["yaxis"]):
        assert axis["automargin"] is True
        assert axis["title"]["standoff"] > 0
    assert "autosize" in layout
    assert figure.layout.yaxis.automargin is None, "the figure on the page stays as it is"


def test_the_charts_of_the_html_report_send_nothing_away(opened):
    _, content, _ = opened
    assert '"showSendToCloud": false' in content


def test_wide_tables_of_the_html_report_are_scrolled_and_their_heads_stay_whole(opened):
    _, content, reader = opened
    tables = [tag for tag, _ in reader.tags if tag == "table"]
    rooms = [a for tag, a in reader.tags if tag == "div" and a.get("class") == "wide"]
    assert len(rooms) == len(tables) == 3
    assert "th, .short { white-space: nowrap; }" in content
    assert '<td class="short">$83.42</td>' in content


def pdf_text(content):
    """The letters of a PDF, by the tables with which it names its own glyphs."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            streams.append(found[1])
    # Each font names its own glyphs; a piece of text is read by all of them, one of which is its.
    fonts = []
    for table in (s for s in streams if b"begincmap" in s):
        pairs = re.findall(
            rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table.split(b"beginbfchar")[1]
        )
        fonts.append({int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs})
    text = []
    for stream in (s for s in streams if b" Tj" in s):
        for part in re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", stream, re.S):
            raw = re.sub(
                rb"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), part, flags=re.S
            )
            codes = np.frombuffer(raw, ">u2").tolist()
            text += ["".join(letters.get(code, "") for code in codes) for letters in fonts]
    return " ".join(text)


_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


def test_the_pdf_report_says_what_it_was_given():
    run, made = written()
    content = report.as_pdf(made)
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    text = pdf_text(content)
    for part in ("Łódź", "€", "£", "–", "$83.42", "n_steps_in", run.id, "no financial advice"):
        assert part in text, part
    assert "□" in text, "letters that the font does not have are boxes"
    assert re.search(r" \$\d+ ", text), "the axis of the chart is in the unit"


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2025-05-14 23:00", "2025-05-17 23:00", ["15 May 2025", "12:00", "16 May 2025"]),
        ("2025-05-15 02:00", "2025-05-15 23:00", ["15 May 2025 06:00", "12:00", "18:00"]),
        ("2025-05-15 09:07", "2025-05-15 09:31", ["15 May 2025 09:10", "09:15", "09:20"]),
        ("2020-07-08", "2020-08-11", ["13 Jul 2020", "20 Jul 2020", "27 Jul 2020"]),
        ("2023-02-10", "2024-02-10", ["Mar 2023", "May 2023", "Jul 2023"]),
        ("1950-06-01", "2024-06-01", ["Jan 1960", "Jan 1980", "Jan 2000"]),
    ],
)
def test_times_at_the_axis_of_a_pdf_are_round(first, last, says):
    low, high = (pd.Timestamp(moment).timestamp() for moment in (first, last))
    moments = ticks.round_times(low, high)
    assert ticks.written(moments)[:3] == says
    assert all(low <= moment <= high for moment in moments)
    assert len(moments) <= 7


def test_a_pdf_says_the_unit_at_the_axis_and_where_now_is():
    run = recorded_run(unit="cars")
    chart = Chart("Ahead", charts.forecast(run.series, run.forecast(), "cars"))
    text = pdf_text(report.as_pdf(report.of(run, [], [chart], [])))
    assert re.search(r" cars .* now ", text)


def test_a_band_of_a_pdf_is_on_one_line():
    row = ("24", "Sat 17 May 2025 23:00", *["64.71 cars"] * 3, *["49.60 to 84.41 cars"] * 3)
    heads = ("Step", "Date", "Forecast", "Same as today", "Network's own", "50 %", "80 %", "95 %")
    sheet = paper._Paper("")
    sheet.add_page()
    size, widths = paper._widths(sheet, Table("Next", heads, (row,)))
    sheet.set_font(paper.FONT, "", size)
    for cell, width in zip(row, widths, strict=True):
        room = width / sum(widths) * sheet.epw - 2 * sheet.c_margin
        assert sheet.get_string_width(cell) <= room, cell


@pytest.mark.parametrize("name", ["", " ", "x" * 500, "a\x00b\n\tc", "\ud83d", "עברית عربى", "%n"])
def test_no_name_is_too_odd_for_either(name):
    _, made = written(name)
    assert len(report.as_pdf(made)) > 5_000
    assert report.as_html(made).endswith(b"</html>")


def test_a_line_with_gaps_is_drawn_in_stretches():
    figure = go.Figure(go.Scatter(x=[1, 2, 3, 4], y=[1.0, None, 3.0, 4.0], name="a"))
    [line], dated = drawing.lines(figure)
    assert not dated
    assert list(drawing._unbroken(line)) == [[(1.0, 1.0)], [(3.0, 3.0), (4.0, 4.0)]]


def test_dates_are_seconds_since_1970_whatever_they_come_as():
    day = pd.Timestamp("1970-01-02")
    for given in (
        [day],
        pd.DatetimeIndex([day]),
        ["1970-01-02"],
        np.array(["1970-01-02"], "M8[D]"),
    ):
        seconds, dated = drawing.numbers(given)
        assert dated
        assert list(seconds) == [86_400.0]


def test_a_band_is_the_area_down_to_the_line_before_it():
    figure = go.Figure(
        [
            go.Scatter(x=[1, 2], y=[1, 2], line={"width": 0}, showlegend=False, name="low"),
            go.Scatter(x=[1, 2], y=[3, 4], fill="tonexty", fillcolor="rgba(1,2,3,0.2)", name="b"),
        ]
    )
    low, band = drawing.lines(figure)[0]
    assert (low.width, low.listed, band.fills, band.color) == (0, False, True, (1, 2, 3))
    assert band.opacity == pytest.approx(0.2)


def test_a_figure_with_nothing_to_draw_does_not_stop_the_report():
    run, made = written()
    empty = report.of(run, [], [Chart("Empty", go.Figure()), Chart("Bars", {"data": []})], [])
    assert report.as_pdf(empty).startswith(b"%PDF")
    assert made.disclaimer.encode() in report.as_html(empty)


def test_a_table_below_a_chart_is_not_filled_with_the_chart_s_colour():
    sheet = paper._Paper("")
    sheet.add_page()
    sheet.set_fill_color(0, 0, 255)  # as a band leaves it
    paper._table(sheet, Table("Figures", ("a", "b"), (("1", "2"),)))
    assert sheet.fill_color.colors == (1,) or sheet.fill_color.colors255 == (255, 255, 255)
