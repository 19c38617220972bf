"""What runs on a Dask worker: the training task, and the plugin that carries wishes to it.

This module itself imports neither TensorFlow nor Keras, as the server sends its functions by name;
they are imported on the worker, when it warms up.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from forecast import compiled, folds, inputs
from forecast.backtest import NETWORK, Fold
from forecast.config import Config
from forecast.history import EpochMetrics, Outlook, Result, Trained, TrainingState, Weights
from forecast.inputs import Rows
from forecast.scaling import Scaler

if TYPE_CHECKING:
    from forecast.program import Programs
    from forecast.training import Training

# Between two messages to the server, a tenth of what a page takes from look to look. On its way a
# message costs more than a short epoch does, on the same cores.
MESSAGE_SECONDS = 0.03
STATE_SECONDS = 0.5  # between two states sent to the server: what a killed worker can lose
STATE_BYTES_A_SECOND = 20_000_000  # large networks send their state less often


class TrainingPlugin(WorkerPlugin):  # type: ignore[misc]
    """A worker's own state: its compiled programs, and what its runs have been asked to do."""

    name = "forecast"

    def __init__(self, topic: str) -> None:
        self.topic = topic

    def setup(self, worker: Worker) -> None:
        """Say hello: the engine answers with a task that warms this worker."""
        compiled.use()
        self.wishes: set[str] = set()  # the stints that have been asked to end
        self._programs: Programs | None = None
        worker.log_event(self.topic, {"hello": worker.address})

    @property
    def programs(self) -> Programs:
        if self._programs is None:
            from forecast.program import Programs

            self._programs = Programs()
        return self._programs


def plugin() -> TrainingPlugin:
    """The plugin of the worker that this runs on."""
    found: TrainingPlugin = get_worker().plugins[TrainingPlugin.name]
    return found


def ask_to_end(stint: str, dask_worker: Worker) -> None:
    """Run on every worker, beside its task: that stint ends after the epoch it is in."""
    dask_worker.plugins[TrainingPlugin.name].wishes.add(stint)


def warm(config: Config, n_rows: int) -> None:
    """Import TensorFlow and compile the program of ``config`` for a series of ``n_rows`` rows."""
    from forecast.training import Training

    numbers = np.arange(n_rows)
    kinds = [pd.Series(1.0 + numbers / n_rows)]
    if config.data.calendar:  # a series with a season has a program of its own
        days = pd.date_range("2024-01-01", periods=n_rows, freq="h")
        kinds.append(pd.Series(2 + np.sin(numbers * 2 * np.pi / 24), index=days))
    steps = np.random.default_rng(0).normal(size=(n_rows, len(config.data.inputs)))
    for series in kinds:
        further = pd.DataFrame(steps, series.index, list(config.data.inputs))
        rows = inputs.join(series, further, config)
        training = Training(rows, config.but(epochs=1), plugin().programs)
        for _ in training:
            training.result()


def train(
    stint: str,
    rows: Rows,
    config: Config,
    history: tuple[EpochMetrics, ...] = (),
    state: TrainingState | None = None,
) -> Result:
    """Train, telling each epoch to the engine; ends early when asked to.

    Args:
        stint: names this stretch of a run, from a start or a resumption to its end, so that a wish
            that came too late for one does not end the next.

    Raises:
        ConfigError: training broke down in its first epoch.
    """
    training, wished = _trained(stint, rows, config, history, state)
    return training.result(cut_short=wished)


def train_one(
    stint: str,
    rows: Rows,
    config: Config,
    history: tuple[EpochMetrics, ...],
    state: TrainingState | None,
    until: int,
) -> Trained:
    """As ``train``, for one of several networks: what they say together is for ``join``.

    Args:
        until: the epoch after which another network has its turn.
    """
    training, wished = _trained(stint, rows, config, history, state, until)
    return training.trained(cut_short=wished)


def _trained(
    stint: str,
    rows: Rows,
    config: Config,
    history: tuple[EpochMetrics, ...],
    state: TrainingState | None,
    until: int | None = None,
) -> tuple[Training, bool]:
    """A training at its end, and whether it was asked to end."""
    from forecast.training import Training

    here, address = plugin(), get_worker().address
    training = Training(rows, config, here.programs, history, state)
    news: list[dict[str, Any]] = []
    next_message, next_state = 0.0, time.monotonic() + STATE_SECONDS
    wished = False
    for metrics in training:
        news.append(metrics.to_dict())
        wished, now = stint in here.wishes, time.monotonic()
        last = wished or metrics.epoch == until or training.ended
        if now < next_message and not last:
            continue
        message: dict[str, Any] = {"stint": stint, "epochs": news, "worker": address}
        if now >= next_state and metrics.finite and not wished:
            packed = training.state().pack()
            message["state"] = packed
            next_state = now + max(STATE_SECONDS, len(packed) / STATE_BYTES_A_SECOND)
        get_worker().log_event(here.topic, message)
        news, next_message = [], now + MESSAGE_SECONDS
        if last:
            break
    here.wishes.discard(stint)
    return training, wished


class _Withdrawn(Exception):
    """A piece of a backtest was asked to end."""


def examine(
    stint: str, model: str, rows: Rows, config: Config, fold: Fold
) -> npt.NDArray[np.float64] | None:
    """One model in one fold of a backtest; None where it was asked to end before it was done.

    Raises:
        ConfigError: the network's training broke down in its first epoch.
    """
    here = plugin()
    next_word = 0.0

    def tell(share: float) -> None:
        nonlocal next_word
        if stint in here.wishes:
            raise _Withdrawn
        if time.monotonic() >= next_word:
            get_worker().log_event(here.topic, {"piece": stint, "share": share})
            next_word = time.monotonic() + STATE_SECONDS

    try:
        programs = here.programs if model == NETWORK else None
        return folds.forecasts(model, rows, config, fold, tell, programs)
    except _Withdrawn:
        return None
    finally:
        here.wishes.discard(stint)


def join(rows: Rows, config: Config, networks: list[Trained]) -> Result:
    """The result of a run, from what its networks have come to."""
    from forecast import training

    return training.join(rows, config, networks)


async def answers(
    config: Config, weights: Weights, scaler: Scaler, history: Rows, n_past: int
) -> Outlook:
    """What a trained network says after ``history``; runs beside the worker's task, not after it.

    Raises:
        ConfigError, DataError: as ``predict.answers``.
    """

    def compute() -> Outlook:
        from forecast import predict

        return predict.answers(config, weights, scaler, history, n_past)

    # In a thread of its own: the worker must go on answering the scheduler meanwhile.
    return await asyncio.to_thread(compute)
