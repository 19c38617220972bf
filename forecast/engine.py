"""Runs as jobs on Dask workers: submit, follow, stop, pause, go on.

The engine belongs to the server process and outlives every page and session. What is done with the
workers is the foreman's; here is what pages call, and they only ever read ``JobView``s.
"""

from __future__ import annotations

import atexit
import threading
from collections import OrderedDict
from functools import partial

from forecast import windows as cutting
from forecast.config import Config
from forecast.errors import ConfigError, EngineError, ForecastError, RunError
from forecast.estimates import Estimates
from forecast.foreman import Foreman
from forecast.history import Outlook
from forecast.inputs import Rows
from forecast.jobs import Job
from forecast.runs import Origin, Run
from forecast.states import LIVE
from forecast.store import RunStore
from forecast.trials import Trials
from forecast.views import JobView
from forecast.windows import Plan

RESTING_KEPT = 50  # runs at rest kept in memory; all others are read from the disk when asked for


class Engine:
    """The only one who talks to the workers. Thread-safe."""

    def __init__(self, store: RunStore | None = None, n_workers: int = 1) -> None:
        self.store = store or RunStore()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.RLock()
        self._closed = False
        self._foreman = Foreman(self.store, n_workers)
        self._estimates = Estimates(self._foreman)
        self.backtests = Trials(self.store, self._foreman)
        atexit.register(self.close)

    # What pages call

    def submit(self, rows: Rows, config: Config, origin: Origin = Origin(), owner: str = "") -> str:
        """Begin a run; returns its id at once.

        Args:
            rows: the series, with the inputs that the settings name (see ``inputs.join``).

        Raises:
            ConfigError: the settings do not fit the number of rows.
            DataError: the series is not clean.
        """
        rows = cutting.checked(rows, config)
        job = Job(rows, config, origin, owner)
        with self._lock:
            self._jobs[job.id] = job
        self._foreman.keeper.save(job, lambda: self.store.create(job.record(), rows))
        self._foreman.post(self._foreman.enqueue, job)
        return job.id

    def job(self, run_id: str) -> JobView | None:
        """The run as it is now; None if there is no such run."""
        try:
            return self.view(run_id)
        except RunError:
            return None

    def view(self, run_id: str) -> JobView:
        """The run as it is now, from memory or from its folder.

        Raises:
            RunError: there is no such run, it was deleted, or its folder is damaged.
        """
        job = self._find(run_id)
        if job.deleted:
            raise RunError(
                "This run was deleted.", fix="Bring it back where it was deleted, or train anew."
            )
        return job.view(*self._estimates.turn_of(job))

    def run(self, run_id: str) -> Run:
        """A run that has a result.

        Raises:
            RunError: there is no such run, it is damaged, or it has no result yet.
        """
        job = self._find(run_id)
        return job.run or self.store.load(run_id)

    def look_back(self, run: Run, n_known: int, seconds: float = 30.0) -> Outlook:
        """What a run's network says when only the first ``n_known`` rows of its series are known.

        Raises:
            ConfigError: those are fewer than one window.
            EngineError: it had to be computed, and no worker answered in ``seconds``.
        """
        from forecast import worker

        found = run.remembered(n_known)
        if found is not None:
            return found
        history = run.rows.iloc[:n_known]
        arguments = (run.config, run.weights, run.scaler, history, run.unseen(history.index))
        outlook: Outlook = self._foreman.ask(worker.answers, *arguments, seconds=seconds)
        return outlook

    def stop(self, run_id: str) -> None:
        """End a run after the epoch it is in; it keeps its best weights."""
        self._foreman.post(self._foreman.end, self._find(run_id), "stopping", "stopped")

    def pause(self, run_id: str) -> None:
        """Let a run rest after the epoch it is in; its worker is free for others."""
        self._foreman.post(self._foreman.end, self._find(run_id), "pausing", "paused")

    def go_on(self, run_id: str, more_epochs: int = 0) -> None:
        """Let a run that rests train on from its kept state, for more epochs if so asked.

        Raises:
            RunError: there is nothing to go on from.
            ConfigError: it has done all its epochs and no more were asked for.
        """
        job = self._find(run_id)
        if job.status in LIVE:
            return
        total = max(job.config.train.epochs, len(job.history)) + more_epochs
        if job.status == "finished":
            total = len(job.history) + more_epochs  # early stopping: from where it ended
        if job.state is None and job.status not in ("interrupted", "failed"):
            raise RunError(
                "This run cannot go on.",
                expected="a kept state to go on from",
                received="none",
                fix="Train again with the same settings.",
            )
        ended = all(n.state is not None and n.state.epoch >= total for n in job.networks)
        if ended and not (job.others and job.run is None):
            raise ConfigError(
                "This run has done all its epochs.", fix="Ask for some more epochs to train."
            )
        job.idle.clear()
        self._foreman.post(self._foreman.go_on, job, job.config.but(epochs=total))

    def discard(self, run_id: str) -> None:
        """Delete a run, ending it first if it is live; ``bring_back`` undoes it for a day."""
        job = self._find(run_id)
        self.stop(run_id)
        self.backtests.stop(run_id)
        job.deleted = True
        self.store.delete(run_id)

    def bring_back(self, run_id: str) -> None:
        """Undo ``discard``."""
        self.store.restore(run_id)
        self._find(run_id).deleted = False

    def prepare(self, config: Config, n_rows: int) -> None:
        """Compile for these settings while nobody waits, if a worker has nothing to do."""
        self._foreman.post(self._foreman.prepare, config, n_rows, hurry=False)

    def wait(self, run_id: str, timeout: float = 60.0) -> JobView:
        """Block until nothing goes on with a run; for scripts and tests.

        Raises:
            EngineError: it has not come to rest in ``timeout`` seconds.
        """
        job = self._find(run_id)
        if not job.idle.wait(timeout):
            raise EngineError(
                "The run has not ended in time.",
                expected=f"an end within {timeout:g} seconds",
                received=f"{job.status} after {len(job.history)} epochs",
            )
        return job.view()

    def seconds(self, config: Config, plan: Plan) -> float:
        """How long a run will train, from what this machine has been measured to do."""
        return self._estimates.seconds(config, plan)

    @property
    def ready(self) -> bool:
        """True once a worker has TensorFlow loaded and the default network compiled."""
        return self._foreman.warmed.is_set()

    @property
    def failure(self) -> ForecastError | None:
        """Why there are no workers, if so."""
        return self._foreman.link.failure

    def close(self) -> None:
        """End the workers; runs under way stay on disk as interrupted."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            live = [job for job in self._jobs.values() if job.status in LIVE]
        self._foreman.close()
        for job in live:
            self._foreman.keeper.flush(job)
            job.move("interrupted")
            self._foreman.keeper.save(job, partial(self._foreman.keeper.mark, job))

    # Finding jobs

    def _find(self, run_id: str) -> Job:
        with self._lock:
            job = self._jobs.get(run_id)
            if job is not None:
                self._jobs.move_to_end(run_id)
                return job
        job = Job.from_store(self.store, run_id)
        with self._lock:
            job = self._jobs.setdefault(run_id, job)
            resting = [key for key, kept in self._jobs.items() if kept.status not in LIVE]
            for key in resting[: max(0, len(resting) - RESTING_KEPT)]:
                if not self._jobs[key].disk_trouble:  # what is not on the disk must stay here
                    del self._jobs[key]
        return job
