"""Who trains next when there are more runs than workers: everybody in turn."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable


class Turns:
    """A queue that is fair between owners: one run of each before the second of any.

    >>> turns = Turns()
    >>> for run, owner in (("a1", "Ann"), ("a2", "Ann"), ("a3", "Ann"), ("b1", "Bob")):
    ...     turns.add(run, owner)
    >>> turns.order()
    ['a1', 'b1', 'a2', 'a3']
    >>> turns.next(), turns.next(), turns.next()
    ('a1', 'b1', 'a2')
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[str]] = {}  # by owner, in the order of their next turn

    def add(self, run: str, owner: str, *, first: bool = False) -> None:
        """Let ``run`` wait; ``first`` puts it before its owner's other runs."""
        runs = self._waiting.setdefault(owner, deque())
        if first:
            runs.appendleft(run)
        else:
            runs.append(run)

    def remove(self, run: str) -> bool:
        """Take ``run`` out; False if it was not waiting."""
        for owner, runs in self._waiting.items():
            if run in runs:
                runs.remove(run)
                if not runs:
                    del self._waiting[owner]
                return True
        return False

    def next(self) -> str | None:
        """The run whose turn it is; its owner goes to the end of the line."""
        if not self._waiting:
            return None
        owner, runs = next(iter(self._waiting.items()))
        del self._waiting[owner]
        run = runs.popleft()
        if runs:
            self._waiting[owner] = runs
        return run

    def order(self) -> list[str]:
        """All waiting runs in the order of their turns."""
        lines = [list(runs) for runs in self._waiting.values()]
        longest = max(map(len, lines), default=0)
        return [line[i] for i in range(longest) for line in lines if i < len(line)]

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))


def waiting_time(running: Iterable[float], before: Iterable[float], n_workers: int) -> float:
    """Seconds until a run begins, if every other one takes as long as estimated.

    >>> waiting_time(running=[10.0, 4.0], before=[3.0], n_workers=2)
    7.0

    Args:
        running: seconds left of each run that is with a worker.
        before: seconds that each run ahead in the line will take, in the order of their turns.
    """
    free = sorted([*running, *[0.0] * n_workers])[-n_workers:]  # when each worker is free
    for seconds in before:
        heapq.heapreplace(free, free[0] + seconds)
    return free[0]
