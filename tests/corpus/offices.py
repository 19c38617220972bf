"""Files of weather services, power exchanges and statistics offices, in spellings of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.corpus.cases import Case, Point, Written, bars, case, closes, table


def compact_hours() -> Iterator[Case]:
    """Year, month, day and hour in ten digits, which are no seconds since 1970."""
    rows = bars(72, start="2023-01-30 00:00", step="60", level=20.0, seed=51)
    for header in ("MESS_DATUM;TT_TU", "Datetime;Load", "timestamp;value"):
        lines = [f"{b.when:%Y%m%d%H};{b.close}" for b in rows]
        name = header.split(";")[1]
        yield case(f"YYYYMMDDHH: {header}", Written(table(header, lines), name, closes(rows)))
    ends = [b.when - dt.timedelta(hours=1) for b in rows]
    lines = [f"{end:%Y%m%d}{end.hour + 1:02d};{b.close}" for end, b in zip(ends, rows, strict=True)]
    yield case("YYYYMMDD24", Written(table("Date;Value", lines), "Value", closes(rows)))
    zero = dt.datetime(1970, 1, 1)
    late = bars(72, start="2033-12-01 00:00", step="60", seed=52)
    seconds = [f"{int((b.when - zero).total_seconds())};{b.close}" for b in late]
    yield case("seconds of 2033", Written(table("time;price", seconds), "price", closes(late)))


def hours_beside_days() -> Iterator[Case]:
    """Hours as ranges, or with a and p for the halves of the day, beside a column of days."""
    rows = bars(24 * 8, start="2023-01-30 00:00", step="60", level=70.0, seed=53)
    for header, layout in (
        (";Hours;SE1", "{0:02d} - {1:02d}"),
        ("Datum;Stunde;Preis", "{0:02d}-{1:02d} Uhr"),
        ("Date;Hour;Price", "{0}-{1}"),
        ("Date;Hour;Price", "{0:02d} – {1:02d}"),
        ("Date;Interval;Price", "{0:02d} - {1:02d}"),
        ("Date;Hour;Price", "{0:02d}:00-{1:02d}:00"),
        ("Date;Hour;Price", "{0:02d}:00 - {1:02d}:00"),
    ):
        for midnight in (24, 0):
            lines = []
            for b in rows:
                end = b.when.hour + 1 if b.when.hour < 23 else midnight
                lines.append(f"{b.when:%d-%m-%Y};{layout.format(b.when.hour, end)};{b.close}")
            written = Written(table(header, lines), header.split(";")[2], closes(rows))
            yield case(f"hours: {header} {layout} {midnight}", written)
    halves = bars(200, start="2023-01-30 00:00", step="30", level=10.0, seed=54)
    for blank in ("", " "):
        lines = [
            f"{b.when:%d/%m/%y}\t{b.when.hour % 12 or 12}:{b.when:%M}{blank}"
            f"{'a' if b.when.hour < 12 else 'p'}\t{b.close}"
            for b in halves
        ]
        written = Written(table("Date\tTime\tTemp", lines), "Temp", closes(halves))
        yield case(f"hours: 12:30{blank}a", written)
        joined = [line.replace("\t", " ", 1) for line in lines]
        written = Written(table("Date\tTemp", joined), "Temp", closes(halves))
        yield case(f"hours: 30/01/23 12:30{blank}a", written)


def ranges_that_are_no_hours() -> Iterator[Case]:
    """Scores beside a date are no times of day."""
    days = bars(60, seed=55)
    lines = [f"{b.when:%Y-%m-%d},{i % 3}-{i % 3 + 1},{b.close}" for i, b in enumerate(days)]
    written = Written(table("Date,Score,Close", lines), "Close", closes(days))
    yield case("no hours: scores", written)


def _years(first: int, n: int) -> list[Point]:
    return [(dt.datetime(first + i, 1, 1), 100.0 + i * 1.5) for i in range(n)]


def seasons() -> Iterator[Case]:
    """Years that begin in one year and end in the next."""
    for header, layout, first in (
        ("Season,Goals", "{y}/{s:02d}", 1980),
        ("Year,Spending", "{y}/{s:02d}", 2001),
        ("Financial year,Spending", "{y}-{s:02d}", 1995),
        ("Year,Spending", "{y}-{s:02d}", 2000),
        ("Year,Spending", "{y}–{s:02d}", 1980),
        ("Year,Spending", "{y}/{e}", 1980),
        ("Year,Spending", "FY{y}", 1980),
        ("Fiscal year,Spending", "FY {y}", 1980),
        ("Year,Spending", "FY{y}/{s:02d}", 1980),
    ):
        points = _years(first, 30 if first != 2001 else 10)
        lines = [
            f"{layout.format(y=d.year, e=d.year + 1, s=(d.year + 1) % 100)},{v}" for d, v in points
        ]
        name = header.split(",")[1]
        yield case(f"seasons: {layout} {first}", Written(table(header, lines), name, points))
    months = [(dt.datetime(2011 + i // 12, i % 12 + 1, 1), 50.0 + i * 0.5) for i in range(30)]
    for layout in ("%Y/%m", "%Y-%m"):
        lines = [f"{d.strftime(layout)},{v}" for d, v in months]
        yield case(f"no season: {layout}", Written(table("Month,CPI", lines), "CPI", months))


def quarters_under_their_name() -> Iterator[Case]:
    """Year and quarter as plain digits, which only the header tells."""
    points = [(dt.datetime(2006 + i // 4, 3 * (i % 4) + 1, 1), 20.0 + i * 0.25) for i in range(50)]
    for header in ("Quarter,GDP", "YearQuarter,GDP", "Quartal;BIP", "ref_quarter,GDP"):
        for layout in ("{y}{q}", "{y}-{q}", "{y}.{q}", "{y}/{q}", "{q}/{y}", "{y}-0{q}", "{y}0{q}"):
            comma = "," if "," in header else ";"
            lines = [f"{layout.format(y=d.year, q=d.month // 3 + 1)}{comma}{v}" for d, v in points]
            written = Written(table(header, lines), header.split(comma)[1], points)
            yield case(f"quarters: {header} {layout}", written)
    months = [f"{d:%Y-%m},{v}" for d, v in points]
    yield case("quarters by their month", Written(table("Quarter,GDP", months), "GDP", points))
    excel = dt.datetime(1899, 12, 30)
    lines = [f"{(d - excel).days},{v}" for d, v in points]
    yield case(
        "Excel serials of quarters", Written(table("Quarter date,GDP", lines), "GDP", points)
    )


def spellings_of_programs() -> Iterator[Case]:
    """Months, half-years and times as Stata, SAS and RATS write them, and bare MM/YY."""
    months = bars(72, start="2014-05-01", step="monthly", seed=56)
    for header, layout in (
        ("date,cpi", "{0.year}m{0.month}"),
        ("date,cpi", "{0:%Y:%m}"),
        ("Period,cpi", "{0:%m/%y}"),
        ("Month,cpi", "{0:%m-%y}"),
        ("Month,cpi", "{0.month}/{0:%y}"),
    ):
        for rows in (months, months[::-1]):
            lines = [f"{layout.format(b.when)},{b.close}" for b in rows]
            written = Written(table(header, lines), "cpi", closes(months))
            yield case(f"programs: {layout} {rows[0].when.year}", written)
    early = bars(40, start="2001-01-01", step="monthly", seed=59)
    lines = [f"{b.when:%m/%y},{b.close}" for b in early]
    yield case("programs: 01/01", Written(table("Month,cpi", lines), "cpi", closes(early)))
    quarters = [(dt.datetime(2006 + i // 4, 3 * (i % 4) + 1, 1), 20.0 + i) for i in range(50)]
    lines = [f"{d.year}:{d.month // 3 + 1},{v}" for d, v in quarters]
    yield case("programs: 2006:1", Written(table("date,gdp", lines), "gdp", quarters))
    halves = [(dt.datetime(1990 + i // 2, 6 * (i % 2) + 1, 1), 100.0 + i) for i in range(40)]
    for layout in (
        "{y}H{h}",
        "{y}-S{h}",
        "{y} S{h}",
        "H{h} {y}",
        "S{h}/{y}",
        "{y}-H{h}",
        "{y}h{h}",
    ):
        lines = [f"{layout.format(y=d.year, h=d.month // 6 + 1)},{v}" for d, v in halves]
        yield case(f"programs: {layout}", Written(table("Period,Index", lines), "Index", halves))
    hours = bars(100, start="2023-01-30 00:00", step="60", seed=57)
    days = bars(100, start="2023-01-30", seed=58)
    for rows in (hours, days):
        lines = [f"{b.when:%d%b%Y:%H:%M:%S}".upper() + f",{b.close}" for b in rows]
        written = Written(table("datetime,value", lines), "value", closes(rows))
        yield case(f"programs: SAS to {rows[-1].when}", written)


_DUTCH = "januari februari maart april mei juni juli augustus september oktober november december"


def provisional_marks() -> Iterator[Case]:
    """The newest figures of statistics offices bear marks; they count like the others."""
    months = bars(60, start="2016-01-01", step="monthly", seed=60)
    points = closes(months)
    names = _DUTCH.split()
    lines = [
        f'"{b.when.year} {names[b.when.month - 1]}{"*" if i > 57 else ""}";"{b.close:.2f}"'.replace(
            ".", ","
        )
        for i, b in enumerate(months)
    ]
    dutch = table('"Perioden";"CPI"', lines) + '"Bron: CBS"\n'
    yield case("marks: CBS", Written(dutch, "CPI", points))
    for mark in ("*", "**", " (p)", "(r)", " p", "p", " †", " e"):
        for layout in ("%b %Y", "%Y-%m", "%Y %B"):
            if mark == "p" and layout == "%Y %B":
                continue
            lines = [
                f"{b.when.strftime(layout)}{mark if i > 50 else ''},{b.close}"
                for i, b in enumerate(months)
            ]
            text = table("Period,CPI", lines)
            yield case(f"marks: {layout}{mark}", Written(text, "CPI", points))
    for mark in (" r", "r", "*", " (p)", "(P)", "b", " b", " e", "e", " s", " d", " †", " p"):
        for places in (range(48, 60), range(12), (20,), (5, 30, 59)):
            lines = [
                f"{b.when:%Y-%m},{b.close:.1f}{mark if i in places else ''}"
                for i, b in enumerate(months)
            ]
            told = closes(months, 1)
            yield case(f"marks: 101.7{mark} {places}", Written(table("T,V", lines), "V", told))
    comma = [
        f"{b.when:%Y-%m};{b.close:.1f}{' p' * (i > 50)}".replace(".", ",")
        for i, b in enumerate(months)
    ]
    yield case("marks: 101,7 p", Written(table("Monat;Wert", comma), "Wert", closes(months, 1)))
    for mark in ("*", "p", " (p)", " r"):
        years = _years(1980, 40)
        lines = [
            f"{d.year}{mark * (i > 36)},{v}{mark * (i > 36)}" for i, (d, v) in enumerate(years)
        ]
        yield case(f"marks: 2018{mark}", Written(table("Year,GDP", lines), "GDP", years))
        whole = [f"{d.year},{int(v * 10)}{mark * (i > 36)}" for i, (d, v) in enumerate(years)]
        told = [(d, float(int(v * 10))) for d, v in years]
        yield case(f"marks: 1015{mark}", Written(table("Year,GDP", whole), "GDP", told))
        lines = [
            f"{d.year}-{(d.year + 1) % 100:02d}{mark * (i > 36)},{v}"
            for i, (d, v) in enumerate(years)
        ]
        yield case(f"marks: 2018-19{mark}", Written(table("Year,GDP", lines), "GDP", years))
    for mark in ("*", " p", " (p)"):
        late = [mark * (i > 50) for i in range(60)]
        for column, layout in (("year", "{y}{mark},{m}"), ("month", "{y},{m}{mark}")):
            lines = [
                f"{layout.format(y=b.when.year, m=b.when.month, mark=late[i])},{b.close}"
                for i, b in enumerate(months)
            ]
            written = Written(table("Year,Month,CPI", lines), "CPI", points)
            yield case(f"marks: {column} of its own{mark}", written)
    houses = [
        f"{b.when:%Y-%m},{i % 9}{('', 'd', 'e')[i % 3]},{b.close}" for i, b in enumerate(months)
    ]
    yield case("no marks: houses", Written(table("Month,House,V", houses), "V", points))


def all_offices() -> Iterator[Case]:
    """Everything in this module."""
    for make in (
        compact_hours,
        hours_beside_days,
        ranges_that_are_no_hours,
        seasons,
        quarters_under_their_name,
        spellings_of_programs,
        provisional_marks,
    ):
        yield from make()
