"""Workbooks as spreadsheet programs save them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from tests.corpus.cases import Bad, Bar, Case, bars, closes, group

Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    """An .xlsx file with these sheets."""
    # Imported late: only these cases need it.
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _case(name: str, data: bytes, rows: Sequence[Bar], column: str = "Close") -> Case:
    points = sorted(closes(rows))
    return Case(f"xlsx: {name}", data, column, points[0], points[-1], len(points))


def all_workbooks() -> Iterator[Case]:
    """Dates as dates, as text and as numbers; titles, second sheets, gaps."""
    rows = bars(60, seed=61)
    header = ("Date", "Open", "Close", "Volume")
    typed: Rows = [(b.when, b.open, b.close, b.volume) for b in rows]
    yield _case("plain", workbook(Prices=[header, *typed]), rows)
    days: Rows = [(b.when.date(), b.open, b.close, b.volume) for b in rows]
    yield _case("dates without time", workbook(Prices=[header, *days]), rows)
    yield _case("newest first", workbook(Prices=[header, *days[::-1]]), rows)
    title: Rows = [("Prices of Example AG",), (), ("as of", dt.date(2024, 2, 3)), (), header]
    yield _case("titles above", workbook(Prices=[*title, *days]), rows)
    notes: Rows = [("About this file",), ("It was made by hand. Ask before use.",)]
    yield _case("second sheet", workbook(Read_me=notes, Data=[header, *days]), rows)
    shifted: Rows = [(), *[(None, None, *row) for row in [header, *days]]]
    yield _case("not in the corner", workbook(Prices=shifted), rows)
    text: Rows = [(f"{b.when:%d.%m.%Y}", b.open, b.close, b.volume) for b in rows]
    yield _case("dates as text", workbook(Prices=[header, *text]), rows)
    words: Rows = [
        (b.when, group(b.open, 2, ".", ","), group(b.close, 2, ".", ","), 1) for b in rows
    ]
    yield _case("numbers as text", workbook(Prices=[header, *words]), rows)
    serial: Rows = [((b.when - dt.datetime(1899, 12, 30)).days, b.open, b.close, 5) for b in rows]
    yield _case("serial numbers", workbook(Prices=[header, *serial]), rows)
    footer: Rows = [(), ("Source: Example Exchange",)]
    yield _case("note below", workbook(Prices=[header, *days, *footer]), rows)
    hours = bars(70, start="2023-01-02 09:00", step="30", seed=62)
    timed: Rows = [(b.when, b.open, b.close, b.volume) for b in hours]
    yield _case("half hours", workbook(Prices=[header, *timed]), hours)
    empty: Rows = [row if i % 7 else (*row[:2], None, None) for i, row in enumerate(days)]
    left = [b for i, b in enumerate(rows) if i % 7]
    yield _case("empty cells", workbook(Prices=[header, *empty]), left)
    yield from _eurostat()


def _eurostat() -> Iterator[Case]:
    """Months across the top, a row for each country, and marks behind the values or none."""
    months = [dt.datetime(2018 + i // 12, 1 + i % 12, 1) for i in range(48)]
    points = [(month, 100.5 + i % 7) for i, month in enumerate(months)]
    above: Rows = [("Data extracted on 05/01/2024",), (), ("Time frequency", "Monthly"), ()]
    below: Rows = [(), ("Special value",), (":", "not available")]
    plain: Rows = [
        ("TIME", *(f"{month:%Y-%m}" for month in months)),
        ("GEO (Labels)",),
        ("Germany", *(value for _, value in points)),
    ]
    summary: Rows = [("Unemployment by sex and age",), ("Last updated:", "03/01/2024 11:00")]
    marked: Rows = [
        tuple(part for cell in row for part in (cell, "p" if i == 2 and cell != "Germany" else ""))
        for i, row in enumerate(plain)
    ]
    for name, rows in {"one country": plain, "marks": [r[:1] + r[2:] for r in marked]}.items():
        data = workbook(Summary=summary, Sheet_1=[*above, *rows, *below])
        yield Case(f"xlsx: Eurostat, {name}", data, "Value", points[0], points[-1], len(points))


def bad_workbooks() -> Iterator[Bad]:
    """Workbooks without a series."""
    yield Bad("xlsx: empty", workbook(Sheet1=[]), ("empty",))
    yield Bad("xlsx: header", workbook(Sheet1=[("Date", "Close")]), ("header-only",))
    words: Rows = [("a note", "another"), ("and one more", "note")] * 10
    yield Bad("xlsx: words", workbook(Sheet1=words), ("no-numbers", "prose"))
    fine = [(dt.date(2020, 1, 1) + dt.timedelta(days=i), 1.5 * i) for i in range(30)]
    yield Bad("xlsx: cut", workbook(A=[("Date", "Close"), *fine])[:3_000], ("damaged-workbook",))
    runs = [
        [("RUN", "ERR", "CAL")[i % 3], *(0.5 * j for j in range(i * 7 % 24))] for i in range(80)
    ]
    yield Bad("xlsx: rows of all widths", workbook(Dump=runs), ("ragged-rows",))
