"""What the tour on the sample data shows of a recorded run: figures, no words.

A validation window's answer has n_steps_out values; the picture that a notebook likes to show takes
one of them from each window, so that the forecasts of one step stand side by side::

    windows      row 30 31 32 33 34      n_steps_in = 30, n_steps_out = 3
    0                 a  b  c            a: one step ahead, c: three steps ahead
    1                    a  b  c
    2                       a  b  c
    step 1            a  a  a
    step 3                  c  c  c
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from forecast import baselines, evaluation, metrics
from forecast import windows as cutting
from forecast.evaluation import Scores
from forecast.runs import Run
from forecast.scaling import Array

NETWORK, NAIVE, ACTUAL = "network", "naive", "actual"


@dataclass(frozen=True)
class Ahead:
    """What was said so many steps before, beside what came, on all validation windows."""

    step: int  # 1: the first step of each answer
    table: pd.DataFrame = field(repr=False)  # by date: actual, network, naive; in the unit
    error: float  # mean absolute error of the network, in the unit
    naive_error: float
    together: float  # correlation of what was said and what came: 1 is hand in hand; NaN: level


@dataclass(frozen=True)
class Habits:
    """How a network answers: what a picture of its forecasts does not show."""

    scores: Scores
    step_away: float  # mean distance of its first step from the last known value, in the unit
    direction: float  # share of all steps whose up or down was right; NaN where none was foretold
    chance: float  # of picking the peak step by guessing
    n_better: int  # epochs after which its error was below that of the naive forecast
    lowest: float  # its lowest error after any epoch, in the unit


def answers(run: Run) -> tuple[Array, Array, Array]:
    """Of each validation window: what came, what was said, and the last value known before.

    Returns:
        two arrays of shape (n_windows, n_steps_out) and one of shape (n_windows,), in the unit.
    """
    window = run.config.window
    X, y = cutting.split_sequence(run.recent, window.n_steps_in, window.n_steps_out)
    said = run.validation
    return y[-len(said) :], said, X[-len(said) :, -1]


def ahead(run: Run, step: int) -> Ahead:
    """What the run said ``step`` steps ahead, window by window."""
    actual, said, last = answers(run)
    n, n_steps_out = actual.shape
    came, told = actual[:, step - 1], said[:, step - 1]
    first = len(run.series) - n - n_steps_out + step
    table = pd.DataFrame(
        {ACTUAL: came, NETWORK: told, NAIVE: last}, index=run.series.index[first : first + n]
    )
    level = np.ptp(came) == 0 or np.ptp(told) == 0
    return Ahead(
        step=step,
        table=table,
        error=metrics.mae(came, told),
        naive_error=metrics.mae(came, last),
        together=float("nan") if level else float(np.corrcoef(came, told)[0, 1]),
    )


def habits(run: Run) -> Habits:
    """What the validation windows and the history say of a run."""
    actual, said, last = answers(run)
    scores = evaluation.scores(run)
    errors = [epoch.val_error for epoch in run.history if np.isfinite(epoch.val_error)]
    return Habits(
        scores=scores,
        step_away=metrics.mae(last, said[:, 0]),
        direction=metrics.direction(actual, said, last),
        chance=1 / run.config.window.n_steps_out,
        n_better=sum(error < scores.naive_mae for error in errors),
        lowest=min(errors, default=float("nan")),
    )


def course(run: Run) -> pd.Series:
    """The error on the validation windows after each epoch, in the unit of the series.

    A network that answers with changes starts as "same as today", which is its epoch 0.
    """
    errors = {epoch.epoch: epoch.val_error for epoch in run.history}
    if run.config.data.scaler == "change":
        errors = {0: evaluation.scores(run).naive_mae, **errors}
    return pd.Series(errors, dtype="float64", name="error")


def by_step(runs: dict[str, Run], naive: str) -> pd.DataFrame:
    """The mean error at each step ahead, one column a run; "same as today" second, as ``naive``.

    The runs are on the same series with the same windows.
    """
    columns: dict[str, Any] = {}
    for name, run in runs.items():
        actual, said, last = answers(run)
        columns[name] = metrics.by_step(metrics.mae, actual, said)
        if naive not in columns:
            repeated = baselines.naive(last, actual.shape[1])
            columns[naive] = metrics.by_step(metrics.mae, actual, repeated)
    table = pd.DataFrame(columns)
    table.index = pd.RangeIndex(1, len(table) + 1, name="step")
    return table
