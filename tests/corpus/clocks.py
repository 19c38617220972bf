"""Times of day in columns of their own, ticks, words behind numbers, headers that explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.corpus.cases import Case, Written, bars, case, closes, table

_DAYS = bars(130, "2023-01-02", seed=501)
_MONTHS = bars(72, "2019-05-01", "monthly", seed=502)
_HALF_HOURS = bars(48 * 6, "2023-01-02", "30", seed=503)
_TICKS = bars(200, "2023-01-02 17:00:00", "1", seed=504, digits=4)


def times() -> Iterator[Case]:
    """Separate clocks with dots, letters and words."""
    for name, header, form in (
        ("a.m.", "Date;Time;Level", "{b.when:%d %b %Y};{b.when:%I.%M} {half};{b.close}"),
        ("dots", "Datum;Zeit;Wert", "{b.when:%d.%m.%Y};{b.when:%H.%M};{b.close}"),
        ("h", "Date;Heure;Valeur", "{b.when:%d/%m/%Y};{b.when.hour}h{b.when:%M};{b.close}"),
        ("Uhr", "Datum;Zeit;Wert", "{b.when:%d.%m.%Y};{b.when:%H:%M} Uhr;{b.close}"),
        (
            "klo",
            "Pvm;Arvo",
            "{b.when.day}.{b.when.month}.{b.when.year} klo {b.when:%H.%M};{b.close}",
        ),
    ):
        lines = [form.format(b=b, half="a.m." if b.when.hour < 12 else "p.m.") for b in _HALF_HOURS]
        column = header.split(";")[-1]
        yield case(f"clock: {name}", Written(table(header, lines), column, closes(_HALF_HOURS)))
    for name, header in {"Finnish": "Pvm;Klo;Paino", "Italian": "Data;Ora;Peso"}.items():
        lines = [
            f"{b.when:%d.%m.%Y};{7 + i % 2}.{i * 7 % 60:02};{b.close}" for i, b in enumerate(_DAYS)
        ]
        text = table(header, lines)
        yield case(f"when measured: {name}", Written(text, header[-5:].strip(";"), closes(_DAYS)))


def ticks() -> Iterator[Case]:
    """Uneven milliseconds, with and without headers."""
    moments = [
        (b.when.replace(microsecond=137_000 * i % 1_000_000), b) for i, b in enumerate(_TICKS)
    ]
    points = [(when, b.close) for when, b in moments]
    lines = [
        f"{when:%Y%m%d %H%M%S}{when.microsecond // 1000:03},{b.close},0" for when, b in moments
    ]
    yield case("ticks without a header", Written(table("", lines), "column 2", points))
    lines = [
        f"{when:%Y.%m.%d}\t{when:%H:%M:%S}.{when.microsecond // 1000:03}\t{b.close}\t\t{6 - i % 5}"
        for i, (when, b) in enumerate(moments)
    ]
    text = table("<DATE>\t<TIME>\t<BID>\t<LAST>\t<FLAGS>", lines)
    yield case("ticks with flags", Written(text, "<BID>", points))
    lines = [f"EURUSD,{b.when:%Y%m%d},{b.when:%H%M%S},{b.open},{b.close},4" for b in _TICKS]
    text = table("<TICKER>,<DTYYYYMMDD>,<TIME>,<OPEN>,<CLOSE>,<VOL>", lines)
    yield case("DTYYYYMMDD", Written(text, "<CLOSE>", closes(_TICKS, 4)))


def words() -> Iterator[Case]:
    """A word behind every number; headers that explain themselves; eras without days."""
    points = [(b.when, float(int(b.close))) for b in _DAYS]
    for word in ("人", "件", " guests", " Pers.", " чел."):
        lines = [f"{b.when:%Y-%m-%d},{int(b.close)}{word}" for b in _DAYS]
        yield case(
            f"counted in{word}", Written(table("Date,Count of it", lines), "Count of it", points)
        )
    head = (
        "Date\tOpen\tHigh\tLow\tClose Close price adjusted for splits.\tAdj Close Adjusted close "
        "price adjusted for splits and dividend and/or capital gain distributions.\tVolume"
    )
    lines = [
        f"{b.when:%b} {b.when.day}, {b.when.year}\t{b.open}\t{b.high}\t{b.low}\t{b.close}"
        f"\t{b.close - 1:.2f}\t{b.volume:,}"
        for b in reversed(_DAYS)
    ]
    column = head.split("\t")[4]
    yield case("a page's headers", Written(table(head, lines), column, closes(_DAYS)))
    lines = [
        f"令和{'元' if b.when.year == 2019 else b.when.year - 2018}年{b.when.month}月,{b.close}"
        for b in _MONTHS
    ]
    text = table("年月,指数", lines)
    yield case("months of an era", Written(text, "指数", closes(_MONTHS), "cp932"))
    lines = [f"{b.when:%Y-%m-%d},{i % 7},{b.close}" for i, b in enumerate(_DAYS)]
    text = table("Date,Covers,Takings (£)", lines)
    yield case("money in the header", Written(text, "Takings (£)", closes(_DAYS)))


def headings() -> Iterator[Case]:
    """Notes above years and values; the whole price beside its parts."""
    years = [(dt.datetime(1960 + i, 1, 1), b.close) for i, b in enumerate(_DAYS[:60])]
    lines = [f'"{when.year}","{value}",' for when, value in years]
    notes = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-01-15",\n\n'
    text = notes + table('"Year","Value",', lines)
    yield case("notes above years", Written(text, "Value", years))
    lines = [f"{b.when:%Y-%m-%d %H:%M},{b.close - 3:.2f},{b.close},2.5,0.5" for b in _HALF_HOURS]
    head = (
        "datetime_beginning_ept,system_energy_price_rt,total_lmp_rt,congestion_price_rt,loss_price"
    )
    yield case("total of prices", Written(table(head, lines), "total_lmp_rt", closes(_HALF_HOURS)))


def under_way() -> Iterator[Case]:
    """The latest day twice: its last price behind that of the row before."""
    rows = [f"{b.when:%Y-%m-%d},{b.open},{b.close},{b.volume}" for b in _DAYS]
    last = _DAYS[-1]
    now = f"{last.when:%Y-%m-%d},{last.open},{last.close + 0.5:.2f},{last.volume}"
    points = [*closes(_DAYS)[:-1], (last.when, round(last.close + 0.5, 2))]
    for name, lines in {"last": [*rows, now], "first": [now, *reversed(rows)]}.items():
        text = table("Date,Open,Close,Volume", lines)
        yield case(f"the day under way: {name}", Written(text, "Close", points))


def accounts() -> Iterator[Case]:
    """A spreadsheet's accounting format; months as plain digits without a heading."""
    points = [(b.when, round(b.close - b.open, 2)) for b in _DAYS]
    cells = [f"$({-v:,.2f})" if v < 0 else f"${v:,.2f} " if v else "$ -   " for _, v in points]
    lines = [f'{when:%d-%b-%y}," {cell}"' for (when, _), cell in zip(points, cells, strict=True)]
    yield case("accounting format", Written(table("Date,Net P&L", lines), "Net P&L", points))
    lines = [f"{b.when:%Y%m},{b.close:8.2f},{b.open:8.2f}" for b in _MONTHS]
    for name in ("", "Unnamed: 0"):
        text = "Made from the 202412 database.\n\n" + table(f"{name},Close,Open", lines)
        yield case(f"months below {name!r}", Written(text, "Close", closes(_MONTHS)))


def all_clocks() -> Iterator[Case]:
    """Everything in this module."""
    for make in (times, ticks, words, headings, under_way, accounts):
        yield from make()
