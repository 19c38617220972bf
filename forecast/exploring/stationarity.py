"""Does the series keep to a level, or does it wander? Two tests that ask it from two sides."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes

MOST_ROWS = 5_000  # the latest; the search for the number of lags slows down with each row
LEAST_ROWS = 25
LEVEL = 0.05


@dataclass(frozen=True)
class Stationarity:
    """What the Augmented Dickey-Fuller and the KPSS test say.

    ADF starts from "it wanders" and has to be argued out of it, KPSS from "it keeps to a level".
    """

    adf_p: float
    kpss_p: float  # its table ends at 0.01 and 0.1: those values mean "or less" and "or more"
    n_used: int

    @property
    def verdict(self) -> str:
        """``level``, ``wanders``, ``moving`` (tests differ) or ``unclear`` (neither is sure)."""
        returns, leaves = self.adf_p < LEVEL, self.kpss_p < LEVEL
        if returns and not leaves:
            return "level"
        if leaves and not returns:
            return "wanders"
        return "moving" if returns else "unclear"


def of_values(series: pd.Series) -> Stationarity:
    """Test the values.

    Raises:
        DataError: fewer than 25 rows, or all values are the same.
    """
    return _test(series, "Testing for a level")


def of_changes(series: pd.Series, unit: str = "") -> Stationarity:
    """Test the changes from row to row.

    Raises:
        DataError: as ``of_values``.
    """
    return _test(
        changes(needs.latest(series, MOST_ROWS + 1), unit),
        "Testing whether the changes keep a level",
    )


def _test(series: pd.Series, what: str) -> Stationarity:
    from statsmodels.tools.sm_exceptions import InterpolationWarning
    from statsmodels.tsa.stattools import adfuller, kpss
    from threadpoolctl import threadpool_limits

    used = needs.latest(series, MOST_ROWS)
    needs.rows(len(used), LEAST_ROWS, what)
    needs.movement(used, what)
    values = used.to_numpy(dtype=float)
    # Schwert's rule gives 30 lags for 5,000 rows; so small a regression is ten times slower on
    # several threads than on one.
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", InterpolationWarning)  # its table ends; see kpss_p
        adf_p = float(adfuller(values, result_object=False)[1])
        kpss_p = float(kpss(values, nlags="auto", result_object=False)[1])
    if not np.isfinite(adf_p):  # a straight line fits without a rest
        adf_p = 1.0
    return Stationarity(adf_p, kpss_p, len(values))
