"""A run at one moment, for drawing: all that pages see of it while it is under way."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import pandas as pd

from forecast import states
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.history import EpochMetrics
from forecast.runs import Origin
from forecast.windows import Plan


@dataclass(frozen=True)
class NetworkView:
    """How far one of a run's several networks is."""

    n_epochs: int
    training: bool  # with a worker now
    ended: bool


@dataclass(frozen=True)
class JobView:
    """A run at one moment, for drawing."""

    id: str
    status: str
    owner: str
    series: pd.Series
    config: Config
    origin: Origin
    plan: Plan
    history: tuple[EpochMetrics, ...]
    best_epoch: int
    gaps: tuple[int, ...]  # epochs after which the run went on in a new worker
    elapsed: float  # seconds of training so far
    asked: float  # seconds since a person asked for it, or asked to go on
    error: ForecastError | None
    disk_trouble: str
    has_result: bool
    can_go_on: bool
    place: int = 0  # in the queue: 1 is next; 0 is not waiting
    wait: float = 0.0  # seconds until its turn, as far as can be told
    replay: str = ""  # the speed, where this is a recorded run being played again
    inputs: pd.DataFrame | None = None  # further columns, if any
    networks: tuple[NetworkView, ...] = ()  # where the run is the mean of several

    @property
    def live(self) -> bool:
        return self.status in states.LIVE

    @property
    def ended_early(self) -> bool:
        """True when early stopping ended it, or the first of its networks."""
        return self.status == "finished" and len(self.history) < self.config.train.epochs

    @property
    def share(self) -> float:
        """Of its work that is done, from 0 to 1."""
        if self.ended_early:
            return 1.0
        epochs = self.config.train.epochs
        done = [epochs if n.ended else n.n_epochs for n in self.networks] or [len(self.history)]
        return min(sum(done) / (epochs * len(done)), 1.0)

    @property
    def leads(self) -> bool:
        """True while the network whose epochs are ``history`` has not ended."""
        return not self.networks or not self.networks[0].ended

    @property
    def remaining(self) -> float | None:
        """Seconds left at the pace of the last epochs; None before there is a pace."""
        recent = [epoch.seconds for epoch in self.history[1:][-20:]]  # the first one compiles
        if not recent or not self.live:
            return None
        epochs = self.config.train.epochs
        left = [0 if n.ended else max(epochs - n.n_epochs, 0) for n in self.networks]
        left = left or [epochs - len(self.history)]
        at_once = max(sum(network.training for network in self.networks), 1)
        return median(recent) * max(*left, sum(left) / at_once)
