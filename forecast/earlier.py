"""Earlier runs of the same person that bear on the one at hand, or on the data just loaded."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd

from forecast import series
from forecast.comparing import Summary
from forecast.errors import ForecastError
from forecast.runs import Run
from forecast.store import RunStore

log = logging.getLogger(__name__)
FEWEST_SHARED = 20  # rows that make two series the same one, or all where there are fewer
MOST_REVISED = 0.1  # the share of them that may have been put right since
MOST_READ = 5  # different series to look into: reading one of a million rows takes a moment
SAME = 1e-6  # relative


def continues(later: pd.Series, earlier: pd.Series) -> bool:
    """Whether ``later`` is ``earlier`` with newer rows: it ends after it, and says the same before.

    >>> days = pd.date_range("2024-01-01", periods=30)
    >>> month = pd.Series(range(1, 31), index=days, name="Sales")
    >>> continues(month, month.iloc[:24]), continues(month, month), continues(2 * month, month[:24])
    (True, False, False)
    """
    one, other = earlier.index, later.index
    if str(earlier.name) != str(later.name) or not series.same_clock(one, other):
        return False
    shared = one.intersection(other)
    if not one[-1] < other[-1] or len(shared) < min(FEWEST_SHARED, len(one)):
        return False
    same = np.isclose(earlier.reindex(shared), later.reindex(shared), rtol=SAME, atol=0.0)
    return bool((~same).sum() <= MOST_REVISED * len(shared))


def last_part_of(
    newer: pd.Series, runs: list[Summary], store: RunStore
) -> tuple[Summary, int] | None:
    """The newest finished run whose data ``newer`` continues, and how many rows those are.

    Args:
        runs: of one person, newest first.
    """
    seen: set[str] = set()
    for run in runs:
        if run.status != "finished" or run.column != str(newer.name) or run.data in seen:
            continue
        if len(seen) == MOST_READ:
            break
        seen.add(run.data)
        try:
            known = store.rows(run.id)
        except ForecastError as error:
            log.warning("An earlier run is left out: %s", error)
            continue
        if continues(newer, known if isinstance(known, pd.Series) else known.iloc[:, 0]):
            return run, len(known)
    return None


def another(run: Run, runs: list[Summary], store: RunStore) -> tuple[Summary, Run] | None:
    """The newest other finished run on the same rows that forecasts as many steps.

    Args:
        runs: of one person, newest first; ``run`` may be among them.
    """

    def alike(other: Summary) -> bool:
        same = (other.origin, other.column) == (run.origin, str(run.series.name))
        horizons = {each.config.window.n_steps_out for each in (run, other)}
        return other.id != run.id and other.status == "finished" and same and len(horizons) == 1

    for other in filter(alike, runs):
        try:
            found = store.load(other.id)
        except ForecastError as error:
            log.warning("An earlier run is left out: %s", error)
            continue
        if found.series.equals(run.series):
            return other, found
    return None
