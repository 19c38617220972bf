"""Tables inside files: titles, notes, headers, columns, orders, gaps and quotes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from tests.corpus.cases import Case, Point, Written, bars, case, closes, table

_PREAMBLES = {
    "title": "Historical prices of Example AG\n\n",
    "pairs": "Symbol:,EXA\nCurrency:,EUR\nExported:,2024-02-03 10:11\n\n",
    "padded pairs": "Symbol,EXA,\nFrom,2019-03-04,\nTo,2019-06-30,\n",
    "comments": "# source: example\n# unit: EUR\n",
    "long": "".join(f"Note {i}: figures are provisional and may change.\n" for i in range(25)),
    "sep": "sep=,\n",
    "quoted": '"Report ""Prices"", all series"\n"Created by Example, Inc."\n',
    "url": "https://example.org/data.csv?id=1\n",
}
_FOOTERS = {
    "source": "Source: Example Exchange\n",
    "blank and note": "\n\nData provided for information only, without warranty.\n",
    "total": "Total,,123456\n",
    "padded": "Copyright 2024 Example Inc.,,\n,,\n",
    "count": "(78 rows)\n",
}


def around() -> Iterator[Case]:
    """Lines above and below the table."""
    rows = bars(78, seed=31)
    lines = [f"{b.when:%Y-%m-%d},{b.close},{b.volume}" for b in rows]
    body = table("Date,Close,Volume", lines)
    for name, text in _PREAMBLES.items():
        yield case(f"above: {name}", Written(text + body, "Close", closes(rows)))
        for end in ("\r\n", "\r"):
            other = (text + body).replace("\n", end)
            yield case(f"above: {name} {end!r}", Written(other, "Close", closes(rows)))
    for name, text in _FOOTERS.items():
        yield case(f"below: {name}", Written(body + text, "Close", closes(rows)))
        both = _PREAMBLES["title"] + body + text
        yield case(f"above and below: {name}", Written(both, "Close", closes(rows)))


def columns() -> Iterator[Case]:
    """Index columns, duplicates, trailing commas, no header, many columns."""
    rows = bars(60, seed=32)
    points = closes(rows)
    trailing = [f"{b.when:%Y-%m-%d},{b.close},{b.volume}," for b in rows]
    yield case("trailing commas", Written(table("Date,Close,Volume,", trailing), "Close", points))
    yield case("trailing in rows", Written(table("Date,Close,Volume", trailing), "Close", points))
    indexed = [f"{i},{b.when:%Y-%m-%d},{b.close}" for i, b in enumerate(rows)]
    for name in ("", "Unnamed: 0", "index", "id", "No.", "#", "S/N"):
        text = table(f"{name},Date,Close", indexed)
        yield case(f"index column {name!r}", Written(text, "Close", points))
    comment = [f"{b.when:%Y-%m-%d} {b.close} {b.volume}" for b in rows]
    yield case("comment sign", Written(table("# Date Close Volume", comment), "Close", points))
    comments = "# Prices of Example AG, made by hand\n" + table("# Date Close", comment)
    yield case("comment sign, a name short", Written(comments, "Close", points))
    twice = [f"{b.when:%Y-%m-%d},{b.close},{b.close * 2:.2f}" for b in rows]
    yield case("duplicate names", Written(table("Date,Close,Close", twice), "Close", points))
    row_names = [f"{i},{b.when:%Y-%m-%d},{b.close}" for i, b in enumerate(rows, 1)]
    yield case("R row names", Written(table("Date,Close", row_names), "Close", points))
    bare = [f"{b.when:%Y-%m-%d},{b.close}" for b in rows]
    yield case("no header", Written(table("", bare), "column 2", points))
    ohlc = [f"{b.when:%Y-%m-%d},{b.open},{b.high},{b.low},{b.close},{b.volume}" for b in rows]
    yield case("no header, five columns", Written(table("", ohlc), "column 5", points))
    wide = [f"{b.when:%Y-%m-%d}," + "7.5," * 40 + f"{b.close}" for b in rows]
    header = "Date," + ",".join(f"x{i}" for i in range(40)) + ",Close"
    yield case("forty columns", Written(table(header, wide), "Close", points))
    spaced = [f"{b.when:%Y-%m-%d}   {b.close}   {b.volume}" for b in rows]
    yield case("blanks between", Written(table("Date   Close   Volume", spaced), "Close", points))
    last = [f"{b.close},{b.volume},{b.when:%Y-%m-%d}" for b in rows]
    yield case("date last", Written(table("Close,Volume,Date", last), "Close", points))
    units = [f"{b.when:%Y-%m-%d},{b.close},{b.volume}" for b in rows]
    yield case(
        "unit row",
        Written(table("Date,Price,Load\n(UTC),(EUR),(MW)", units), "Price (EUR)", points),
    )
    wrapped = [f'"{b.when:%Y-%m-%d},""{b.close}"",{b.volume}"' for b in rows]
    yield case(
        "lines in quotes", Written(table('"Date,""Close"",Volume"', wrapped), "Close", points)
    )
    formula = [f'="{b.when:%Y-%m-%d}",{b.close}' for b in rows]
    yield case("formula dates", Written(table("Date,Close", formula), "Close", points))


def rows_in_disorder() -> Iterator[Case]:
    """Orders, repeats and holes that leave no doubt."""
    rows = bars(90, seed=33)
    points = closes(rows)
    lines = [f"{b.when:%d/%m/%Y},{b.close}" for b in rows]
    yield case("newest first", Written(table("Date,Close", lines[::-1]), "Close", points))
    mixed = list(lines)
    random.Random(1).shuffle(mixed)
    yield case("shuffled", Written(table("Date,Close", mixed), "Close", points))
    yield case(
        "repeated rows", Written(table("Date,Close", [*lines, *lines[20:30]]), "Close", points)
    )
    blank = [line for pair in zip(lines, [""] * len(lines), strict=True) for line in pair]
    yield case("blank lines", Written(table("Date,Close", blank), "Close", points))
    joined = [*lines[:45], "Date,Close", *lines[45:]]
    yield case("header again", Written(table("Date,Close", joined), "Close", points))
    for word in ("", "NA", "N/A", "null", "-", ".", "#N/A", "nan", "n/e", "--", "inf"):
        holes = [line if i % 9 else f"{line.split(',')[0]},{word}" for i, line in enumerate(lines)]
        left = [point for i, point in enumerate(points) if i % 9]
        yield case(f"holes: {word!r}", Written(table("Date,Close", holes), "Close", left))
    gappy = [b for i, b in enumerate(rows) if not 30 < i < 48]
    text = table("Date,Close", [f"{b.when:%d/%m/%Y},{b.close}" for b in gappy])
    yield case("a gap", Written(text, "Close", closes(gappy)))


def quotes() -> Iterator[Case]:
    """Quotes within quotes, line breaks in cells, stray bytes."""
    rows = bars(60, seed=34)
    points = closes(rows)
    noted = [f'{b.when:%Y-%m-%d},"said ""buy"", then\nwent home, twice",{b.close}' for b in rows]
    yield case("line breaks in quotes", Written(table("Date,Note,Close", noted), "Close", points))
    header = '"Date","Close\n(EUR)","Volume"'
    broken = [f'"{b.when:%Y-%m-%d}","{b.close}","{b.volume}"' for b in rows]
    yield case("line break in header", Written(table(header, broken), "Close (EUR)", points))
    all_quoted = table('"Date";"Close"', [f'"{b.when:%d.%m.%Y}";"{b.close}"' for b in rows])
    yield case("everything quoted", Written(all_quoted, "Close", points))
    single = table("'Date','Close'", [f"'{b.when:%Y-%m-%d}','{b.close}'" for b in rows])
    yield case("single quotes", Written(single, "Close", points))
    after_blank = table("Date, Close", [f'{b.when:%Y-%m-%d}, "{b.close:,.2f}"' for b in rows])
    yield case("quotes after blanks", Written(after_blank, "Close", points))
    inches = table("Date,Size,Close", [f'{b.when:%Y-%m-%d},5" pipe,{b.close}' for b in rows])
    yield case("inch marks", Written(inches, "Close", points))
    plain = table("Date,Close", [f"{b.when:%Y-%m-%d},{b.close}" for b in rows])
    nul = case("stray NULs", Written(plain.replace(",", ",\x00"), "Close", points))
    yield nul
    bytes_in_note = table("Date,Note,Close", [f"{b.when:%Y-%m-%d},ok,{b.close}" for b in rows])
    made = case("stray bytes", Written(bytes_in_note, "Close", points))
    yield Case(
        made.name,
        made.data.replace(b",ok,", b",o\x81\xffk,", 1),
        made.column, made.first, made.last, made.n_rows,
    )  # fmt: skip


def dates_in_parts() -> Iterator[Case]:
    """Date and time, or year, month and day, in columns of their own."""
    rows = bars(60, seed=35)
    points = closes(rows)
    ymd = [f"{b.when.year},{b.when.month},{b.when.day},{b.close}" for b in rows]
    for header in (
        "Year,Month,Day,Value",
        "YEAR,MO,DY,T2M",
        "yyyy,mm,dd,price",
        "Jahr,Monat,Tag,Wert",
    ):
        name = header.split(",")[3]
        yield case(f"parts: {header}", Written(table(header, ymd), name, points))
    yield case("parts: no header", Written(table("", ymd), "column 4", points))
    monthly = bars(60, start="2015-01-01", step="monthly", seed=36)
    months = [f"{b.when.year};{b.when.month};{b.close}" for b in monthly]
    yield case(
        "parts: months", Written(table("Year;Month;Value", months), "Value", closes(monthly))
    )
    named = [f"{b.when.year},{b.when:%b},{b.close}" for b in monthly]
    yield case(
        "parts: month names", Written(table("Year,Month,Value", named), "Value", closes(monthly))
    )
    yield from _counted_in_the_year()
    quarters = bars(100, start="2020-01-01 00:00", step="60", seed=37)
    for layout, header in (
        ("%d/%m/%Y;%H:%M:%S", "Date;Time;Power"),
        ("%Y-%m-%d;%H:%M", "Date;Hour;Power"),
        ("%m/%d/%Y;%I:%M %p", "Date;Time;Power"),
        ("%Y%m%d;%H%M%S", "Date;Time;Power"),
    ):
        lines = [f"{b.when.strftime(layout)};{b.close}" for b in quarters]
        yield case(f"parts: {layout}", Written(table(header, lines), "Power", closes(quarters)))
    hours = [f"{b.when:%Y-%m-%d},{b.when.hour},{b.close}" for b in quarters]
    yield case(
        "parts: hours 0-23", Written(table("Date,Hour,Load", hours), "Load", closes(quarters))
    )
    counted = [f"{b.when:%Y-%m-%d},{b.when.hour + 1},{b.close}" for b in quarters]
    yield case(
        "parts: hours 1-24", Written(table("Date,Hour,Load", counted), "Load", closes(quarters))
    )


def _counted_in_the_year() -> Iterator[Case]:
    """A year, and which of its weeks or quarters it is, in columns of their own."""
    monday = dt.datetime(2018, 12, 31)  # of the first ISO week of 2019
    weeks = [(monday + dt.timedelta(weeks=i), 50.0 + (i * 7 % 31) * 0.25) for i in range(120)]
    iso = [(when.isocalendar(), value) for when, value in weeks]
    for header, mark in (("year,week,sales", ""), ("Jahr,KW,Umsatz", "KW "), ("Year,Week,Y", "W")):
        lines = [f"{at.year},{mark}{at.week:02d},{value}" for at, value in iso]
        name = header.split(",")[2]
        yield case(f"parts: {header}", Written(table(header, lines), name, weeks))
    with_month = [
        f"{when.year},{when.month},{when.isocalendar().week},{v}" for when, v in weeks[1:]
    ]
    yield case(
        "parts: year, month, week",
        Written(table("Year,Month,Week,Orders", with_month), "Orders", weeks[1:]),
    )
    quarters = [(dt.datetime(2008 + i // 4, 3 * (i % 4) + 1, 1), 50.0 + i) for i in range(48)]
    for header, mark in (
        ("Year,Quarter,GDP", ""),
        ("Year;Qtr;GDP", "Q"),
        ("Jahr;Quartal;GDP", "T"),
    ):
        comma = header[4]
        lines = [
            f"{when.year}{comma}{mark}{(when.month + 2) // 3}{comma}{value}"
            for when, value in quarters
        ]
        yield case(f"parts: {header}", Written(table(header, lines), "GDP", quarters))


def numbers_that_do_not_count() -> Iterator[Case]:
    """Small whole numbers beside a year that are no week and no quarter of it."""
    years = [(dt.datetime(1980 + i, 1, 1), 100.0 + i * 1.5) for i in range(40)]
    for name in ("Hours per week", "Weeks open", "Week high", "Weeks", "Quarters of growth"):
        lines = [f"{when.year},{1 + i * 3 % 4},{v}" for i, (when, v) in enumerate(years)]
        yield case(f"no week: {name}", Written(table(f"Year,{name},Sales", lines), "Sales", years))
    falling = [f"{when.year},-{1 + i % 4},{v}" for i, (when, v) in enumerate(years)]
    yield case("no week: below zero", Written(table("Year,Week,Sales", falling), "Sales", years))
    months = [(dt.datetime(2000 + i // 12, i % 12 + 1, 1), 50.0 + i * 0.5) for i in range(120)]
    for name in ("kW", "KW", "Week", "Weeks supply", "Hours per week"):
        lines = [
            f"{when.year},{when.month},{1 + i * 17 % 40},{v}" for i, (when, v) in enumerate(months)
        ]
        yield case(
            f"no week beside months: {name}",
            Written(table(f"Year,Month,{name},Price", lines), "Price", months),
        )
    days = [(dt.datetime(2023, 1, 1) + dt.timedelta(i), 10.0 + i % 9) for i in range(400)]
    lines = [f"{d.year},{d.timetuple().tm_yday},{d.isoweekday()},{v}" for d, v in days]
    yield case("day of the year and a weekday", Written(table("Year,DOY,Day,T", lines), "T", days))


def periods() -> Iterator[Case]:
    """Months, quarters, weeks and years."""
    monthly = bars(72, start="2014-05-01", step="monthly", seed=38)
    for layout in (
        "%b-%y",
        "%b-%Y",
        "%B %Y",
        "%Y-%m",
        "%Y/%m",
        "%m/%Y",
        "%YM%m",
        "%Y%m",
        "%b %y",
        "%Y %b",
    ):
        lines = [f"{b.when.strftime(layout)},{b.close}" for b in monthly]
        yield case(f"monthly: {layout}", Written(table("Date,CPI", lines), "CPI", closes(monthly)))
    quarterly = [
        (dt.datetime(2008 + i // 4, 3 * (i % 4) + 1, 1), 50.0 + i * 1.25) for i in range(48)
    ]
    for layout in ("{y}Q{q}", "{y}-Q{q}", "Q{q} {y}", "{y} Q{q}", "Q{q}-{y}", "{q}Q{s}"):
        lines = [
            layout.format(y=d.year, q=(d.month + 2) // 3, s=f"{d.year % 100:02d}") + f",{value}"
            for d, value in quarterly
        ]
        yield case(f"quarterly: {layout}", Written(table("Period,GDP", lines), "GDP", quarterly))
    weekly: list[Point] = [
        (dt.datetime(2018, 1, 1) + dt.timedelta(weeks=i), 20 + i * 0.5) for i in range(60)
    ]
    for layout in (
        "%G-W%V",
        "%GW%V",
        "KW %V/%G",
        "W%V %G",
        "%V/%G",
        "%Y-%m-%d",
        "%d/%m/%Y",
    ):
        lines = [f"{d.strftime(layout)},{value}" for d, value in weekly]
        yield case(f"weekly: {layout}", Written(table("Week,Cases", lines), "Cases", weekly))
    yearly: list[Point] = [(dt.datetime(1950 + i, 1, 1), 300 + i * 1.5) for i in range(70)]
    lines = [f"{d.year},{value}" for d, value in yearly]
    yield case("yearly", Written(table("Year,CO2", lines), "CO2", yearly))
    yield case("yearly unnamed", Written(table("", lines), "column 2", yearly))


def energy() -> Iterator[Case]:
    """Power grids: ranges of time, negative prices, repeated hours, question marks."""
    rows = bars(96, start="2023-03-20 00:00", step="60", level=60.0, seed=39)
    points = [(b.when, round(b.close - 58.0, 2)) for b in rows]
    hour = dt.timedelta(hours=1)
    lines = [
        f'"{when:%d.%m.%Y %H:%M} - {when + hour:%d.%m.%Y %H:%M}","{value}","EUR",""'
        for when, value in points
    ]
    header = '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency","BZN|DE-LU"'
    name = "Day-ahead Price [EUR/MWh]"
    yield case("ENTSO-E", Written(table(header, lines), name, points))
    empty = [*lines[:-3], *[f'{line.split(",")[0]},"n/e","EUR",""' for line in lines[-3:]]]
    yield case("ENTSO-E n/e", Written(table(header, empty), name, points[:-3]))
    new = [
        f'"{when:%d/%m/%Y %H:%M:%S} - {when + hour:%d/%m/%Y %H:%M:%S}","DE-LU","{value}"'
        for when, value in points
    ]
    yield case(
        "ENTSO-E new",
        Written(
            table('"MTU (CET/CEST)","Area","Day-ahead Price (EUR/MWh)"', new),
            "Day-ahead Price (EUR/MWh)",
            points,
        ),
    )
    pjm = bars(200, start="2014-10-30 00:00", step="60", level=30_000.0, seed=40, digits=1)
    when = [f"{b.when:%Y-%m-%d %H:%M:%S},{b.close}" for b in pjm]
    place = next(i for i, b in enumerate(pjm) if b.when == dt.datetime(2014, 11, 2, 2))
    doubled = [
        *when[: place + 1],
        f"2014-11-02 02:00:00,{pjm[place].close + 11}",
        *when[place + 1 :],
    ]
    disorder = [*doubled[100:], *doubled[:100]]
    yield case("PJM", Written(table("Datetime,PJME_MW", disorder), "PJME_MW", closes(pjm)))
    uci = bars(1_500, start="2006-12-16 17:24", step="15", level=4.2, seed=41, digits=3)
    minutes = [
        f"{b.when.day}/{b.when.month}/{b.when.year};{b.when:%H:%M:%S};{b.close:.3f};0.418"
        for b in uci
    ]
    minutes[40] = ";".join([*minutes[40].split(";")[:2], "?", "?"])
    left = [point for i, point in enumerate(closes(uci, 3)) if i != 40]
    yield case(
        "UCI",
        Written(
            table("Date;Time;Global_active_power;Global_reactive_power", minutes),
            "Global_active_power",
            left,
        ),
    )


def all_structures() -> Iterator[Case]:
    """Everything in this module."""
    for make in (
        around,
        columns,
        rows_in_disorder,
        quotes,
        dates_in_parts,
        numbers_that_do_not_count,
        periods,
        energy,
    ):
        yield from make()
