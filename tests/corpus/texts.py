"""Texts of people and programs, none of which is a table."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.corpus.cases import Bad, bars, table


def identifiers() -> Iterator[Bad]:
    """Columns that name people and things by numbers, and no other numbers beside them."""
    rng = random.Random(7)
    days = [f"{bar.when:%Y-%m-%d}" for bar in bars(120, seed=53)]
    digits = {
        name: [str(rng.randrange(10 ** (n - 1), 10**n)) for _ in days]
        for name, n in {
            "customer_id": 6, "CustomerID": 5, "account": 8, "Account Number": 9, "id": 7,
            "Kundennummer": 5, "Kunden-Nr.": 6, "Rechnungsnummer": 7, "ean": 13, "user id": 8,
        }.items()
    }  # fmt: skip
    digits |= {name: [f"{rng.randrange(1067, 99999):05}" for _ in days] for name in ("PLZ", "zip")}
    digits |= {
        name: [str(7_000_000 + 2 * i + i % 2) for i, _ in enumerate(days)]
        for name in ("order_id", "order_no", "Invoice No.", "Belegnr")
    }
    for name, cells in digits.items():
        rows = [f"{day},{cell}" for day, cell in zip(days, cells, strict=True)]
        yield Bad(f"identifiers: {name}", table(f"date,{name}", rows).encode(), ("no-numbers",))
    both = zip(days, digits["customer_id"], digits["order_id"], strict=True)
    rows = [";".join(cells) for cells in both]
    yield Bad("identifiers: two", table("day;customer_id;order_id", rows).encode(), ("no-numbers",))
    track = [f"{day},{52.5 + i / 1e3:.5f},{13.4 - i / 2e3:.5f}" for i, day in enumerate(days)]
    content = table("time,latitude,longitude", track).encode()
    yield Bad("identifiers: where somebody was", content, ("no-numbers",))
    log = [
        f"Mar {1 + i // 24:2d} {i % 24:02d}:00:12 web1 sshd[{6472 + i}]: closed" for i in range(90)
    ]
    yield Bad("log of a system", table(log[0], log[1:]).encode(), ("log",))
    lost = [f"1.58E+12,{145 + i % 9}.25,{i * 37}" for i in range(90)]
    yield Bad("times lost in a spreadsheet", table(lost[0], lost[1:]).encode(), ("no-dates",))
    fours = [[str(rng.randrange(1000, 9999)) for _ in range(4)] for _ in days]
    for sign in ";,\t|":
        for name, start in {"IBAN": "DE39 ", "card": ""}.items():
            rows = [
                f"{day[8:]}.{day[5:7]}.{day[:4]}{sign}{start}{' '.join(cells)}"
                for day, cells in zip(days, fours, strict=True)
            ]
            yield Bad(
                f"identifiers: {name} in fours, {sign!r}",
                table(f"Tag{sign}{name}", rows).encode(),
                ("no-numbers",),
            )


def uneven() -> Iterator[Bad]:
    """Rows of very different numbers of cells, from which no sign makes a table."""
    rng = random.Random(8)
    widths = [min(int(rng.expovariate(0.12)) + 1, 30) for _ in range(200)]
    for sign in ",;\t|":
        baskets = [sign.join(str(rng.randrange(1, 16_000)) for _ in range(n)) for n in widths]
        yield Bad(f"baskets: {sign!r}", "\n".join(baskets).encode(), ("ragged-rows",))
    words = ("Summe", "bar", "EC", "")
    for sign in ",;\t|":
        mixed = [
            sign.join(
                rng.choice(words) if rng.random() < 0.5 else str(rng.randrange(1, 999))
                for _ in range(2 + n % 14)
            )
            for n in widths
        ]
        yield Bad(f"a till's journal: {sign!r}", "\n".join(mixed).encode(), ("ragged-rows",))
    tables = []
    for n in widths[:60]:
        tables += [f"Area {n}", ",".join(f"Q{i}" for i in range(2 + n % 9))]
        tables += [",".join(rng.choice(("7", "81", "bar")) for _ in range(2 + n % 9))] * 2
    yield Bad("small tables in turn", "\n".join(tables).encode(), ("ragged-rows",))


def texts() -> Iterator[Bad]:
    """Texts of people and programs, some with dates and numbers in them."""
    days = [f"{bar.when:%Y-%m-%d}" for bar in bars(40, seed=51)]
    chat = "".join(f"{d[8:]}/{d[5:7]}/{d[:4]}, 08:10 - Ann: at 5, or at 7\n" for d in days)
    yield Bad("chat", chat.encode(), ("prose",))
    bracketed = "".join(f"[{d[8:]}.{d[5:7]}.{d[2:4]}, 08:10:15] Ann: on my way\n" for d in days)
    yield Bad("chat: brackets", bracketed.encode(), ("prose",))
    ini = "; written by setup\n[General]\nVersion=3.2\nLastRun=2024-06-30\nMode=0\nScale=0.5\n"
    toml = 'title = "Plant"\n\n' + "".join(
        f"[s{i}]\ngain = {i}.5\nat = {days[i]}\n" for i in range(9)
    )
    yaml = "# model\nmodel:\n  name: ets\nseries:\n" + "".join(
        f"  - at: {d}\n    of: 1.5\n" for d in days
    )
    for name, text in {"ini": ini, "toml": toml, "yaml": yaml}.items():
        yield Bad(f"settings: {name}", text.encode(), ("settings",))
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 48213377\n"
    yield Bad("pointer", pointer.encode(), ("pointer",))
    changes = "".join(f"-{d},1.5\n+{d},1.6\n" for d in days)
    for name, head in {
        "git": "diff --git a/p.csv b/p.csv\n", "plain": "--- a/p.csv\n+++ b/p.csv\n"
    }.items():  # fmt: skip
        text = f"{head}@@ -1,40 +1,40 @@\n{changes}"
        yield Bad(f"patch: {name}", text.encode(), ("patch",))
    rows = "".join(f"{1970 + i} & {i}.5 & {i * 7} \\\\\n" for i in range(40))
    latex = f"\\begin{{tabular}}{{lrr}}\nYear & Mean & Max \\\\\n{rows}\\end{{tabular}}\n"
    yield Bad("latex", latex.encode(), ("latex",))
    srt = "".join(
        f"{i}\n00:00:{i:02},074 --> 00:00:{i + 1:02},185\nNo, {i}.\n\n" for i in range(1, 40)
    )
    yield Bad("subtitles", srt.encode(), ("prose",))
    log = "".join(
        f'10.2.0.{i} - - [01/Jun/2024:00:{i:02}:00 +0000] "GET / HTTP/1.1" 200 {i * 31}\n'
        for i in range(50)
    )
    yield Bad("log of a web server", log.encode(), ("log",))
    levels = "".join(
        f"{d} 10:00:00,512 {'WARN' if i % 9 else 'INFO'} [http-{i}] app.Main - took {i} ms\n"
        for i, d in enumerate(days)
    )
    yield Bad("log of a program", levels.encode(), ("log",))
    ofx = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>\n" + "<TRNAMT>-101\n<DTPOSTED>20240301\n" * 30
    yield Bad("bank's download", ofx.encode(), ("bank",))
    sheet = '{"url":"https://docs.google.com/open?id=1","doc_id":"1","email":"a@example.org"}'
    yield Bad("link to a sheet", sheet.encode(), ("pointer",))
    formulas = table("Datum;Wert", [f"{d};=B{i}*1,19" for i, d in enumerate(days)])
    yield Bad("formulas", formulas.encode(), ("no-numbers",))
    meter = "100,NEM12,202310021200,MDP1\n200,6102345678,E1,E1,E1,,1,KWH,30,\n"
    meter += "".join(f"300,{d.replace('-', '')},{','.join(['0.18'] * 48)},A\n" for d in days)
    yield Bad("NEM12", meter.encode(), ("meter",))
    saved = '<?xml version="1.0"?>\n<plist><dict><key>URL</key><string>x</string></dict></plist>\n'
    yield Bad("webloc", saved.encode(), ("pointer",))
    link = "[InternetShortcut]\nURL=https://example.org/prices.csv\nIconIndex=0\n"
    yield Bad("link", link.encode(), ("pointer",))
    drawing = '<?xml version="1.0"?>\n<svg width="9" height="9"><path d="M0 0L1.5 2"/></svg>\n'
    yield Bad("drawing", drawing.encode(), ("image",))
    errors = table("Datum;Kurs", [f"{d};#BEZUG!" for d in days])
    yield Bad("errors of a spreadsheet", errors.encode(), ("no-numbers",))
    phones = [f"{d},Customer {i},0760{3410744 + i * 7919}" for i, d in enumerate(days)]
    yield Bad("phones", table("Date,Name,Phone", phones).encode(), ("no-numbers",))
    numbered = [f"{i},{d}" for i, d in enumerate(days, start=1)]
    yield Bad("row numbers alone", table("No,Date", numbered).encode(), ("no-numbers",))
    born = [f"{1000 + i},P{i},{d.replace('2019', '1979')},{36 + i % 9}" for i, d in enumerate(days)]
    people = table("Member No,Name,Date of birth,Shoe size", born)
    yield Bad("dates of birth", people.encode(), ("no-dates",))
    notice = "営業部 各位\nお疲れ様です。総務の森です。\n棚卸は九月三十日です。\nよろしく。\n"
    yield Bad("notice", notice.encode(), ("prose",))
    yield Bad(
        "pgp", b"-----BEGIN PGP MESSAGE-----\n\n" + b"hQEMAzv4dYloJIVQ\n" * 30, ("encrypted",)
    )
    code = b"import pandas as pd\nSTART = 3\n\nfor i in range(START):\n    print(i, 2.5)\n"
    yield Bad("python: a script", code, ("program",))
    gaps = [";".join(["1,5"] * (1 + i * 5 % 7)) for i in range(40)]
    gaps = [f"{d} 00:00;{cells}" for d, cells in zip(days, gaps, strict=True)]
    yield Bad("uneven below a header", table("Zeit;T1;T2;T3", gaps).encode(), ("ragged-rows",))
    down = b"upstream connect error, reset before headers\nPlease wait, and try again later.\n"
    yield Bad("server error in words", down, ("prose",))
    limit = b"Our standard call frequency is 5 calls per minute and 500 calls per day.\n"
    yield Bad("rate limit in words", limit, ("prose",))
    yield Bad(
        "minutes",
        b"Present: 23 owners, Mr Lind\n\nItem 1. Roof: we met, and decided on 3.\n" * 5,
        ("prose",),
    )
    things = ["eggs,milk,oil", "oil", "tea,rice", "salt,oil,eggs,tea,rice"] * 12
    yield Bad("words, uneven", "\n".join(things).encode(), ("no-numbers",))
    counts = [",".join(f"{18 + i * 7 % 13}.5" for i in range(1 + n * 5 % 14)) for n in range(60)]
    yield Bad("numbers, uneven", "\n".join(counts).encode(), ("ragged-rows",))
    pupils = [f"s{20000 + 13 * i},Silva,{60 + i % 31},{40 + i % 17}" for i in range(90)]
    yield Bad("pupils", table("student_id,surname,maths,physics", pupils).encode(), ("no-dates",))
