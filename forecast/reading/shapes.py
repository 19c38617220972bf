"""The layouts in which files write a date, as patterns with named parts.

The same pattern serves Python's ``re`` (looking at a few cells) and Arrow's RE2 (reading a whole
column), so it uses only what both understand. No pattern holds a literal digit: two cells with
digits in the same places then always split in the same way, which the fast path of
:mod:`forecast.reading.stamps` relies on.

Parts: ``y m d`` year, month, day; ``ry`` the year of Taiwan's calendar; ``era ey`` an emperor's era
and its year, as Japan counts; ``y2`` the year in which a season ends; ``a b c`` three numbers whose
order the column decides; ``mon`` a month's name; ``mf`` a month whose last nought may be lost;
``dd`` a day of the year; ``q`` quarter; ``h`` half of a year; ``w`` ISO week; ``H Mi S f ap`` time
of day; ``e`` seconds since 1970 or a fraction of them; ``n`` days since 1900 as spreadsheets count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

_WORD = r"[^\d\s,./()\-:'+_]+"
_WEEKDAY = rf"(?:{_WORD}\.?,?\s+)?"
_MONTH = rf"(?P<mon>{_WORD})\.?"
_CLOCK = (
    r"(?P<H>\d{1,2})(?:[:.h]?(?P<Mi>\d{2})(?:[:.m]?(?P<S>\d{2})(?:[.,:](?P<f>\d{1,9}))?s?)?h?)?"
    r"(?:[-\s]*(?P<ap>[AaPp]\.?\s?[Mm]|[ap])\.?)?"
)
_AT = r"\s*[T_\s]\s*|:|\s*,\s+|\s+(?:at|à|um|om|klo?\.?|ore|alle|a las)\s+"
_TIME = rf"(?:(?:{_AT}){_CLOCK}(?:\s*[Uu]hr)?)?"
_ZONE = (
    r"(?P<tz>(?:\s*(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?[-+]\d{1,2}(?::?\d{2})?|\[[^\]]*\]"
    r"|\([^)]*\)|[A-Z][a-z]+/[A-Z]\w+))*)"
)
_RANGE = r"(?:\s+(?:-|–|—|~|to|bis)\s+\d[^,;|\x22]*|/\d{4}-[^,;|\x22]*)?"
_WEEKDAY_SIGN = (
    r"(?:\s*[,(（]?(?:(?:周|星期|曜)?[一二三四五六日月火水木金土](?:曜日?)?"
    r"|Mo|Di|Mi|Do|Fr|Sa|So|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Tues|Wednes|Thurs|Satur)(?:day)?"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb"
    r"|dom|gio|ma|di|wo|do|vr|za|zo|pon|wt|śr|czw|pt|sob|Пн|Вт|Ср|Чт|Пт|Сб|Вс|пн|вт|ср|чт|пт|сб|вс"
    r")\.?[)）]?)?"
)
_END = _WEEKDAY_SIGN + _TIME + _ZONE + _RANGE
_ERA = r"(?P<era>[RHSTMrhstm]|令和|平成|昭和|大正|明治)\s?(?P<ey>\d{1,2}|元)"
_YEAR = r"'?(?P<y>\d{4}|\d{2})(?:\s?(?:года|г\.?|р\.))?"
_WEEK = r"(?:[Kk][Ww]|[Cc]?[Ww]|[Ww][Kk]|[Ww]eek|WEEK|[Ww]oche)\.?\s*-?\s*"
_NAMES = re.compile(r"\(\?P<(\w+)>")  # of a pattern's parts, without compiling it
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"


@dataclass(frozen=True)
class Shape:
    """One layout of dates."""

    name: str
    pattern: str  # without anchors
    step: str  # the finest it can tell: "time" (a day, perhaps with a time), "month", "year" …
    weak: bool = False  # plain numbers look the same: needs a header or an order that supports it
    groups: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(_NAMES.findall(self.pattern)))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern for whole cells, in Python."""
        return re.compile(f"^(?:{self.pattern})$", re.ASCII)


