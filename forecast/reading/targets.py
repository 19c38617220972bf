"""Which column to forecast, and which others could be.

Known words in a header decide (a close before an adjusted close before a price before any other
value); a column that only numbers its rows, or holds an epoch, is never taken, and one that tells
the time once more only for want of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.reading.headless import headless_bars
from forecast.reading.numbers import Floats
from forecast.reading.running import order_of, tells_time
from forecast.reading.stamps import Stamps
from forecast.reading.units import is_currency, unit_in_header
from forecast.reading.words import (
    ADJUSTED,
    AMOUNTS,
    ASIDES,
    BARS,
    CLOCKS,
    CLOSES,
    COUNTERS,
    DAYS,
    EPOCHS,
    EXTRAS,
    MONTH_COLUMNS,
    NO_AMOUNTS,
    PERCENTS,
    PLANNED,
    PRICES,
    QUARTER_NAMES,
    READINGS,
    TOTALS,
    VALUES,
    WEATHER,
    WEEK_NAMES,
    YEARS,
    normal,
    tokens,
)

_ALIKE = 2.0  # columns that rank this close are asked about
_ENERGIES = frozenset({"Wh", "kWh", "MWh", "GWh"})
_RATES = frozenset({"W", "kW", "MW", "GW", "%", "km/h", "m/s"})
_COUNT_OF = re.compile(
    r"(?:number|no\.?|#|count|anzahl|zahl|nombre|número|numero) (?:of|de|der|di) "
)
_SURE = 60.0  # from here on, a header says that its column is what people forecast

_TIME = 12.0  # a time as a number: taken only if there is nothing else
_PLANNED = 5.0  # by which what was said beforehand gives way to what came
_QUALIFIED = 2  # words of a header from which on it may be one of several alike
_SENTENCE = 4  # words of a header that may explain it
_PRICED = 70.0  # from here on, it is a price, which other columns only accompany
_WHOLES = frozenset({"avg", "average", "mean", "total"})
_OF_DATES = frozenset({"date", "dates", "datum", "fecha", "yymmdd", "yyyymmdd"})
_OF_WHICH_VOLUMES = frozenset({"traffic", "sales", "call", "calls", "order", "orders"})
_COUNTS = frozenset({"total", "count"})  # "Total ascent" is one value among others
_SHARES = _WHOLES | {"min", "max", "minimum", "maximum", "low", "high", "net", "gross"}
# What columns of dates' parts are called, and between which numbers they lie.
_PARTS = (
    (YEARS, 1700, 2100),
    (MONTH_COLUMNS, 1, 12),
    (DAYS | {"weekday", "day of week", "dow", "wochentag", "dayofweek"}, 0, 31),
    (WEEK_NAMES, 1, 53),
    (QUARTER_NAMES, 1, 4),
    (CLOCKS, 0, 24),
)


@dataclass(frozen=True)
class Targets:
    """The column to forecast and its rivals."""

    chosen: int
    values: tuple[int, ...]  # every column that could be chosen
    rivals: tuple[int, ...]  # those a person should be asked about; empty if the choice is plain


def rank(name: str) -> float:
    """How much a header sounds like what people forecast.

    >>> rank("Close") > rank("Adj Close") > rank("Price") > rank("pm25") > rank("Volume")
    True
    >>> rank("Close Close price adjusted for splits.") == rank("Close")
    True
    """
    name = _named(name)
    bare = normal(name)
    # "c" is the close, "degC" is not.
    words = frozenset(word for word in tokens(name) if len(word) > 1 or word == bare)
    if words & _OF_DATES and "to" not in words:  # "cases to date" are none
        return 1.0
    if _is_aside(name) or words & {"type", "status"} or bare.endswith(("flag", "flags")):
        return 10.0
    if _is_percent(name):  # "% of total" is no total
        return 50.0 if "rate" in words else 40.0
    adjusted = bool(words & ADJUSTED) or bare.startswith("adj")
    if words & CLOSES or "收盘" in bare:
        if words & {"prev", "previous", "前收盘", "prior"}:
            return 20.0
        if adjusted:
            return 90.0
        return 100.0 if bare in CLOSES else 95.0
    if words & BARS:
        return 20.0
    if words & PRICES:
        # A settlement price is the official one; "last" is only the last trade.
        official = 2.0 if words & {"settle", "settlement"} else 0.0
        whole = 3.0 if "total" in words else 0.0  # of which the others are parts
        return (70.0 if adjusted else 80.0) + (2.0 if bare in PRICES else 0.0) + official + whole
    if "rate" in words:
        return 50.0
    if bare in VALUES or _COUNT_OF.match(bare):
        return 62.0
    if words & (VALUES - _COUNTS):
        return 60.0
    if words & VALUES:
        return 41.0
    if words & COUNTERS:
        return 5.0
    return 60.0 if is_currency(unit_in_header(name)) else 40.0


def _named(name: str) -> str:
    """A header without the sentence behind it that explains it, as on a web page's tables.

    The sentence says the name once more, or the name is a close's and no word of an aside follows.
    """
    words = name.split()
    if len(words) < _SENTENCE:
        return name
    first = [word.strip(".,:").lower() for word in words]
    again = next((i for i, word in enumerate(first) if i and word in first[:i]), 0)
    if again:
        return " ".join(words[:again])
    is_close = first[0] in CLOSES and not tokens(words[1]) & ASIDES
    return " ".join(words[:2]) if is_close else name


def adds_up(name: str) -> bool:
    """Whether the sum over several series means something: of takings it does, of prices not.

    >>> [adds_up(name) for name in ("Amount", "Close", "Temperature", "Share %")]
    [True, False, False, False]
    """
    words = tokens(name)
    measured = _is_percent(name) or words & (WEATHER | BARS | READINGS)
    return rank(name) < _PRICED and not measured


def is_amount(name: str, unit: str = "") -> bool:
    """Whether a column holds an amount for each step, whose sum over steps is one too.

    >>> [is_amount(name) for name in ("Umsatz EUR", "Rentals", "Close", "Sales growth %")]
    [True, True, False, False]
    >>> is_amount("Import", "kWh"), is_amount("Consumption", "MW"), is_amount("Avg sales")
    (True, False, False)
    """
    if _is_percent(name) or _is_aside(name) or unit in _RATES:
        return False
    if tokens(name) & (READINGS | NO_AMOUNTS):
        return False
    return unit in _ENERGIES or bool(tokens(name) & AMOUNTS)


def _whole_of(best: int, alike: Sequence[int], names: Sequence[str]) -> int:
    """Of a lowest, a highest and an average of the same thing, the average; of sales, the total."""

    def said(column: int) -> frozenset[str]:
        return frozenset(re.sub(r"[^\w]+", " ", names[column].lower()).split())

    same = [c for c in alike if said(c) - _SHARES == said(best) - _SHARES and said(c) & _WHOLES]
    # "Gesamt €" beside "Bar €" and "Karte €"; "Total ascent" is one value among others.
    sums = [c for c in alike if len(said(c)) == 1 and said(c) <= TOTALS]
    return (same or sums or [best])[0]


def _is_aside(name: str) -> bool:
    """Volumes, changes and the like, which stand beside what people forecast.

    A percentage is a change if its header says so or says nothing else: "Chg%", "+/- %".
    """
    words = tokens(name.replace("%", " "))
    if (
        normal(name) in EXTRAS
        or {"open", "interest"} <= words
        or ("%" in name and not any(map(str.isalpha, name)))
    ):
        return True
    is_variable = {"var", "value"} <= words  # "VarValue": of a variable, no variation
    return bool(words & ASIDES) and not is_variable and not words & _OF_WHICH_VOLUMES


def _is_percent(name: str) -> bool:
    return "%" in name or bool(tokens(name) & PERCENTS)


def _is_rate(name: str) -> bool:
    """Rates and percentages, but for those of the weather, on which other values depend."""
    words = tokens(name)
    return (_is_percent(name) or "rate" in words) and not words & WEATHER


def find_targets(
    names: Sequence[str],
    columns: Mapping[int, Floats],
    wanted: int | None,
    has_header: bool,
    stamps: Stamps | None = None,
) -> Targets | None:
    """Choose among a table's columns of numbers.

    Args:
        names: all headers.
        columns: position → numbers, for each column that could be a value.
        wanted: the column a person named.
        has_header: whether the names are the file's own.
        stamps: the rows' dates, if they have any.

    Returns:
        The choice; None if there is no column to choose from.
    """
    values = tuple(column for column in columns if not _is_counter(names[column], columns[column]))
    values = values or tuple(columns)
    if wanted is not None:
        return Targets(wanted, values if wanted in values else (*values, wanted), ())
    if not values:
        return None
    bars = headless_bars(values, columns) if not has_header else None
    if bars is not None:
        return Targets(bars, values, ())
    ranks = {column: rank(names[column]) - _emptiness(columns[column]) for column in values}
    if not all(tokens(names[column]) & PLANNED for column in values):
        for column in values:
            ranks[column] -= _PLANNED if tokens(names[column]) & PLANNED else 0.0
    order = order_of(stamps)
    for column in values:
        is_open = 15 < ranks[column] < _SURE
        said = is_open and stamps is not None and _is_part(names[column], columns[column])
        if said or (is_open and tells_time(names[column], columns[column], stamps, order)):
            ranks[column] = _TIME
    best = max(values, key=lambda column: (ranks[column], -column))
    best = _whole_of(best, [c for c in values if ranks[c] == ranks[best]], names)
    rivals = tuple(column for column in values if ranks[column] >= ranks[best] - _ALIKE)
    if ranks[best] < _SURE:
        moving = [column for column in values if np.ptp(_good(columns[column])) > 0]
        rivals = tuple(column for column in moving if ranks[column] > 15) or values
    elif ranks[best] < _PRICED:
        # An interest rate that stands ahead of the balance is as likely meant as the balance.
        ahead = [column for column in values if column < best and ranks[column] > 15]
        if ahead and _is_one_of_several(names[best]):
            rivals = (*ahead, *rivals)
        rivals = (*(column for column in ahead if _is_rate(names[column])), *rivals)
        rivals = tuple(sorted(set(rivals)))
    return Targets(best, values, rivals if len(rivals) > 1 else ())


def _is_one_of_several(name: str) -> bool:
    """Whether a header such as "England wales demand" says which of several alike it is."""
    said = normal(name.split("(")[0]).replace("_", " ").split()
    return len(said) >= _QUALIFIED and not frozenset(said) & _WHOLES and rank(name) == _SURE


def _is_part(name: str, values: Floats) -> bool:
    """Whether a column says a part of the date once more: its year, its month, its weekday."""
    good = values[np.isfinite(values)]
    if not len(good):
        return False
    bare = normal(name)
    if bare in CLOCKS and good.min() >= 0 and good.max() < 25:
        rest = np.round(good % 1 * 100, 6)
        if rest.max() < 60:
            return bool((rest == np.round(rest)).all())  # 7.45 is a quarter to eight
    if not (good == np.round(good)).all():
        return False
    return any(
        bare in names and good.min() >= low and good.max() <= high for names, low, high in _PARTS
    )


def _good(values: Floats) -> Floats:
    good = values[np.isfinite(values)]
    return good if len(good) else np.zeros(1)


def _emptiness(values: Floats) -> float:
    """Columns with nothing in them, or one value throughout, give way to others."""
    good = values[np.isfinite(values)]
    if not len(good):
        return 200.0
    missing = 1 - len(good) / len(values)
    return (30.0 if good.min() == good.max() else 0.0) + (20.0 if missing > 0.5 else 0.0)


def _is_counter(name: str, values: Floats) -> bool:
    """Row numbers and epochs: whole numbers that run on by themselves."""
    words = tokens(name)
    unnamed = not name or name.startswith("column ")
    good = values[np.isfinite(values)]
    if len(good) < 2:
        return False
    steps = np.diff(good)
    if (steps == 1).all() and (unnamed or words & COUNTERS or good[0] in (0, 1)):
        return True
    whole = bool((good == np.round(good)).all())
    is_epoch = whole and good.min() >= 1e8 and bool((steps >= 0).all() or (steps <= 0).all())
    return is_epoch and (bool(words & EPOCHS) or unnamed) and good.max() < 1e19 and good.min() > 3e8
