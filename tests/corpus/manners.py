"""Manners of real exports that stand in a reader's way: forms, limits, eras, words behind rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.cases import Case, Written, bars, case, closes, table

_MONTHS = bars(72, "2014-01-01", "monthly", seed=401)
_DAYS = bars(130, "2023-01-02", seed=402)
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


def all_manners() -> Iterator[Case]:
    """Everything in this module."""
    for make in (signs, forms, words, calendars):
        yield from make()
