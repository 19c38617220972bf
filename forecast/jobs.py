"""One run as the server knows it: its state, its history, and where to go on from.

Where a run is the mean of several networks, its job is the first one's too; each further network
has a job of its own, reached by ``Job.others``, which shares the run's id and nobody else sees.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

from forecast import evaluation, inputs, runs, servers, states
from forecast import windows as cutting
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.history import BestEpoch, EpochMetrics, Result, Trained, TrainingState
from forecast.inputs import Rows
from forecast.runs import Origin, Run
from forecast.store import RunStore
from forecast.views import JobView, NetworkView
from forecast.windows import Plan


class Job:
    """Changed by the engine's inbox thread; ``move`` by anybody; read by anybody."""

    def __init__(
        self, rows: Rows, config: Config, origin: Origin, owner: str = "", run_id: str = ""
    ) -> None:
        self.id = run_id or runs.new_id()
        self.rows, self.series = rows, inputs.target(rows)
        self.config, self.origin, self.owner = config, origin, owner
        self.created = runs.now()
        self.status = "queued"
        self.history: list[EpochMetrics] = []
        self.best = BestEpoch()
        self.gaps: list[int] = []
        self.state: TrainingState | None = None
        self.run: Run | None = None
        self.error: ForecastError | None = None
        self.disk_trouble = ""
        self.deaths = 0
        self.deleted = False
        self.stint = ""  # the stretch that is with a worker now
        self.worker = ""  # the one it is with: where it was sent to, or once it has been heard of
        self.wish = ""  # the state a person wants it to rest in
        self.idle = threading.Event()  # set while nothing is going on
        self.flushed = time.monotonic()
        self._lock = threading.Lock()
        self._unsaved: list[EpochMetrics] = []
        self._unsaved_state: bytes | None = None
        self._began: float | None = None
        self._asked = time.monotonic()
        self._took = 0.0
        self.number = 1  # among the run's networks
        self.first: Job = self  # the run's own job
        self.trained: Trained | None = None  # where the run has several networks: this one's end
        self.others: list[Job] = []
        for number, one in enumerate(config.networks[1:], start=2):
            other = Job(rows, one, origin, owner, self.id)
            other.number, other.first = number, self
            self.others.append(other)

    @classmethod
    def from_store(cls, store: RunStore, run_id: str) -> Job:
        """A run that rests, as its folder has it.

        Raises:
            RunError: there is no such run, or it is damaged.
        """
        record = store.record(run_id)
        config, origin = Config.from_dict(record["config"]), Origin(**record["origin"])
        job = cls(store.rows(run_id), config, origin, record.get("owner", ""), run_id)
        job.created, job.status = record["created"], record["status"]
        for network in job.networks:
            network.history = store.history(run_id, network.number)
            for epoch in network.history:
                network.best.update(epoch.epoch, epoch.val_loss)
            network.state = store.state(run_id, network.number)
        job.gaps = list(record.get("gaps", ()))
        if record.get("scaler"):
            job.run = store.load(run_id)
        if record.get("error"):
            job.error = ForecastError(**record["error"])
        job.deleted = store.is_deleted(run_id)
        job._took = float(record.get("seconds") or sum(epoch.seconds for epoch in job.history))
        job.idle.set()
        return job

    @property
    def plan(self) -> Plan:
        return cutting.plan(len(self.series), self.config)

    @property
    def networks(self) -> tuple[Job, ...]:
        """All networks of the run, the first one before the others."""
        return (self, *self.others)

    @property
    def out(self) -> list[Job]:
        """The networks that are with a worker."""
        return [network for network in self.networks if network.stint]

    @property
    def to_do(self) -> list[Job]:
        """The networks that need a worker and have none."""
        return [n for n in self.networks if not n.stint and n.trained is None]

    @property
    def done(self) -> bool:
        """Whether all its networks have come to the end that the settings ask for."""
        if not self.others:
            return len(self.history) >= self.config.train.epochs
        return all(n.trained is not None and n.trained.complete for n in self.networks)

    def parts(self) -> list[Trained]:
        """What each network brings into the result; those that have no weights are left out.

        Where not all came to their end, each brings its best weights. Empty where the first one,
        whose epochs are the run's, has nothing to bring.
        """
        found = [network.part(cut_short=not self.done) for network in self.networks]
        return [part for part in found if part.weights] if found[0].weights else []

    def part(self, *, cut_short: bool) -> Trained:
        """What this network brings into the result."""
        if self.trained is not None and (not cut_short or self.state is None):
            return replace(self.trained, state=None)
        if self.state is None:
            return Trained([])
        return Trained(self.state.best_weights, self.state.best_epoch)

    def move(self, status: str) -> bool:
        """Change the status if that move is allowed."""
        with self._lock:
            if not states.allowed(self.status, status):
                return False
            self.status = status
            if status not in states.LIVE:
                self._stop_the_clock()
            return True

    def add(self, epoch: EpochMetrics) -> None:
        """Take in one epoch."""
        if self is self.first or self.first.history:  # else it would run with nothing to show
            self.first.begin(epoch.seconds)
        self.history.append(epoch)
        self.best.update(epoch.epoch, epoch.val_loss)
        self._unsaved.append(epoch)

    def begin(self, seconds: float) -> None:
        """Running since so many seconds ago, if it is not anyway."""
        if self._began is None:
            self._began = time.monotonic() - seconds
            self.move("running")

    def keep(self, state: bytes) -> None:
        """Take in where to go on from."""
        self.state = TrainingState.unpack(state)
        self._unsaved_state = state

    def take_unsaved(self) -> tuple[list[EpochMetrics], bytes | None]:
        """What has come in since the last call, to be written to the disk."""
        unsaved = self._unsaved, self._unsaved_state
        self._unsaved, self._unsaved_state = [], None
        self.flushed = time.monotonic()
        return unsaved

    def rewind(self) -> None:
        """Go back to the kept state, as the worker that had gone further is no more."""
        self._stop_the_clock()
        epoch = self.state.epoch if self.state else 0
        self._unsaved = [e for e in self._unsaved if e.epoch <= epoch]
        self.history = self.history[:epoch]
        self.best = BestEpoch()
        for metrics in self.history:
            self.best.update(metrics.epoch, metrics.val_loss)

    def complete(self, result: Result, status: str, error: ForecastError | None = None) -> None:
        """Take the result and rest in ``status``."""
        self.error = error
        if result.state is not None:
            self.keep(result.state.pack())
        # Before the status: whoever sees that it has ended must find its result.
        self.run = Run.of(
            result,
            series=self.series,
            inputs=inputs.others(self.rows),
            config=self.config,
            history=self.history,
            origin=self.origin,
            status=status,
            id=self.id,
            created=self.created,
        )
        self.move(status)

    def fail(self, error: ForecastError) -> None:
        """Rest without a result."""
        self.error = error
        self.move("failed")

    def continue_with(self, config: Config) -> None:
        """Ready to go on, perhaps for more epochs."""
        self.config, self.error = config, None
        self._asked = time.monotonic()
        for network, one in zip(self.others, config.networks[1:], strict=True):
            network.config = one
        for network in self.networks:
            network.trained, network.deaths = None, 0
            if network.state is None or network.state.epoch != len(network.history):
                network.rewind()
        if self.run is not None:
            self.run = replace(self.run, config=config)
        self.idle.clear()

    def record(self) -> dict[str, Any]:
        """What run.json says, apart from the result's own fields."""
        scores = evaluation.scores(self.run) if self.run else None
        return {
            **runs.base_record(self),
            "owner": self.owner,
            "server": servers.this_server(),
            "epochs": len(self.history),
            "gaps": self.gaps,
            "seconds": round(self.view().elapsed, 3),
            "error": self.error.parts() if self.error else None,
            "scores": scores.to_dict() if scores else None,
        }

    def view(self, place: int = 0, wait: float = 0.0) -> JobView:
        return JobView(
            id=self.id,
            status=self.status,
            owner=self.owner,
            series=self.series,
            config=self.config,
            origin=self.origin,
            plan=self.plan,
            history=tuple(self.history),
            best_epoch=self._best_epoch,
            gaps=tuple(self.gaps),
            elapsed=self._took + self._running_for(),
            asked=time.monotonic() - self._asked,
            error=self.error,
            disk_trouble=self.disk_trouble,
            has_result=self.run is not None,
            can_go_on=self.state is not None,
            place=place,
            wait=wait,
            inputs=inputs.others(self.rows),
            networks=self._network_views() if self.others else (),
        )

    def _network_views(self) -> tuple[NetworkView, ...]:
        return tuple(
            NetworkView(len(n.history), bool(n.stint), bool(n.trained and n.trained.complete))
            for n in self.networks
        )

    @property
    def _best_epoch(self) -> int:
        """Only the worker knows whether the start was the best of all: it says so at the end."""
        if self.run is None or self.status in states.LIVE:
            return self.best.epoch
        return self.run.best_epoch

    def _running_for(self) -> float:
        return 0.0 if self._began is None else time.monotonic() - self._began

    def _stop_the_clock(self) -> None:
        self._took += self._running_for()
        self._began = None
