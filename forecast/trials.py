"""Backtests on the workers: many small pieces that step aside for anybody who trains.

A piece is one model in one fold. As many are out as there are workers without a run; when a run
needs a worker, the pieces that are out are asked to end, which they do within an epoch or a
forecast, and are sent again later. A piece whose worker dies is sent again as well.

All changes are made in the foreman's thread.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from forecast import backtest, inputs, runs
from forecast.backtest import NETWORK, Backtest, BacktestConfig
from forecast.config import Config
from forecast.endings import MOST_DEATHS
from forecast.errors import ForecastError
from forecast.foreman import Foreman
from forecast.inputs import Rows
from forecast.link import died, in_words
from forecast.store import RunStore
from forecast.trial import GATHER, Piece, Trial, TrialView

if TYPE_CHECKING:
    from distributed import Future

BELOW_TRAINING = -1  # Dask's priority of a piece; that of a run is 0
RESULTS_KEPT = 20  # in memory; all others are read from their run's folder
log = logging.getLogger(__name__)


class Trials:
    """Starts, follows and stops backtests, one a run, and keeps their results."""

    def __init__(self, store: RunStore, foreman: Foreman) -> None:
        self._store, self._foreman = store, foreman
        self._trials: OrderedDict[str, Trial] = OrderedDict()
        self._results: OrderedDict[str, Backtest] = OrderedDict()
        self._lock = threading.Lock()
        self._link = foreman.link
        foreman.on_piece, foreman.on_change = self._on_piece, self._balance

    # What pages call

    def start(self, run_id: str, rows: Rows, config: Config, plan: BacktestConfig) -> None:
        """Begin a backtest of a run's settings; does nothing while one is under way.

        Args:
            rows: the run's series, with its inputs.

        Raises:
            ConfigError: the series is too short for it.
        """
        with self._lock:
            before = self._trials.get(run_id)
            if before is not None and before.status == "running":
                return
            trial = Trial(run_id, rows, config, plan, self._foreman.pace)
            self._trials[run_id] = trial
            self._trials.move_to_end(run_id)
            resting = [key for key, kept in self._trials.items() if kept.status != "running"]
            for key in resting[: max(0, len(resting) - RESULTS_KEPT)]:
                del self._trials[key]
        self._foreman.post(self._begin, trial)

    def seconds(self, series: pd.Series, config: Config, plan: BacktestConfig) -> float:
        """About how long a backtest will take with all workers.

        Raises:
            ConfigError: the series is too short for it.
        """
        trial = Trial("", series, config, plan, self._foreman.pace)
        return trial.seconds / self._foreman.link.n_known()

    def view(self, run_id: str) -> TrialView | None:
        """The backtest of a run as it is now; None where this server has begun none."""
        trial = self._trials.get(run_id)
        return trial.view() if trial else None

    def stop(self, run_id: str) -> None:
        """End a backtest; an earlier result stays."""
        trial = self._trials.get(run_id)
        if trial is not None:
            self._foreman.post(self._stop, trial)

    def result(self, run_id: str) -> Backtest | None:
        """The last finished backtest of a run, from memory or from the run's folder.

        Raises:
            RunError: what is in the folder is damaged.
        """
        with self._lock:
            if run_id in self._results:
                self._results.move_to_end(run_id)
                return self._results[run_id]
        found = Backtest.load(self._store.folder(run_id))
        if found is not None:
            self._keep(run_id, found)
        return found

    def tested(self, run_id: str) -> bool:
        """Whether there is a finished backtest of a run, without reading it."""
        with self._lock:
            known = run_id in self._results
        return known or Backtest.is_in(self._store.folder(run_id))

    def _keep(self, run_id: str, found: Backtest) -> None:
        with self._lock:
            self._results[run_id] = found
            self._results.move_to_end(run_id)
            while len(self._results) > RESULTS_KEPT:
                self._results.popitem(last=False)

    # In the foreman's thread

    def _begin(self, trial: Trial) -> None:
        if self._foreman.link.failure is not None:
            trial.rest("failed", self._foreman.link.failure)
        self._balance()

    def _stop(self, trial: Trial) -> None:
        if trial.status == "running":
            trial.rest("stopped")
            self._ask_to_end(trial)

    def _ask_to_end(self, trial: Trial) -> None:
        from forecast import worker

        for stint in trial.out:
            self._foreman.link.tell_all(worker.ask_to_end, stint)

    def _live(self) -> list[Trial]:
        return [trial for trial in list(self._trials.values()) if trial.status == "running"]

    def _balance(self) -> None:
        """Have as many pieces out as there are workers without a run."""
        link = self._foreman.link
        if link is not self._link:  # the scheduler died, and with it all that was out
            self._link = link
            for trial in list(self._trials.values()):
                lost, trial.out = list(trial.out.values()), {}
                for piece in lost if trial.status == "running" else ():
                    trial.put_back(piece)
        if not link.connected:
            return
        room = link.n_known() - self._foreman.n_training
        trials = list(self._trials.values())
        n_out = sum(len(trial.out) for trial in trials)
        if n_out > room:
            for trial in trials:
                self._ask_to_end(trial)
        while n_out < room:
            waiting = [trial for trial in self._live() if trial.waiting]
            if not waiting:
                return
            self._send(min(waiting, key=lambda trial: len(trial.out)))
            n_out += 1

    def _send(self, trial: Trial) -> None:
        from forecast import worker

        piece = trial.waiting.pop(0)
        stint = runs.new_id()
        trial.out[stint] = piece
        send = self._foreman.link.send
        if piece.model == GATHER:
            future = send(
                backtest.gather,
                inputs.target(trial.rows),
                trial.config,
                trial.plan,
                trial.said(),
                trial.ahead(),
                priority=BELOW_TRAINING,
            )
        else:
            config, n_steps_out = trial.config, trial.config.window.n_steps_out
            if piece.model == NETWORK:
                config = backtest.seeded(config, piece.seed)
            part, fold = trial.fold(piece).cut(trial.rows, n_steps_out)
            future = send(
                worker.examine,
                stint,
                piece.model,
                part,
                config,
                fold,
                priority=BELOW_TRAINING,
            )
        future.add_done_callback(lambda done: self._foreman.post(self._on_done, trial, stint, done))

    def _on_piece(self, message: dict[str, Any]) -> None:
        for trial in self._live():
            trial.heard(message["piece"], message["share"])

    def _on_done(self, trial: Trial, stint: str, future: Future) -> None:
        piece = trial.out.pop(stint, None)
        if piece is not None and trial.status == "running":
            error = future.exception()
            if error is None:
                self._take(trial, piece, future.result())
            elif died(error) and trial.deaths[piece] < MOST_DEATHS:
                self._foreman.distrust()
                trial.deaths[piece] += 1
                trial.put_back(piece)
            else:
                self._fail(trial, in_words(error))
        self._balance()

    def _take(self, trial: Trial, piece: Piece, brought: Any) -> None:
        if brought is None:  # it stepped aside
            trial.put_back(piece)
        elif piece.model == GATHER:
            self._finish(trial, brought)
        else:
            trial.take(piece, brought)

    def _fail(self, trial: Trial, error: ForecastError) -> None:
        log.warning("The backtest of run %s failed: %s", trial.id, error)
        trial.rest("failed", error)
        self._ask_to_end(trial)

    def _finish(self, trial: Trial, found: Backtest) -> None:
        found = replace(found, seconds=round(trial.elapsed, 1), created=runs.now())
        self._keep(trial.id, found)
        try:
            found.save(self._store.folder(trial.id))
        except OSError as error:  # a full disk must not lose the result, only be told
            trial.disk_trouble = error.strerror or str(error)
        trial.rest("finished")
