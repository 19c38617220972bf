"""Which network goes to a worker that nobody waits for, and which one steps aside.

A run that is the mean of several networks has a claim to one worker, like any other run. Its
further networks take workers that no run waits for. When a run comes to wait, the latest of them is
asked to end, which it does within an epoch, and goes on later from where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from forecast.jobs import Job


def spare(runs: Iterable[Job]) -> Job | None:
    """The network for a worker that no run waits for: of the run with the fewest at work."""
    open_ = [run for run in runs if run.to_do and not run.wish]
    run = min(open_, key=lambda run: len(run.out), default=None)
    return next_of(run) if run else None


def next_of(run: Job) -> Job:
    """The network of a run to send next: the first, whose curves are shown, then who lags most."""
    return min(run.to_do, key=lambda network: (network is not run, len(network.history)))


def until(network: Job, n_workers: int) -> int:
    """The epoch after which a network gives its worker to another one of its run.

    Five networks on two workers would take three trainings' time, the last with an idle worker.
    With one of them in two halves, the first half at the begin and the other at the end, they take
    two and a half (McNaughton 1959). With more workers all are cut, apart from the first.
    """
    run, epochs = network.first, network.config.train.epochs
    n = len(run.networks)
    n_parts = n_workers // gcd(n, n_workers) if n > n_workers else 1
    is_cut = network.number == 2 if n_workers == 2 else network is not run
    if n_parts == 1 or not is_cut:
        return epochs
    size = -(-epochs // n_parts)
    return min((len(network.history) // size + 1) * size, epochs)


def stepping_aside(runs: Iterable[Job], n: int, asked: set[str]) -> list[Job]:
    """The networks that make room for ``n`` waiting runs; no run loses its last one.

    Args:
        runs: those that have networks with workers.
        asked: the stints that were asked already.
    """
    staying = {run: [one for one in run.out if one.stint not in asked] for run in runs}
    chosen: list[Job] = []
    while len(chosen) < n:
        run = max(staying, key=lambda run: len(staying[run]), default=None)
        if run is None or len(staying[run]) < 2:
            break
        chosen.append(staying[run].pop())
    return chosen
