"""Manners of real exports that stand in a reader's way: forms, limits, eras, words behind rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.corpus.cases import Case, Written, bars, case, closes, table

_MONTHS = bars(72, "2014-01-01", "monthly", seed=401)
_DAYS = bars(130, "2023-01-02", seed=402)
_WEEKS = bars(60, "2021-01-04", "10080", seed=404)
_HOURS = bars(24 * 12, "2023-01-01", "60", seed=403)


def signs() -> Iterator[Case]:
    """Blanks in the dates of a table cut at commas; line breaks and commas in quoted notes."""
    lines = [
        f"{b.when:%-m/%-d/%Y %-I:%M:%S %p},RFC,MIDATL,AE,AECO,{b.close * 9:.3f},True"
        for b in _HOURS
    ]
    head = "datetime_beginning_ept,nerc_region,mkt_region,zone,load_area,mw,is_verified"
    points = [(b.when, float(f"{b.close * 9:.3f}")) for b in _HOURS]
    yield case("blanks between the words", Written(table(head, lines), "mw", points))
    lines = [
        f'{b.when:%Y-%m-%d},"He said ""ok"", then left;\nsee ""note {i}"", 12,50",{b.close}'
        for i, b in enumerate(_DAYS)
    ]
    text = table("Date,Comment,Amount", lines)
    yield case("quotes, breaks and commas", Written(text, "Amount", closes(_DAYS)))


def forms() -> Iterator[Case]:
    """A form's fields above the table, and titles filled up with commas."""
    years = sorted({b.when.year for b in _MONTHS})
    lines = [
        f"{year}," + ",".join(f"{b.close}" for b in _MONTHS if b.when.year == year) + ",1.5,1.5"
        for year in years
    ]
    months = ",".join(f"{b.when:%b}" for b in _MONTHS[:12])
    fields = "Series Id:,CUUR0000SA0\nItem:,All items\nYears:,2014 to 2019\n"
    grid = table(f"Year,{months},HALF1,HALF2", lines)
    for name, text in {"fields": fields, "fields and a blank line": f"{fields}\n"}.items():
        yield case(f"form: {name}", Written(text + grid, "Value", closes(_MONTHS)))
    lines = [f"{b.when:%Y-%m-%d},{b.close}," for b in _DAYS]
    text = "Report:,Daily visitors\nUser:,jsmith@example.org\n\n"
    text += table("Date,Visitors,Notes", lines)
    yield case("form: user", Written(text, "Visitors", closes(_DAYS)))
    lines = [f'{b.when:%d-%b-%y},England,"{b.close * 100:,.0f}",{i}' for i, b in enumerate(_DAYS)]
    points = [(b.when, float(f"{b.close * 100:.0f}")) for b in _DAYS]
    titles = "Hospital admissions,,,\nPublished 12 January 2024,,,\n,,,\n"
    text = titles + table("Day,Region,Admissions,Beds", lines)
    yield case("titles filled up with commas", Written(text, "Admissions", points))


def words() -> Iterator[Case]:
    """Numbers that are limits, and words behind the last column."""
    lines = [
        f"{b.when:%Y-%m}," + ("<1" if i % 9 == 3 else f"{b.close}") for i, b in enumerate(_MONTHS)
    ]
    points = [(b.when, 0.5 if i % 9 == 3 else b.close) for i, b in enumerate(_MONTHS)]
    text = "Category: All categories\n\n" + table("Month,bitcoin: (Germany)", lines)
    yield case("less than one", Written(text, "bitcoin: (Germany)", points))
    lines = [
        f"   {b.when.year}  {b.when.month:2}  {b.close:6.2f}     --- "
        + ("  Provisional" if i > 60 else "")
        for i, b in enumerate(_MONTHS)
    ]
    head = (
        "Heathrow (London Airport)\nLocation 507800E 176700N, 25m amsl\n   yyyy  mm   tmax   af\n"
    )
    yield case("provisional", Written(head + table("", lines), "tmax", closes(_MONTHS)))


def calendars() -> Iterator[Case]:
    """Years of other calendars, and the marks of Arabic numbers."""
    lines = [f"R{b.when.year - 2018}.{b.when.month}.{b.when.day},{b.close},1" for b in _DAYS]
    made = Written(table("基準日,1年,発行", lines), "1年", closes(_DAYS), "shift_jis")
    yield case("years of an era", made)
    lines = [f'{b.when:%d/%m}/{b.when.year + 543},"{b.close * 10:,.1f}"' for b in _DAYS]
    points = [(b.when, float(f"{b.close * 10:.1f}")) for b in _DAYS]
    yield case("Buddhist years", Written(table("วันที่,ราคาปิด", lines), "ราคาปิด", points))
    arabic = str.maketrans("0123456789.-", "٠١٢٣٤٥٦٧٨٩٫/")
    lines = [f"{b.when:%Y-%m-%d};{b.close}".translate(arabic) for b in _DAYS]
    text = table("التاريخ;الإغلاق", lines)
    yield case("Arabic decimal mark", Written(text, "الإغلاق", closes(_DAYS)))


