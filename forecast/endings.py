"""How runs come to rest: at their end, asked to, or after a death; all in the foreman's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from forecast.diagnosis import divergence
from forecast.errors import ForecastError
from forecast.history import Result, Trained
from forecast.jobs import Job
from forecast.link import died, in_words

if TYPE_CHECKING:
    from distributed import Future

    from forecast.foreman import Foreman

MOST_DEATHS = 3  # workers one network may lose before its run is given up
log = logging.getLogger(__name__)


class Endings:
    """Takes in what workers bring back and decides what follows."""

    def __init__(self, foreman: Foreman) -> None:
        self._foreman = foreman

    def back(self, network: Job, trained: Trained) -> None:
        """One of several networks has ended, or was asked to."""
        if trained.state is not None:
            network.keep(trained.state.pack())
        if trained.complete or network.first.wish:
            network.trained = trained
        self._next(network.first)

    def _next(self, run: Job) -> None:
        """What a run of several networks needs now: a worker, its result, or only to go on."""
        if run.out:
            return
        if run.done or run.wish:
            self.conclude(run, "finished" if run.done else run.wish)
        else:
            self._foreman.enqueue(run, True)

    def after_death(self, network: Job, error: BaseException) -> None:
        """Its worker is gone: go on elsewhere, unless it was to end anyway or has lost too many."""
        run = network.first
        log.warning("Run %s lost a worker after epoch %d", run.id, len(network.history))
        self._foreman.distrust()
        network.rewind()
        if run.wish and run.out:
            return  # the last of its networks to come back ends it
        if run.wish:
            self.conclude(run, run.wish)
            return
        if network.deaths >= MOST_DEATHS:
            self.give_up(run, in_words(error))
            return
        network.deaths += 1
        if network is run:
            if run.history:
                run.gaps.append(len(run.history))
            run.move("queued")
        if run.others:
            self._next(run)
        else:
            self._foreman.enqueue(run, True)

    def give_up(self, run: Job, error: ForecastError) -> None:
        """End a run as failed, with its best weights where there are any."""
        for network in run.out:
            self._foreman.drop(network)
        for network in run.networks:
            if network.state is not None:
                network.rewind()
        self.conclude(run, "failed", error)

    def complete(self, job: Job, result: Result, status: str = "") -> None:
        """Rest with a result that a worker has made."""
        status, error = status or job.wish or "finished", None
        if result.diverged:
            status, error = "failed", divergence(job.config, len(job.history))
        elif job.done:
            status = "finished"
        if len(job.history) > 5:
            typical = median(epoch.seconds for epoch in job.history[-50:])
            self._foreman.pace.learn(job.config, job.plan, typical)
        self.rest(job, partial(job.complete, result, status, error))

    def conclude(self, job: Job, status: str, error: ForecastError | None = None) -> None:
        """Have a worker make the result of what a run's networks have come to, and rest."""
        from forecast import worker

        parts = job.parts()
        if not parts:
            finish = partial(job.fail, error) if error else partial(job.move, status)
            self.rest(job, finish)
            return
        job.idle.clear()
        stint = self._foreman.occupy(job)  # or other runs would have all workers before it

        def take(future: Future) -> None:
            if self._foreman.release(stint) is None:
                return  # given up together with its scheduler
            problem = future.exception()
            if problem is None and job.others and not error:
                self.complete(job, future.result(), status)
            elif problem is None:
                self.rest(job, partial(job.complete, future.result(), status, error))
            elif died(problem) and job.deaths < MOST_DEATHS:
                job.deaths += 1
                self._foreman.post(self.conclude, job, status, error)
            else:
                self.rest(job, partial(job.fail, error or in_words(problem)))
            self._foreman.dispatch()

        future = self._foreman.link.send(worker.join, job.rows, job.config, parts)
        future.add_done_callback(lambda done: self._foreman.post(take, done))

    def rest(self, job: Job, finish: Callable[[], object]) -> None:
        """Bring a run to rest: in memory, on the disk, and for whoever waits."""
        finish()
        job.wish = ""
        self._foreman.keeper.flush(job)
        if job.disk_trouble:
            job.disk_trouble = ""
            self._foreman.keeper.save(job, partial(self._foreman.keeper.write_anew, job))
        else:
            self._foreman.keeper.save(job, partial(self._foreman.keeper.mark, job))
        job.idle.set()
