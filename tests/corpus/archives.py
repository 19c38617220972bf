"""Spellings of archives, offices and programs, each met in a real export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.corpus.cases import Bar, Case, Written, bars, case, closes, group, table

_MONTHS = bars(72, "2014-01-01", "monthly", seed=301)
_DAYS = bars(130, "2023-01-02", seed=302)
_SPOKEN = {
    "romanian": "ianuarie februarie martie aprilie mai iunie",
    "ukrainian": "січня лютого березня квітня травня червня",
    "greek": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου",
    "catalan": "gener febrer març abril maig juny",
    "indonesian": "Januari Februari Maret April Mei Juni",
}


def _quarters(n: int) -> list[Bar]:
    return [
        Bar(dt.datetime(2000 + i // 4, i % 4 * 3 + 1, 1), *[bar.close] * 4, 0)
        for i, bar in enumerate(bars(n, seed=303))
    ]


def months() -> Iterator[Case]:
    """Years and months under headers that do not name them, or in an office's own code."""
    points = closes(_MONTHS)
    notes = (
        "# These data are free, as long as\n# you say whose they are.\n#\n#    decimal  monthly\n"
    )
    lines = [
        f"{b.when.year}  {b.when.month:3}  {b.when.year + (b.when.month - 0.5) / 12:.4f}  {b.close}"
        for b in _MONTHS
    ]
    made = case("names that stand elsewhere", Written(notes + table("", lines), "?", points))
    yield Case(made.name, made.data, "column 4", made.first, made.last, made.n_rows)
    years = range(2014, 2020)
    rows = [[b.close for b in _MONTHS if b.when.year == year] for year in years]
    lines = [
        f" {y} " + " ".join(f"{v:8.2f}" for v in row) for y, row in zip(years, rows, strict=True)
    ]
    text = "  2014   2019\n" + table("", lines) + "  -99.99\n Mean of the Atlantic\n"
    yield case("a year and twelve numbers", Written(text, "Value", points))
    lines = [f"VPI;JAHR;{b.when.year};MONAT;MONAT{b.when.month:02};{b.close}" for b in _MONTHS]
    text = table("Code;Zeit_Code;Zeit;Merkmal;Auspraegung_Code;Index", lines)
    yield case("months as codes", Written(text.replace(".", ","), "Index", points))
    lines = [f'"T001";"{b.when.year}MM{b.when.month:02}";{b.close}' for b in _MONTHS]
    lines.insert(12, '"T001";"2014JJ00";99.5')
    yield case("months as MM01", Written(table('"Kind";"Perioden";"CPI"', lines), "CPI", points))
    lines = [f"{b.when.year}.{b.when.month:02}".rstrip("0") + f",{b.close}" for b in _MONTHS]
    yield case("October as 2014.1", Written(table("Date,P", lines), "P", points))


def stations() -> Iterator[Case]:
    """A tide gauge's years with a fraction; a buoy's parts of dates under two rows of names."""
    lines = [
        f" {b.when.year + (b.when.month - 0.5) / 12:.4f};{b.close * 60:7.0f}; 0;000"
        for b in _MONTHS
    ]
    lines[7] = f" {2014 + 7.5 / 12:.4f}; -99999; 0;000"
    points = [(b.when, float(f"{b.close * 60:.0f}")) for b in _MONTHS]
    yield case(
        "years with a fraction", Written(table("", lines), "column 2", points[:7] + points[8:])
    )
    hours = bars(24 * 9, "2024-01-01 00:50", "60", seed=304)
    head = "#YY  MM DD hh mm WDIR WVHT ATMP\n#yr  mo dy hr mn degT m degC\n"
    lines = [f"{b.when:%Y %m %d %H %M} 999 {b.close:6.2f}  14.2" for b in hours]
    yield case("a buoy's hours", Written(head + table("", lines), "WVHT m", closes(hours)))


