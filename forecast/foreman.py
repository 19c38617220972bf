"""Hands runs to workers and takes in what comes back: all that changes a job, in one thread.

What workers tell, what people ask for and what has ended all go through one inbox and are dealt
with one after the other, so no two changes of a job ever meet.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from forecast import runs
from forecast.config import Config
from forecast.diagnosis import divergence
from forecast.errors import ForecastError
from forecast.history import EpochMetrics, Result
from forecast.jobs import Job
from forecast.keeper import Keeper
from forecast.link import Link, died, in_words
from forecast.pace import Pace
from forecast.presets import recommended
from forecast.store import RunStore
from forecast.turns import Turns, waiting_time

if TYPE_CHECKING:
    from distributed import Future

FLUSH_SECONDS = 0.5  # epochs gathered between two writes to the disk
MOST_DEATHS = 3  # workers one run may lose before it is given up
log = logging.getLogger(__name__)


class Foreman:
    """Owns the queue and what is with the workers; changes jobs in its own thread only."""

    def __init__(self, store: RunStore, n_workers: int) -> None:
        self.store = store
        self.keeper = Keeper(store)
        self.turns = Turns()
        self.pace = Pace(store.root.parent / "pace.json")
        self.warmed = threading.Event()
        self._inbox: queue.Queue[Callable[[], None]] = queue.Queue()
        self._waiting: dict[str, Job] = {}
        self._stints: dict[str, Job] = {}  # what is with a worker
        self._homes: dict[object, str] = {}  # kind of network → worker that has it compiled
        self._closed = threading.Event()
        self._connected = threading.Event()
        self._n_workers = n_workers
        self.on_piece: Callable[[dict[str, Any]], None] = lambda message: None
        self.on_change: Callable[[], None] = lambda: None  # a worker was given a run or is free
        self.link = self._new_link()
        threading.Thread(target=self._work, name="engine-inbox", daemon=True).start()

    def post(self, deal_with: Callable[..., None], *arguments: Any) -> None:
        """Have something done in the foreman's thread, after all that was posted before."""
        self._inbox.put(partial(deal_with, *arguments))

    def close(self) -> None:
        """Take nothing in any more and end the workers."""
        self._closed.set()
        self.link.close()

    def ask(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """As ``Link.ask``; of the workers one that is not training is preferred."""
        busy = {job.worker for job in list(self._stints.values())}
        return self.link.ask(function, *arguments, busy=busy, seconds=seconds)

    def _new_link(self) -> Link:
        return Link(
            self._n_workers,
            self.store.root.parent / "logs",
            on_message=lambda message: self.post(self._on_message, message),
            on_ready=self._connected.set,
        )

    def _replace_lost_link(self) -> None:
        """The scheduler died, and with it all its workers: start others and send all runs again."""
        log.warning("The scheduler is gone; another one is started")
        self.link.close()
        self._connected.clear()
        self.warmed.clear()
        self._homes.clear()
        self.link = self._new_link()
        self._connected.wait()
        for stint, job in list(self._stints.items()):
            del self._stints[stint]
            job.stint = job.worker = ""
            self._after_death(job, CancelledError())
        self._dispatch()

    def _work(self) -> None:
        self._connected.wait()
        while not self._closed.is_set():
            try:
                self._inbox.get(timeout=FLUSH_SECONDS)()
            except queue.Empty:
                log.debug("Nothing came in")  # a good moment to write what is waiting
            except Exception:
                log.exception("A message about a run could not be taken in")
            if self.link.lost and not self._closed.is_set():
                self._replace_lost_link()
            now = time.monotonic()
            for job in list(self._stints.values()):
                if now - job.flushed > FLUSH_SECONDS:
                    self.keeper.flush(job)

    def _on_message(self, message: dict[str, Any]) -> None:
        if "hello" in message:
            self._warm(message["hello"])
            return
        if "piece" in message:
            self.on_piece(message)
            return
        job = self._stints.get(message["stint"])
        if job is None:
            return  # from a stint that was given up
        job.add(EpochMetrics.from_dict(message["epoch"]))
        job.worker = message["worker"]
        self._homes[job.config.kind] = job.worker
        if "state" in message:
            job.keep(message["state"])

    def _warm(self, address: str) -> None:
        from forecast import worker

        default = recommended()
        future = self.link.send(worker.warm, default, default.data.n_rows, prefer=address)
        self._homes.setdefault(default.kind, address)
        future.add_done_callback(lambda _: self.warmed.set())

    def prepare(self, config: Config, n_rows: int) -> None:
        """Compile a network that no worker has compiled yet, if none of them is training."""
        if self._stints or config.kind in self._homes or not self.link.connected:
            return
        from forecast import worker

        self.link.send(worker.warm, config, n_rows).add_done_callback(_forget)

    def turn_of(self, job: Job) -> tuple[int, float]:
        """A waiting run's place in the line and the seconds until its turn; 0, 0 for any other."""
        order = self.turns.order()
        if job.id not in order:
            return 0, 0.0
        waiting = dict(self._waiting)
        before = [waiting[run] for run in order[: order.index(job.id)] if run in waiting]
        running = list(self._stints.values())
        wait = waiting_time(
            map(self._seconds_left, running), map(self._seconds_left, before), self.link.n_known()
        )
        return len(before) + 1, wait

    def _seconds_left(self, job: Job) -> float:
        """At its own pace, or at this machine's where it has none yet."""
        remaining = job.view().remaining
        if remaining is not None:
            return remaining
        share = 1 - len(job.history) / job.config.train.epochs
        return self.pace.seconds(job.config, job.plan) * max(share, 0.0)

    def enqueue(self, job: Job, first: bool = False) -> None:
        """Let a run wait for its turn."""
        if self.link.failure is not None:
            self._rest(job, partial(job.fail, self.link.failure))
            return
        self._waiting[job.id] = job
        self.turns.add(job.id, job.owner or job.id, first=first)
        self._dispatch()

    def _dispatch(self) -> None:
        from forecast import worker

        while len(self._stints) < self.link.n_known():
            run_id = self.turns.next()
            if run_id is None:
                break
            job = self._waiting.pop(run_id)
            stint = runs.new_id()
            self._stints[stint] = job
            job.stint = stint
            busy = {kept.worker for kept in self._stints.values()}
            home = self._homes.get(job.config.kind)
            state = job.state if job.history else None
            future = self.link.send(
                worker.train,
                stint,
                job.rows,
                job.config,
                tuple(job.history),
                state,
                prefer=home if home not in busy else None,
            )
            future.add_done_callback(
                lambda done, stint=stint: self._inbox.put(partial(self._on_done, stint, done))
            )
        self.on_change()

    @property
    def n_training(self) -> int:
        """How many workers have a run."""
        return len(self._stints)

    def end(self, job: Job, wish: str, rest: str) -> None:
        """Ask a run to come to rest: ``wish`` is its state until it does, ``rest`` the one then."""
        from forecast import worker

        if self.turns.remove(job.id):
            del self._waiting[job.id]
            self._rest(job, partial(job.move, rest))
        elif job.stint:
            job.wish = rest
            job.move(wish)
            self.link.tell_all(worker.ask_to_end, job.stint)
        elif wish == "stopping" and job.move("stopped"):  # it was paused or interrupted
            self.keeper.save(job, partial(self.keeper.mark, job))
            if job.run is None and job.state is not None:
                self._conclude(job, None)

    def go_on(self, job: Job, config: Config) -> None:
        """Let a run that rests train on."""
        after_a_crash = job.status == "interrupted"
        if job.move("queued"):
            job.continue_with(config)
            if after_a_crash and job.history:
                job.gaps.append(len(job.history))
            self.keeper.save(job, partial(self.keeper.mark, job))
            self.enqueue(job)
        else:
            job.idle.set()

    def _on_done(self, stint: str, future: Future) -> None:
        job = self._stints.pop(stint, None)
        if job is None or self._closed.is_set():
            return  # given up, or ended together with the app
        job.stint = job.worker = ""
        error = future.exception()
        if error is None:
            self._complete(job, future.result())
        elif died(error):
            self._after_death(job, error)
        else:
            log.warning("Run %s failed: %s", job.id, error)
            self._give_up(job, in_words(error))
        self._dispatch()

    def _after_death(self, job: Job, error: BaseException) -> None:
        """Its worker is gone: go on elsewhere, unless it was to end anyway or has lost too many."""
        log.warning("Run %s lost its worker after epoch %d", job.id, len(job.history))
        job.rewind()
        if job.wish and job.state is None:  # nothing was kept yet, and nothing more is wanted
            self._rest(job, partial(job.move, job.wish))
        elif job.wish:
            self._conclude(job, None)
        elif job.deaths >= MOST_DEATHS:
            self._give_up(job, in_words(error))
        else:
            job.deaths += 1
            if job.history:
                job.gaps.append(len(job.history))
            job.move("queued")
            self.enqueue(job, True)

    def _give_up(self, job: Job, error: ForecastError) -> None:
        """End a run as failed, with its best weights where there are any."""
        if job.state is not None and job.state.best_weights:
            job.rewind()
            self._conclude(job, error)
        else:
            self._rest(job, partial(job.fail, error))

    def _complete(self, job: Job, result: Result) -> None:
        status, error = job.wish or "finished", None
        if result.diverged:
            status, error = "failed", divergence(job.config, len(job.history))
        elif len(job.history) >= job.config.train.epochs:
            status = "finished"
        if len(job.history) > 5:
            typical = median(epoch.seconds for epoch in job.history[-50:])
            self.pace.learn(job.config, job.plan, typical)
        self._rest(job, partial(job.complete, result, status, error))

    def _conclude(self, job: Job, error: ForecastError | None) -> None:
        """Have a worker make the result of a run that cannot go on from its kept weights."""
        from forecast import worker

        status = "failed" if error else (job.wish or "stopped")
        job.idle.clear()

        def take(future: Future) -> None:
            if future.exception() is None:
                self._rest(job, partial(job.complete, future.result(), status, error))
            else:
                self._rest(job, partial(job.fail, error or in_words(future.exception())))

        future = self.link.send(worker.conclude, job.rows, job.config, job.state)
        future.add_done_callback(lambda done: self.post(take, done))

    def _rest(self, job: Job, finish: Callable[[], object]) -> None:
        """Bring a run to rest: in memory, on the disk, and for whoever waits."""
        finish()
        job.wish = ""
        self.keeper.flush(job)
        if job.disk_trouble:
            job.disk_trouble = ""
            self.keeper.save(job, partial(self.keeper.write_anew, job))
        else:
            self.keeper.save(job, partial(self.keeper.mark, job))
        job.idle.set()


def _forget(future: Future) -> None:
    # Called from Dask's own thread, which must not wait for Dask: only look, never ask.
    if future.status == "error":
        log.info("Warming up failed; training will say why")
