"""Hours, weekdays and months beside each other, and whether their differences are more than chance.

A cycle (a day, a week, a year) is cut into groups (hours, weekdays, months). Each cycle that has a
value in every group is one row of a table; what is compared are the columns of that table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes, relative
from forecast.exploring.rhythms import span

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
LEVEL = 0.01  # differences that chance brings more rarely count as real
NEARLY = 0.75  # share of its months from which on a year counts as whole
USUAL = 0.5  # a group belongs to the cycle if at least this share of the cycles have it
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Cycle:
    """What is compared, and within what."""

    group: str  # "weekday"
    block: str  # one cycle: "week"
    labels: tuple[str, ...]
    least: int  # cycles that a comparison takes
    longest_step: float  # days between two rows at the most
    compared: str  # what the cells of the table are, whose differences are explained


CYCLES = {
    "hour": Cycle(
        "hour of the day", "day", tuple(f"{h:02}:00" for h in range(24)), 7, 0.25, "single hours"
    ),
    "weekday": Cycle("day of the week", "week", DAYS, 8, 1.5, "whole days"),
    "month": Cycle("month", "year", MONTHS, 2, 100.0, "whole months"),
}


@dataclass(frozen=True)
class Seasonality:
    """The groups of a cycle, each with its average and how sure it is."""

    cycle: Cycle
    labels: tuple[str, ...]
    average: Array  # (n_groups,) mean change, or mean distance from the trend, by group
    error: Array  # (n_groups,) half-width of the 95 % interval, from the spread between cycles
    n_blocks: int  # whole cycles that went in
    p: float  # chance of such differences if the groups were alike; Friedman's test
    explained: float  # share of the spread of the cycles' cells that lies between the groups
    level: float  # mean of all values that went in
    of: str  # "values" or "changes"
    in_percent: bool

    @property
    def clear(self) -> bool:
        """Whether chance alone would rarely bring such differences."""
        return self.p < LEVEL

    @property
    def highest(self) -> int:
        return int(self.average.argmax())

    @property
    def lowest(self) -> int:
        return int(self.average.argmin())


def available(index: pd.Index) -> tuple[str, ...]:
    """The cycles that dates this close together can be cut into; none without dates."""
    if not isinstance(index, pd.DatetimeIndex) or len(index) < 3:
        return ()
    recent = index[-20_000:]
    step = float(np.median(np.diff(recent.as_unit("ns").asi8))) / 86_400e9  # days
    found = []
    for name, cycle in CYCLES.items():
        groups, _ = _places(recent, name)
        if step <= cycle.longest_step and len(np.unique(groups)) >= 3:
            found.append(name)
    return tuple(found)


def seasonality(series: pd.Series, name: str, of: str = "values", unit: str = "") -> Seasonality:
    """Compare the groups of a cycle.

    Values are measured from a line through the means of neighbouring cycles, so that a trend does
    not pass for a season; changes are compared as they are. The test is Friedman's (J. Am. Stat.
    Assoc. 32, 1937): it ranks the groups within each cycle and is not misled by extreme values.

    Args:
        series: with dates.
        name: a key of ``CYCLES``.
        of: "values" or "changes".

    Raises:
        DataError: no dates, too few whole cycles, or all values are the same.
    """
    cycle = CYCLES[name]
    what = f"Comparing {cycle.group if name != 'month' else 'months'}"
    needs.dates(series.index, what)
    measured = series if of == "values" else changes(series, unit)
    needs.movement(measured, what)
    groups, blocks = _places(pd.DatetimeIndex(measured.index), name)
    table, ordinals, kept = _whole_cycles(measured.to_numpy(dtype=float), groups, blocks)
    covers = span(pd.DatetimeIndex(measured.index))
    n_whole = len(table)
    if name == "month" and len(kept) < NEARLY * _months_expected(measured.index):
        n_whole = 0  # three months of each year are no year
    needs.rows(n_whole, cycle.least, what, of=f"whole {cycle.block}s", covers=covers)
    needs.rows(len(kept), 3, what, of="groups")
    level = float(table.mean())
    if of == "values":
        table = table - _trend(table, ordinals)
    average = table.mean(axis=0)
    around = table - table.mean()
    total = float((around**2).sum())
    return Seasonality(
        cycle=cycle,
        labels=tuple(cycle.labels[g] for g in kept),
        average=average,
        error=_half_width(table),
        n_blocks=len(table),
        p=_friedman(table),
        explained=len(table) * float(((average - table.mean()) ** 2).sum()) / total if total else 0,
        level=level,
        of=of,
        in_percent=of == "changes" and relative(series, unit),
    )


def _months_expected(index: pd.Index) -> int:
    """How many months of a year rows this far apart fall into."""
    step = float(np.median(np.diff(pd.DatetimeIndex(index).as_unit("ns").asi8))) / 86_400e9  # days
    return 12 // max(1, round(step / 30.44))


def _places(index: pd.DatetimeIndex, name: str) -> tuple[Whole, Whole]:
    """The group of each row and the number of its cycle."""
    days = index.tz_localize(None).to_numpy().astype("M8[D]").astype(np.int64)
    if name == "hour":
        return index.hour.to_numpy().astype(np.int64), days
    if name == "weekday":
        return (days + 3) % 7, (days + 3) // 7  # 1 January 1970 was a Thursday
    return index.month.to_numpy().astype(np.int64) - 1, index.year.to_numpy().astype(np.int64)


def _whole_cycles(
    values: Array, groups: Whole, blocks: Whole
) -> tuple[Array, Whole, npt.NDArray[np.intp]]:
    """Mean by cycle and group, of the usual groups and of the cycles that have them all."""
    ordinals, rows = np.unique(blocks, return_inverse=True)
    n_groups = int(groups.max()) + 1
    cells = rows * n_groups + groups
    size = len(ordinals) * n_groups
    counts = np.bincount(cells, minlength=size).reshape(-1, n_groups)
    sums = np.bincount(cells, weights=values, minlength=size).reshape(-1, n_groups)
    kept = np.flatnonzero((counts > 0).mean(axis=0) >= USUAL)
    whole = (counts[:, kept] > 0).all(axis=1)
    table = sums[np.ix_(whole, kept)] / counts[np.ix_(whole, kept)]
    return table, ordinals[whole], kept


def _trend(table: Array, ordinals: Whole) -> Array:
    """A line through each cycle: its mean, with the slope between the cycles beside it."""
    means = table.mean(axis=1)
    slope = np.gradient(means, ordinals.astype(float))  # a cycle
    places = np.arange(table.shape[1]) / table.shape[1]
    trend: Array = means[:, None] + slope[:, None] * (places - places.mean())
    return trend


def _half_width(table: Array) -> Array:
    from scipy.stats import t

    n = len(table)
    width: Array = t.ppf(0.975, n - 1) * table.std(axis=0, ddof=1) / np.sqrt(n)
    return width


def _friedman(table: Array) -> float:
    from scipy.stats import friedmanchisquare

    if np.ptp(table, axis=1).max() == 0:
        return 1.0
    p = float(friedmanchisquare(*table.T).pvalue)
    return p if np.isfinite(p) else 1.0
