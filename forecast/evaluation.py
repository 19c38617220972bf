"""What a run's validation part says about it, in the user's unit and next to the naive forecast."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from forecast import baselines, intervals, metrics
from forecast import windows as cutting
from forecast.config import Config
from forecast.intervals import Bands, Coverage
from forecast.runs import Run


@dataclass(frozen=True)
class Scores:
    """Errors over the validation windows."""

    n_windows: int
    mae: float  # in the unit of the series
    naive_mae: float
    skill: float  # 1 − mae / naive_mae
    peak_accuracy: float  # share of windows whose highest step was picked right

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class StepScore:
    """How one forecast went, over those of its steps that are known; errors in its unit."""

    n_known: int
    n_steps: int
    mae: float  # NaN where nothing is known yet
    naive_mae: float
    inside: int | None  # known steps inside the 80 % band; None where there was no band


def step_score(table: pd.DataFrame) -> StepScore:
    """Judge a table of ``Run.forecast`` with a column ``actual``, NaN where that is not known."""
    known = table[table["actual"].notna()]
    if known.empty:
        return StepScore(0, len(table), math.nan, math.nan, None)
    actual, inside = known["actual"].to_numpy(), None
    if "lower_80" in known:
        inside = int(known["actual"].between(known["lower_80"], known["upper_80"]).sum())
    return StepScore(
        n_known=len(known),
        n_steps=len(table),
        mae=metrics.mae(actual, known["forecast"].to_numpy()),
        naive_mae=metrics.mae(actual, known["naive"].to_numpy()),
        inside=inside,
    )


def with_actual(table: pd.DataFrame, came: pd.Series) -> pd.DataFrame:
    """A table of ``Run.forecast`` with what came, row by row, in a column ``actual``."""
    actual = came.to_numpy(dtype="float64")[: len(table)]
    return table.assign(actual=np.append(actual, [math.nan] * (len(table) - len(actual))))


def scores(run: Run) -> Scores:
    """Hold the network against "same as today" on the latest validation windows."""
    window = run.config.window
    X, y = cutting.split_sequence(run.recent, window.n_steps_in, window.n_steps_out)
    predicted = run.validation
    actual = y[-len(predicted) :]
    error = metrics.mae(actual, predicted)
    naive = baselines.naive(X[-len(predicted) :, -1], window.n_steps_out)
    naive_error = metrics.mae(actual, naive)
    return Scores(
        n_windows=len(predicted),
        mae=error,
        naive_mae=naive_error,
        skill=metrics.skill(error, naive_error),
        peak_accuracy=metrics.peak_accuracy(actual, predicted),
    )


def coverage(run: Run) -> Coverage:
    """How often the bands held on the latest validation windows, made without a look ahead."""
    return intervals.coverage(run.recent.to_numpy(dtype="float64"), run.validation)


def sum_bands(run: Run) -> Bands:
    """The bands around the sum of the run's forecast (see ``intervals.together``)."""
    gated = run.gated(run.recent, run.outlook)
    values = run.recent.to_numpy(dtype="float64")
    return intervals.together(gated.next_steps, values, gated.validation)


def naive_error(series: pd.Series, config: Config) -> float:
    """Mean absolute error of "same as today" on the validation windows, in the unit of the series.

    It needs no network: it is the mark to beat, known before anything is trained.

    Raises:
        ConfigError: the settings do not fit the number of rows.
    """
    n, n_steps_out = cutting.plan(len(series), config).n_validation, config.window.n_steps_out
    tail = series.to_numpy(dtype=float)[-(n + n_steps_out) :]
    actual = np.lib.stride_tricks.sliding_window_view(tail[1:], n_steps_out)
    return metrics.mae(actual, baselines.naive(tail[:n], n_steps_out))


def last_window(run: Run) -> pd.DataFrame:
    """The notebook's picture: the last window whose answer is known.

    Returns:
        one row a step with ``step``, ``date``, ``actual``, ``predicted``, ``naive`` and ``error``
        (actual − predicted), in the unit of the series.
    """
    n_steps_out = run.config.window.n_steps_out
    actual = run.series.iloc[-n_steps_out:]
    predicted = run.validation[-1]
    return pd.DataFrame(
        {
            "step": range(1, n_steps_out + 1),
            "date": actual.index,
            "actual": actual.to_numpy(),
            "predicted": predicted,
            "naive": float(run.series.iloc[-n_steps_out - 1]),
            "error": actual.to_numpy() - predicted,
        }
    )


def rows_until(index: pd.DatetimeIndex, day: date) -> int:
    """How many rows of ``index`` are known at the end of ``day``."""
    midnight = pd.Timestamp(day).tz_localize(index.tz) + pd.Timedelta(days=1)
    return int(index.searchsorted(midnight))


def latest_day(index: pd.DatetimeIndex, n_known: int, least: int) -> date:
    """The latest day at whose end at most ``n_known`` rows of ``index`` are known.

    Where that would be fewer than ``least`` rows, as with a single day of data, it is the day of
    the last of ``n_known``.
    """
    day: date = index[n_known - 1].date()
    if rows_until(index, day) > n_known:
        before = int(index.searchsorted(pd.Timestamp(day).tz_localize(index.tz)))
        if before >= least:
            day = index[before - 1].date()
    return day
