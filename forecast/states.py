"""The states of a run, and which may follow which.

=========== =======================================================================
queued      accepted, waiting for a worker, or between two workers
running     an epoch has come in
pausing     asked to pause after the epoch it is in
paused      rests; holds no worker, goes on from its kept state
stopping    asked to end after the epoch it is in
finished    all epochs done, or early stopping
stopped     ended by a person; its best weights are kept
failed      ended by an error; its best weights are kept where there are any
interrupted its server ended while it was under way; can go on from its kept state
=========== =======================================================================
"""

from __future__ import annotations

MOVES: dict[str, frozenset[str]] = {
    "queued": frozenset(
        {"running", "pausing", "stopping", "paused", "stopped", "finished", "failed", "interrupted"}
    ),
    "running": frozenset({"queued", "pausing", "stopping", "finished", "failed", "interrupted"}),
    "pausing": frozenset({"paused", "stopping", "finished", "failed", "interrupted"}),
    "paused": frozenset({"queued", "stopped"}),
    "stopping": frozenset({"stopped", "finished", "failed", "interrupted"}),
    "finished": frozenset({"queued"}),
    "stopped": frozenset({"queued"}),
    "failed": frozenset({"queued"}),
    "interrupted": frozenset({"queued", "stopped"}),
}
LIVE = frozenset({"queued", "running", "pausing", "stopping"})  # something is going on


def allowed(before: str, after: str) -> bool:
    """Whether a run may go from ``before`` to ``after``.

    >>> allowed("paused", "queued"), allowed("finished", "running")
    (True, False)
    """
    return after in MOVES[before]
