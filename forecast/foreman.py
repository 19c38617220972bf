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
from typing import TYPE_CHECKING, Any

from forecast import compiled, crew, runs
from forecast.config import Config
from forecast.endings import Endings
from forecast.errors import ConfigError
from forecast.history import EpochMetrics, Trained
from forecast.jobs import Job
from forecast.keeper import Keeper
from forecast.link import Link, died, in_words
from forecast.pace import Pace
from forecast.presets import recommended
from forecast.states import LIVE
from forecast.store import RunStore
from forecast.turns import Turns

if TYPE_CHECKING:
    from distributed import Future

FLUSH_SECONDS = 0.5  # epochs gathered between two writes to the disk
log = logging.getLogger(__name__)


class Foreman:
    """Owns the queue and what is with the workers; changes jobs in its own thread only."""

    def __init__(self, store: RunStore, n_workers: int) -> None:
        self.store = store
        self.keeper = Keeper(store)
        self._endings = Endings(self)
        self.turns = Turns()
        self.pace = Pace(store.root.parent / "pace.json")
        self.warmed = threading.Event()
        self._inbox: queue.Queue[Callable[[], None]] = queue.Queue()
        self.waiting: dict[str, Job] = {}
        self._stints: dict[str, Job] = {}  # what is with a worker: networks
        self._aside: set[str] = set()  # the stints that were asked to make room
        self._homes: dict[object, str] = {}  # kind of network → worker that has it compiled
        self._closed = threading.Event()
        self._connected = threading.Event()
        self._n_workers = n_workers
        self.on_piece: Callable[[dict[str, Any]], None] = lambda message: None
        self.on_change: Callable[[], None] = lambda: None  # a worker was given a run or is free
        self._inbox.put(store.tidy)
        self.link = self._new_link()
        threading.Thread(target=self._work, name="engine-inbox", daemon=True).start()

    def post(self, deal_with: Callable[..., None], *arguments: Any, hurry: bool = True) -> None:
        """Have something done in the foreman's thread, after all that was posted before.

        Args:
            hurry: connect at once for it, if that has been put off.
        """
        self._inbox.put(partial(deal_with, *arguments))
        if hurry:
            self.link.hurry()

    def close(self) -> None:
        """Take nothing in any more and end the workers."""
        self._closed.set()
        self.link.close()

    def ask(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """As ``Link.ask``; of the workers one that is not training is preferred."""
        self.link.hurry()
        busy = {network.worker for network in list(self._stints.values())}
        return self.link.ask(function, *arguments, busy=busy, seconds=seconds)

    def _new_link(self) -> Link:
        return Link(
            self._n_workers,
            self.store.root.parent,
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
        self.link.hurry()
        self._connected.wait()
        self._aside.clear()
        lost, self._stints = list(self._stints.values()), {}
        for network in lost:
            network.stint = network.worker = ""
        for network in lost:
            if network.first.status in LIVE:
                self._endings.after_death(network, CancelledError())
            else:  # it had ended, and its result was being made
                self._endings.rest(network.first, lambda: None)
        self.dispatch()

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
            for run in self.at_work():
                if now - run.flushed > FLUSH_SECONDS:
                    self.keeper.flush(run)

    def _on_message(self, message: dict[str, Any]) -> None:
        if "hello" in message:
            self._warm(message["hello"])
            return
        if "piece" in message:
            self.on_piece(message)
            return
        network = self._stints.get(message["stint"])
        if network is None:
            return  # from a stint that was given up
        for epoch in message["epochs"]:
            network.add(EpochMetrics.from_dict(epoch))
        network.worker = message["worker"]
        self._homes[network.config.kind] = network.worker
        if "state" in message:
            network.keep(message["state"])

    def _warm(self, address: str) -> None:
        from forecast import worker

        default = recommended()
        future = self.link.send(worker.warm, default, default.data.n_rows, prefer=address)
        self._homes.setdefault(default.kind, address)
        future.add_done_callback(lambda _: self.post(self._warmed_up, future))

    def _warmed_up(self, future: Future) -> None:
        if future.status == "error":
            self.distrust()
        self.warmed.set()

    def distrust(self) -> None:
        """A worker died: if a program kept on disk is to blame, no other worker shall load it."""
        if self.link.cluster is not None:
            compiled.forget(self.link.cluster.compiled)

    def prepare(self, config: Config, n_rows: int) -> None:
        """Compile a network that no worker has compiled yet, if none of them is training."""
        if self._stints or config.kind in self._homes or not self.link.connected:
            return
        from forecast import worker

        self.link.send(worker.warm, config, n_rows).add_done_callback(_forget)

    def at_work(self) -> list[Job]:
        """The runs that have networks with workers."""
        return list(dict.fromkeys(network.first for network in list(self._stints.values())))

    def enqueue(self, job: Job, first: bool = False) -> None:
        """Let a run wait for its turn."""
        if self.link.failure is not None:
            self._endings.rest(job, partial(job.fail, self.link.failure))
            return
        if job.id not in self.waiting:
            self.waiting[job.id] = job
            self.turns.add(job.id, job.owner or job.id, first=first)
        self.dispatch()

    def dispatch(self) -> None:
        """Give work to every free worker."""
        while len(self._stints) < self.link.n_known():
            run_id = self.turns.next()
            network = (
                crew.next_of(self.waiting.pop(run_id)) if run_id else crew.spare(self.at_work())
            )
            if network is None:
                break
            self._send(network)
        self._make_room()
        self.on_change()

    def _send(self, network: Job) -> None:
        from forecast import worker

        busy = {kept.worker for kept in self._stints.values()}
        home = self._homes.get(network.config.kind)
        prefer = home if home not in busy else None
        stint = self.occupy(network)
        network.worker = prefer or ""  # at once: the next one sent must not prefer it too
        several = bool(network.first.others)
        limit = [crew.until(network, self.link.n_known())] if several else []
        future = self.link.send(
            worker.train_one if several else worker.train,
            stint,
            network.rows,
            network.config,
            tuple(network.history),
            network.state if network.history else None,
            *limit,
            prefer=prefer,
        )
        future.add_done_callback(lambda done: self._inbox.put(partial(self._on_done, stint, done)))

    def occupy(self, network: Job) -> str:
        """Count a network as one that is with a worker; names the stint."""
        network.stint = runs.new_id()
        self._stints[network.stint] = network
        return network.stint

    def release(self, stint: str) -> Job | None:
        """The network of a stint that has ended; None where it was given up before."""
        network = self._stints.pop(stint, None)
        if network is not None:
            network.stint = network.worker = ""
        return network

    def drop(self, network: Job) -> None:
        """Have nothing to do any more with what a worker is at."""
        from forecast import worker

        self.link.tell_all(worker.ask_to_end, network.stint)
        self.release(network.stint)

    def _make_room(self) -> None:
        """Where runs wait, have further networks of others step aside."""
        from forecast import worker

        self._aside &= self._stints.keys()
        n_wanted = len(self.turns) - len(self._aside)
        for network in crew.stepping_aside(self.at_work(), n_wanted, self._aside):
            self._aside.add(network.stint)
            self.link.tell_all(worker.ask_to_end, network.stint)

    @property
    def n_training(self) -> int:
        """How many workers have a network of a run."""
        return len(self._stints)

    def end(self, job: Job, wish: str, rest: str) -> None:
        """Ask a run to come to rest: ``wish`` is its state until it does, ``rest`` the one then."""
        from forecast import worker

        if self.turns.remove(job.id):
            del self.waiting[job.id]
            if job.others and job.move(wish):  # between two of its networks
                job.wish = rest
                self._endings.conclude(job, rest)
            else:
                self._endings.rest(job, partial(job.move, rest))
        elif job.out:
            job.wish = rest
            job.move(wish)
            for network in job.out:
                self.link.tell_all(worker.ask_to_end, network.stint)
        elif wish == "stopping" and job.move("stopped"):  # it was paused or interrupted
            self.keeper.save(job, partial(self.keeper.mark, job))
            if job.run is None and job.state is not None:
                self._endings.conclude(job, "stopped")

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
        network = self.release(stint)
        if network is None or self._closed.is_set():
            return  # given up, or ended together with the app
        error = future.exception()
        if error is None and network.first.others:
            self._endings.back(network, future.result())
        elif error is None:
            self._endings.complete(network, future.result())
        elif died(error):
            self._endings.after_death(network, error)
        elif network.number > 1 and isinstance(error, ConfigError):
            self._endings.back(network, Trained([]))  # it broke down: do without it
        else:
            log.warning("Run %s failed: %s", network.id, error)
            self._endings.give_up(network.first, in_words(error))
        self.dispatch()


def _forget(future: Future) -> None:
    # Called from Dask's own thread, which must not wait for Dask: only look, never ask.
    if future.status == "error":
        log.info("Warming up failed; training will say why")
