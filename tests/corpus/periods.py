"""Steps that come in groups: totals among them, years written once, a day's parts numbered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tests.corpus.cases import Bad, Bar, Case, Written, bars, case, closes, table

_MONTHS = bars(60, "2015-01-01", "monthly", seed=201)
_HOURS = bars(24 * 14, "2023-05-01", "60", seed=202)
_HALVES = bars(48 * 10, "2023-05-01", "30", seed=203)
_GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September")
_GERMAN = (*_GERMAN, "Oktober", "November", "Dezember")


def _years(rows: Sequence[Bar]) -> Iterator[tuple[int, list[Bar]]]:
    for year in sorted({bar.when.year for bar in rows}):
        yield year, [bar for bar in rows if bar.when.year == year]


def totals() -> Iterator[Case]:
    """A row after every year that sums it up, and files of years, quarters and months."""
    points = closes(_MONTHS)
    for label, header, row, total in (
        ("words", "Month,Sales", "{0:%b} {0:%Y},{1}", "Total {0},{1}"),
        ("year first", "Month,Sales", "{0:%Y-%m},{1}", "{0} Total,{1}"),
        ("year alone", "Month,Sales", "{0:%Y-%m},{1}", "{0},{1}"),
        ("months named", "Year,Month,Sales", "{0:%Y},{0:%B},{1}", "{0},Annual,{1}"),
        ("M13", "id,year,period,value", "CU01,{0:%Y},M{0:%m},{1}", "CU01,{0},M13,{1}"),
        ("no date", "Month,Item,Sales", "{0:%Y-%m},Tea,{1}", ",Total,{1}"),
    ):
        lines = []
        for year, rows in _years(_MONTHS):
            lines += [row.format(bar.when, round(bar.close, 2)) for bar in rows]
            lines.append(total.format(year, round(sum(bar.close for bar in rows), 2)))
        column = header.rsplit(",", 1)[1]
        yield case(f"totals: {label}", Written(table(header, lines), column, points))
    quarters = bars(40, "2015-01-01", "monthly", seed=204)
    coarse = [f"{2005 + i},{bar.close}" for i, bar in enumerate(quarters[:15])]
    coarse += [f"{2005 + i // 4} Q{i % 4 + 1},{bar.close}" for i, bar in enumerate(quarters)]
    fine = [f"{bar.when:%Y %b},{bar.close}".upper() for bar in _MONTHS]
    notes = '"Title","Price index"\n"Unit","Index, 2015 = 100"\n'
    text, column = notes + table("", coarse + fine), "Price index [Index, 2015 = 100]"
    yield case("years, quarters and months", Written(text, column, points))


def written_once() -> Iterator[Case]:
    """Years and days beside their first step alone, as merged cells are saved."""
    lines = [
        f"{bar.when.year if bar.when.month == 1 else ''};{_GERMAN[bar.when.month - 1]};{bar.close}"
        for bar in _MONTHS
    ]
    decimal = [line.replace(".", ",") for line in lines]
    text = table("Jahr;Monat;Wert", decimal)
    yield case("year once", Written(text, "Wert", closes(_MONTHS)))
    text = "Preisindex\nDeutschland\n;;Index\n" + table("", decimal)
    yield case("year once, no names", Written(text, "column 3", closes(_MONTHS)))
    days = [f"{bar.when:%Y-%m-%d}" if bar.when.hour == 0 else "" for bar in _HOURS]
    lines = [f"{day},{bar.when:%H:%M},{bar.close}" for day, bar in zip(days, _HOURS, strict=True)]
    yield case("day once", Written(table("Date,Time,MW", lines), "MW", closes(_HOURS)))


def no_names() -> Iterator[Case]:
    """Year and month without a header, and a header above units that are set apart by blanks."""
    for label, row in (
        ("commas", "{0.year},{0.month},{1}"),
        ("blanks", " {0.year} {0.month:3} {1}"),
    ):
        lines = [row.format(bar.when, bar.close) for bar in _MONTHS]
        yield case(f"year, month: {label}", Written(table("", lines), "column 3", closes(_MONTHS)))
    notes = "Oxford\nLocation: 450900E 207200N, 63 metres amsl\nMissing data is marked by ---.\n"
    head = "   yyyy  mm   temp    af    sun\n              degC  days  hours\n"
    lines = [
        f"   {b.when.year}  {b.when.month:2}   {b.close:.2f}{'*' * (i > 50)}   ---   9.1#"
        for i, b in enumerate(_MONTHS)
    ]
    text = notes + head + table("", lines)
    yield case("a station's months", Written(text, "temp", closes(_MONTHS)))


def across() -> Iterator[Case]:
    """A row for each year or day, a column for each quarter, hour or half hour."""
    quarters = [
        Bar(dt.datetime(1990 + i // 4, i % 4 * 3 + 1, 1), *[bar.close] * 4, 0)
        for i, bar in enumerate(bars(80, seed=205))
    ]
    for header in ("Year,Q1,Q2,Q3,Q4", "Year,Qtr 1,Qtr 2,Qtr 3,Qtr 4"):
        lines = [
            f"{year}," + ",".join(str(round(bar.close, 2)) for bar in rows)
            for year, rows in _years(quarters)
        ]
        yield case(f"across: {header}", Written(table(header, lines), "Value", closes(quarters)))
    for label, names, rows, end in (
        ("H1", [f"H{i}" for i in range(1, 25)], _HOURS, ""),
        ("HE1 and a total", [f"HE{i}" for i in range(1, 25)], _HOURS, "Total"),
        ("00:00", [f"{i:02}:00" for i in range(24)], _HOURS, ""),
        ("0", [str(i) for i in range(24)], _HOURS, ""),
        ("from, to", [f"{i:02}:00-{i + 1:02}:00" for i in range(24)], _HOURS, ""),
        ("half hours", [f"{i // 2:02}:{i % 2 * 30:02}" for i in range(48)], _HALVES, "kWh"),
    ):
        lines = []
        for start in range(0, len(rows), len(names)):
            day = rows[start : start + len(names)]
            cells = [f"{day[0].when:%d/%m/%Y}", *(str(round(bar.close, 2)) for bar in day)]
            lines.append(",".join([*cells, "9.5"] if end else cells))
        header = ",".join(["Date", *names, end] if end else ["Date", *names])
        text = table(header, lines)
        yield case(f"hours across: {label}", Written(text, "Value", closes(rows)))


def numbered_parts() -> Iterator[Case]:
    """The parts of a day by number, over days on which clocks change."""
    for label, header, row, rows, per_day in (
        ("hours", "Date,Period,Price", "{0:%d/%m/%Y},{2},{1}", _HOURS, 24),
        ("half hours", "Day;Interval;Price", "{0:%Y-%m-%d};{2};{1}", _HALVES, 48),
        ("no names", "", "{0.year};{0.month};{0.day};{2};{1};{1};", _HOURS, 24),
    ):
        lines = [
            row.format(bar.when, round(bar.close, 2), place % per_day + 1)
            for place, bar in enumerate(rows)
        ]
        column = header.replace(";", ",").rsplit(",", 1)[1] if header else "column 5"
        yield case(f"numbered: {label}", Written(table(header, lines), column, closes(rows)))
    for label, start, change in (
        ("an hour less", "2023-03-20", "2023-03-26"),
        ("an hour more", "2023-10-23", "2023-10-29"),
    ):
        rows, lines, points = bars(24 * 12 + 1, start, "60", seed=206), [], []
        left = iter(rows)
        day = dt.datetime.fromisoformat(start)
        for _ in range(12):
            hours = list(range(24))
            if f"{day:%Y-%m-%d}" == change:
                hours = (
                    [h for h in hours if h != 2] if "less" in label else [*hours[:3], 2, *hours[3:]]
                )
            for number, hour in enumerate(hours, start=1):
                value = round(next(left).close, 2)
                lines.append(f"{day:%d/%m/%Y},{number},{value}")
                if number < 2 or hours[number - 2] != hour:
                    points.append((day + dt.timedelta(hours=hour), value))
            day += dt.timedelta(days=1)
        text = table("Date,Period,Price", lines)
        yield case(f"numbered: {label}", Written(text, "Price", points))


def stand_ins() -> Iterator[Case]:
    """-9999 and the like where a station has no value."""
    rows = bars(120, seed=207)
    for number in ("-9999", "-999.0", "-99.9"):
        lines = [
            f"{bar.when:%Y-%m-%d},{bar.close if place % 9 != 4 else number}"
            for place, bar in enumerate(rows)
        ]
        points = [point for place, point in enumerate(closes(rows)) if place % 9 != 4]
        yield case(f"stand-in: {number}", Written(table("date,level", lines), "level", points))


def other_spellings() -> Iterator[Case]:
    """Days first without signs between, newest first; Taiwan's years."""
    rows = bars(90, seed=208)
    lines = [f"{bar.when:%d%m%Y},{bar.close}" for bar in reversed(rows)]
    yield case("DDMMYYYY", Written(table("Date,Close", lines), "Close", closes(rows)))
    lines = [f"{bar.when.year - 1911}/{bar.when:%m/%d},{bar.close}" for bar in rows]
    yield case("Taiwan", Written(table("日期,收盤價", lines), "收盤價", closes(rows)))


def two_currencies() -> Bad:
    """Dollars, and euros below them."""
    rows = bars(80, seed=209)
    lines = [f"{bar.when:%Y-%m-%d},{'$€'[i // 40]}{bar.close}" for i, bar in enumerate(rows)]
    return Bad("two currencies", table("Date,Price", lines).encode(), ("mixed-units",))


def all_periods() -> Iterator[Case]:
    """Every case of this file."""
    for write in (
        totals,
        written_once,
        no_names,
        across,
        numbered_parts,
        stand_ins,
        other_spellings,
    ):
        yield from write()
