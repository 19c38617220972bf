"""What the run's panel is about: a run and one of its epochs, or the run that is yet to come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from forecast import evaluation, explain
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.forming import LatestWindow
from forecast.history import EpochMetrics
from forecast.live import Course
from forecast.runs import Run
from forecast.views import JobView
from ui import formats, state


@dataclass(frozen=True)
class Shown:
    """All parts of the panel draw from this."""

    job: JobView | None  # None: the next run, with the data and settings on the page
    config: Config
    unit: str
    window: LatestWindow | None  # None where the settings do not fit the data
    course: Course
    epoch: EpochMetrics | None  # the latest; after the run the kept one, or that looked at
    kept: int | None = None  # epoch that the run forecasts with, 0 the start; None: not on show

    @classmethod
    def of(cls, job: JobView | None, config: Config, chosen: int | None) -> Shown:
        """Gather it.

        Args:
            config: the settings on the page, for when there is no run.
            chosen: the epoch that a person looks at; None for the kept one, or the latest.
        """
        if job is None:
            data = state.dataset()
            course = Course("none", (), config.train.epochs)
            return cls(None, config, data.unit, _window(data.series, config), course, None)
        # The axis stands while the run is live; of one that ended early it shows what there was.
        epochs = len(job.history) if job.ended_early and not job.live else job.config.train.epochs
        course = Course(job.id, job.history, epochs, job.gaps, chosen)
        epoch = job.history[(chosen or resting_epoch(job)) - 1] if job.history else None
        window = _window(job.series, job.config)
        kept = kept_epoch(job) if chosen is None else None
        return cls(job, job.config, job.origin.unit, window, course, epoch, kept)

    @cached_property
    def run(self) -> Run | None:
        """The run with its forecast, where what it has kept is on show."""
        if self.job is None or self.kept is None:
            return None
        return state.engine().run(self.job.id)

    @cached_property
    def scores(self) -> evaluation.Scores | None:
        """Those of that forecast: of the network as far as it is trusted."""
        return evaluation.scores(self.run) if self.run else None

    @property
    def error(self) -> float:
        """Typical error of that forecast, else of the network in the epoch on show; may be NaN."""
        if self.scores:
            return self.scores.mae
        return self.epoch.val_error if self.epoch else math.nan

    @property
    def said(self) -> explain.Verdict:
        """The sentence on what is on show."""
        if self.run is None or self.scores is None or self.kept is None:
            return explain.verdict(self.epoch, self.naive_error, self.amount)
        error, naive = self.scores.mae, self.scores.naive_mae
        n = self.run.n_networks
        return explain.result(
            self.kept, self.run.gate, error, naive, self.amount, n, last=keeps_last(self.job)
        )

    @property
    def naive_error(self) -> float:
        """Of "same as today" on the validation windows, in the unit."""
        return self.window.naive_error if self.window else math.nan

    @property
    def noun(self) -> str:
        """What one step of the series is called."""
        return formats.step_noun(self.window.known.index) if self.window else "day"

    def amount(self, number: float) -> str:
        """A number in the unit of the run's series."""
        return formats.value(number, self.unit)


def kept_epoch(job: JobView) -> int | None:
    """The epoch whose weights a run that has ended forecasts with, 0 the start; else None."""
    under_way = job.live or (job.replay and job.status == "paused")  # a replay at rest
    if under_way or not job.has_result:
        return None
    return len(job.history) if keeps_last(job) else job.best_epoch


def keeps_last(job: JobView | None) -> bool:
    """Whether a run came to its end without "best epoch": the last one's weights are kept."""
    return job is not None and job.status == "finished" and not job.config.train.restore_best


def resting_epoch(job: JobView) -> int:
    """The epoch on show while nobody looks at another: the kept one; the start has no figures."""
    return kept_epoch(job) or len(job.history)


def _window(series: pd.Series, config: Config) -> LatestWindow | None:
    try:
        return LatestWindow.of(series, config)
    except ForecastError:  # said where the settings are
        return None
