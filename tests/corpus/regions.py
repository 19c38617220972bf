"""Ways of writing numbers, dates and letters in different places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from tests.corpus.cases import Case, Written, bars, case, closes, group, indian, table

_DAYS = {
    "iso": "%Y-%m-%d",
    "ymd slash": "%Y/%m/%d",
    "ymd point": "%Y.%m.%d",
    "compact": "%Y%m%d",
    "dmy point": "%d.%m.%Y",
    "dmy slash": "%d/%m/%Y",
    "dmy dash": "%d-%m-%Y",
    "mdy slash": "%m/%d/%Y",
    "dmy short": "%d.%m.%y",
    "mdy short": "%m/%d/%y",
    "d-Mon-y": "%d-%b-%y",
    "d Mon Y": "%d %b %Y",
    "Mon d, Y": "%b %d, %Y",
    "long": "%B %d, %Y",
    "weekday": "%a, %d %b %Y",
    "iso time": "%Y-%m-%dT%H:%M:%S",
    "iso offset": "%Y-%m-%d %H:%M:%S+01:00",
    "iso zulu": "%Y-%m-%dT%H:%M:%S.000Z",
}
_MONTHS = {
    "German": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "French": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "Spanish": "ene feb mar abr may jun jul ago sep oct nov dic",
    "Portuguese": "jan fev mar abr mai jun jul ago set out nov dez",
    "Italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
    "novembre dicembre",
    "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "Polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "Dutch": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "Turkish": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
}


def date_layouts() -> Iterator[Case]:
    """Every layout of dates between every delimiter that suits it."""
    rows = bars(70, seed=11)
    for (name, layout), delimiter in product(_DAYS.items(), ",;\t|"):
        quote = '"' if "," in layout and delimiter == "," else ""
        lines = [
            f"{quote}{b.when.strftime(layout)}{quote}{delimiter}{b.close}{delimiter}{b.volume}"
            for b in rows
        ]
        text = table(delimiter.join(("Date", "Close", "Volume")), lines)
        yield case(f"dates: {name} by {delimiter!r}", Written(text, "Close", closes(rows)))


def month_names() -> Iterator[Case]:
    """Months in other languages."""
    rows = bars(70, start="2021-01-04", seed=12)
    for language, names in _MONTHS.items():
        months = names.split()
        for sign in (" ", "-"):
            lines = [
                f"{b.when.day}{sign}{months[b.when.month - 1]}{sign}{b.when.year};{b.close}"
                for b in rows
            ]
            text = table("Datum;Close", lines)
            yield case(f"months: {language} {sign!r}", Written(text, "Close", closes(rows)))


def numbers() -> Iterator[Case]:
    """Decimal marks, thousands, currencies and magnitudes."""
    ways = {
        "comma": lambda x: group(x, 2, "", ","),
        "point and comma": lambda x: group(x, 2, ".", ","),
        "blank and comma": lambda x: group(x, 2, " ", ","),
        "narrow blank and comma": lambda x: group(x, 2, "\u202f", ","),
        "Swiss": lambda x: group(x, 2, "'", "."),
        "Swiss curly": lambda x: group(x, 2, "’", "."),
        "English": lambda x: group(x, 2, ",", "."),
        "Indian": indian,
        "dollars": lambda x: f"${group(x)}",
        "euros after": lambda x: group(x, 2, ".", ",") + " €",
        "code after": lambda x: group(x, 2, ",", ".") + " USD",
        "rupees": lambda x: "₹" + indian(x),
        "accounting": lambda x: f"({group(x - 1200)})".replace("(-", "(").replace(")", ")"),
        "spaces around": lambda x: f"  {x:.2f} ",
        "exponent": lambda x: f"{x:.7E}",
        "plus": lambda x: f"+{x:.2f}",
    }
    for level, seed in ((18.4, 13), (1_240.0, 14), (245_000.0, 15)):
        rows = bars(60, level=level, seed=seed)
        for name, write in ways.items():
            if name == "accounting":
                continue
            lines = [f"{b.when:%Y-%m-%d};{write(b.close)};{b.volume}" for b in rows]
            text = table("Date;Price;Volume", lines)
            yield case(f"numbers: {name} at {level:g}", Written(text, "Price", closes(rows)))


def signs() -> Iterator[Case]:
    """Negative numbers, in all the ways people mark them."""
    rows = bars(50, seed=16)
    ways = {
        "minus": lambda x: f"{x:.2f}",
        "true minus": lambda x: f"{x:.2f}".replace("-", "−"),
        "brackets": lambda x: f"({-x:.2f})" if x < 0 else f"{x:.2f}",
        "minus after": lambda x: f"{-x:.2f}-" if x < 0 else f"{x:.2f}",
        "dollar brackets": lambda x: f"(${-x:.2f})" if x < 0 else f"${x:.2f}",
        "minus dollar": lambda x: f"-${-x:.2f}" if x < 0 else f"${x:.2f}",
        "percent": lambda x: f"{x:.2f}%",
    }
    points = [(b.when, round(b.close - 100, 2)) for b in rows]
    for name, write in ways.items():
        lines = [f"{when:%d/%m/%Y},{write(value)}" for when, value in points]
        yield case(f"signs: {name}", Written(table("Date,Value", lines), "Value", points))


def magnitudes() -> Iterator[Case]:
    """K, M, Cr, Mio and their relatives."""
    words = {
        "K": 1e3,
        "M": 1e6,
        "B": 1e9,
        " Mio.": 1e6,
        " Mrd": 1e9,
        "Cr": 1e7,
        " bn": 1e9,
        "万": 1e4,
    }
    rows = bars(40, seed=17)
    for word, factor in words.items():
        points = [(b.when, round(b.close, 2) * factor) for b in rows]
        lines = [f"{b.when:%Y-%m-%d},{b.close:.2f}{word}" for b in rows]
        text = table("Date,Users", lines)
        yield case(f"magnitude: {word.strip()}", Written(text, "Users", points))


def letters() -> Iterator[Case]:
    """Encodings and headers in other scripts."""
    rows = bars(60, seed=18)
    headers = (
        ("utf-8", b"", "Fecha;Último;Máximo"),
        ("utf-8", b"\xef\xbb\xbf", "Datum;Schlußkurs;Währung"),
        ("cp1252", b"", "Datum;Schlußkurs;Eröffnung"),
        ("iso8859_15", b"", "Date;Clôture;Séance précédente"),
        ("cp1251", b"", "Дата;Цена;Объём сделок"),
        ("cp1250", b"", "Data;Zamknięcie;Najwyższy"),
        ("cp932", b"", "日付;終値;出来高"),
        ("gb18030", b"", "日期;收盘价;成交量"),
        ("big5", b"", "日期;收盤價;成交量"),
        ("euc_kr", b"", "날짜;종가;거래량"),
        ("utf-16-le", b"\xff\xfe", "Date;Close;Volume"),
        ("utf-16-be", b"\xfe\xff", "Date;Close;Volume"),
        ("utf-16-le", b"", "Date;Close;Volume"),
        ("utf-8", b"", "📅 Date;💰 Close;📊 Volume"),
        ("utf-8", b"", "تاريخ;السعر;الحجم"),
        ("utf-8", b"", "\u200fתאריך\u200e;סגירה;נפח"),
    )
    for encoding, mark, header in headers:
        lines = [f"{b.when:%d.%m.%Y};{b.close};{b.volume}" for b in rows]
        column = header.split(";")[1]
        written = Written(table(header, lines), column, closes(rows), encoding, mark)
        yield case(f"letters: {encoding} {header}", written)


def clock_formats() -> Iterator[Case]:
    """Times of day in the cell of the date."""
    rows = bars(80, start="2023-11-29 20:00", step="15", seed=19)
    layouts = (
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%d.%m.%Y %H:%M",
        "%d/%m/%Y %H:%M:%S",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%Y %I:%M:%S %p",
        "%Y%m%d %H%M",
        "%Y%m%d%H%M%S",
        "%d-%b-%Y %H:%M",
        "%Y-%m-%d %H:%M:%S.%f",
        "%Y-%m-%d %H:%M:%S UTC",
        "%Y-%m-%dT%H:%M:%S-0500",
        "%d %b %Y, %H:%M",
        "%m/%d/%y %I:%M %p EST",
    )
    for layout in layouts:
        lines = [f"{b.when.strftime(layout)};{b.close}" for b in rows]
        text = table("Time;Value", lines)
        yield case(f"clock: {layout}", Written(text, "Value", closes(rows)))


def epochs() -> Iterator[Case]:
    """Seconds since 1970 and their fractions, and Excel's days since 1900."""
    rows = bars(80, start="2022-03-01 06:00", step="60", seed=20)
    zero = dt.datetime(1970, 1, 1)
    for unit, name in ((1, "s"), (10**3, "ms"), (10**6, "us"), (10**9, "ns")):
        lines = [f"{int((b.when - zero).total_seconds()) * unit},{b.close}" for b in rows]
        yield case(
            f"epoch: {name}", Written(table("timestamp,price", lines), "price", closes(rows))
        )
    days = bars(80, seed=21)
    excel = dt.datetime(1899, 12, 30)
    lines = [f"{(b.when - excel).days},{b.close}" for b in days]
    yield case("Excel serials", Written(table("Date,Close", lines), "Close", closes(days)))
    hours = [f"{(b.when - excel).total_seconds() / 86400:.6f};{b.close}" for b in rows]
    yield case(
        "Excel serials with hours", Written(table("Date;Close", hours), "Close", closes(rows))
    )


def few_commas() -> Iterator[Case]:
    """One decimal comma a row, among words: the header tells what stands between the cells."""
    rows = bars(60, start="2023-01-30", seed=22)
    points = closes(rows)
    for sign, name in ((";", "semicolon"), ("\t", "tab"), ("|", "bar")):
        header = sign.join(["Filiale", "Artikel", "Gruppe", "Datum", "Umsatz"])
        lines = [
            sign.join(["Mitte", "Brot", "Waren", f"{b.when:%d.%m.%Y}", group(b.close, 2, "", ",")])
            for b in rows
        ]
        yield case(f"few commas: {name}", Written(table(header, lines), "Umsatz", points))
        titled = "Auswertung der Kasse\n\n" + table(header, lines)
        yield case(f"few commas: {name}, titled", Written(titled, "Umsatz", points))


def all_regions() -> Iterator[Case]:
    """Everything in this module."""
    for make in (
        date_layouts,
        month_names,
        numbers,
        signs,
        magnitudes,
        letters,
        clock_formats,
        epochs,
        few_commas,
    ):
        yield from make()
