"""The first figures of a series, and how its changes are measured."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

MOST_JUMPS = 0.01  # share of steps that double or halve a value, up to which percent make sense
LEAST_AVERAGED = 40  # rows from which on an average of some of them is one
ALIKE = 0.9  # correlation of neighbours from which on a single row speaks for those beside it
_A_YEAR = pd.Timedelta(days=365.25)
# Scales whose zero is a convention: 20 °C is not twice 10 °C, and its share says nothing.
_DEGREES = re.compile(
    r"(?:°|deg\.?|degrees?)?\s*(?:c|f|k|celsius|fahrenheit|kelvin)", re.IGNORECASE
)
_TEMPERATURE = re.compile(
    r"(?:^|[^a-z])(?:temp|tmp|temperature?s?|temperaturen?|température|celsius|fahrenheit)(?:[^a-z]|$)"
    r"|°\s*[cf]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Summary:
    """Where a series stands, and between what it moved."""

    last: float
    last_date: pd.Timestamp | int
    low: float
    low_date: pd.Timestamp | int
    high: float
    high_date: pd.Timestamp | int
    typical_step: float  # median of |change| from row to row, in the unit of the series


def summary(series: pd.Series) -> Summary:
    """Describe ``series`` (at least two rows)."""
    return Summary(
        last=float(series.iloc[-1]),
        last_date=series.index[-1],
        low=float(series.min()),
        low_date=series.index[int(series.argmin())],
        high=float(series.max()),
        high_date=series.index[int(series.argmax())],
        typical_step=float(series.diff().abs().median()),
    )


@dataclass(frozen=True)
class Growth:
    """From where to where a series went: from row to row, or from average to average."""

    first: float
    last: float
    years: float  # between the two; 0 without dates
    averaged: str  # "year" or "fifth" of the rows that an average is of; "": single rows


def growth(series: pd.Series, *, traded: bool = False) -> Growth:
    """The ends of ``series``, averaged where single rows would say little.

    A week of January beside one of Christmas tells nothing about three years. Single rows are
    taken of prices (``traded``), of series whose neighbours are alike, and of very short ones.
    """
    index, n = series.index, len(series)
    years = step = 0.0
    if isinstance(index, pd.DatetimeIndex):
        years = float((index[-1] - index[0]) / _A_YEAR)
        step = float(np.median(np.diff(index.as_unit("ns").asi8))) / 86_400e9  # days
    values = series.to_numpy(dtype=float)
    single = Growth(float(values[0]), float(values[-1]), years, "")
    if traded or n < LEAST_AVERAGED or np.ptp(values[:-1]) == 0 or np.ptp(values[1:]) == 0:
        return single
    within_a_day = 0 < step < 1
    if not within_a_day and np.corrcoef(values[:-1], values[1:])[0, 1] >= ALIKE:
        return single
    if years >= 2:
        first = series[index < index[0] + _A_YEAR].mean()
        last = series[index > index[-1] - _A_YEAR].mean()
        return Growth(float(first), float(last), years - 1, "year")
    part = n // 5
    return Growth(float(values[:part].mean()), float(values[-part:].mean()), 0.8 * years, "fifth")


def has_ratios(series: pd.Series, unit: str = "") -> bool:
    """Whether shares of a value mean something: all above zero, and no temperature.

    >>> prices = pd.Series([10.0, 20.0], name="Close")
    >>> has_ratios(prices, "$"), has_ratios(prices, "°C"), has_ratios(prices.rename("temp_c"))
    (True, False, False)
    """
    if not len(series) or series.min() <= 0:
        return False
    if unit.strip():
        return _DEGREES.fullmatch(unit.strip()) is None
    return _TEMPERATURE.search(str(series.name)) is None


def relative(series: pd.Series, unit: str = "") -> bool:
    """Whether changes are best told in percent of the value before.

    They are where ``has_ratios`` and hardly any step (1 in 100 at most) doubles or
    halves the value: 22 rentals on a day of storm and 1,096 on the next are not "+4,882 %".
    """
    if not has_ratios(series, unit):
        return False
    values = series.to_numpy(dtype=float)
    jumps = np.abs(np.diff(np.log(values))) > np.log(2)
    return bool(jumps.mean() <= MOST_JUMPS) if len(jumps) else True


def changes(series: pd.Series, unit: str = "") -> pd.Series:
    """Change from each row to the next: a share of the value where ``relative``, else absolute."""
    moves = series.pct_change() if relative(series, unit) else series.diff()
    return moves.iloc[1:][np.isfinite(moves.iloc[1:])]


def volume_of(table: pd.DataFrame, series: pd.Series) -> pd.Series | None:
    """The table's traded volume on the rows of ``series``, if it has one."""
    for name in table.columns:
        if str(name).strip().lower() in ("volume", "vol", "vol."):
            volume = table[name]
            if isinstance(volume, pd.Series) and pd.api.types.is_numeric_dtype(volume):
                return volume.reindex(series.index).fillna(0)
    return None
