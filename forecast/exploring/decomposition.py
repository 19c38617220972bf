"""A series as trend, season and remainder; and which season it has, if any."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import seasons, thinning
from forecast.exploring import needs
from forecast.exploring.whole import whole

Array = npt.NDArray[np.float64]
AS_GOOD = 0.03  # a week that explains so little more than the day within it shows the day only
MOST_ROWS = 10_000  # the latest; what is older takes seconds and tells little about the season now
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A length after which the series might repeat itself."""

    length: int  # rows
    label: str  # "one week"; "" where only the values suggest it
    strength: float  # share of what is not trend that such a season explains; NaN: not to be told
    n_cycles: float  # how often it fits into the rows looked at
    clear: bool  # stronger than noise would look over so few cycles
    within: int = 0  # rows of a shorter season in it that explains as much; 0: none


@dataclass(frozen=True)
class Decomposition:
    """value = trend + season + remainder, each thinned for drawing."""

    period: int
    trend: pd.Series
    season: pd.Series
    remainder: pd.Series
    season_strength: float  # 0: none; 1: the season is all there is beside the trend
    trend_first: float
    trend_last: float
    swing: float  # highest minus lowest of the last season
    typical_remainder: float  # median of |remainder|
    n_used: int
    n_blank: int = 0  # dates that are missing, filled in a straight line before


def periods(series: pd.Series) -> tuple[Period, ...]:
    """Lengths to try, the likeliest first: what the dates suggest, or what the values show.

    Counted in dates of the series' own rhythm, blank ones among them. Which are clear, and which
    comes first, is decided as in ``seasons.find``.
    """
    used = whole(needs.latest(series, MOST_ROWS)).filled
    values, index = used.to_numpy(dtype=float), used.index
    if len(values) < needs_rows(2) or np.ptp(values) == 0:
        return ()
    labels = _labels(index)
    strengths = seasons.strengths(values, index)
    found = [_judged(n, labels.get(n, ""), strengths[n], len(values)) for n in strengths]
    found += [
        _judged(n, label, float("nan"), len(values))
        for n, label in labels.items()
        if n not in strengths and needs_rows(n) <= len(values)
    ]
    if not labels:  # of the many waves without a name, only those that are there
        found = [period for period in found if period.clear]
    told = [replace(period, within=_within(period, found)) for period in found]
    return tuple(sorted(told, key=lambda p: (not p.clear, -p.strength if p.clear else p.length)))


def period(series: pd.Series, length: int) -> Period:
    """How clearly the series repeats after ``length`` rows: 2 at least, half the series at most."""
    recent = whole(needs.latest(series, seasons.MOST_ROWS)).filled.to_numpy(dtype=float)
    needs.rows(len(recent), needs_rows(length), f"A season of {length:,} rows")
    if len(recent) < seasons.LEAST_CYCLES * length or np.ptp(recent) == 0:
        return _judged(length, "", float("nan"), len(recent))
    at = seasons.strength(np.log(recent) if recent.min() > 0 else recent, length)
    return _judged(length, "", at, len(recent))


def needs_rows(period: int) -> int:
    """Rows that a decomposition takes: two whole seasons, and one row more."""
    return 2 * period + 1


def decompose(series: pd.Series, period: int) -> Decomposition:
    """Seasonal-trend decomposition by LOESS (STL; Cleveland et al., J. Off. Stat. 6, 1990).

    Raises:
        DataError: fewer than two periods, or all values are the same.
    """
    laid_out = whole(needs.latest(series, MOST_ROWS))
    used = laid_out.filled
    needs.rows(len(used), needs_rows(period), f"A season of {period:,} rows")
    needs.movement(used, "Trend and season")
    done = seasons.taken_apart(used.to_numpy(dtype=float), period)
    parts = {"trend": done.trend, "season": done.seasonal, "remainder": done.resid}
    drawn = {name: _thinned(values, used.index, name) for name, values in parts.items()}
    both = float(np.var(done.seasonal + done.resid))
    return Decomposition(
        period=period,
        **drawn,
        season_strength=max(0.0, 1 - float(np.var(done.resid)) / both) if both else 0.0,
        trend_first=float(done.trend[0]),
        trend_last=float(done.trend[-1]),
        swing=float(np.ptp(done.seasonal[-period:])),
        typical_remainder=float(np.median(np.abs(done.resid))),
        n_used=len(used) - laid_out.n_blank,
        n_blank=laid_out.n_blank,
    )


def _labels(index: pd.Index) -> dict[int, str]:
    """The lengths that the dates suggest, with their names."""
    lengths = seasons.candidates(index)
    if not lengths:
        return {}
    step = pd.Timedelta(pd.Series(index[1:] - index[:-1]).median())
    names = ("one day", "one week") if step < _DAY else ("one week", "one year")
    return dict(zip(lengths, names if len(lengths) == 2 else ("one year",), strict=False))


def _judged(length: int, label: str, strength: float, n_rows: int) -> Period:
    n_cycles = min(n_rows, seasons.MOST_ROWS) / length
    clear = bool(n_cycles >= seasons.LEAST_CYCLES and strength >= seasons.least_strength(n_cycles))
    return Period(length, label, strength, n_cycles, clear)


def _within(period: Period, found: list[Period]) -> int:
    """The shortest clear season that fits into ``period`` in whole and is about as strong."""
    inner = [
        one.length
        for one in found
        if one.clear
        and one.length < period.length
        and period.length % one.length == 0
        and period.strength - one.strength < AS_GOOD
    ]
    return min(inner, default=0) if period.clear else 0


def _thinned(values: Array, index: pd.Index, name: str) -> pd.Series:
    drawn = thinning.extremes(values)
    return pd.Series(values[drawn], index=index[drawn], name=name)
