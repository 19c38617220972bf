"""Autocorrelation: how much a value, or a change, tells about those that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes
from forecast.exploring.whole import whole

Array = npt.NDArray[np.float64]
MOST_ROWS = 200_000  # the latest; more would take seconds and say the same
LEAST_ROWS = 20
LAGS = 40  # shown where no season asks for more
CHANCE = 0.05  # share of the lags that leave the band by chance alone


@dataclass(frozen=True)
class Memory:
    """Autocorrelations of lag 1, 2, … with the band in which chance alone keeps 95 %."""

    values: Array  # (n_lags,)
    band: Array  # (n_lags,) half-width around zero, Bartlett's formula
    n_used: int  # rows, or changes, that went in
    n_blank: int = 0  # blank dates between them, left open

    @property
    def outside(self) -> npt.NDArray[np.intp]:
        """The lags outside the band."""
        return np.flatnonzero(np.abs(self.values) > self.band) + 1

    @property
    def sure(self) -> npt.NDArray[np.intp]:
        """The lags that chance puts outside in 1 of 20 series, looking at all of them at once.

        Bonferroni's bound: a share of 5 % / n_lags for each lag.
        """
        from scipy.stats import norm

        wider = norm.ppf(1 - CHANCE / 2 / len(self.values)) / norm.ppf(1 - CHANCE / 2)
        return np.flatnonzero(np.abs(self.values) > wider * self.band) + 1

    @property
    def telling(self) -> npt.NDArray[np.intp]:
        """The lags that tell something: all outside where many are, else those that are sure."""
        return self.outside if len(self.outside) > 2 * self.n_chance else self.sure

    @property
    def n_chance(self) -> float:
        """How many lags chance alone puts outside."""
        return CHANCE * len(self.values)

    @property
    def run(self) -> int:
        """How many lags from the first on are outside without a break."""
        within = np.flatnonzero(np.abs(self.values) <= self.band)
        return int(within[0]) if len(within) else len(self.values)

    @property
    def strongest(self) -> int:
        """The lag with the largest autocorrelation of either sign."""
        return int(np.abs(self.values).argmax()) + 1

    def at(self, lag: int) -> float:
        return float(self.values[lag - 1])


def of_values(series: pd.Series, n_lags: int = LAGS) -> Memory:
    """Autocorrelation of the values.

    Raises:
        DataError: fewer than 20 rows, or all values are the same.
    """
    laid_out = whole(needs.latest(series, MOST_ROWS))
    return autocorrelation(laid_out.series, n_lags, "Autocorrelation of the values")


def of_changes(series: pd.Series, n_lags: int = LAGS, unit: str = "") -> Memory:
    """Autocorrelation of the changes from row to row.

    Raises:
        DataError: as ``of_values``.
    """
    recent = needs.latest(series, MOST_ROWS + 1)
    laid_out = whole(recent)
    moves = changes(recent, unit)
    if laid_out.n_blank:  # a change over a gap is none from one date to the next
        steps = laid_out.series.notna() & laid_out.series.shift().notna()
        moves = moves.reindex(laid_out.series.index).where(steps).iloc[1:]
    return autocorrelation(moves, n_lags, "Autocorrelation of the changes")


def autocorrelation(series: pd.Series, n_lags: int, what: str = "Autocorrelation") -> Memory:
    """Autocorrelation of lags 1 to ``n_lags``, at most half as many as there are rows.

    The band is 1.96 · √((1 + 2 Σ_{i<k} r_i²) / n) at lag k: Bartlett, J. R. Stat. Soc. B 8 (1946).

    Args:
        series: NaN where a date is blank; only pairs of known values count then.
    """
    from scipy.stats import norm
    from statsmodels.tsa.stattools import acf

    used = needs.latest(series, MOST_ROWS)
    there = used.dropna()
    needs.rows(len(there), LEAST_ROWS, what)
    needs.movement(there, what)
    n_lags = min(n_lags, len(there) // 2)
    n_blank = len(used) - len(there)
    found = acf(
        used.to_numpy(dtype=float),
        nlags=n_lags,
        fft=True,
        adjusted=bool(n_blank),  # divided by the pairs that are there …
        missing="conservative" if n_blank else "none",
        result_object=False,
    )[1:]
    if n_blank:  # … and drawn towards zero at long lags, as without blanks
        found = found * (1 - np.arange(1, n_lags + 1) / len(used))
    before = np.concatenate([[0.0], np.cumsum(found[:-1] ** 2)])
    band = norm.ppf(1 - CHANCE / 2) * np.sqrt((1 + 2 * before) / len(there))
    return Memory(found, band, len(there), n_blank)
