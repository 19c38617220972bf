"""What stands beside the digits of a number: currencies, percent, K, M, Cr, Mio …"""

from __future__ import annotations

import re
from functools import cache

_FACTORS: dict[str, float] = {
    "k": 1e3,
    "tsd": 1e3,
    "mil": 1e3,  # Spanish and Portuguese for a thousand
    "thousand": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "mrd": 1e9,
    "md": 1e9,
    "mld": 1e9,
    "billion": 1e9,
    "g": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
    "bio": 1e12,
    "l": 1e5,
    "lac": 1e5,
    "lakh": 1e5,
    "cr": 1e7,
    "crore": 1e7,
    "천": 1e3,
    "만": 1e4,
    "억": 1e8,
    "조": 1e12,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "億": 1e8,
    "兆": 1e12,
    "тыс": 1e3,
    "млн": 1e6,
    "млрд": 1e9,
}
_MONEY = "$€£¥₹₽₩₺₪฿₴₫₦₱₡₲₵₸₿¢﷼"
_SIGNS = _MONEY + "％%‰°"
# Only known codes: any three capitals would make numbers of part numbers such as XYZ100.
_CURRENCIES = (
    "USDT|USD|EUR|GBP|GBX|JPY|INR|CHF|CAD|AUD|CNY|RMB|HKD|KRW|BRL|SEK|NOK|DKK|PLN|TRY|RUB|ZAR|MXN|NZD"
    "|SGD|THB|IDR|MYR|PHP|VND|CZK|HUF|ILS|TWD|AED|SAR|ARS|CLP|COP|PEN|BTC|ETH|PKR|LKR|BDT|NGN|KES"
    "|EGP|UAH|RON|BGN|ISK|NPR"
)
_SYMBOL = rf"(?:[A-Z]{{0,3}}[{_SIGNS}]|{_CURRENCIES}|Rs\.?|R\$|S/\.?|kr\.?|Kč|zł|Ft|Fr\.?|lei|p\.?)"
_FACTOR_WORDS = (
    "Tsd|thousand|million|billion|trillion|lakh|lac|crore|Cr|cr|Mio|Mrd|Mld|mld|mio|mrd|mln|Mln|bln"
    "|mil|bn|Bn|tn|mn|Mn|MM|mm|MD|Md|Bio|[KkMmBbTGL]|[천만억조千万萬亿億兆]|тыс|млн|млрд"
)
_MEASURES = (
    r"[kMGT]?Wh?|[kM]?V|[kM]?A|VAh?|bbl|pts?|points?|oz|kg|mt|tonnes|tons|bps?|ppm|hPa|mbar"
    r"|km/h|m/s|mph|°\s?[CF]|[CF]|K|lx|lux|dB|ppb|[µu]g/m[³3]|k?Pa|bar|Hz|rpm|m[³²23]|mins?|hrs?|hours?|days?|Std\.?|Stk\.?|pcs|mg|ml|km|cm|lbs?|kcal|bpm|steps|元|円|원|руб\.?|股|手|주|USD/\w+|[A-Z]{3}/\w{1,5}|c|p"
)
# Two patterns in one: what Python looks at in a few cells and what Arrow applies to a column.
NUMBER = (
    r"^(?P<bound>[<>≤≥]=?)?\s*(?P<open>\()?\s*(?P<sign>[-+])?\s*"
    rf"(?P<pre>{_SYMBOL})?\s*(?P<sign2>[-+])?\s*"
    r"(?P<body>\d[\d.,' _]*|[.,]\d+)(?P<exp>[eE][-+]?\d{1,3})?\s*"
    rf"(?P<suf>(?:{_FACTOR_WORDS})\.?\s?{_SYMBOL}|{_SYMBOL}|(?:{_FACTOR_WORDS})\.?|{_MEASURES})?\s*"
    r"(?P<minus>-)?(?P<close>\))?$"
)
_CODES = {
    "EUR": "€",
    "USD": "$",
    "US$": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "％": "%",
    "Rs": "₹",
}
_TIDY = str.maketrans("−–‒\u00a0\u202f\u2007\u2009\t’ʼ´`‘", "---     '''''")
_IN_HEADER = re.compile(r"[\[(]([^\])]{1,16})[\])]|([$€£¥₹%])|_(MW|kW|kWh|MWh)$|\b(MW|kWh|MWh)\b")
# "Umsatz EUR"; "EUR" alone is a column's name, "EUR USD" a pair, a rate has no unit.
_AT_END = re.compile(rf"^(?!(?:{_CURRENCIES})\b|.*\b[Rr]ate).*\w[ _]+({_CURRENCIES})$")
_DEGREES = re.compile(
    r"^temp(?:erature?|eratur)?s?[ _]*(?:in[ _]*)?(?:°|deg)?[ _]*([cf])$", re.IGNORECASE
)
_UNIT_LIKE = re.compile(rf"^(?:.*[{_SIGNS}/²³].*|{_CURRENCIES}|{_MEASURES})$")


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(NUMBER)


