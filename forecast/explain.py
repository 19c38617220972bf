"""From an epoch's figures to a sentence: the verdict that updates while a run trains."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from forecast.history import EpochMetrics
from forecast.metrics import skill

TIE = 0.01  # a smaller difference in skill is nothing to speak of

Amount = Callable[[float], str]  # a number in the user's unit, as people write it


@dataclass(frozen=True)
class Verdict:
    """How an epoch compares with "same as today"."""

    kind: str  # "better", "tie", "worse", or "unknown" before there is anything to compare
    headline: str
    detail: str = ""  # the numbers behind it

    @property
    def sentence(self) -> str:
        return f"{self.headline} {self.detail}".strip()


def verdict(epoch: EpochMetrics | None, naive_error: float, amount: Amount) -> Verdict:
    """Hold one epoch against "same as today", both on the validation windows.

    >>> epoch = EpochMetrics(14, 0.1, 0.1, 0.2, 0.2, 0.01, val_error=1.88)
    >>> verdict(epoch, 2.0, "${:.2f}".format).sentence
    'Epoch 14: beats “same as today” by 6 %. It is off by $1.88 on average, that by $2.00.'

    Args:
        epoch: the one to judge; None before the first.
        naive_error: mean absolute error of "same as today", in the unit of the series.
        amount: writes a number in that unit.
    """
    if epoch is None:
        known = math.isfinite(naive_error)
        mark = f"“Same as today” is off by {amount(naive_error)} on average." if known else ""
        return Verdict("unknown", "Nothing trained yet.", mark)
    number = f"Epoch {epoch.epoch:,}"
    if not epoch.finite:
        return Verdict("worse", f"{number}: its error is no number any more.")
    if not (math.isfinite(epoch.val_error) and math.isfinite(naive_error)):
        return Verdict("unknown", f"{number}: validation loss {epoch.val_loss:.4g}.")
    gain = skill(epoch.val_error, naive_error)
    off = f"It is off by {amount(epoch.val_error)} on average, that by {amount(naive_error)}."
    if abs(gain) < TIE:
        return Verdict("tie", f"{number}: about as good as “same as today”.", off)
    if gain > 0:
        return Verdict("better", f"{number}: beats “same as today” by {percent(gain)}.", off)
    return Verdict("worse", f"{number}: worse than “same as today”{_by(-gain)}.", off)


def result(
    best_epoch: int,
    gate: float,
    error: float,
    naive_error: float,
    amount: Amount,
    n_networks: int = 1,
    *,
    last: bool = False,
) -> Verdict:
    """What a run that has ended forecasts with, and how that compares.

    >>> result(62, 0.49, 1.64, 2.0, "${:.2f}".format).headline
    'Kept: epoch 62, followed 49 % of the way. The forecast beats “same as today” by 18 %.'

    Args:
        best_epoch: whose weights are kept; 0 for the start.
        gate: how far the forecast follows the network, 0 to 1.
        error: mean absolute error of the forecast on the validation windows, in the unit.
        naive_error: that of "same as today".
        n_networks: whose mean is kept; each has its own best epoch then.
        last: the settings keep the last epoch, whichever was the best.
    """
    which = ", the last" if last else ""
    kept = (
        f"Kept: epoch {best_epoch:,}{which}"
        if best_epoch
        else "Kept: the start, before any training"
    )
    if n_networks > 1:
        kept = f"Kept: the mean of {n_networks} networks"
    if gate == 0:
        return Verdict("tie", f"{kept}, but not followed: the forecast is “same as today”.")
    if gate < 1:
        kept += f", followed {percent(trusted(gate))} of the way"
    gain = skill(error, naive_error)
    off = f"It is off by {amount(error)} on average, that by {amount(naive_error)}."
    if not math.isfinite(gain) or abs(gain) < TIE:
        return Verdict("tie", f"{kept}. The forecast is about as good as “same as today”.", off)
    if gain > 0:
        return Verdict(
            "better", f"{kept}. The forecast beats “same as today” by {percent(gain)}.", off
        )
    return Verdict("worse", f"{kept}. The forecast is worse than “same as today”{_by(-gain)}.", off)


def _by(loss: float) -> str:
    """ " by 12 %", " (7 times its error)", or nothing where there is no number for it."""
    if not math.isfinite(loss):
        return ""
    return f" by {percent(loss)}" if loss < 2 else f" ({1 + loss:.0f} times its error)"


def percent(share: float) -> str:
    """ "6 %"."""
    return f"{share * 100:.0f} %"


def trusted(gate: float) -> float:
    """A gate to be shown as a whole percentage: neither all nor nothing unless it is that.

    >>> trusted(0.997), trusted(0.42), trusted(1.0)
    (0.99, 0.42, 1.0)
    """
    return gate if gate in (0, 1) else min(max(gate, 0.01), 0.99)
