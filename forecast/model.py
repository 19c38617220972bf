"""From settings to a Keras network (worker only: this module imports Keras)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import ops

from forecast.config import Config

Loss = Callable[[Any, Any], Any]


def build(
    config: Config, n_features: int = 1, layer: type[keras.Layer] = keras.layers.LSTM
) -> keras.Model:
    """Make the network, with first weights drawn from ``config.train.seed``.

    Takes (n_windows, n_steps_in, n_features), gives (n_windows, n_steps_out). The initialisers are
    Keras' own defaults for these layers, each with a seed of its own: setting the global seed
    would change the random numbers of whoever calls this. ``layer`` is Keras' LSTM, or one that
    does the same faster (``lstm.LSTM``).
    """
    model_config, window, seed = config.model, config.window, config.train.seed
    layers: list[keras.Layer] = [keras.Input((window.n_steps_in, n_features))]
    for depth, units in enumerate(model_config.units, start=1):
        layers.append(
            layer(
                units,
                activation=model_config.activation,
                return_sequences=depth < len(model_config.units),
                kernel_initializer=keras.initializers.GlorotUniform(_derived(seed, depth, 0)),
                recurrent_initializer=keras.initializers.Orthogonal(seed=_derived(seed, depth, 1)),
            )
        )
    layers.append(
        keras.layers.Dense(
            window.n_steps_out,
            kernel_initializer=keras.initializers.GlorotUniform(_derived(seed, 0, 0)),
        )
    )
    return keras.Sequential(layers)


def rmse(actual: Any, predicted: Any) -> Any:
    """Root mean squared error of each window, shape (n_windows,).

    Taken window by window, not over a batch, so that an epoch's mean does not depend on how the
    windows fell into batches. The small constant keeps the gradient finite at an exact hit.
    """
    return ops.sqrt(ops.mean(ops.square(actual - predicted), axis=-1) + 1e-12)


def loss_function(name: str) -> Loss:
    """The loss as a function of (actual, predicted) that gives one number a window."""
    losses: dict[str, Loss] = {
        "mse": keras.losses.mean_squared_error,
        "mae": keras.losses.mean_absolute_error,
        "rmse": rmse,
        "huber": keras.losses.huber,
    }
    return losses[name]


def optimizer(name: str, learning_rate: float) -> keras.optimizers.Optimizer:
    """A fresh Keras optimiser with its usual constants."""
    kinds = {
        "adam": keras.optimizers.Adam,
        "sgd": keras.optimizers.SGD,
        "rmsprop": keras.optimizers.RMSprop,
        "adamw": keras.optimizers.AdamW,
    }
    return kinds[name](learning_rate=learning_rate)


def _derived(seed: int, depth: int, part: int) -> int:
    """A seed of its own for each weight matrix, so that no two start alike."""
    return int(np.random.SeedSequence((seed, depth, part)).generate_state(1)[0] >> 1)
