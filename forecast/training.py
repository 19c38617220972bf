"""Train a network, one epoch at a time (worker only: this module imports TensorFlow).

The compiled epoch is ``program.Program``; what may interrupt it lives here, outside the compiled
call: early stopping, divergence, the best weights. Whoever iterates decides when to draw, and
stops by no longer asking for the next epoch.

A ``Training`` is of one network. Where the settings ask for several, ``train_all`` trains them one
after the other here; the engine sends each to a worker of its own. ``join`` makes one result of
them, the same either way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import gating, inputs
from forecast import metrics as measures
from forecast import model as models
from forecast import predict as predicting
from forecast.config import Config
from forecast.diagnosis import divergence
from forecast.history import BestEpoch, EpochMetrics, Result, Trained, TrainingState, Weights
from forecast.inputs import Rows
from forecast.program import Programs, shape_of
from forecast.runs import Run
from forecast.windows import Windows, checked, windows_of


class Training:
    """A run under way: iterate it for ``EpochMetrics``; ask it for weights at any epoch's end.

    Args:
        rows: the whole series, with its inputs (see ``inputs.join``); the recent
            ``config.data.n_rows`` of them are used.
        programs: compiled programs to draw from and add to; without it, this training's own.
        history: the epochs already done, where the run goes on from ``state``.
        state: where to go on from; the figures are those of a run that was never interrupted.
    """

    def __init__(
        self,
        rows: Rows,
        config: Config,
        programs: Programs | None = None,
        history: tuple[EpochMetrics, ...] = (),
        state: TrainingState | None = None,
    ) -> None:
        self.rows = checked(rows, config)
        self.config = config
        self.windows = windows_of(self.rows, config)
        self.history: list[EpochMetrics] = []
        self.best = BestEpoch(config.train.patience)
        self.best_weights: Weights = []
        counts = self.windows.plan
        n_features = self.windows.X_train.shape[-1]
        shape = shape_of(config, n_features, counts.n_train, counts.n_validation)
        self._program = (programs or Programs()).take(config, shape)
        self._program.load(self.windows)
        if config.train.restore_best:
            self._count_the_start()
        if state is not None:
            self._go_on(history, state)

    def _count_the_start(self) -> None:
        """The weights before the first epoch are eligible as the best ones; Keras leaves them out.

        Where there is nothing to learn, "no change" was right and every epoch is a step away.
        """
        if self.best.update(0, self._program.check().val_loss):
            self.best_weights = self._program.model.get_weights()

    def _go_on(self, history: tuple[EpochMetrics, ...], state: TrainingState) -> None:
        self._program.restore(state.variables)
        self.history = list(history[: state.epoch])
        for epoch in self.history:
            self.best.update(epoch.epoch, epoch.val_loss)
        self.best_weights = state.best_weights
        self.best.since = state.patient_since
        if self.best.exhausted:  # it had stopped early, and more epochs were asked for
            self.best.since = self.best.latest

    @property
    def series(self) -> pd.Series:
        """The target alone."""
        return inputs.target(self.rows)

    def __iter__(self) -> Iterator[EpochMetrics]:
        """Train until the last epoch, the end of patience, or a figure that is no number."""
        while not self.ended:
            yield self._one_epoch()

    def _one_epoch(self) -> EpochMetrics:
        number = len(self.history) + 1
        start = time.perf_counter()
        figures = self._program.epoch(self._order(number))
        metrics = EpochMetrics(
            epoch=number,
            loss=figures.loss,
            val_loss=figures.val_loss,
            accuracy=figures.accuracy,
            val_accuracy=figures.val_accuracy,
            seconds=time.perf_counter() - start,
            ended=time.time(),
            **_in_unit(self.windows, figures.predicted),
        )
        self.history.append(metrics)
        if metrics.finite and self.best.update(metrics.epoch, metrics.val_loss):
            self.best_weights = self._program.model.get_weights()
        return metrics

    def _order(self, epoch: int) -> npt.NDArray[np.int32]:
        """The order of the training windows, drawn from seed and epoch alone, so that a run that
        goes on from a kept state needs no generator's state."""
        n_train, train = self.windows.plan.n_train, self.config.train
        if not train.shuffle:
            return np.arange(n_train, dtype=np.int32)
        return np.random.default_rng((train.seed, epoch)).permutation(n_train).astype(np.int32)

    @property
    def diverged(self) -> bool:
        """True when the last epoch's figures are no numbers any more."""
        return bool(self.history) and not self.history[-1].finite

    @property
    def finished_early(self) -> bool:
        return self.diverged or self.best.exhausted

    @property
    def ended(self) -> bool:
        """True when there is no epoch to come."""
        return len(self.history) >= self.config.train.epochs or self.finished_early

    @property
    def last_weights(self) -> Weights:
        """The weights as they are now."""
        weights: Weights = self._program.model.get_weights()
        return weights

    def state(self) -> TrainingState:
        """Where to go on from, as of the last epoch."""
        return TrainingState(
            epoch=len(self.history),
            variables=self._program.state(),
            best_epoch=self.best.epoch,
            best_weights=self.best_weights,
            patient_since=self.best.since,
        )

    def result(self, *, cut_short: bool = False, whole: bool = True) -> Result:
        """What a run of this one network has come to.

        Args:
            cut_short: as for ``trained``.
            whole: as for ``join``.

        Raises:
            ConfigError: as ``trained``.
        """
        trained = self.trained(cut_short=cut_short)
        return join(self.rows, self.config, [trained], windows=self.windows, whole=whole)

    def trained(self, *, cut_short: bool = False) -> Trained:
        """What the network has come to.

        The forecast is made with the last epoch's weights, as in Keras, unless the settings ask
        for the best ones, or the run did not get to its end: then nothing speaks for the epoch it
        happened to be in.

        Args:
            cut_short: a person has ended it.

        Raises:
            ConfigError: training diverged before there was a single epoch with finite figures.
        """
        if self.diverged and not self.best_weights:
            raise divergence(self.config, len(self.history))
        best = self.best_weights and (self.config.train.restore_best or cut_short or self.diverged)
        weights = self.best_weights if best else self.last_weights
        return Trained(
            weights=weights,
            best_epoch=self.best.epoch,
            state=None if self.diverged else self.state(),
            diverged=self.diverged,
            complete=not cut_short and self.ended,
        )


