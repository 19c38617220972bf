"""Cleaning as an explicit choice: nothing here happens unless a ``Cleaning`` asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecast.errors import ConfigError, DataError
from forecast.reading.frequency import NUMBERED, describe
from forecast.reading.model import Reading, Warning
from forecast.reading.receipt import sentence
from forecast.reading.rows import MIN_ROWS

GAPS = ("leave", "previous", "interpolate")
OUTLIER_COLUMN = "outlier"
# Name → pandas' offset; the first is what a person sees.
FREQUENCIES = {
    "hourly": "h",
    "every day": "D",
    "trading days": "B",
    "weekly": "W-FRI",
    "monthly": "MS",
    "quarterly": "QS",
    "yearly": "YS",
}
_SPREAD = 6.0  # robust standard deviations beyond which a step is marked
_MOST_ROWS = 5_000_000


@dataclass(frozen=True)
class Cleaning:
    """What to do with a series; the defaults do nothing."""

    gaps: str = "leave"  # missing steps: "leave", "previous" value, or "interpolate"
    outliers: bool = False  # add a column that marks them; values stay as they are
    frequency: str | None = None  # a key of FREQUENCIES: the last value of each period
    last_rows: int | None = None  # keep this many at the end
    start: dt.date | None = None  # first date kept
    end: dt.date | None = None  # last date kept, the whole day

    def __post_init__(self) -> None:
        if self.gaps not in GAPS:
            raise ConfigError(
                "This way of filling gaps is not known.",
                expected="one of " + ", ".join(GAPS),
                received=f"gaps={self.gaps!r}",
                fix="Choose one of them.",
            )
        if self.frequency is not None and self.frequency not in FREQUENCIES:
            raise ConfigError(
                "This frequency is not known.",
                expected="one of " + ", ".join(FREQUENCIES),
                received=f"frequency={self.frequency!r}",
                fix="Choose one of them.",
            )
        if self.last_rows is not None and self.last_rows < MIN_ROWS:
            raise ConfigError(
                "Too few rows would be left.",
                expected=f"at least {MIN_ROWS} rows",
                received=f"last_rows={self.last_rows}",
                fix="Keep more rows.",
            )
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ConfigError(
                "The date range ends before it starts.",
                expected="a first date before the last",
                received=f"{self.start} to {self.end}",
                fix="Exchange the two dates.",
            )


@dataclass(frozen=True)
class Cleaned:
    """Before and after, in counts."""

    rows_before: int
    rows_after: int
    n_gaps_before: int
    n_gaps_after: int
    n_filled: int  # rows whose value was filled in
    n_outliers: int  # rows marked


def clean(reading: Reading, cleaning: Cleaning) -> Reading:
    """Apply a cleaning to a reading, which stays as it is.

    The order is: date range, resampling, gaps, outliers, last rows.

    Raises:
        DataError: ``too-few-rows`` if fewer than five are left; ``no-dates`` if a choice needs
            dates and the rows are numbered.
    """
    table = reading.table.copy()
    target = str(reading.series.name)
    table[target] = reading.series
    _refuse_undated(table, cleaning)
    table = _within(table, cleaning)
    if cleaning.frequency is not None:
        table = _resample(table, FREQUENCIES[cleaning.frequency])
    filled = 0
    if cleaning.gaps != "leave" and isinstance(table.index, pd.DatetimeIndex):
        table, filled = _fill(table, target, cleaning)
    if cleaning.outliers:
        table[OUTLIER_COLUMN] = outliers(table[target])
    if cleaning.last_rows is not None:
        table = table.iloc[-cleaning.last_rows :]
    if len(table) < MIN_ROWS:
        raise DataError(
            "too-few-rows",
            "Too few rows would be left.",
            expected=f"at least {MIN_ROWS} rows",
            received=f"{len(table)} of {len(reading.series):,}",
            fix="Choose a longer range or a finer frequency.",
        )
    return _finished(reading, table, target, filled)


def compare(before: Reading, after: Reading) -> Cleaned:
    """Count what a cleaning changed."""
    filled = sum(
        int(warning.text.split()[0].replace(",", ""))
        for warning in after.receipt.warnings
        if warning.code == "filled"
    )
    marks = after.table.get(OUTLIER_COLUMN)
    return Cleaned(
        len(before.series),
        len(after.series),
        _gaps(before.series),
        _gaps(after.series),
        filled,
        int(marks.sum()) if marks is not None else 0,
    )


def outliers(series: pd.Series) -> pd.Series:
    """Mark values that stand out from both neighbours by far more than usual.

    A level that stays (a price after news) is no outlier; a spike that goes away is.
    """
    values = series.to_numpy(dtype=np.float64)
    marks = np.zeros(len(values), dtype=np.bool_)
    if len(values) >= 5:
        steps = np.diff(values)
        spread = 1.4826 * float(np.median(np.abs(steps - np.median(steps))))
        spread = spread or float(np.median(np.abs(steps))) or float(np.std(steps)) or 1.0
        up, down = steps[:-1] / spread, steps[1:] / spread
        marks[1:-1] = (np.abs(up) > _SPREAD) & (np.abs(down) > _SPREAD) & (up * down < 0)
    return pd.Series(marks, index=series.index, name=OUTLIER_COLUMN)


def _gaps(series: pd.Series) -> int:
    if not isinstance(series.index, pd.DatetimeIndex):
        return 0
    return describe(series.index.to_numpy().astype("M8[us]")).n_gaps


def _refuse_undated(table: pd.DataFrame, cleaning: Cleaning) -> None:
    needs = cleaning.start or cleaning.end or cleaning.frequency or cleaning.gaps != "leave"
    if needs and not isinstance(table.index, pd.DatetimeIndex):
        raise DataError(
            "no-dates",
            "This choice needs dates, and the rows of this file are only numbered.",
            expected="a column of dates",
            received="numbered rows",
            fix="Choose the last rows instead.",
        )


def _within(table: pd.DataFrame, cleaning: Cleaning) -> pd.DataFrame:
    if cleaning.start is not None:
        table = table[table.index >= pd.Timestamp(cleaning.start)]
    if cleaning.end is not None:
        table = table[table.index < pd.Timestamp(cleaning.end) + pd.Timedelta(days=1)]
    return table


def _resample(table: pd.DataFrame, offset: str) -> pd.DataFrame:
    """The last row of each period; sums and extremes where the header calls for them."""
    if not len(table):
        return table
    rules = {name: _rule(str(name), table[name]) for name in table.columns}
    return table.resample(offset).agg(rules).dropna(how="all")


def _rule(name: str, column: pd.Series) -> str:
    bare = name.lower()
    if pd.api.types.is_numeric_dtype(column):
        for word, rule in (("open", "first"), ("high", "max"), ("low", "min"), ("volume", "sum")):
            if word in bare:
                return rule
    return "last"


def _fill(table: pd.DataFrame, target: str, cleaning: Cleaning) -> tuple[pd.DataFrame, int]:
    offset = _offset(table.index, cleaning)
    if offset is None or len(table) < 2:
        return table, 0
    steps = pd.date_range(table.index[0], table.index[-1], freq=offset)
    whole = table.index.union(steps)
    if len(whole) > min(_MOST_ROWS, 50 * len(table)):
        return table, 0
    wide = table.reindex(whole)
    missing = int(wide[target].isna().sum())
    numeric = wide.select_dtypes("number").columns
    if cleaning.gaps == "interpolate":
        wide[numeric] = wide[numeric].interpolate("time")
    wide = wide.ffill()
    return wide, missing


def _offset(index: pd.Index, cleaning: Cleaning) -> pd.Timedelta | str | None:
    if cleaning.frequency is not None:
        return FREQUENCIES[cleaning.frequency]
    frequency = describe(index.to_numpy().astype("M8[us]"))
    named = {
        "trading days": "B",
        "every day": "D",
        "monthly": "MS" if bool((pd.DatetimeIndex(index).day == 1).all()) else "ME",
        "quarterly": "QS",
        "yearly": "YS",
    }
    if frequency.words in named:
        return named[frequency.words]
    if frequency.words == "irregular" or frequency.step <= 0 or frequency.sessions:
        return None
    return pd.Timedelta(seconds=frequency.step)


def _finished(reading: Reading, table: pd.DataFrame, target: str, filled: int) -> Reading:
    table = table[table[target].notna()]
    series = table[target].astype(np.float64)
    words, n_gaps = NUMBERED, 0
    if isinstance(series.index, pd.DatetimeIndex):
        frequency = describe(series.index.to_numpy().astype("M8[us]"))
        words, n_gaps = frequency.words, frequency.n_gaps
    old = reading.receipt
    warnings = tuple(w for w in old.warnings if w.code not in ("gaps", "filled"))
    extras = [f"{n_gaps:,} gaps" if n_gaps else "no gaps"]
    if filled:
        warnings += (Warning("filled", f"{filled:,} missing steps were filled in."),)
        extras.append(f"{filled:,} filled in")
    text = sentence(series, old.delimiter, old.decimal, old.date_order, words, tuple(extras))
    receipt = replace(old, n_rows=len(series), frequency=words, sentence=text, warnings=warnings)
    return Reading(series, table, receipt, reading.questions)
