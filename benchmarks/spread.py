"""How much the seed decides: the compiled loop beside ``model.fit``, as a Markdown table.

    python -m benchmarks.spread [--wheels FOLDER] [--seeds 6] [--only wiki]

*Recommended* without its gate and without averaged weights, with Adam's usual learning rate,
trained on the same windows

* by the compiled loop;
* by ``model.fit``, an epoch a call, which shuffles by itself; like with Keras' ``EarlyStopping``
  the untrained network does not count among the best;
* by the same with the untrained network counted as epoch 0, as the compiled loop counts it;
* and by ``model.fit`` given the windows in the order in which the compiled loop takes them.

For each series: the mean over the seeds of MAE / naive (see ``benchmarks.accuracy``) ± the standard
deviation between them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from benchmarks.accuracy import N_STEPS_OUT, ratio
from benchmarks.public_series import Task, tasks
from forecast import model as models
from forecast import predict, presets
from forecast.config import Config
from forecast.history import BestEpoch, Weights
from forecast.program import Programs
from forecast.training import Training
from forecast.windows import Windows, windows_of

WAYS = ("compiled loop", "model.fit", "model.fit, epoch 0 counts", "model.fit, same order")
PLAIN = presets.recommended().but(
    n_rows=None, gate=False, average_weights=False, learning_rate=0.001, n_networks=1
)


@dataclass
class Kept:
    """The best weights of a run, from an epoch on."""

    best: BestEpoch
    weights: Weights

    def see(self, epoch: int, val_loss: float, network: keras.Model) -> None:
        if self.best.update(epoch, val_loss):
            self.weights = network.get_weights()


def by_keras(
    config: Config, windows: Windows, order: Callable[[int], np.ndarray] | None
) -> tuple[Weights, Weights]:
    """The best weights of the epochs from 1 on, and with the untrained network among them."""
    train = config.train
    keras.utils.set_random_seed(train.seed)
    network = models.build(config, windows.X_train.shape[-1])
    network.compile(
        optimizer=models.optimizer(train.optimizer, train.learning_rate),
        loss=models.loss_function(train.loss),
    )
    known = windows.X_validation, windows.y_validation
    trained, whole = Kept(BestEpoch(train.patience), []), Kept(BestEpoch(train.patience), [])
    whole.see(0, network.evaluate(*known, verbose=0), network)
    for epoch in range(1, train.epochs + 1):
        at = order(epoch) if order else np.arange(len(windows.X_train))
        done = network.fit(
            windows.X_train[at],
            windows.y_train[at],
            validation_data=known,
            batch_size=train.batch_size,
            shuffle=order is None,
            verbose=0,
        )
        for kept in (trained, whole):
            if not kept.best.exhausted:
                kept.see(epoch, done.history["val_loss"][0], network)
        if trained.best.exhausted and whole.best.exhausted:
            break
    return trained.weights, whole.weights


def measured(task: Task, config: Config, programs: Programs) -> dict[str, float]:
    """MAE / naive of one seed, by way."""
    rows = task.values.iloc[: task.n_train]
    training = Training(rows, config, programs)
    list(training)
    windows = windows_of(rows, config)

    def error(weights: Weights) -> float:
        n_past = len(task.values) - task.n_train
        said = predict.answers(config, weights, windows.scaler, task.values, n_past).validation
        first = len(task.values) - N_STEPS_OUT - len(said) + 1
        return ratio(task, said[np.array(task.origins) - first])

    trained, whole = by_keras(config, windows, None)
    _, same = by_keras(config, windows, training._order)
    found = (training.trained().weights, trained, whole, same)
    return dict(zip(WAYS, map(error, found), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--only", default="wiki")
    given = parser.parse_args()
    found = tasks(given.wheels, N_STEPS_OUT, earlier=False)
    programs = Programs()
    spreads: dict[str, list[float]] = {way: [] for way in WAYS}
    print(f"| series | {' | '.join(WAYS)} |\n|---|{'---|' * len(WAYS)}")
    for task in [task for task in found if task.group in given.only.split(",")]:
        runs = [measured(task, PLAIN.but(seed=1 + i), programs) for i in range(given.seeds)]
        cells = []
        for way in WAYS:
            values = [run[way] for run in runs]
            spreads[way].append(float(np.std(values, ddof=1)))
            cells.append(f"{np.mean(values):.3f} ± {spreads[way][-1]:.3f}")
        print(f"| {task.name} | {' | '.join(cells)} |", flush=True)
    print(f"| mean spread | {' | '.join(f'{np.mean(spreads[way]):.3f}' for way in WAYS)} |")


if __name__ == "__main__":
    main()
