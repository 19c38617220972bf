"""Files of weather services, power exchanges and statistics offices, in spellings of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.corpus.cases import Case, Written, bars, case, closes, table


def compact_hours() -> Iterator[Case]:
    """Year, month, day and hour in ten digits, which are no seconds since 1970."""
    rows = bars(72, start="2023-01-30 00:00", step="60", level=20.0, seed=51)
    for header in ("MESS_DATUM;TT_TU", "Datetime;Load", "timestamp;value"):
        lines = [f"{b.when:%Y%m%d%H};{b.close}" for b in rows]
        name = header.split(";")[1]
        yield case(f"YYYYMMDDHH: {header}", Written(table(header, lines), name, closes(rows)))
    ends = [b.when - dt.timedelta(hours=1) for b in rows]
    lines = [f"{end:%Y%m%d}{end.hour + 1:02d};{b.close}" for end, b in zip(ends, rows, strict=True)]
    yield case("YYYYMMDD24", Written(table("Date;Value", lines), "Value", closes(rows)))
    zero = dt.datetime(1970, 1, 1)
    late = bars(72, start="2033-12-01 00:00", step="60", seed=52)
    seconds = [f"{int((b.when - zero).total_seconds())};{b.close}" for b in late]
    yield case("seconds of 2033", Written(table("time;price", seconds), "price", closes(late)))


def all_offices() -> Iterator[Case]:
    """Everything in this module."""
    for make in (compact_hours,):
        yield from make()
