"""A report as PDF, written without a browser."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from forecast.report import drawing
from forecast.report.letters import BOLD, REGULAR, writable
from forecast.report.model import Report, Table

FONT = "DejaVu"
INK, SOFT = (22, 32, 46), (86, 97, 115)
CHART_HEIGHT = 64.0  # mm; two fit below the sentences of the first page
ROW = 4.7  # mm
CELL, SMALLEST = 8.5, 6.5  # points
TOGETHER = 10  # rows; so short a table is not torn apart
LONGEST_CELL = 300  # characters; a longer one would not fit on a page


class _Paper(FPDF):
    """A4 upright, with the disclaimer and the page number at the foot of each page."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4", unit="mm")
        self.foot = foot
        self.add_font(FONT, "", REGULAR)
        self.add_font(FONT, "B", BOLD)
        self.set_margins(18, 18, 18)
        self.set_auto_page_break(True, margin=20)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, "", 7.5)
        self.set_text_color(*SOFT)
        self.cell(0, 6, self.foot, align="L")
        self.set_x(self.l_margin)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")

    def say(self, text: str, size: float, *, bold: bool = False, soft: bool = False) -> None:
        """A paragraph."""
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*(SOFT if soft else INK))
        self.multi_cell(
            0,
            size * 0.5,
            writable(text) or " ",
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            wrapmode=WrapMode.WORD,
        )

    def room(self, height: float) -> None:
        """A new page where less than ``height`` mm is left on this one."""
        if self.will_page_break(height):
            self.add_page()


def as_pdf(report: Report) -> bytes:
    """The report as A4 pages: text, tables, and charts drawn as lines."""
    paper = _Paper(writable(report.disclaimer))
    paper.set_title(writable(report.title))
    paper.set_lang("en")
    paper.add_page()
    paper.say(report.title, 18, bold=True)
    paper.say(report.subtitle, 9, soft=True)
    paper.ln(3)
    for sentence in report.sentences:
        paper.say(sentence, 11)
        paper.ln(1.5)
    for chart in report.charts:
        paper.room(CHART_HEIGHT + 16)
        _head(paper, chart.title)
        drawing.draw(paper, chart.figure, CHART_HEIGHT, FONT)
    for table in report.tables:
        _table(paper, table)
    return bytes(paper.output())


def _head(paper: _Paper, title: str) -> None:
    paper.ln(4)
    paper.say(title, 12, bold=True)
    paper.ln(1)


def _table(paper: _Paper, table: Table) -> None:
    n_together = len(table.rows) if len(table.rows) <= TOGETHER else 2
    paper.room(16 + ROW * (n_together + 1))
    _head(paper, table.title)
    size, widths = _widths(paper, table)
    paper.set_font(FONT, "", size)
    paper.set_text_color(*INK)
    paper.set_draw_color(217, 223, 232)
    paper.set_line_width(0.2)
    paper.set_fill_color(255, 255, 255)  # a chart before it has left its own colour
    with paper.table(
        borders_layout="HORIZONTAL_LINES",
        text_align="LEFT",
        line_height=ROW,
        col_widths=widths,
        headings_style=FontFace(emphasis="BOLD", color=INK),
    ) as drawn:
        for row in (table.columns, *table.rows):
            cells = drawn.row()
            for cell in row:
                cells.cell(writable(cell)[:LONGEST_CELL])


def _widths(paper: _Paper, table: Table) -> tuple[float, tuple[float, ...]]:
    """The size of the letters in points, and the width of each column: each cell on one line.

    What takes the whole page or more even in small letters is broken into lines.
    """
    paper.set_font(FONT, "B", CELL)
    columns = zip(table.columns, *table.rows, strict=True)
    margin = 2 * paper.c_margin + 0.5
    most = paper.epw * 0.75
    natural = [
        min(max(paper.get_string_width(writable(cell)) for cell in cells), most)
        for cells in columns
    ]
    room = paper.epw - margin * len(natural)
    size = max(min(CELL, CELL * room / sum(natural)), SMALLEST)
    return size, tuple(width * size / CELL + margin for width in natural)
