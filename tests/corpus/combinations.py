"""Files put together at random from layouts that occur, with everything a seed decides."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.corpus.cases import Case, Written, bars, case, closes, group, table

_DAYS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d-%b-%Y",
    "%Y%m%d",
    "%d.%m.%y",
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
_WORDS = (
    ("Date", "Open", "High", "Low", "Close", "Volume"),
    ("Datum", "Eröffnung", "Hoch", "Tief", "Schluss", "Volumen"),
    ("Fecha", "Apertura", "Máximo", "Mínimo", "Cierre", "Volumen"),
    ("Date", "Ouverture", "Haut", "Bas", "Clôture", "Volume"),
    ("timestamp", "open", "high", "low", "close", "volume"),
    ("日期", "开盘价", "最高价", "最低价", "收盘价", "成交量"),
)
_MARKS = ((",", "."), ("", "."), (".", ","), (" ", ","), ("'", "."), ("", ","))
_ABOVE = ("", "", "", "My export\n\n", "Symbol: XYZ\nCurrency: EUR\n\n", "# made by a program\n")
_BELOW = ("", "", "", "\nSource: somebody\n", "\n* provisional\n")
_NULLS = ("", "NA", "-", "null", "n/a")


def combination(seed: int) -> Case:
    """One file."""
    rng = random.Random(seed)
    intraday = rng.random() < 0.3
    step = rng.choice(("1", "5", "60", "240")) if intraday else rng.choice(("trading", "1440"))
    start = f"{rng.randint(1995, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    level = rng.choice((1.2, 14.0, 130.0, 4_300.0, 61_000.0))
    rows = bars(rng.randint(35, 250), start, step, level, seed, digits=rng.choice((2, 2, 4)))
    layout = rng.choice(_DAYS) + (rng.choice(_CLOCKS[1:]) if intraday else "")
    delimiter, (thousands, decimal) = rng.choice(",;\t|"), rng.choice(_MARKS)
    names, sign = list(rng.choice(_WORDS)), rng.choice(("", "", "", "$", " €"))
    digits = 4 if any(round(bar.close, 2) != bar.close for bar in rows) else 2

    def number(value: float, places: int = digits) -> str:
        text = group(value, places, thousands, decimal)
        text = sign + text if sign == "$" else text + sign
        return f'"{text}"' if delimiter in text or rng.random() < 0.02 else text

    holes = {i for i in range(1, len(rows) - 1) if rng.random() < 0.03}
    lines = []
    for place, bar in enumerate(rows):
        prices = [number(value) for value in (bar.open, bar.high, bar.low, bar.close)]
        if place in holes:
            prices = [rng.choice(_NULLS)] * 4
        cells = [bar.when.strftime(layout), *prices, group(bar.volume, 0, thousands, decimal)]
        cells[-1] = f'"{cells[-1]}"' if delimiter in cells[-1] else cells[-1]
        lines.append(delimiter.join(cells))
    if rng.random() < 0.4:
        lines.reverse()
    text = rng.choice(_ABOVE) + table(delimiter.join(names), lines) + rng.choice(_BELOW)
    text = text.replace("\n", rng.choice(("\n", "\r\n")))
    points = [point for i, point in enumerate(closes(rows, digits)) if i not in holes]
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-16-le"))
    mark = b"\xff\xfe" if encoding == "utf-16-le" else rng.choice((b"", b"\xef\xbb\xbf"))
    label = f"combination {seed}: {layout} {delimiter!r} {thousands!r}{decimal!r}"
    return case(label, Written(text, names[4], points, encoding, mark))


def combinations(n: int, first: int = 0) -> Iterator[Case]:
    """``n`` files."""
    for seed in range(first, first + n):
        yield combination(seed)