def quarters() -> Iterator[Case]:
    """Quarters of fiscal years, in Roman numbers, and below a row of years."""
    rows = _quarters(40)
    points = closes(rows)
    roman = ("I", "II", "III", "IV")
    lines = [f"FY{b.when.year} Q{b.when.month // 3 + 1},{b.close}" for b in rows]
    yield case(
        "fiscal quarters", Written(table("Fiscal quarter,Revenue", lines), "Revenue", points)
    )
    lines = [
        f"{b.when.year if b.when.month == 1 else ''};{roman[b.when.month // 3]};"
        + group(b.close, 2, ".", ",")
        for b in rows
    ]
    yield case("year once, I to IV", Written(table("Jahr;Quartal;Wert", lines), "Wert", points))
    for label, years in (
        ("repeated", [str(b.when.year) for b in rows]),
        ("merged", [str(b.when.year) if b.when.month == 1 else "" for b in rows]),
    ):
        text = "Table 1. Product\n" + table(
            "Line,," + ",".join(years),
            [
                ",," + ",".join(f"Q{b.when.month // 3 + 1}" for b in rows),
                "1,Product," + ",".join(str(round(b.close, 2)) for b in rows),
                "2,Trade," + ",".join(str(round(b.open, 2)) for b in rows),
            ],
        )
        yield case(f"years above quarters: {label}", Written(text, "Value", points))


def days() -> Iterator[Case]:
    """Days of a year by number, weekdays behind the date, months in other languages."""
    points = closes(_DAYS)
    lines = [f"{b.when:%Y%j},{b.close}" for b in _DAYS]
    yield case("day of the year", Written(table("date,value", lines), "value", points))
    lines = [f"{b.when:%Y-%m-%d},{'一二三四五六日'[b.when.weekday()]}\t{b.close}" for b in _DAYS]
    yield case("weekday behind a comma", Written(table("时间\t收盘", lines), "收盘", points))
    lines = [f"{b.when:%Y/%m/%d}({'月火水木金土日'[b.when.weekday()]}),{b.close}" for b in _DAYS]
    yield case("weekday in brackets", Written(table("日付,終値", lines), "終値", points))
    for language, words in _SPOKEN.items():
        names = words.split()
        rows = [b for b in _DAYS if b.when.month <= 6]
        lines = [f"{b.when.day} {names[b.when.month - 1]} {b.when.year},{b.close}" for b in rows]
        yield case(
            f"spoken: {language}", Written(table("Date,Close", lines), "Close", closes(rows))
        )


def marks() -> Iterator[Case]:
    """Footnotes, and what a bank writes beside a balance."""
    points = closes(_DAYS)
    for label, mark in (("sign before", "† {}"), ("superscript", "{}¹"), ("brackets", "{}[1]")):
        lines = [
            f"{b.when:%Y-%m-%d},{mark.format(b.close) if i > 125 else b.close}"
            for i, b in enumerate(_DAYS)
        ]
        yield case(f"footnote: {label}", Written(table("Date,Value", lines), "Value", points))
    signed = [(b.when, round(b.close * (-1 if i % 7 == 3 else 1), 2)) for i, b in enumerate(_DAYS)]
    lines = [f'{w:%d-%m-%Y},"{abs(v):,.2f} {"Dr" if v < 0 else "Cr"}"' for w, v in signed]
    yield case("credit and debit", Written(table("Date,Balance", lines), "Balance", signed))
    lines = [
        f"{b.when:%Y-%m-%d},{name},{code},{round(b.close * times, 2)}"
        for b in _DAYS
        for name, code, times in (("North", 61757, 1), ("South", 61754, 2))
    ]
    text = table("Time,Name,PTID,LBMP ($/MWHr)", lines)
    yield case("a number of each series", Written(text, "LBMP ($/MWHr)", points))


def headings() -> Iterator[Case]:
    """Months across, a word alone above its rows, totals below and to the right."""
    rows = _MONTHS[:24]
    head = "," + ",".join(f"{b.when:%b %Y}" for b in rows) + ",Total"
    lines = [
        "Income",
        "   Design," + ",".join(str(round(b.close, 2)) for b in rows) + ",9999",
        "   Services," + ",".join(str(round(b.open, 2)) for b in rows) + ",9999",
        "Total Income," + ",".join(str(round(b.high, 2)) for b in rows) + ",9999",
    ]
    yield case("headings", Written("Shop\n\n" + table(head, lines), "Value", closes(rows)))


def all_archives() -> Iterator[Case]:
    """Every case of this file."""
    for write in (months, stations, quarters, days, marks, headings):
        yield from write()
