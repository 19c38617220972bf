"""How much the seed decides: the compiled loop beside ``model.fit``, as a Markdown table.

    python -m benchmarks.spread [--wheels FOLDER] [--seeds 8] [--only wiki]

*Recommended* without its gate, trained on the same windows in four ways: by the compiled loop; by
``model.fit`` with Keras' own ``EarlyStopping``, whose first candidate is epoch 1; by ``model.fit``
again, with the untrained network counted as epoch 0, as the compiled loop counts it; and so too
on windows in the very order in which the compiled loop takes them. For each series: the mean over
the seeds of MAE / naive (see ``benchmarks.accuracy``), and the standard deviation between them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from benchmarks.accuracy import N_STEPS_OUT, last, ratio
from benchmarks.public_series import Task, tasks
from forecast import model as models
from forecast import predict, presets
from forecast.config import Config
from forecast.history import Weights
from forecast.program import Programs
from forecast.training import Training
from forecast.windows import Windows, windows_of

WAYS = ("compiled loop", "model.fit", "model.fit, epoch 0 counts", "model.fit, same order")


class SameOrder(keras.utils.PyDataset):
    """The training windows in the order of the compiled loop, epoch by epoch."""

    def __init__(self, windows: Windows, order: Callable[[int], np.ndarray], batch: int) -> None:
        super().__init__()
        self._windows, self._order, self._batch = windows, order, batch
        self._epoch = 1

    def __len__(self) -> int:
        return -(-len(self._windows.X_train) // self._batch)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        picked = self._order(self._epoch)[i * self._batch : (i + 1) * self._batch]
        return self._windows.X_train[picked], self._windows.y_train[picked]

    def on_epoch_end(self) -> None:
        self._epoch += 1


def by_keras(config: Config, windows: Windows, order: Callable[[int], np.ndarray] | None) -> tuple:
    """The weights of the best epoch from 1 on, its validation loss, and that of the start."""
    train = config.train
    keras.utils.set_random_seed(train.seed)
    network = models.build(config, windows.X_train.shape[-1])
    network.compile(
        optimizer=models.optimizer(
            train.optimizer, train.learning_rate, average=train.average_weights
        ),
        loss=models.loss_function(train.loss),
    )
    known = windows.X_validation, windows.y_validation
    start = network.evaluate(*known, verbose=0)
    stop = keras.callbacks.EarlyStopping(
        patience=train.patience, restore_best_weights=True, monitor="val_loss"
    )
    callbacks = [keras.callbacks.SwapEMAWeights(swap_on_epoch=True)] * train.average_weights
    data = (windows.X_train, windows.y_train)
    if order:
        data = (SameOrder(windows, order, train.batch_size),)
    done = network.fit(
        *data,
        validation_data=known,
        epochs=train.epochs,
        batch_size=None if order else train.batch_size,
        shuffle=order is None,
        callbacks=[*callbacks, stop],
        verbose=0,
    )
    return network.get_weights(), min(done.history["val_loss"]), start


def measured(task: Task, config: Config, programs: Programs) -> dict[str, float]:
    """MAE / naive of one seed, by way."""
    rows = task.values.iloc[: task.n_train]
    training = Training(rows, config, programs)
    list(training)
    windows = windows_of(rows, config)
    naive = np.repeat(last(task)[:, None], N_STEPS_OUT, axis=1)

    def error(weights: Weights) -> float:
        n_past = len(task.values) - task.n_train
        said = predict.answers(config, weights, windows.scaler, task.values, n_past).validation
        first = len(task.values) - N_STEPS_OUT - len(said) + 1
        return ratio(task, said[np.array(task.origins) - first])

    by_fit, best, start = by_keras(config, windows, None)
    same, best_same, start_same = by_keras(config, windows, training._order)
    return {
        WAYS[0]: error(training.trained().weights),
        WAYS[1]: error(by_fit),
        WAYS[2]: ratio(task, naive) if start <= best else error(by_fit),
        WAYS[3]: ratio(task, naive) if start_same <= best_same else error(same),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--only", default="wiki")
    given = parser.parse_args()
    found = tasks(given.wheels, N_STEPS_OUT, earlier=False)
    programs, spreads = Programs(), {way: [] for way in WAYS}
    print(f"| series | {' | '.join(WAYS)} |\n|---|{'---|' * len(WAYS)}")
    for task in [task for task in found if task.group in given.only.split(",")]:
        base = presets.recommended().but(n_rows=None, gate=False)
        runs = [measured(task, base.but(seed=1 + i), programs) for i in range(given.seeds)]
        cells = []
        for way in WAYS:
            values = [run[way] for run in runs]
            spreads[way].append(float(np.std(values, ddof=1)))
            cells.append(f"{np.mean(values):.3f} ± {spreads[way][-1]:.3f}")
        print(f"| {task.name} | {' | '.join(cells)} |", flush=True)
    print(f"| mean spread | {' | '.join(f'{np.mean(spreads[way]):.3f}' for way in WAYS)} |")


if __name__ == "__main__":
    main()
