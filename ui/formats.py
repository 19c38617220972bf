"""Numbers, dates and durations as people write them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable

import pandas as pd

from forecast import calendars
from forecast.style import CODES, CURRENCIES

_PERIODS = (("month", 27, 32), ("quarter", 88, 93), ("year", 360, 370))  # days apart
JOIN = "\u00a0"  # a space at which no line ends
_PARTED = re.compile(r"(?<=\d) (?=(?:%|s|min|h|[kMGT]?Wh?)(?!\w))")
_MARKDOWN = frozenset("\\`*_{}[]<>#$|~!:")


def value(number: float, unit: str = "", beside: float = 0.0) -> str:
    """A value of the series with its unit: "$129.33", "27,310 MW", "22 visitors".

    Args:
        beside: the largest value of its column: a small one beside it has no more decimals.
    """
    if not math.isfinite(number):
        return "–"
    size = abs(number)
    is_money = unit in CURRENCIES or unit in CODES
    digits = 2 if is_money or size < 100 else 1 if size < 1_000 else 0
    if not is_money and float(size).is_integer():  # what is counted has no decimals
        digits = 0
    small = 0 < size < 0.1 and abs(beside) < 0.1
    text = f"{number:.3g}" if small or size >= 1e15 else f"{number:,.{digits}f}"
    if unit in CURRENCIES:
        return f"−{unit}{text.lstrip('-')}" if number < 0 else f"{unit}{text}"
    return f"{text.replace('-', '−')} {unit}".strip()


def column(numbers: Iterable[float], unit: str = "") -> list[str]:
    """Values below each other: a small one beside a large one has no more decimals.

    >>> column([0.02, 3.5], "kg")
    ['0.02 kg', '3.50 kg']
    """
    numbers = [float(number) for number in numbers]
    largest = max((abs(number) for number in numbers), default=0.0)
    return [value(number, unit, largest) for number in numbers]


def date(moment: object, *, weekday: bool = False) -> str:
    """ "21 Sep 2023", with the time where it is not midnight, or "row 12" without dates."""
    if isinstance(moment, dt.date):
        moment = pd.Timestamp(moment)
    if not isinstance(moment, pd.Timestamp):
        return f"row {int(moment) + 1:,}"  # type: ignore[call-overload]
    text = f"{moment:%a} " if weekday else ""
    text += f"{moment.day} {moment:%b %Y}"
    if moment != moment.normalize():
        text += f"{moment: %H:%M}"
    return text


def period(moments: Iterable[object]) -> str:
    """What dates so far apart stand for: "month", "quarter" or "year"; "" for a day or less."""
    stamps = [moment for moment in moments if isinstance(moment, pd.Timestamp)]
    if len(stamps) < 2:
        return ""
    days = pd.Series(stamps).diff().median() / pd.Timedelta(days=1)
    return next((name for name, low, high in _PERIODS if low <= days <= high), "")


def when(moments: Iterable[object], place: int) -> str:
    """One of several dates in a sentence, by what they stand for.

    >>> months = pd.date_range("2025-07-01", periods=3, freq="MS")
    >>> when(months, 0), when(pd.date_range("2025-07-01", periods=2), 0), when(range(3), 2)
    ('in **July 2025**', 'on **Tue 1 Jul 2025**', 'at **row 3**')
    """
    moments = list(moments)
    told = dates(moments)[place]
    if period(moments):
        return f"in **{told}**"
    return f"{'on' if isinstance(moments[place], dt.date) else 'at'} **{told}**"


def named(moment: object, of: str = "") -> str:
    """A date by what it stands for: "Tue 1 Jul 2025", "July 2025", "Q3 2025", "2025"."""
    if not isinstance(moment, pd.Timestamp) or not of:
        return date(moment, weekday=True)
    names = {"month": f"{moment:%B %Y}", "quarter": f"Q{moment.quarter} {moment.year}"}
    return names.get(of, f"{moment.year}")


def dates(moments: Iterable[object]) -> list[str]:
    """Dates with their weekdays; with times all of them, where one is not at midnight."""
    moments = list(moments)
    of = period(moments)
    if of:
        return [named(moment, of) for moment in moments]
    stamps = [moment for moment in moments if isinstance(moment, pd.Timestamp)]
    timed = any(moment != moment.normalize() for moment in stamps)
    return [
        date(moment, weekday=True)
        + (
            " 00:00"
            if timed and isinstance(moment, pd.Timestamp) and moment == moment.normalize()
            else ""
        )
        for moment in moments
    ]


def duration(seconds: float) -> str:
    """ "4 s", "2 min 10 s", "1 h 5 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} min {int(seconds % 60)} s"
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60)} min"


def percent(share: float, digits: int = 0) -> str:
    """ "12 %", "−3.2 %"; what rounds to nothing has no sign."""
    if not math.isfinite(share):
        return "–"
    text = f"{100 * share:.{digits}f}"
    return (text.lstrip("-") if float(text) == 0 else text.replace("-", "−")) + " %"


def step_noun(rows: pd.Index) -> str:
    """What the step of a series is called on Train; "step" where no word fits.

    >>> step_noun(pd.bdate_range("2025-07-01", periods=9)), step_noun(pd.RangeIndex(9))
    ('day', 'step')
    """
    if not isinstance(rows, pd.DatetimeIndex) or len(rows) < 2:
        return "step"
    step = pd.Series(rows).diff().median()
    return {calendars.DAY: "day", **calendars.STEP_NOUNS}.get(step) or period(rows) or "step"


def further(n_inputs: int) -> str:
    """ "3 further inputs"; nothing where there are none."""
    return f"{n_inputs} further input{'s' if n_inputs > 1 else ''}" if n_inputs else ""


def joined(text: str) -> str:
    """A sentence in which no line ends between a number and its sign or short unit.

    >>> joined("80 % in 2 min 10 s, 3 steps")
    '80\\xa0% in 2\\xa0min 10\\xa0s, 3 steps'
    """
    return _PARTED.sub(JOIN, text)


def dollars_safe(text: str) -> str:
    """A sentence for Streamlit's Markdown, which reads two dollar signs as a formula."""
    return joined(text).replace("$", "\\$")


def plain(text: str) -> str:
    """Words from a file or a person, to be shown as they are: no Markdown, no formula, no image.

    A column may be called ``![x](address)``; shown as Markdown it would have the browser ask that
    address for a picture.
    """
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text).replace("\n", " ")


def unmarked(text: str) -> str:
    """Markdown of this app's own making as plain text: bold and escapes taken back.

    >>> unmarked("**\\\\$5** a \\\\*b\\\\*  \\nnext")
    '$5 a *b*\\nnext'
    """
    return re.sub(r"\\(.)", r"\1", text.replace("**", "")).replace("  \n", "\n")
