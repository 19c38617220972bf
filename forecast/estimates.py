"""How long runs will take, and how long the waiting ones will wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.config import Config
from forecast.jobs import Job
from forecast.turns import waiting_time
from forecast.windows import Plan

if TYPE_CHECKING:
    from forecast.foreman import Foreman


class Estimates:
    """From what this machine has been measured to do, and what its workers are at."""

    def __init__(self, foreman: Foreman) -> None:
        self._foreman = foreman

    def seconds(self, config: Config, plan: Plan) -> float:
        """How long a run will train; of several networks as many at once as there are workers."""
        n, seconds = config.train.n_networks, self._foreman.pace.seconds(config, plan)
        return seconds if n == 1 else seconds / min(n, self._foreman.link.n_known())

    def turn_of(self, job: Job) -> tuple[int, float]:
        """A waiting run's place in the line and the seconds until its turn; 0, 0 for any other."""
        order = self._foreman.turns.order()
        if job.id not in order:
            return 0, 0.0
        waiting = dict(self._foreman.waiting)
        before = [waiting[run] for run in order[: order.index(job.id)] if run in waiting]
        wait = waiting_time(
            map(self._seconds_left, self._foreman.at_work()),
            map(self._seconds_left, before),
            self._foreman.link.n_known(),
        )
        return len(before) + 1, wait

    def _seconds_left(self, job: Job) -> float:
        """At its own pace, or at this machine's where it has none yet."""
        view = job.view()
        if view.remaining is not None:
            return view.remaining
        return self.seconds(job.config, job.plan) * (1 - view.share)
