"""Brings jobs to the disk while they train and when they rest; a full disk ends no run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from forecast.jobs import Job
from forecast.store import RunStore


class Keeper:
    """Writes what is new of a job to its folder in ``store``."""

    def __init__(self, store: RunStore) -> None:
        self.store = store

    def write_anew(self, job: Job) -> None:
        """A run of which some part could not be written: try it as a whole, now that it rests."""
        self.store.forget(job.id)
        self.store.create(job.record(), job.rows)
        for network in job.networks:
            state = network.state.pack() if network.state else None
            self.store.append(job.id, network.history, state, network.number)
        self.mark(job)

    def mark(self, job: Job) -> None:
        """Write a run's record, with its result if there is one."""
        if job.run is not None:
            self.store.finish(job.run, job.record())
        else:
            self.store.mark(job.record())

    def flush(self, job: Job) -> None:
        """Write the epochs of all networks that have come in since the last time."""
        for network in job.networks:
            epochs, state = network.take_unsaved()
            if epochs or state:
                append = partial(self.store.append, job.id, epochs, state, network.number)
                self.save(job, append)

    def save(self, job: Job, write: Callable[[], None]) -> None:
        """Write to the run's folder; a full disk must not end the run, only be told."""
        try:
            write()
        except OSError as error:
            job.disk_trouble = error.strerror or str(error)