class _Number:
    """Matches single cells the way ``NUMBER`` matches columns."""

    def match(self, cell: str) -> re.Match[str] | None:
        return _compiled().match(accounted(cell.translate(_TIDY).strip()))


# What a spreadsheet's accounting format makes of negative amounts and of nought, and plainer words.
ACCOUNTS = ((r"^([$€£¥])\s*\(", r"(\1"), (r"^[$€£¥]\s*-$", "0"))


def accounted(cell: str) -> str:
    """One cell of a spreadsheet's accounting format as others write it.

    >>> accounted("$(4,715.37)"), accounted("$ -"), accounted("-$5")
    ('($4,715.37)', '0', '-$5')
    """
    if cell[:1] in "$€£¥":
        for pattern, plain in ACCOUNTS:
            cell = re.sub(pattern, plain, cell)
    return cell


def number_regex() -> _Number:
    """The pattern of a number for single cells."""
    return _Number()


@cache
def factor_of(word: str) -> float:
    """What letters beside digits multiply them by: 1e6 for ``M``, 1 for ``€``.

    >>> factor_of("Mio. €"), factor_of("K"), factor_of("kWh")
    (1000000.0, 1000.0, 1.0)
    """
    bare = word.strip().rstrip(".")
    if bare.startswith("°") or bare == "K°":
        return 1.0
    first = re.split(rf"[\s.{re.escape(_SIGNS)}]", bare, maxsplit=1)[0]
    return _FACTORS.get(first.lower(), _FACTORS.get(bare.lower(), 1.0))


@cache
def unit_of(word: str) -> str:
    """The unit that letters beside digits name, without K, M and the like.

    >>> unit_of("Mio. €"), unit_of("US$"), unit_of("M")
    ('€', '$', '')
    """
    bare = word.strip()
    if factor_of(bare) != 1.0:
        bare = (
            bare.split(" ", 1)[1] if " " in bare else re.sub(rf"[^{re.escape(_SIGNS)}]", "", bare)
        )
    bare = bare.strip().rstrip(".")
    return _CODES.get(bare, bare)


@cache
def is_currency(unit: str) -> bool:
    """Whether a unit is money.

    >>> [is_currency(unit) for unit in ("$", "PLN", "%", "kWh")]
    [True, True, False, False]
    """
    return bool(unit) and (unit in _MONEY or unit in _CURRENCIES.split("|"))


def unit_in_header(header: str) -> str:
    """The unit a header names: in brackets, as a sign, or at its end.

    >>> unit_in_header("Day-ahead Price [EUR/MWh]"), unit_in_header("Close ($)")
    ('EUR/MWh', '$')
    >>> unit_in_header("Umsatz EUR"), unit_in_header("EUR"), unit_in_header("EUR USD")
    ('€', '', '')
    >>> unit_in_header("temperature_c"), unit_in_header("Temp F"), unit_in_header("temp")
    ('°C', '°F', '')
    """
    degrees = _DEGREES.match(header.strip())
    if degrees is not None:
        return f"°{degrees.group(1).upper()}"
    found = _IN_HEADER.search(header) or _AT_END.search(header)
    if found is None:
        return ""
    unit = next(group for group in found.groups() if group is not None).strip()
    return _CODES.get(unit, unit) if _UNIT_LIKE.match(unit) else ""
