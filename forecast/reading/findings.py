"""What is worth knowing about a series that did not stop its reading."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from forecast import weekdays
from forecast.reading.frequency import NUMBERED, Frequency, describe
from forecast.reading.model import Warning
from forecast.reading.standins import suspects
from forecast.reading.wording import day, number, stretch
from forecast.reading.words import ADJUSTED, BARS, CLOSES, PRICES, tokens

_SPLITS = (2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 50)
_DAY = 86_400.0
_NOUNS = {
    "every day": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "half-yearly": "half-year",
    "yearly": "year",
    "hourly": "hour",
    "every minute": "minute",
}
_FEW = 40  # rows


def look(series: pd.Series, table: pd.DataFrame) -> tuple[Warning, ...]:
    """What stands out in a series that came without a file: a download, for instance."""
    if isinstance(series.index, pd.DatetimeIndex):
        frequency = describe(series.index.to_numpy().astype("M8[us]"))
    else:
        frequency = Frequency(NUMBERED, 0.0, 0)
    return tuple(findings(series, table, frequency))


def findings(series: pd.Series, table: pd.DataFrame, frequency: Frequency) -> list[Warning]:
    """Look at a clean series and say what stands out."""
    found: list[Warning] = []
    values = series.to_numpy()
    if len(values) < _FEW:
        found.append(
            Warning(
                "few-rows",
                f"Only {len(values)} rows: enough to look at, too few to learn much from or to "
                "test a forecast on. Some hundreds are better.",
            )
        )
    if isinstance(series.index, pd.DatetimeIndex):
        found += _about_dates(series.index, frequency)
        if frequency.step >= _DAY or frequency.sessions:
            found += _splits(series, table)
        found += _idle(series, table)
    found += _stand_ins(values)
    if zeros := _which(series.index, values == 0):
        found.append(Warning("zeros", f"{zeros} zero: check that none stands for “no data”."))
    if negatives := _which(series.index, values < 0):
        found.append(Warning("negatives", f"{negatives} below zero, so logarithms cannot be used."))
    return found


def _stand_ins(values: Any) -> list[Warning]:
    """Numbers such as 9999 that may stand for "no data", far from all other values."""
    found = suspects(values)
    if found is None:
        return []
    number_, count = found
    text = f"{count_of(count, 'value')} of {number_:g} may stand for “no data”"
    return [Warning("stand-in", f"{text}: check before you train.")]


def _which(index: pd.Index, there: Any) -> str:
    """ "1 value (5 Mar 2024) is", "12 values (3 Jan 2020 to 5 Mar 2024) are"; "" for none."""
    places = np.flatnonzero(there)
    if not len(places):
        return ""
    dated = isinstance(index, pd.DatetimeIndex)
    first, last = (
        day(index[place]) if dated else f"row {number(float(index[place]))}"
        for place in (places[0], places[-1])
    )
    if len(places) == 1:
        return f"1 value ({first}) is"
    return f"{len(places):,} values ({f'{first} to {last}' if first != last else first}) are"


def _about_dates(index: pd.DatetimeIndex, frequency: Frequency) -> list[Warning]:
    found = []
    if frequency.n_gaps:
        longest = ""
        if frequency.largest_at is not None:
            longest = f"; the longest: {_missing(frequency)}"
        text = "1 gap" if frequency.n_gaps == 1 else f"{frequency.n_gaps:,} gaps"
        longest = longest.replace("; the longest", "") if frequency.n_gaps == 1 else longest
        found.append(Warning("gaps", f"{text} in the dates{longest}."))
    if frequency.trading:
        if frequency.n_weekend:
            found.append(
                Warning(
                    "weekend-rows",
                    f"{frequency.n_weekend:,} rows fall on weekends, in a series of trading days.",
                )
            )
        else:
            found.append(Warning("no-weekends", "Weekends are missing, as is usual for exchanges."))
    elif frequency.words == "every day" and frequency.n_weekend:
        found.append(Warning("weekends", "Weekends are present: every day counts as a step."))
    elif frequency.open_on:
        closed = weekdays.closed(frequency.open_on)
        text = f"There are no {closed}: the forecast leaves them out too."
        found.append(Warning("closed-days", text))
    elif frequency.words == "irregular":
        found.append(Warning("irregular", "The dates keep no regular pace."))
    return found + _stale(index, frequency)


def _missing(frequency: Frequency) -> str:
    """What is missing in the longest gap: "2 days missing, 29–30 Jul 2023"."""
    before = pd.Timestamp(frequency.largest_at)
    after = before + pd.Timedelta(seconds=frequency.largest)
    step = pd.Timedelta(seconds=frequency.step)
    if frequency.trading:
        days = pd.bdate_range(before + pd.Timedelta(days=1), after - pd.Timedelta(days=1))
        return f"{count_of(len(days), 'weekday')} missing, {stretch(days[0], days[-1])}"
    n = max(1, round(frequency.largest / frequency.step) - 1)
    if frequency.open_on:
        days = pd.date_range(
            before.normalize() + step, periods=n, freq=weekdays.step(frequency.open_on)
        )
        return f"{count_of(n, 'day')} missing, {stretch(days[0], days[-1])}"
    one = _NOUNS.get(frequency.words, "row")
    if one in ("month", "quarter", "year"):  # their lengths differ: no dates to be named by adding
        return f"{count_of(n, one)} missing between {day(before)} and {day(after)}"
    return f"{count_of(n, one)} missing, {stretch(before + step, before + n * step)}"


def _stale(index: pd.DatetimeIndex, frequency: Frequency) -> list[Warning]:
    today = dt.datetime.combine(dt.date.today(), dt.time())
    last = index[-1].to_pydatetime()
    if last > today + dt.timedelta(days=2):
        return [Warning("future", f"The last date, {day(last)}, lies in the future.")]
    age = (today - last).days
    if age > max(30, 3 * frequency.step / _DAY):
        return [Warning("stale", f"The last date is {day(last)}, {_span(age * _DAY)} ago.")]
    return []


def _splits(series: pd.Series, table: pd.DataFrame) -> list[Warning]:
    """Overnight jumps by a whole factor, which shares make when they are split."""
    values = series.to_numpy()
    if len(values) < 10 or values.min() <= 0 or not _is_price(series, table):
        return []
    ratio = values[1:] / values[:-1]
    usual = float(np.median(np.abs(np.log(ratio))))
    big = np.flatnonzero(np.abs(np.log(ratio)) > max(np.log(1.8), 12 * usual))
    if not 1 <= len(big) <= 5:
        return []
    for place in big:
        factor = max(ratio[place], 1 / ratio[place])
        nearest = min(_SPLITS, key=lambda split: abs(factor / split - 1))
        if abs(factor / nearest - 1) < 0.06:
            before, after = day(series.index[int(place)]), day(series.index[int(place) + 1])
            text = (
                f"From {before} to {after} the value goes from {number(values[place])} to "
                f"{number(values[place + 1])}, like a {nearest}-for-1 split."
            )
            offer = _adjusted(series, table)
            return [Warning("split", text + _advice(offer), offer)]
    return []


def _is_price(series: pd.Series, table: pd.DataFrame) -> bool:
    """Only what is traded is split: a price by its name, or with a high and a low beside it."""
    beside = frozenset[str]().union(*(tokens(str(name)) for name in table.columns))
    return bool(tokens(str(series.name)) & (CLOSES | PRICES | ADJUSTED)) or len(beside & BARS) > 1


def _adjusted(series: pd.Series, table: pd.DataFrame) -> str:
    """A column of prices adjusted for splits beside the series, or ""."""
    for name in table.columns:
        words = tokens(str(name))
        if name != series.name and words & ADJUSTED and (words & CLOSES or "adjclose" in words):
            return str(name)
    return ""


def _advice(column: str) -> str:
    if column:
        return f' The column "{column}" is adjusted for splits: consider using it instead.'
    return " Adjusted prices would not have it."


def _idle(series: pd.Series, table: pd.DataFrame) -> list[Warning]:
    """Days on which nothing was traded and the last price was repeated."""
    for name in table.columns:
        if not tokens(str(name)) & {"volume", "vol", "volumen", "成交量"}:
            continue
        volume = table[name]
        if not pd.api.types.is_numeric_dtype(volume):
            continue
        same = np.r_[False, np.diff(series.to_numpy()) == 0]
        n_idle = int(((volume.to_numpy() == 0) & same).sum())
        if 0 < n_idle < 0.9 * len(series) and volume.max() > 0:
            return [
                Warning(
                    "zero-volume",
                    f"{n_idle:,} rows have no volume and repeat the price before: "
                    "holidays filled in, most likely.",
                )
            ]
    return []


def _span(seconds: float) -> str:
    sizes: tuple[tuple[float, str], ...] = (
        (365.25 * _DAY, "year"),
        (30.44 * _DAY, "month"),
        (_DAY, "day"),
        (3600.0, "hour"),
        (60.0, "minute"),
    )
    for size, unit in sizes:
        if seconds >= size * {"year": 2, "month": 3}.get(unit, 1):
            if unit == "year" and seconds < 10 * size:
                return f"{seconds / size:.1f}".removesuffix(".0") + " years"
            count = round(seconds / size)
            return f"{count:,} {unit}{'s' if count != 1 else ''}"
    return f"{seconds:g} seconds"


def count_of(n: int, what: str) -> str:
    """``3 rows``, ``1 row``."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def left_out(
    n_missing: int, n_duplicates: int, n_rows: int, joined: str | None = None
) -> list[Warning]:
    """What had to be left out of a series.

    Args:
        n_missing: rows without a value.
        n_duplicates: rows whose date another row has.
        n_rows: rows read.
        joined: what was made of such rows, where a person said so: a key of ``DUPLICATES``.
    """
    found = []
    if n_missing:
        share = 100 * n_missing / max(n_rows, 1)
        found.append(
            Warning(
                "missing-values",
                f"{count_of(n_missing, 'row')} without a value "
                f"({share:.1f} %) {'was' if n_missing == 1 else 'were'} left out.",
            )
        )
    if n_duplicates and joined:
        done = {"sum": "added up", "mean": "averaged", "first": "taken by the first"}
        text = f"Rows of the same date were {done.get(joined, 'taken by the last')}: "
        text += f"{count_of(n_duplicates, 'row')} fewer."
        found.append(Warning("duplicates", text))
    elif n_duplicates:
        found.append(
            Warning(
                "duplicates",
                f"{count_of(n_duplicates, 'row')} that repeat a date with the same value "
                f"{'was' if n_duplicates == 1 else 'were'} left out.",
            )
        )
    return found


def repeated_hours(stamps: Any) -> Warning:
    """The hour that comes twice when daylight saving ends."""
    return Warning(
        "repeated-hour",
        f"{count_of(len(stamps), 'time')} of day at the end of daylight saving "
        f"({day(stamps[0])} first) came twice; the first of each pair was kept.",
    )
