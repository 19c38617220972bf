"""Cleaning as an explicit choice: nothing here happens unless a ``Cleaning`` asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import weekdays
from forecast.errors import ConfigError, DataError
from forecast.reading.frequency import describe, without_rests
from forecast.reading.wording import day

# Name → what it does, in words.
GAPS = {
    "leave": "left as they are",
    "previous": "filled with the value before",
    "week": "filled with the value a week before",
    "interpolate": "filled in a straight line",
    "zero": "filled with 0",
}
PERIOD_VALUES = {"last": "last value", "mean": "average", "sum": "sum"}
OUTLIER_COLUMN = "outlier"
# Name → pandas' offset; the name is what a person sees.
FREQUENCIES = {
    "hourly": "h",
    "every day": "D",
    "trading days": "B",
    "weekly": "W-FRI",
    "monthly": "MS",
    "quarterly": "QS",
    "yearly": "YS",
}
_FEWEST = 5  # rows: enough to look at
_WEEK, _DAY = pd.Timedelta(days=7), pd.Timedelta(days=1)
_SPREAD = 6.0  # robust standard deviations beyond which a step is marked
_MOST_ROWS = 5_000_000


@dataclass(frozen=True)
class Cleaning:
    """What to do with a series; the defaults do nothing."""

    gaps: str = "leave"  # missing steps: a key of GAPS
    outliers: bool = False  # add a column that marks them; values stay as they are
    frequency: str | None = None  # a key of FREQUENCIES: one row for each period
    period_value: str = "last"  # the value of a period: a key of PERIOD_VALUES
    last_rows: int | None = None  # keep this many at the end
    start: dt.date | None = None  # first date kept
    end: dt.date | None = None  # last date kept, the whole day

    def __post_init__(self) -> None:
        _one_of("This way of filling gaps is not known.", "gaps", self.gaps, GAPS)
        _one_of("This frequency is not known.", "frequency", self.frequency, (None, *FREQUENCIES))
        _one_of(
            "This value of a period is not known.",
            "period_value",
            self.period_value,
            tuple(PERIOD_VALUES),
        )
        if self.last_rows is not None and self.last_rows < _FEWEST:
            raise ConfigError(
                "Too few rows would be left.",
                expected=f"at least {_FEWEST} rows",
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

    @property
    def sentence(self) -> str:
        """What was chosen, in words; "" for the defaults.

        >>> Cleaning(frequency="weekly", gaps="previous").sentence
        'weekly (last value), gaps filled with the value before'
        """
        return self._told(f"gaps {GAPS[self.gaps]}")

    @property
    def short(self) -> str:
        """The same in fewer words, to stand behind a name.

        >>> Cleaning(gaps="previous", last_rows=300).short
        'gaps filled, last 300 rows'
        """
        return self._told("gaps filled")

    def _told(self, gaps: str) -> str:
        parts = []
        if self.start is not None:
            parts.append(f"from {day(self.start)}")
        if self.end is not None:
            parts.append(f"to {day(self.end)}")
        if self.frequency is not None:
            parts.append(f"{self.frequency} ({PERIOD_VALUES[self.period_value]})")
        if self.gaps != "leave":
            parts.append(gaps)
        if self.outliers:
            parts.append("outliers marked")
        if self.last_rows is not None:
            parts.append(f"last {self.last_rows:,} rows")
        return ", ".join(parts)


@dataclass(frozen=True)
class Cleaned:
    """A series after cleaning, and what changed in counts."""

    series: pd.Series = field(repr=False, compare=False)
    table: pd.DataFrame = field(repr=False, compare=False)  # indexed like the series
    rows_before: int
    rows_after: int
    n_gaps_before: int
    n_gaps_after: int
    n_filled: int  # rows whose value was filled in
    n_outliers: int  # rows marked

    @property
    def marked(self) -> pd.Series:
        """The rows marked as outliers."""
        if OUTLIER_COLUMN not in self.table:
            return self.series.iloc[:0]
        return self.series[self.table[OUTLIER_COLUMN].to_numpy(dtype=bool)]


def clean(series: pd.Series, table: pd.DataFrame, cleaning: Cleaning) -> Cleaned:
    """Apply a cleaning to a series and its table, which stay as they are.

    The order is: date range, resampling, gaps, outliers, last rows.

    Args:
        series: what is to be forecast, one value a row.
        table: all columns, indexed like the series.
        cleaning: what to do.

    Raises:
        DataError: ``too-few-rows`` if fewer than five are left; ``no-dates`` if a choice needs
            dates and the rows are numbered.
    """
    target = str(series.name)
    work = table.copy()
    work[target] = series
    _refuse_undated(work, cleaning)
    work = _within(work, cleaning)
    if cleaning.frequency is not None:
        work = _resample(work, target, cleaning)
    filled = 0
    if cleaning.gaps != "leave":
        work, filled = _fill(work, target, cleaning)
    work = work[work[target].notna()]
    if cleaning.outliers:
        work[OUTLIER_COLUMN] = outliers(work[target])
    if cleaning.last_rows is not None:
        work = work.iloc[-cleaning.last_rows :]
    if len(work) < _FEWEST:
        raise DataError(
            "too-few-rows",
            "Too few rows would be left.",
            expected=f"at least {_FEWEST} rows",
            received=f"{len(work)} of {len(series):,}",
            fix="Choose a longer range or a finer frequency.",
        )
    after = work[target].astype(np.float64)
    return Cleaned(
        after,
        work,
        len(series),
        len(after),
        count_gaps(series),
        count_gaps(after),
        filled,
        int(work[OUTLIER_COLUMN].sum()) if cleaning.outliers else 0,
    )


def _one_of(what: str, name: str, value: object, allowed: Collection[object]) -> None:
    if value not in allowed:
        raise ConfigError(
            what,
            expected="one of " + ", ".join(str(known) for known in allowed if known),
            received=f"{name}={value!r}",
            fix="Choose one of them.",
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


def count_gaps(series: pd.Series) -> int:
    """How many steps of a series have something missing; 0 for numbered rows."""
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


def _resample(table: pd.DataFrame, target: str, cleaning: Cleaning) -> pd.DataFrame:
    """One row for each period; by their headers, opens, highs, lows and volumes as such."""
    if not len(table):
        return table
    rules = {name: _rule(str(name), table[name]) for name in table.columns}
    rules[target] = cleaning.period_value
    periods = table.resample(FREQUENCIES[str(cleaning.frequency)])
    counts = periods[target].count()
    whole = counts > 0  # a period without rows has no sum, rather than a sum of nothing
    if cleaning.period_value == "sum" and len(counts) > 2:
        # Two days of a week do not add up to a week: that would look like a slump.
        for edge in (0, -1):
            whole.iloc[edge] &= counts.iloc[edge] >= 0.75 * counts.iloc[1:-1].median()
    return periods.agg(rules)[whole]


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
    if offset == "h" or (isinstance(offset, pd.Timedelta) and offset < _DAY):
        steps = without_rests(steps, pd.DatetimeIndex(table.index))
    whole = table.index.union(steps).rename(table.index.name)
    if len(whole) > min(_MOST_ROWS, 50 * len(table)):
        return table, 0
    wide = table.reindex(whole)
    blank = wide[target].isna().to_numpy()
    missing = int(blank.sum())
    if cleaning.gaps == "week":
        wide = _week_before(wide, blank)
    numeric = wide.select_dtypes("number").columns
    if cleaning.gaps == "interpolate":
        wide[numeric] = wide[numeric].interpolate("time")
    if cleaning.gaps == "zero":
        wide.loc[blank, numeric] = 0
    wide = wide.ffill()
    return wide, missing


def _week_before(table: pd.DataFrame, blank: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Each blank row as the one a week before it, filled or not; else as the row before it."""
    source = np.arange(len(table))
    index = pd.DatetimeIndex(table.index)
    places = index.get_indexer(index - _WEEK)
    for row in np.flatnonzero(blank).tolist():
        source[row] = source[places[row] if places[row] >= 0 else max(row - 1, 0)]
    return table.iloc[source].set_axis(table.index)


def _offset(
    index: pd.Index, cleaning: Cleaning
) -> pd.Timedelta | pd.offsets.BaseOffset | str | None:
    # Nothing is sold on a day without a sale; but on no day of rest is there a 0.
    if cleaning.frequency is not None and cleaning.gaps != "zero":
        return FREQUENCIES[cleaning.frequency]
    frequency = describe(index.to_numpy().astype("M8[us]"))
    month = "MS" if bool((pd.DatetimeIndex(index).day == 1).all()) else "ME"
    named = {
        "trading days": "B",
        "every day": "D",
        "monthly": month,
        "quarterly": "QS",
        "half-yearly": f"6{month}",
        "yearly": "YS",
    }
    if frequency.words in named:
        return named[frequency.words]
    if frequency.open_on:
        return weekdays.step(frequency.open_on)
    if frequency.words == "irregular" or frequency.step <= 0 or frequency.sessions:
        return None
    return pd.Timedelta(seconds=frequency.step)