# As RATS writes quarters and months; without a year of our times they are minutes and seconds.
COLONS: tuple[Shape, ...] = (
    Shape("y:q", r"(?P<y>\d{4}):(?P<q>\d)", "quarter"),
    Shape("y:m", r"(?P<y>\d{4}):(?P<m>\d{1,2})", "month"),
)
SHAPES: tuple[Shape, ...] = (
    Shape(
        "ymd",
        _WEEKDAY + r"(?P<y>\d{4})\s*[-/._\s年년]\s*(?P<m>\d{1,2})\s*[-/._\s月월]\s*(?P<d>\d{1,2})"
        r"\s*[日일]?\.?" + _END,
        "time",
    ),
    Shape(
        "roc",
        r"(?:民國\s?)?(?P<ry>\d{3})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})日?"
        + _TIME,
        "time",
    ),
    Shape(
        "era",
        _ERA + r"\s*[-/.年]\s*(?P<m>\d{1,2})"
        r"\s*[-/.月]\s*(?P<d>\d{1,2})日?" + _TIME,
        "time",
    ),
    Shape(
        "num",
        _WEEKDAY
        + r"(?P<a>\d{1,2})\s*[-/._\s]\s*(?P<b>\d{1,2})\s*[-/._\s]\s*'?(?P<c>\d{4}|\d{2})"
        + _END,
        "time",
    ),
    Shape(
        "compact",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?:[T_:-]|\s+)?(?P<H>\d{2}):?(?P<Mi>\d{2})"
        r"(?::?(?P<S>\d{2}))?(?:[.,]?(?P<f>\d{1,6}))?"
        r"(?:\s*(?P<ap>[AaPp][Mm]))?)?Z?(?:\.[0]+)?(?:\s+[A-Z][A-Za-z]*/[A-Z]\w+)?",
        "time",
        weak=True,
    ),
    Shape("compact num", r"(?P<a>\d{2})(?P<b>\d{2})(?P<c>\d{4})", "time", weak=True),
    Shape("ordinal", r"(?P<y>\d{4})-?(?P<dd>\d{3})", "time", weak=True),
    Shape("compact hour", r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<H>\d{2})", "time", weak=True),
    Shape(
        "dMy",
        _WEEKDAY
        + _DAY
        + r"[-/. ,]*(?:de\s+|of\s+)?"
        + _MONTH
        + r"[-/. ,]*(?:de\s+|del\s+)?"
        + _YEAR
        + r"(?:\s*(?:г|r)\.?)?"
        + _END,
        "time",
    ),
    Shape("Mdy", _WEEKDAY + _MONTH + r"[-/. ]*" + _DAY + r"[-/ ,]+" + _YEAR + _END, "time"),
    Shape(
        "yMd",
        r"(?P<y>\d{4})(?:\s?m\.)?[-/. ,]*" + _MONTH + r"[-/. ]*(?P<d>\d{1,2})(?:\s?d)?\.?" + _END,
        "time",
    ),
    Shape(
        "ctime",
        _WEEKDAY + _MONTH + r"\s+(?P<d>\d{1,2})\s+(?P<H>\d{1,2}):(?P<Mi>\d{2}):(?P<S>\d{2})"
        r"(?:\s+[A-Z]{3,5})?\s+(?P<y>\d{4})",
        "time",
    ),
    Shape("My", _MONTH + r"[-/. ,]*(?:del? )?" + _YEAR, "month"),
    Shape("yM", r"(?P<y>\d{4})[-/. ,]*" + _MONTH, "month"),
    Shape("era month", _ERA + r"\s?年\s?(?P<m>\d{1,2})月", "month"),
    Shape("era year", _ERA + r"\s?年度?", "year"),
    Shape("ym", r"(?P<y>\d{4})\s?(?:[-/年년Mm]|[-/:]M|MM)\s?(?P<m>\d{1,2})[月월]?", "month"),
    Shape("my", r"(?P<m>\d{1,2})[-/](?P<y>\d{4})", "month"),
    Shape("y.m", r"(?P<y>\d{4})\.(?P<mf>\d{2}|\d)", "month", weak=True),
    Shape("m.y", r"(?P<m>\d{1,2})\.(?P<y>\d{4})", "month", weak=True),
    Shape("compact month", r"(?P<y>\d{4})(?P<m>\d{2})", "month", weak=True),
    Shape("yq", r"(?:[Ff][Yy]\s?)?(?P<y>\d{4})\s*[-/.:_]?\s*[QqTtKk](?P<q>\d)", "quarter"),
    Shape("qy", r"[QqTtKk](?P<q>\d)\s*[-/.'_]?\s*(?P<y>\d{4}|\d{2})", "quarter"),
    Shape(
        "nqy",
        r"(?P<q>\d)(?:\.|º|°|er|e|st|nd|rd|th)?\s?"
        r"(?:[QqTt]\w*|[Kk][Vv]\w*|[Kk]wart\w*|кв[а-я]*|çeyrek|čtvrtletí|negyedév)\.?"
        r"\s*[-/.'_]?\s*(?:de )?(?P<y>\d{4}|\d{2})",
        "quarter",
    ),
    Shape(
        "word qy",
        r"(?:[Qq]uarter|[Kk]vartal|[Qq]uartal|[Tt]rimestre)\s?(?P<q>\d)\s*[-/.,]?\s*(?P<y>\d{4})",
        "quarter",
    ),
    Shape("yq signs", r"(?P<y>\d{4})年\s?第?(?P<q>\d)(?:四半期|季度)", "quarter"),
    Shape("yh", r"(?P<y>\d{4})\s*[-/.:_]?\s*[HhSs](?P<h>\d)", "half-year"),
    Shape("hy", r"[HhSs](?P<h>\d)\s*[-/._]?\s*(?P<y>\d{4})", "half-year"),
    *COLONS,
    Shape(
        "week", r"(?P<y>\d{4})\s*[-/._]?\s*" + _WEEK + r"(?P<w>\d{1,2})(?:-?(?P<wd>\d))?", "week"
    ),
    Shape("week first", _WEEK + r"(?P<w>\d{1,2})\s*[-/.,_ ]\s*(?P<y>\d{4}|\d{2})", "week"),
    Shape("epoch", r"(?P<e>\d{9,19})(?:\.(?P<f>\d+))?", "epoch", weak=True),
    Shape("serial", r"(?P<n>\d{5})(?:[.,](?P<nf>\d+))?", "serial", weak=True),
    Shape("year", r"(?P<y>\d{4})(?:\.[0]+)?", "year", weak=True),
    Shape("fiscal year", r"[Ff][Yy]\s?'?(?P<y>\d{4})(?:\s?[-/–]\s?(?:\d{4}|\d{2}))?", "year"),
)
CLOCK = Shape(
    "clock",
    _CLOCK
    + r"(?:\s*[Uu]hr)?"
    + _ZONE
    + r"(?:\s*(?:-|–|—|~|to|bis)\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?)?",
    "clock",
)
# Two numbers that only a header makes a week and a year.
WEEKS: tuple[Shape, ...] = (
    Shape("w/y", r"(?P<w>\d{1,2})\s*[-/. ]\s*(?P<y>\d{4})", "week"),
    Shape("y/w", r"(?P<y>\d{4})\s*[-/. ]\s*(?P<w>\d{1,2})", "week"),
    Shape("yw", r"(?P<y>\d{4})(?P<w>\d{2})", "week"),
)
# A year and 1 to 4 that only a header makes a quarter.
QUARTERS: tuple[Shape, ...] = (
    Shape("y/q", r"(?P<y>\d{4})\s*[-/. ]\s*(?P<q>\d{1,2})", "quarter"),
    Shape("q/y", r"(?P<q>\d{1,2})\s*[-/. ]\s*(?P<y>\d{4})", "quarter"),
    Shape("yq digits", r"(?P<y>\d{4})(?P<q>\d{1,2})", "quarter"),
)
# 01/16 is January 2016 where a header speaks of dates, nothing else fits and months follow.
SHORT_MONTH = Shape("m/yy", r"(?P<m>\d{1,2})\s?[-/]\s?(?P<y>\d{2})", "month")
# Years that end in the next: as 2001/02 could be a month, every cell of a column must be one.
SEASON = Shape("season", r"(?P<y>\d{4})\s?[-/–]\s?(?P<y2>\d{4}|\d{2})", "year")
BY_NAME = {shape.name: shape for shape in SHAPES}
