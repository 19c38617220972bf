"""What the curves of a run show, as figures: the coach's rules read nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from forecast import calendars
from forecast.config import Config
from forecast.history import EpochMetrics
from forecast.metrics import skill
from forecast.scaling import Array
from forecast.style import CURRENCIES
from forecast.views import JobView
from forecast.windows import Plan

ENOUGH = 10  # epochs before curves say anything
SMOOTH = 5  # epochs: one lucky epoch is not a trend
JUMP = 1.25  # times the loss of the epoch before


@dataclass(frozen=True)
class Evidence:
    """A run up to now, and what it is held against."""

    config: Config
    plan: Plan
    history: Sequence[EpochMetrics] = field(repr=False)
    naive_error: float = math.nan  # of "same as today" on the validation windows, in the unit
    n_known: int = 0  # rows that the series has; the run may use fewer
    over: bool = True  # False while it trains, and while it is paused
    traded: bool = False  # the series looks like a price that is traded
    band: float = math.nan  # width of the 80 % band at the last step, in the unit
    spread: float = math.nan  # what 80 % of all values used lie within, in the unit

    @cached_property
    def finite(self) -> tuple[EpochMetrics, ...]:
        """The epochs whose figures are numbers."""
        return tuple(epoch for epoch in self.history if epoch.finite)

    @property
    def diverged(self) -> bool:
        return bool(self.history) and not self.history[-1].finite

    @property
    def enough(self) -> bool:
        return len(self.finite) >= ENOUGH

    @property
    def ended_early(self) -> bool:
        """True when patience ran out."""
        patience = self.config.train.patience
        waited = len(self.finite) - (self.best.epoch if self.best else 0)
        return self.over and patience is not None and waited >= patience

    @cached_property
    def losses(self) -> Array:
        """Training loss, shape (n_finite,)."""
        return np.array([epoch.loss for epoch in self.finite])

    @cached_property
    def val_losses(self) -> Array:
        """Validation loss, shape (n_finite,)."""
        return np.array([epoch.val_loss for epoch in self.finite])

    @cached_property
    def best(self) -> EpochMetrics | None:
        """The epoch with the lowest validation loss."""
        return min(self.finite, key=lambda epoch: epoch.val_loss, default=None)

    @property
    def skill(self) -> float:
        """The best epoch's skill against "same as today"; NaN where either error is unknown."""
        error = self.best.val_error if self.best else math.nan
        known = math.isfinite(error) and math.isfinite(self.naive_error)
        return skill(error, self.naive_error) if known else math.nan

    @cached_property
    def jumps(self) -> int:
        """Epochs whose training loss was a quarter or more above that of the epoch before."""
        return int(np.sum(self.losses[1:] >= JUMP * self.losses[:-1]))

    @cached_property
    def rise(self) -> float:
        """How far the smoothed validation loss stands above its lowest point, as a share of it."""
        smooth = smoothed(self.val_losses)
        return -fall(float(smooth.min()), float(smooth[-1]))

    @cached_property
    def fall_since_best(self) -> float:
        """Share of the training loss at the best epoch that was gone at the end."""
        if self.best is None:
            return 0.0
        at_best = self.losses[self.finite.index(self.best)]
        return fall(float(at_best), float(np.median(self.losses[-SMOOTH:])))

    @cached_property
    def total_fall(self) -> float:
        """Share of the first epoch's training loss that was gone at the end."""
        return fall(float(self.losses[0]), float(self.losses[-1]))

    @cached_property
    def late_fall(self) -> float:
        """By what share the validation loss fell from the last but one tenth to the last."""
        tenth = max(len(self.val_losses) // 10, 2)
        before, after = self.val_losses[-2 * tenth : -tenth], self.val_losses[-tenth:]
        return fall(float(before.mean()), float(after.mean()))

    @property
    def best_is_late(self) -> bool:
        """True when the best epoch is among the last tenth."""
        return self.best is not None and self.best.epoch > 0.9 * self.finite[-1].epoch

    @cached_property
    def steadiness(self) -> float:
        """Share of epochs in which the training loss fell."""
        return float(np.mean(np.diff(self.losses) < 0))

    @cached_property
    def evenness(self) -> float:
        """The second half's fall of the training loss over the first half's: 1 on a straight line.

        A curve that has found something falls steeply and then flattens, towards 0.
        """
        first, middle, last = self.losses[0], self.losses[len(self.losses) // 2], self.losses[-1]
        return float((middle - last) / (first - middle)) if first > middle else 0.0


def gather(job: JobView, naive_error: float, table: pd.DataFrame | None = None) -> Evidence:
    """The evidence of a run on show.

    Args:
        naive_error: that of "same as today" on the validation windows, in the unit.
        table: the run's forecast, where it has one; its 80 % band is used if it has that.
    """
    band = spread = math.nan
    if table is not None and {"lower_80", "upper_80"} <= set(table.columns):
        last = table.iloc[-1]
        band = float(last["upper_80"] - last["lower_80"])
        low, high = np.quantile(job.series.iloc[-job.plan.n_rows :], [0.1, 0.9])
        spread = float(high - low)
    return Evidence(
        job.config,
        job.plan,
        job.history,
        naive_error=naive_error,
        n_known=len(job.series),
        over=not job.live and job.status != "paused",
        traded=is_traded(job.series.index, job.origin.unit),
        band=band,
        spread=spread,
    )


def is_traded(index: pd.Index, unit: str) -> bool:
    """Whether a series looks like a traded price: an exchange's days, or money on weekdays.

    >>> is_traded(pd.date_range("2024-01-01", periods=96, freq="30min"), "MW")
    False
    """
    calendar = calendars.infer(index)
    return bool(calendar.exchange) or (calendar.traded and unit in CURRENCIES)


def fall(before: float, after: float) -> float:
    """Share of ``before`` that is gone; below 0 it rose.

    >>> fall(4.0, 3.0)
    0.25
    """
    return 1 - after / before if before > 0 else 0.0


def smoothed(values: Array) -> Array:
    """Running median over ``SMOOTH`` values, without the ends: shape (n − SMOOTH + 1,).

    >>> smoothed(np.array([3.0, 1, 9, 2, 4, 5]))
    array([3., 4.])
    """
    if len(values) < SMOOTH:
        return values
    return np.median(np.lib.stride_tricks.sliding_window_view(values, SMOOTH), axis=-1)
