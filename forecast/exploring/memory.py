"""Autocorrelation: how much a value, or a change, tells about those that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes

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

    @property
    def outside(self) -> npt.NDArray[np.intp]:
        """The lags outside the band."""
        return np.flatnonzero(np.abs(self.values) > self.band) + 1

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
    return autocorrelation(series, n_lags, "Autocorrelation of the values")


def of_changes(series: pd.Series, n_lags: int = LAGS) -> Memory:
    """Autocorrelation of the changes from row to row.

    Raises:
        DataError: as ``of_values``.
    """
    recent = needs.latest(series, MOST_ROWS + 1)
    return autocorrelation(changes(recent), n_lags, "Autocorrelation of the changes")


def autocorrelation(series: pd.Series, n_lags: int, what: str = "Autocorrelation") -> Memory:
    """Autocorrelation of lags 1 to ``n_lags``, at most half as many as there are rows.

    The band is 1.96 · √((1 + 2 Σ_{i<k} r_i²) / n) at lag k: Bartlett, J. R. Stat. Soc. B 8 (1946).
    """
    from statsmodels.tsa.stattools import acf

    used = needs.latest(series, MOST_ROWS)
    needs.rows(len(used), LEAST_ROWS, what)
    needs.movement(used, what)
    n_lags = min(n_lags, len(used) // 2)
    found, interval = acf(
        used.to_numpy(dtype=float),
        nlags=n_lags,
        alpha=CHANCE,
        bartlett_confint=True,
        fft=True,
        result_object=False,
    )
    return Memory(found[1:], (interval[:, 1] - found)[1:], len(used))
