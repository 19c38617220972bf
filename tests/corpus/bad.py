"""Files nobody can use, each with the reason a reader should give."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator

from tests.corpus.cases import Bad, bars, table
from tests.corpus.texts import identifiers, texts, uneven


def _daily(n: int = 40) -> list[tuple[str, str]]:
    return [(f"{b.when:%Y-%m-%d}", f"{b.close}") for b in bars(n, seed=51)]


def _csv(rows: list[tuple[str, str]], header: str = "Date,Close") -> bytes:
    return table(header, [",".join(row) for row in rows]).encode()


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def _locked(archive: bytes) -> bytes:
    """A ZIP archive whose entries say that they are encrypted."""
    # Where the flags stand behind the signatures of the entries and of the directory's lines.
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        head = re.escape(signature) + b"." * (place - len(signature))
        archive = re.sub(b"(" + head + b")(.)", rb"\g<1>" + b"\x01", archive, flags=re.S)
    return archive


def empty_files() -> Iterator[Bad]:
    """Nothing, or next to nothing."""
    for name, data in {
        "empty": b"", "blank": b"  \n\n \t\n", "bom": b"\xef\xbb\xbf", "nul": b"\x00" * 300,
        "newlines": b"\r\n" * 50, "delimiters": b",,,,\n,,,,\n",
    }.items():  # fmt: skip
        yield Bad(f"empty: {name}", data, ("empty",))
    for header in ("Date,Close", "Date;Open;High;Low;Close\n", "Date\tClose\r\n\r\n"):
        yield Bad(f"header only: {header!r}", header.encode(), ("header-only",))
    titled = {
        "semicolons": "Course of it\nISIN;DE0008469008\n\nDatum;Hoch;Tief;Schluss\n",
        "tabs": "# source: us\nDate\tRate\n",
        "bars": "Written by the desk\nFor use inside only\nTrade Date|Bid|Ask|Mid\n",
    }
    for name, text in titled.items():
        yield Bad(f"header only: below a title, {name}", text.encode(), ("header-only",))
    for n in (1, 2, 3, 9):
        yield Bad(f"{n} rows", _csv(_daily(n)), ("too-few-rows",))


def poor_values() -> Iterator[Bad]:
    """Tables with nothing to learn from."""
    days = [day for day, _ in _daily()]
    sparse = [f"{day if i % 6 == 0 else ''}\t{50 + i % 9},3" for i, day in enumerate(days)]
    yield Bad("few dates", table("Datum\tWert", sparse).encode(), ("too-few-rows", "missing-dates"))
    for value in ("7.5", "0", "-3"):
        yield Bad(f"one value: {value}", _csv([(day, value) for day in days]), ("one-value",))
    for word in ("", "NaN", "null", "N/A", "-", "inf", ".", "k. A.", "n.v.", "entf."):
        rows = [(day, word) for day in days]
        yield Bad(f"all missing: {word!r}", _csv(rows), ("all-missing", "no-numbers"))
    words = [(day, f"note {place % 7} of that day") for place, day in enumerate(days)]
    yield Bad("words for values", _csv(words), ("no-numbers",))
    fruit = [(name, str(1.5 * i)) for i, name in enumerate(["apple", "pear", "fig", "plum"] * 5)]
    yield Bad("no dates", _csv(fruit, "product,price"), ("no-dates",))
    mixed = [(day, "1.234,56" if i % 2 else "1,234.57") for i, day in enumerate(days)]
    quoted = [(day, f'"{value}"') for day, value in mixed]
    yield Bad("mixed decimal marks", _csv(quoted), ("mixed-numbers",))


def wrong_dates() -> Iterator[Bad]:
    """Dates that do not exist, contradict each other, or come in two orders."""
    rows = _daily()
    for day in ("2019-02-30", "2019-13-05", "2019-00-10", "2019-04-31", "2019-03-32"):
        changed = [*rows[:20], (day, "101.5"), *rows[20:]]
        yield Bad(f"impossible: {day}", _csv(changed), ("impossible-dates",))
    dmy = [("/".join(reversed(day.split("-"))), value) for day, value in rows]
    for day in ("31/04/2019", "30/02/2019", "32/01/2019", "45/45/2019"):
        changed = [*dmy[:20], (day, "101.5"), *dmy[20:]]
        yield Bad(f"impossible: {day}", _csv(changed), ("impossible-dates",))
    for day in ("0001-01-01", "9999-12-31", "0219-03-05", "2919-03-05"):
        changed = [*rows[:20], (day, "101.5"), *rows[20:]]
        yield Bad(f"absurd: {day}", _csv(changed), ("absurd-dates",))
    for year in ("9019", "55970", "+55970"):
        absurd = [(day.replace("2019", year), value) for day, value in rows]
        yield Bad(f"absurd: all, {year}", _csv(absurd), ("absurd-dates",))
    first_year = [(f"0001{day[4:]}", value) for day, value in rows]
    leap = [*first_year, ("0001-02-29", "101.5"), ("0001-02-30", "102.5")]
    yield Bad("absurd: and some impossible", _csv(leap), ("absurd-dates",))
    thirtieth = [(f"{2001 + i}-02-30", value) for i, (_, value) in enumerate(rows)]
    far = [("3024-01-01", "101.5"), *thirtieth]
    yield Bad("impossible: and some absurd", _csv(far), ("impossible-dates",))
    exchanged = [
        (f"{day[:4]}-{day[8:]}-{day[5:7]}" if i % 3 == 1 else day, value)
        for i, (day, value) in enumerate(rows)
    ]
    for sign in "-/.":
        turned = [(day.replace("-", sign), value) for day, value in exchanged]
        yield Bad(f"mixed orders: year first, {sign}", _csv(turned), ("mixed-date-orders",))
    hours = [(f"2023-03-01 {25 + i % 30}:00", value) for i, (_, value) in enumerate(rows)]
    yield Bad("impossible: hours from 25", _csv(hours), ("impossible-dates",))
    counted = [(f"2023-{i + 1:02}-01", value) for i, (_, value) in enumerate(rows[:24])]
    yield Bad("impossible: months to 24", _csv(counted), ("impossible-dates",))
    mdy = [(f"{day[5:7]}/{day[8:]}/{day[:4]}", value) for day, value in rows]
    yield Bad("mixed orders: halves", _csv([*dmy[:20], *mdy[20:]]), ("mixed-date-orders",))
    turns = [pair[i % 2] for i, pair in enumerate(zip(dmy, mdy, strict=True))]
    yield Bad("mixed orders: in turn", _csv(turns), ("mixed-date-orders",))
    half = [
        f"{b.when:%m-%d-%y},{b.close}" if b.when.day <= 12 else f"{b.when:%d/%m/%Y},{b.close}"
        for b in bars(120, "2022-03-01")
    ]
    text = table("Date,Sales", half).encode()
    yield Bad("mixed orders: where they can be", text, ("mixed-date-orders",))
    lies = [*rows, *[(day, str(float(value) + 3)) for day, value in rows[5:15]]]
    yield Bad("contradictory", _csv(lies), ("contradictory-duplicates",))
    end = [*rows, (rows[-1][0], "955.5")]
    yield Bad("contradictory: the last", _csv(end), ("contradictory-duplicates",))
    one = [*rows[:10], (rows[9][0], "55.5"), *rows[10:]]
    yield Bad("contradictory: one", _csv(one), ("contradictory-duplicates",))
    yield Bad(
        "same day",
        _csv([("2020-01-02", value) for _, value in rows]),
        ("contradictory-duplicates",),
    )
    words = [(f"day {i} of march", value) for i, (_, value) in enumerate(rows)]
    yield Bad("dates in words", _csv(words), ("bad-dates", "no-dates"))
    lost = [(("" if i % 3 else day), value) for i, (day, value) in enumerate(rows)]
    yield Bad("dates missing", _csv(lost), ("missing-dates",))
    typo = [*rows[:20], ("soon", "101.5"), *rows[20:]]
    yield Bad("a word among dates", _csv(typo), ("bad-dates",))


def other_kinds() -> Iterator[Bad]:
    """Files that are something else, whatever their name says."""
    prose = (
        "The market opened lower on Monday. Analysts said, among other things, that\n"
        "the figures were expected; investors remained calm. On 3 May the index rose.\n"
        "\nFurther details will follow in our next letter, due in 2024.\n"
    )
    yield Bad("prose", prose.encode(), ("prose",))
    poem = "The moon is bright, the sky is clear\nI think of you, when you are near\n"
    yield Bad("prose: with commas", poem.encode() * 6, ("prose",))
    yield Bad("prose: one line", b"This is not a table at all, sorry.", ("prose", "header-only"))
    yield Bad(
        "prose: error", b"Error: you have exceeded your API call limit for today.\n", ("prose",)
    )
    yield Bad("python", b"import os\n\ndef main():\n    print('hello, world')\n", ("program",))
    for name, page in {
        "page": "<!DOCTYPE html>\n<html><head><title>404</title></head><p>Not found</html>",
        "table": "<table><tr><td>2020-01-02</td><td>1.5</td></tr></table>",
        "upper": "\n\n <HTML><BODY>Too many requests</BODY></HTML>",
        "bare": "<html>\n<head></head>",
    }.items():
        yield Bad(f"html: {name}", page.encode(), ("html",))
    for name, answer in {
        "message": {"Note": "Thank you for using our service. The limit is 5 calls a minute."},
        "data": {"data": [{"date": "2020-01-02", "close": 1.5}] * 30},
        "list": [{"date": "2020-01-02", "close": 1.5}] * 30,
        "pairs": [[1577836800000, 1.5]] * 30,
        "nothing": {},
    }.items():
        yield Bad(f"json: {name}", json.dumps(answer).encode(), ("json",))
        yield Bad(f"json: {name}, indented", json.dumps(answer, indent=2).encode(), ("json",))
    yield Bad("xml", b'<?xml version="1.0"?><rows><row date="2020-01-02">1</row></rows>', ("xml",))
    pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    yield Bad("pdf", pdf, ("pdf",))
    yield Bad("png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("image",))
    for name, kind in {"webp": b"WEBPVP8 ", "wav": b"WAVEfmt "}.items():
        yield Bad(name, b"RIFF\x24\x08\x00\x00" + kind + bytes(400), ("image",))
    yield Bad("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), ("image",))
    event = "BEGIN:VEVENT\nSUMMARY:Meeting\nDTSTART:20240102T090000Z\nEND:VEVENT\n"
    yield Bad("ics", ("BEGIN:VCALENDAR\n" + event * 20).encode(), ("calendar",))
    mail = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\n\nDate,Close\n"
    yield Bad("mail", mail + "\n".join(f"{d},{v}" for d, v in _daily()).encode(), ("mail",))
    readme = b"# Prices\n\nSee [the source](https://example.org), 2020\n\n- one, two, 3\n" * 9
    yield Bad("markdown", readme, ("prose",))
    sheet = (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    )
    yield Bad("xml spreadsheet", sheet + b"<Table><Row/></Table></Workbook>", ("xml",))
    feed = (
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title></channel></rss>\n'
    )
    yield Bad("xml feed", feed, ("xml",))
    yield Bad("vcf", b"BEGIN:VCARD\nFN:Jane Doe\nTEL:123\nEND:VCARD\n" * 20, ("contacts",))
    sql = "-- dump\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (`d` date, `v` float);\n"
    values = "\n".join(f"INSERT INTO `t` VALUES ('{day}',{value});" for day, value in _daily())
    yield Bad("sql", (sql + values).encode(), ("sql",))
    lines = [f"{day},{value}" for day, value in _daily()]
    lines[9:10] = ["<<<<<<< HEAD", lines[9], "=======", lines[8], ">>>>>>> other"]
    yield Bad("conflict", table("Date,Close", lines).encode(), ("conflict",))
    yield Bad("gzip", gzip.compress(_csv(_daily())), ("compressed",))
    yield Bad("noise", random.Random(5).randbytes(5_000), ("binary",))


def containers() -> Iterator[Bad]:
    """Archives and workbooks that cannot or must not be opened."""
    yield Bad("zip", _zip(prices__csv=_csv(_daily())), ("zip",))
    yield Bad("zip: empty", _zip(), ("zip",))
    yield Bad("docx", _zip(word__document_xml=b"<w:document/>"), ("document",))
    yield Bad("pptx", _zip(ppt__presentation_xml=b"<p:presentation/>"), ("document",))
    yield Bad("zip: cut", _zip(a=bytes(5_000))[:60], ("damaged-workbook",))
    bomb = {"xl__workbook.xml": b"<workbook/>", "xl__worksheets__sheet1.xml": bytes(90_000_000)}
    yield Bad("zip bomb", _zip(**bomb), ("zip-bomb",))
    yield Bad("xlsx: broken", _zip(**{"xl__workbook.xml": b"<workbook"}), ("damaged-workbook",))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked = ole + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    yield Bad("encrypted xlsx", locked + bytes(2_000), ("encrypted",))
    for stream in ("WordDocument", "PowerPoint Document", "__substg1.0_0037001F"):
        yield Bad(f"ole: {stream}", ole + stream.encode("utf-16-le"), ("document",))
    yield Bad("ole: broken", ole, ("damaged-workbook",))
    for name, data in {
        "table": _zip(prices__csv=_csv(_daily())),
        "workbook": _zip(xl__workbook_xml=b"<workbook/>"),
    }.items():
        yield Bad(f"encrypted zip: {name}", _locked(data), ("encrypted",))


def shapeless() -> Iterator[Bad]:
    """Tables out of shape."""
    rows = _daily()
    yield Bad("long line", b"2020-01-02,1.5," * 560_000, ("long-line",))
    yield Bad("long line: letters", b"a" * 8_000_000, ("long-line",))
    wide = ",".join(f"c{i}" for i in range(20_000)) + "\n"
    yield Bad(
        "20,000 columns", (wide + ",".join("1" * 20_000) + "\n").encode(), ("too-many-columns",)
    )
    rng = random.Random(6)
    ragged = [",".join([day, *[value] * rng.randint(1, 6)]) for day, value in rows]
    yield Bad("ragged", table("Date,A,B,C", ragged).encode(), ("ragged-rows",))
    widths = [",".join([day, *["1"] * (1 + i * 7 % 5)]) for i, (day, _) in enumerate(rows)]
    yield Bad("ragged: no usual width", table("Date,A,B", widths).encode(), ("ragged-rows",))
    thousands = [
        f"{day},1,{i:03d}.50" if i % 2 else f"{day},999.50" for i, (day, _) in enumerate(rows)
    ]
    yield Bad("thousands unquoted", table("Date,Close", thousands).encode(), ("ragged-rows",))
    texts = [f"{day},C,{value},2.5,3.5" for day, value in rows]
    yield Bad("two headings over five", table("Date,Close", texts).encode(), ("ragged-rows",))
    some = [f"{day}," + value.removesuffix(".00").replace(".", ",") for day, value in rows]
    some[0] = some[0].rsplit(",", 1)[0]
    yield Bad("some decimal commas", table("Datum,Kurs", some).encode(), ("ragged-rows",))
    many = [f"{day},{i + 2},{i:03d}.50" for i, (day, _) in enumerate(rows)]
    yield Bad("all thousands unquoted", table("Date,Close", many).encode(), ("ragged-rows",))
    grown = [f"{day},{980 + i:,}.50" for i, (day, _) in enumerate(_daily(500))]
    small = [f"{day},9.50" for day, _ in _daily(460)]
    turns = {"some day on": grown, "the start": grown[::-1], "row 460 on": small + grown[460:]}
    for name, some in turns.items():
        yield Bad(
            f"thousands unquoted: from {name}", table("Date,Close", some).encode(), ("ragged-rows",)
        )
    mixed = [
        f"{day},{value},{(912, 1_204_551, 31_220)[i % 3]:,}" for i, (day, value) in enumerate(rows)
    ]
    yield Bad("thousands in some", table("Date,Close,Volume", mixed).encode(), ("ragged-rows",))
    commas = [f"{day}," + value.replace(".", ",") for day, value in rows]
    yield Bad("decimal commas unquoted", table("Date,Close", commas).encode(), ("ragged-rows",))
    volumes = [f"{day},1.5,{value},{i * 1000}" for i, (day, value) in enumerate(rows)]
    yield Bad("a heading missing", table("Date,Open,Close", volumes).encode(), ("ragged-rows",))
    short = [f"{day},1,2,{value}" if i % 5 else day for i, (day, value) in enumerate(rows)]
    yield Bad("short rows", table("Date,A,B,Close", short).encode(), ("ragged-rows",))
    lines = [f"{day},{value}" for day, value in rows]
    for place in (0, 3, 20, 39):
        broken = [
            f'{line.split(",")[0]},"{line.split(",")[1]}' if i == place else line
            for i, line in enumerate(lines)
        ]
        yield Bad(
            f"unclosed quote: row {place}",
            table("Date,Close", broken).encode(),
            ("unclosed-quote",),
        )
        tabs = table("Date,Close", broken).replace(",", "\t")
        yield Bad(f"unclosed quote: row {place}, tabs", tabs.encode(), ("unclosed-quote",))
        first = [f'"{line}' if i == place else line for i, line in enumerate(lines)]
        for name, sign in {"tabs": "\t", "semicolons": ";", "bars": "|", "commas": ","}.items():
            text = table("Date,Close", first).replace(",", sign)
            yield Bad(
                f"unclosed quote: row {place}, date, {name}", text.encode(), ("unclosed-quote",)
            )
    noted = [f"{day},{value},{chr(34) if i == 4 else ''}" for i, (day, value) in enumerate(rows)]
    yield Bad("unclosed quote: note", table("Date,Close,Note", noted).encode(), ("unclosed-quote",))
    rng = random.Random(9)
    loose = [",".join([day, *[value] * rng.randint(0, 9)]) for day, value in _daily(200)]
    loose[-1] = ",".join(["2022-12-05", *["1.5"] * 9])
    yield Bad("ragged: the last widest", table("Date,A,B,C", loose).encode(), ("ragged-rows",))
    uneven = [",".join([day, *[value] * (i * 5 % 10)]) for i, (day, value) in enumerate(rows)]
    yield Bad("ragged: 0 to 9", table("Date,Open,Low,Close", uneven).encode(), ("ragged-rows",))
    yield Bad("unclosed quote: header", table('"Date,Close', lines).encode(), ("unclosed-quote",))


def all_bad() -> Iterator[Bad]:
    """Everything in this module."""
    for make in (
        *(empty_files, poor_values, wrong_dates, other_kinds, texts, identifiers, uneven),
        *(containers, shapeless),
    ):
        yield from make()
