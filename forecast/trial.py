"""One backtest under way: its pieces of work, how far they are, and what they have brought."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from forecast import backtest, windows
from forecast.backtest import NETWORK, BacktestConfig, Fold
from forecast.baselines import NAIVE
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.inputs import Rows
from forecast.pace import Pace
from forecast.scaling import Array

GATHER = "gather"  # the last piece: putting the others together
# Seconds of a piece, for the share that is done; roughly, as only their relation matters.
COMPILING = 1.5
STATISTICAL = {"AutoETS": 0.5, "AutoTheta": 0.5, "AutoARIMA": 1.5}
TRIVIAL = 0.02
LEAST_SHARE = 0.03  # done before there is anything to tell the remaining time from


class Piece(NamedTuple):
    """What one worker is asked for: a model with a seed number in a fold."""

    model: str
    seed: int = 0
    fold: int = 0


@dataclass(frozen=True)
class TrialView:
    """A backtest at one moment, for drawing."""

    status: str  # running, finished, stopped or failed
    plan: BacktestConfig
    n_done: int
    n_pieces: int
    share: float  # of the work, from 0 to 1
    elapsed: float  # seconds
    remaining: float | None  # seconds; None before there is a pace
    n_out: int  # pieces with a worker now
    error: ForecastError | None
    disk_trouble: str

    @property
    def live(self) -> bool:
        return self.status == "running"


class Trial:
    """Changed in the foreman's thread only; read by anybody through ``view``."""

    def __init__(
        self, run_id: str, rows: Rows, config: Config, plan: BacktestConfig, pace: Pace
    ) -> None:
        self.id, self.rows, self.config, self.plan = run_id, rows, config, plan
        self.folds = backtest.plan(len(rows), config, plan)
        self.status = "running"
        self.error: ForecastError | None = None
        self.disk_trouble = ""
        self.out: dict[str, Piece] = {}  # with a worker now, by stint
        self.deaths: Counter[Piece] = Counter()
        self.began = time.monotonic()
        self._ended: float | None = None
        self._said: dict[Piece, Array] = {}
        self._shares: dict[Piece, float] = {}
        cheap = Piece(NAIVE)
        self.waiting = sorted(
            (
                Piece(model, seed, fold)
                for model in (NETWORK, *plan.models)
                for seed in range(plan.n_seeds if model == NETWORK else 1)
                for fold in range(len(self.folds))
            ),
            key=lambda piece: (piece.model == NETWORK, piece.fold),
        )
        if cheap in self.waiting:  # the measure of all others first
            self.waiting.insert(0, self.waiting.pop(self.waiting.index(cheap)))
        self._weights = {piece: self._weight(piece, pace) for piece in self.waiting}

    @property
    def seconds(self) -> float:
        """About how long all pieces will take, one after the other."""
        return sum(self._weights.values())

    def _weight(self, piece: Piece, pace: Pace) -> float:
        if piece.model != NETWORK:
            return STATISTICAL.get(piece.model, TRIVIAL)
        counts = windows.plan(self.folds[piece.fold].n_train, self.config)
        return COMPILING + pace.seconds(self.config, counts)

    def take(self, piece: Piece, said: Array) -> None:
        """Keep what a piece has brought; the last one makes the gathering due."""
        self._said[piece] = said
        if len(self._said) == len(self._weights):
            self.waiting.append(Piece(GATHER))

    def heard(self, stint: str, share: float) -> None:
        """Take in how far a piece is."""
        if stint in self.out:
            self._shares[self.out[stint]] = share

    def put_back(self, piece: Piece) -> None:
        """Let a piece wait for a worker again, before all others."""
        self._shares.pop(piece, None)
        self.waiting.insert(0, piece)

    def rest(self, status: str, error: ForecastError | None = None) -> None:
        """End in ``status``."""
        self.status, self.error = status, error
        self.waiting.clear()
        self._ended = time.monotonic()

    def fold(self, piece: Piece) -> Fold:
        """The fold of a piece. A baseline answers the end of the series too, as the last origin."""
        fold = self.folds[piece.fold]
        if piece.model == NETWORK or piece.fold < len(self.folds) - 1:
            return fold
        return replace(fold, origins=(*fold.origins, len(self.rows)))

    def said(self) -> dict[tuple[str, int], Array]:
        """What ``backtest.gather`` asks for: folds put one after the other."""
        names = dict.fromkeys((piece.model, piece.seed) for piece in self._weights)
        n_origins = sum(len(fold.origins) for fold in self.folds)
        return {
            (model, seed): np.concatenate(
                [self._said[Piece(model, seed, fold)] for fold in range(len(self.folds))]
            )[:n_origins]
            for model, seed in names
        }

    def ahead(self) -> dict[str, Array]:
        """What each baseline says of the steps after the last row."""
        last = len(self.folds) - 1
        return {model: self._said[Piece(model, 0, last)][-1] for model in self.plan.models}

    @property
    def elapsed(self) -> float:
        return (self._ended or time.monotonic()) - self.began

    def view(self) -> TrialView:
        said, shares = dict(self._said), dict(self._shares)
        done = sum(
            weight * (1.0 if piece in said else shares.get(piece, 0.0))
            for piece, weight in self._weights.items()
        )
        share = min(done / sum(self._weights.values()), 1.0)
        live, n_out = self.status == "running", len(self.out)
        return TrialView(
            status=self.status,
            plan=self.plan,
            n_done=len(said),
            n_pieces=len(self._weights),
            share=share,
            elapsed=self.elapsed,
            remaining=remaining(share, self.elapsed, self.seconds / max(n_out, 1))
            if live
            else None,
            n_out=n_out,
            error=self.error,
            disk_trouble=self.disk_trouble,
        )


def remaining(share: float, elapsed: float, planned: float) -> float | None:
    """Seconds left: at first by the plan, more and more by the pace that was seen.

    By the pace alone it would jump, as the first pieces to end are the shortest.

    Args:
        share: of the work that is done, from 0 to 1.
        elapsed: seconds so far.
        planned: seconds that all of it was thought to take.

    Returns:
        None before there is a pace.

    >>> round(remaining(0.25, 10.0, 60.0))  # 45 by the plan, 30 by the pace
    41
    """
    if share <= LEAST_SHARE:
        return None
    return (1 - share) * ((1 - share) * planned + elapsed)