def encodings() -> Iterator[Case]:
    """Few signs beyond ASCII, as Western spreadsheets save them."""
    lines = [f"{b.when:%d/%m/%Y},£{b.close},{i}" for i, b in enumerate(_DAYS)]
    text = table("Date,Takings,Covers", lines)
    yield case("pounds", Written(text, "Takings", closes(_DAYS), "cp1252"))
    for sign in ("°C", "m³", "µg/m³"):
        lines = [f"{b.when:%d.%m.%Y};{b.close} {sign};ok".replace(".", ",") for b in _DAYS]
        lines = [line.replace(",", ".", 2) for line in lines]
        text = table("Datum;Messung;Notiz", lines)
        yield case(f"cells in {sign}", Written(text, "Messung", closes(_DAYS), "cp1252"))
    lines = [f"{b.when:%d/%m/%Y};{b.close}".replace(".", ",") for b in _DAYS]
    for name in ("Señal à São Paulo", "Försäljning (£)", "Nº visitas", "Beløb"):
        text = table(f"Fecha;{name}", lines)
        yield case(f"header: {name}", Written(text, name, closes(_DAYS), "cp1252"))


def durations() -> Iterator[Case]:
    """Times of day that are none."""
    lines = [
        f"{b.when:%Y-%m-%d},{b.close},00:{i % 50 + 2:02}:{i % 60:02}" for i, b in enumerate(_DAYS)
    ]
    text = table("Date,Orders,Avg. talk time", lines)
    yield case("a duration beside", Written(text, "Orders", closes(_DAYS)))
    lines = [f"{b.when:%Y-%m-%d},{i % 9 + 1}:{i % 4 * 15:02}:00" for i, b in enumerate(_DAYS)]
    points = [(b.when, i % 9 + 1 + i % 4 / 4) for i, b in enumerate(_DAYS)]
    yield case("durations alone", Written(table("Date,Duration", lines), "Duration", points))


def weeks() -> Iterator[Case]:
    """Weeks from day to day."""
    week = dt.timedelta(days=6)
    for name, spell in {
        "short": lambda a, b: f"{a:%d.%m.}–{b:%d.%m.%Y}",
        "hyphen": lambda a, b: f"{a:%d.%m.%Y}-{b:%d.%m.%Y}",
        "words": lambda a, b: f'"{a:%b} {a.day} - {b:%b} {b.day}, {b.year}"',
        "commencing": lambda a, b: f"w/c {a:%d/%m/%Y}",
    }.items():
        lines = [f"{spell(b.when, b.when + week)};{b.close}" for b in _WEEKS]
        yield case(f"weeks: {name}", Written(table("Week;Calls", lines), "Calls", closes(_WEEKS)))


def cells() -> Iterator[Case]:
    """Cells too many, comments amid, sums on top, units below the names."""
    ends = (";", ";;;", "", ";ok;")
    lines = [f"{b.when:%d.%m.%Y};{b.close * 100:.0f}{ends[i % 4]}" for i, b in enumerate(_DAYS)]
    points = [(b.when, float(f"{b.close * 100:.0f}")) for b in _DAYS]
    text = table("Datum;Menge;Bemerkung", lines)
    yield case("empty cells too many", Written(text, "Menge", points))
    lines = [f"{b.when:%Y-%m-%d},{b.close},{i}" for i, b in enumerate(_DAYS)]
    text = table("Date,Level,n", [*lines[:40], "# cleaned", *lines[40:90], "#", *lines[90:]])
    yield case("comments amid", Written(text, "Level", closes(_DAYS)))
    text = table(
        "Date,Views,Minutes,Likes", ["Total,268706,14241.418,812"] + [f"{x},1" for x in lines]
    )
    yield case("sums on top", Written(text, "Views", closes(_DAYS)))
    lines = [f"{b.when:%d.%m.%Y};{b.close};{b.close}".replace(".", ",") for b in _DAYS]
    lines = [line.replace(",", ".", 2) for line in lines]
    text = table("Datum;Umsatz;Kosten", ["[dd.MM.yyyy];[EUR];[EUR]", *lines])
    yield case("units below", Written(text, "Umsatz [EUR]", closes(_DAYS)))
    head = "Rechnungsdatum;Kunde;Umsatz;MwSt;Bruttobetrag"
    lines = [
        f"{b.when:%d.%m.%Y};Meier;{b.close};{b.close / 5:.2f};{b.close * 1.2:.2f}" for b in _DAYS
    ]
    yield case("taxes beside", Written(table(head, lines), "Umsatz", closes(_DAYS)))


def split_dates() -> Iterator[Case]:
    """A month and the day's number beside each other; sums of a year without a date."""
    days = bars(150, "2023-01-01", "1440", seed=405)
    lines = [f"{b.when:%b %Y},{b.when.day},{b.close}" for b in days]
    yield case("month and day", Written(table("Month,Day,Visits", lines), "Visits", closes(days)))
    lines = [f"{b.when:%b %Y}" * (b.when.day == 1) + f",{b.when.day},{b.close}" for b in days]
    text = table("Month,Day,Visits", lines)
    yield case("month once and day", Written(text, "Visits", closes(days)))
    lines = []
    for b in _MONTHS:
        lines.append(f"{b.when:%d/%m/%Y};{b.close:.2f}")
        if b.when.month == 12:
            total = sum(m.close for m in _MONTHS if m.when.year == b.when.year)
            lines.append(f";{total:.2f}")
    text = table("Mois;Ventes", lines).replace(".", ",")
    yield case("sums without a date", Written(text, "Ventes", closes(_MONTHS)))


def all_manners() -> Iterator[Case]:
    """Everything in this module."""
    for make in (signs, forms, words, calendars, encodings, durations, weeks, cells, split_dates):
        yield from make()