def _in_unit(windows: Windows, scaled: npt.NDArray[np.float32]) -> dict[str, Any]:
    """An epoch's figures in the unit of the series, from its answers to the validation windows."""
    actual, predicted, last = windows.actual, windows.in_unit(scaled), windows.last
    return {
        "val_error": measures.mae(actual, predicted),
        "val_direction": measures.direction(actual[:, -1], predicted[:, -1], last),
        "preview": tuple(predicted[-1].tolist()),
    }


def join(
    rows: Rows,
    config: Config,
    networks: Sequence[Trained],
    *,
    windows: Windows | None = None,
    whole: bool = True,
) -> Result:
    """The result of a run: what its networks say on the mean, and how far to follow that.

    Args:
        networks: the first one's best epoch, state and end are the run's; those without weights
            are left out.
        windows: those of ``rows``, if they are at hand.
        whole: make the file of the whole run too, which takes longer than all the rest.
    """
    windows = windows or windows_of(checked(rows, config), config)
    weights = [array for network in networks for array in network.weights]
    scaler = windows.scaler
    outlook = predicting.outlook(config, weights, scaler, rows)
    kept = len(outlook.validation)
    gate = 1.0
    if config.train.gate:
        gate = gating.gate(outlook.validation, windows.actual[-kept:], windows.last[-kept:])
    first = networks[0]
    return Result(
        weights=weights,
        scaler=scaler,
        outlook=outlook,
        best_epoch=first.best_epoch,
        state=first.state,
        diverged=first.diverged,
        gate=gate,
        model=models.packed(models.whole(config, weights, scaler, gate)) if whole else b"",
    )


def train_all(
    rows: Rows,
    config: Config,
    programs: Programs | None = None,
    tell: Callable[[float], None] = lambda share: None,
    *,
    whole: bool = True,
) -> tuple[Result, list[EpochMetrics]]:
    """Train the run's networks to their ends, one after the other.

    Args:
        programs: as for ``Training``; the networks share them in any case.
        tell: called after each epoch with the share of the work that is done.
        whole: as for ``join``.

    Returns:
        the result, and the epochs of the first network.

    Raises:
        ConfigError: as ``fit``.
    """
    programs = programs or Programs()
    networks: list[Trained] = []
    history: list[EpochMetrics] = []
    for i, one in enumerate(config.networks):
        training = Training(rows, one, programs)
        for epoch in training:
            tell((i + epoch.epoch / one.train.epochs) / config.train.n_networks)
        history = history or training.history
        if i and training.diverged and not training.best_weights:
            continue  # the others do without it
        networks.append(training.trained())
    return join(rows, config, networks, whole=whole), history


def train(rows: Rows, config: Config) -> Iterator[EpochMetrics]:
    """Train and yield each epoch's figures as soon as they are known: the first network's.

    Raises:
        ConfigError: the settings do not fit the number of rows.
        DataError: the series is not clean (see ``series.check``).
    """
    yield from Training(rows, config)


def fit(rows: Rows, config: Config) -> Run:
    """Train to the end.

    Raises:
        ConfigError, DataError: as ``train``; a ConfigError also where training broke down in its
            first epoch.
    """
    rows = checked(rows, config)
    result, history = train_all(rows, config)
    return Run.of(
        result,
        series=inputs.target(rows),
        inputs=inputs.others(rows),
        config=config,
        history=history,
    )
