"""One way of training as a process of its own, which times itself when asked.

    python -m benchmarks.contender ours|fit|limit CASE

A process each, so that every contender has the environment it would have: the app's workers have
settings of their own, ``model.fit`` has Keras' and TensorFlow's. Asked in turn, all of them see the
same weather on the machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from benchmarks.cases import CASES, MIN_EPOCHS, SECONDS_A_REPEAT, Case, answer, walk, windows_of
from benchmarks.cases import seconds_an_epoch as timed

WARM_EPOCHS = 2  # tracing, compiling, first touch of the memory


def ours(case: Case) -> Callable[[], float]:
    """Epochs as a worker runs them: figures, best weights and all."""
    from forecast.training import Training

    epochs = iter(Training(walk(case.n_rows), case.config))
    for _ in range(WARM_EPOCHS):
        next(epochs)
    return lambda: timed(epochs)


def fit(case: Case) -> Callable[[], float]:
    """The same by ``model.fit``: one call a repeat, its first epochs not counted."""
    import keras

    from forecast import model as models

    config, windows = case.config, windows_of(case)
    network = models.build(config)
    network.compile(
        optimizer=models.optimizer(
            config.train.optimizer,
            config.train.learning_rate,
            average=config.train.average_weights,
        ),
        loss=config.train.loss,
        metrics=["accuracy"],
    )
    ends: list[float] = []
    watch = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: ends.append(time.perf_counter())
    )

    def train(n_epochs: int) -> float:
        ends.clear()
        network.fit(
            windows.X_train,
            windows.y_train,
            validation_data=(windows.X_validation, windows.y_validation),
            epochs=n_epochs + WARM_EPOCHS,
            batch_size=config.train.batch_size,
            shuffle=config.train.shuffle,
            callbacks=[watch],
            verbose=0,
        )
        return float(median(np.diff(ends)[WARM_EPOCHS - 1 :]))

    n_epochs = max(MIN_EPOCHS, round(SECONDS_A_REPEAT / train(MIN_EPOCHS)))
    return lambda: train(n_epochs)


def limit(case: Case) -> Callable[[], float]:
    """The matrix products of an epoch in NumPy, and nothing else: what arithmetic alone takes."""
    config, windows = case.config, windows_of(case)
    plan, steps = windows.plan, config.window.n_steps_in
    rng = np.random.default_rng(0)

    def product(rows: int, inner: int, columns: int, times: int = 1) -> Callable[[], None]:
        a = rng.normal(size=(rows, inner)).astype(np.float32)
        b = rng.normal(size=(inner, columns)).astype(np.float32)
        out = np.empty((rows, columns), np.float32)

        def run() -> None:
            for _ in range(times):
                np.matmul(a, b, out=out)

        return run

    def passes(n: int, *, training: bool) -> list[Callable[[], None]]:
        products, before = [], windows.X_train.shape[-1]
        for depth, units in enumerate(config.model.units):
            gates = 4 * units
            products += [product(n * steps, before, gates), product(n, units, gates, steps)]
            if training:
                products += [
                    product(n, gates, units, steps),  # back through the steps
                    product(before + units, n * steps, gates),  # the weights' gradients
                ]
                if depth > 0:
                    products.append(product(n * steps, gates, before))  # to the layer below
            before = units
        products.append(product(n, before, config.window.n_steps_out))
        return products

    batch = passes(config.train.batch_size, training=True)
    validation = passes(plan.n_validation, training=False)
    share = plan.n_train / config.train.batch_size  # the last batch is a partial one

    def seconds(products: list[Callable[[], None]]) -> float:
        start = time.perf_counter()
        for run in products:
            run()
        return time.perf_counter() - start

    def epoch() -> float:
        return share * median(seconds(batch) for _ in range(20)) + seconds(validation)

    return epoch


WAYS = {"ours": ours, "fit": fit, "limit": limit}

if __name__ == "__main__":
    answer(WAYS[sys.argv[1]](CASES[sys.argv[2]]))
