"""What a run's validation part says about it, in the user's unit and next to the naive forecast."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from forecast import baselines, intervals, metrics
from forecast import windows as cutting
from forecast.config import Config
from forecast.intervals import Coverage
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
