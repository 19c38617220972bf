"""A recorded run played again: which epochs are known how long after the start, at any speed.

Nothing is trained and nothing runs by itself. What is known follows from the clock alone, so that
a page which looks ten times a second and one which looks once see the same replay, a look that
comes late leaves nothing behind, and a test needs no waiting.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from forecast.history import BestEpoch, EpochMetrics
from forecast.views import JobView

REST = 2.0  # seconds between two epochs beyond which the run was resting: paused, or in a queue
WHOLE = 10.0  # seconds that a whole run takes at the speed ``None``
SLOW_ENOUGH = "Whole in 10 s"  # however short the run was
SPEEDS: dict[str, float | None] = {"×1": 1.0, "×4": 4.0, "×20": 20.0, SLOW_ENOUGH: None}


def times(history: Sequence[EpochMetrics]) -> tuple[float, ...]:
    """When each epoch was known: seconds since the run began, its rests left out.

    The distance between two epochs is that of the clock times written down when they ended.
    Where those are missing, run backwards (the clock was set) or lie further apart than the epoch
    took plus ``REST``, it is how long the epoch itself took.

    >>> from forecast.history import EpochMetrics as E
    >>> times([E(1, 1, 1, 0, 0, 2.0, ended=102), E(2, 1, 1, 0, 0, 0.5, ended=103),
    ...        E(3, 1, 1, 0, 0, 0.5, ended=903)])
    (2.0, 3.0, 3.5)
    """
    steps = []
    before: float | None = None
    for epoch in history:
        took = epoch.seconds if math.isfinite(epoch.seconds) and epoch.seconds > 0 else 0.0
        step = epoch.ended - before if before and epoch.ended else took
        steps.append(step if 0 <= step <= took + REST else took)
        before = epoch.ended
    return tuple(accumulate(steps))


def known(history: Sequence[EpochMetrics], seconds: float, speed: float = 1.0) -> int:
    """How many epochs are known ``seconds`` after the start of a replay at ``speed``.

    >>> from forecast.history import EpochMetrics as E
    >>> run = [E(i, 1, 1, 0, 0, seconds=2.0) for i in (1, 2, 3)]
    >>> [known(run, seconds=1.0, speed=speed) for speed in (1, 4, 20)]
    [0, 2, 3]
    """
    return bisect_right(times(history), seconds * speed)


@dataclass(frozen=True)
class Replay:
    """A replay as a person has set it; each change gives a new one. ``now`` is in clock seconds."""

    run: str  # the id of the recorded run
    speed: str = "×4"  # one of SPEEDS
    position: float = 0.0  # recorded seconds already played at ``since``, or where it rests
    since: float | None = None  # the clock when it was set going; None while it rests

    def rate(self, total: float) -> float:
        """Recorded seconds a second, for a run that took ``total`` seconds."""
        return SPEEDS[self.speed] or max(total, 0.0) / WHOLE

    def at(self, now: float, total: float) -> float:
        """How far it has come, in recorded seconds from 0 to ``total``."""
        gone = 0.0 if self.since is None else max(now - self.since, 0.0) * self.rate(total)
        return min(self.position + gone, total)

    def play(self, now: float, total: float) -> Replay:
        """Set going; from the start where it had come to its end."""
        position = self.at(now, total)
        return replace(self, position=0.0 if position >= total else position, since=now)

    def pause(self, now: float, total: float) -> Replay:
        """Let it rest where it is."""
        return replace(self, position=self.at(now, total), since=None)

    def restart(self, now: float) -> Replay:
        """Set going from the start."""
        return replace(self, position=0.0, since=now)

    def with_speed(self, speed: str, now: float, total: float) -> Replay:
        """Go on at another speed from the epoch it has come to."""
        here = replace(self, position=self.at(now, total), speed=speed)
        return here if self.since is None else replace(here, since=now)

    def playing(self, now: float, total: float) -> bool:
        """Whether more is to come by itself."""
        return self.since is not None and self.at(now, total) < total


def total(job: JobView) -> float:
    """How long the whole run took, in recorded seconds."""
    recorded = times(job.history)
    return recorded[-1] if recorded else 0.0


def view(job: JobView, replay: Replay, now: float) -> JobView:
    """The recorded run as it stood at that moment of the replay, for the charts of a live run."""
    recorded = times(job.history)
    end = recorded[-1] if recorded else 0.0
    position = replay.at(now, end)
    history = job.history[: bisect_right(recorded, position)]
    best = BestEpoch()
    for epoch in history:
        best.update(epoch.epoch, epoch.val_loss)
    at_end = position >= end
    resting = "paused" if replay.since is None else "running"
    return replace(
        job,
        status=job.status if at_end else resting,
        history=history,
        best_epoch=best.epoch,
        gaps=tuple(gap for gap in job.gaps if gap < len(history)),
        elapsed=position,
        error=job.error if at_end else None,
        replay=replay.speed,
        networks=(),
    )
