"""A series as trend, season and remainder; and which season it has, if any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import thinning
from forecast.exploring import needs
from forecast.exploring.memory import autocorrelation
from forecast.exploring.rhythms import Rhythm

Array = npt.NDArray[np.float64]
MOST_ROWS = 10_000  # the latest; what is older takes seconds and tells little about the season now
LONGEST_FOUND = 400  # rows; longer seasons are looked for only where the dates suggest them
AS_GOOD = 0.03  # of two seasons whose correlations differ by less, the shorter one is taken


@dataclass(frozen=True)
class Period:
    """A length after which the series might repeat itself."""

    length: int  # rows
    label: str  # "one week"; "" where only the values suggest it
    correlation: float  # between detrended values one period apart
    clear: bool  # more than so few repetitions bring by chance


@dataclass(frozen=True)
class Decomposition:
    """value = trend + season + remainder, each thinned for drawing."""

    period: int
    trend: pd.Series
    season: pd.Series
    remainder: pd.Series
    season_strength: float  # 0: none; 1: the season is all there is beside the trend
    trend_strength: float
    trend_first: float
    trend_last: float
    swing: float  # highest minus lowest of the last season
    typical_remainder: float  # median of |remainder|
    n_used: int


def periods(series: pd.Series, found: Rhythm) -> tuple[Period, ...]:
    """Lengths to try, the likeliest first: what the dates suggest, and what the values show.

    A length counts as clear if the correlation of detrended values one period apart is above
    2 / √(number of repetitions).
    """
    values = needs.latest(series, MOST_ROWS).to_numpy(dtype=float)
    if len(values) < needs_rows(2) or np.ptp(values) == 0:
        return ()
    lengths = {n: label for n, label in _suggested(found).items() if needs_rows(n) <= len(values)}
    if not any(n <= len(values) // 3 for n in lengths):
        by_values = _from_values(values)
        if by_values:
            lengths.setdefault(by_values, "")
    tried = [_tried(values, n, label) for n, label in sorted(lengths.items())]
    clear = [period for period in tried if period.clear]
    best = max((period.correlation for period in clear), default=0.0)
    first = [period for period in clear if period.correlation >= best - AS_GOOD][:1]
    rest = sorted((p for p in tried if p not in first), key=lambda p: (not p.clear, p.length))
    return (*first, *rest)


def needs_rows(period: int) -> int:
    """Rows that a decomposition takes: two whole seasons, and one row more."""
    return 2 * period + 1


def decompose(series: pd.Series, period: int) -> Decomposition:
    """Seasonal-trend decomposition by LOESS (STL; Cleveland et al., J. Off. Stat. 6, 1990).

    Strengths are max(0, 1 − Var(remainder) / Var(part + remainder)): Wang, Smith and Hyndman,
    Data Min. Knowl. Discov. 13 (2006).

    Raises:
        DataError: fewer than two periods, or all values are the same.
    """
    from statsmodels.tsa.seasonal import STL

    used = needs.latest(series, MOST_ROWS)
    needs.rows(len(used), needs_rows(period), f"A season of {period:,} rows")
    needs.movement(used, "Trend and season")
    # LOESS at every tenth part of its own width and straight lines between: a tenth of the time.
    done = STL(
        used.to_numpy(dtype=float),
        period=period,
        trend_jump=max(1, round(0.15 * period)),
        low_pass_jump=max(1, round(0.1 * period)),
    ).fit()
    parts = {"trend": done.trend, "season": done.seasonal, "remainder": done.resid}
    drawn = {name: _thinned(values, used.index, name) for name, values in parts.items()}
    return Decomposition(
        period=period,
        **drawn,
        season_strength=_strength(done.seasonal, done.resid),
        trend_strength=_strength(done.trend, done.resid),
        trend_first=float(done.trend[0]),
        trend_last=float(done.trend[-1]),
        swing=float(np.ptp(done.seasonal[-period:])),
        typical_remainder=float(np.median(np.abs(done.resid))),
        n_used=len(used),
    )


def _suggested(found: Rhythm) -> dict[int, str]:
    """Whole days, weeks and years in rows, as far as the rhythm says how many that are."""
    calendar = found.calendar
    if not found.regular:
        return {}
    if calendar.kind == "sessions":
        a_day = len(calendar.times)
        return {a_day: "one day", 5 * a_day: "one week"} if a_day >= 3 else {}
    if calendar.kind in ("exchange", "weekdays"):
        return {5: "one week", 252 if calendar.exchange else 261: "one year"}
    if calendar.kind == "daily":
        return {7: "one week", 365: "one year"}
    if calendar.kind == "monthly":
        return {12 // calendar.months: "one year"} if calendar.months <= 3 else {}
    a_day = round(pd.Timedelta(days=1) / calendar.step)
    if a_day >= 3:
        return {a_day: "one day", 7 * a_day: "one week"}
    return {52: "one year"} if calendar.step == pd.Timedelta(days=7) else {}


def _from_values(values: Array) -> int | None:
    """The first lag at which the series resembles itself again after having differed."""
    line = np.polynomial.Polynomial.fit(np.arange(len(values)), values, 1)
    level = pd.Series(values - line(np.arange(len(values))))
    if len(level) < 30 or np.ptp(level) <= 1e-9 * np.abs(values).max():
        return None
    memory = autocorrelation(level, min(LONGEST_FOUND, len(level) // 3))
    found = memory.values
    differed = np.flatnonzero(found < 0)
    start = int(differed[0]) if len(differed) else len(found)
    for k in range(start, len(found) - 1):
        if found[k] > memory.band[k] and found[k - 1] <= found[k] >= found[k + 1]:
            around = found[k : min(k + max(2, (k + 1) // 4), len(found))]
            return k + 1 + int(around.argmax())
    return None


def _tried(values: Array, length: int, label: str) -> Period:
    """Correlation one period apart, of what is left when the mean over a period is taken off."""
    means = np.convolve(values, np.full(length, 1 / length), mode="valid")
    start = (length - 1) // 2
    level = values[start : start + len(means)] - means
    level = level - level.mean()
    total = float(level @ level)
    apart = float(level[length:] @ level[:-length]) if len(level) > length else 0.0
    # As a mean of products over a mean of squares: so few repetitions would bias a plain sum.
    share = (len(level) - length) / len(level) if len(level) > length else 1.0
    scale = float(np.abs(values).max())
    if total <= len(level) * (1e-9 * scale) ** 2:
        return Period(length, label, 0.0, clear=False)
    correlation = min(apart / total / share, 1.0)
    return Period(length, label, correlation, bool(correlation > 2 / np.sqrt(len(values) / length)))


def _strength(part: Array, rest: Array) -> float:
    total = float(np.var(part + rest))
    return max(0.0, 1 - float(np.var(rest)) / total) if total else 0.0


def _thinned(values: Array, index: pd.Index, name: str) -> pd.Series:
    drawn = thinning.extremes(values)
    return pd.Series(values[drawn], index=index[drawn], name=name)
