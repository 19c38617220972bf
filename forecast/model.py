"""From settings to a Keras network (worker only: this module imports Keras)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from forecast.config import Config
from forecast.history import Weights
from forecast.scaling import MOST, Scaler
from forecast.sizes import apart

Loss = Callable[[Any, Any], Any]
AVERAGE = 0.99  # of the mean of the weights stays at each correction: it covers about the last 100


def build(
    config: Config, n_features: int = 1, layer: type[keras.Layer] = keras.layers.LSTM
) -> keras.Model:
    """Make the network, with first weights drawn from ``config.train.seed``.

    Takes (n_windows, n_steps_in, n_features), gives (n_windows, n_steps_out). The initialisers are
    Keras' own defaults for these layers, each with a seed of its own: setting the global seed
    would change the random numbers of whoever calls this. ``layer`` is Keras' LSTM, or one that
    does the same faster (``lstm.LSTM``).

    Where the answer is a change from the last known value, the last layer starts at zero: the
    untrained network says "same as today". So does the linear way past the LSTM (``skip``).
    """
    model_config, window, seed = config.model, config.window, config.train.seed
    inputs = keras.Input((window.n_steps_in, n_features))
    layers: list[keras.Layer] = [inputs]
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
    start = keras.initializers.GlorotUniform(_derived(seed, 0, 0))
    from_zero = config.data.scaler == "change"
    layers.append(
        keras.layers.Dense(window.n_steps_out, kernel_initializer="zeros" if from_zero else start)
    )
    if not model_config.skip:
        return keras.Sequential(layers)
    answer = inputs
    for part in layers[1:]:
        answer = part(answer)
    straight = keras.layers.Dense(
        window.n_steps_out, use_bias=False, kernel_initializer="zeros", name="skip"
    )(keras.layers.Flatten()(inputs))
    return keras.Model(inputs, keras.layers.Add()([answer, straight]))


def whole(config: Config, weights: Weights, scaler: Scaler, gate: float) -> keras.Model:
    """The run as one network, in ordinary Keras operations alone: values in, forecast out.

    Takes (n_windows, config.n_rows_in, n_features), gives (n_windows, n_steps_out), both in the
    unit of the series: scaling, network, the way back and the gate. Several networks see the same
    and are averaged after the way back. Arithmetic around the networks is in float64, as in
    ``predict`` and ``scaling.Scaler``.
    """
    n, n_features = len(scaler.scale), weights[0].shape[0]
    history = keras.Input((config.n_rows_in, n_features), dtype="float64", name="history")
    kept = list(range(config.n_rows_in - config.window.n_steps_in, config.n_rows_in))
    seen = []
    for feature in range(n_features):
        values = ops.take(history, [feature], axis=-1)
        if feature < n:
            scaled = _scaled(values, scaler, feature)
            seen.append(ops.where(ops.isnan(scaled), 0.0, scaled) if feature else scaled)
        else:
            seen.append(ops.take(values, kept, axis=1))  # the calendar's
    scaled = ops.cast(ops.concatenate(seen, axis=-1) if n_features > 1 else seen[0], "float32")
    last = ops.take(ops.take(history, config.n_rows_in - 1, axis=1), [0], axis=-1)
    said = []
    for one in apart(config, weights):
        core = build(config, n_features)
        core.set_weights(one)
        said.append(_restored(ops.cast(core(scaled), "float64"), last, scaler))
    restored = said[0] if len(said) == 1 else keras.layers.Average(dtype="float64")(said)
    return keras.Model(history, last + gate * (restored - last) if gate != 1.0 else restored)


def _scaled(values: Any, scaler: Scaler, feature: int) -> Any:
    """``Scaler.transform`` of one feature, (n_windows, n_rows, 1), in Keras operations."""
    if scaler.kind == "change":
        floor, n_rows = scaler.floor[feature], values.shape[1]
        if floor > 0:
            values = ops.log(ops.maximum(values, floor))
        later, earlier = (ops.take(values, list(range(a, n_rows - 1 + a)), axis=1) for a in (1, 0))
        values = later - earlier
    return (values - scaler.center[feature]) / scaler.scale[feature]


def _restored(answer: Any, last: Any, scaler: Scaler) -> Any:
    """``Scaler.restore`` in Keras operations."""
    if scaler.kind != "change":
        return answer * scaler.scale[0] + scaler.center[0]
    way = answer * scaler.scale[0]
    if scaler.floor[0] == 0:
        return last + way
    return last + ops.maximum(last, scaler.floor[0]) * ops.expm1(ops.clip(way, -MOST, MOST))


def packed(model: keras.Model) -> bytes:
    """The content of the ``.keras`` file that ``keras.models.load_model`` opens."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return path.read_bytes()


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


def optimizer(
    name: str, learning_rate: float, *, average: bool = False
) -> keras.optimizers.Optimizer:
    """A fresh Keras optimiser with its usual constants.

    Args:
        average: keep an exponentially weighted mean of the weights (Polyak and Juditsky 1992).
    """
    kinds = {
        "adam": keras.optimizers.Adam,
        "sgd": keras.optimizers.SGD,
        "rmsprop": keras.optimizers.RMSprop,
        "adamw": keras.optimizers.AdamW,
    }
    return kinds[name](learning_rate=learning_rate, use_ema=average, ema_momentum=AVERAGE)


def _derived(seed: int, depth: int, part: int) -> int:
    """A seed of its own for each weight matrix, so that no two start alike."""
    return int(np.random.SeedSequence((seed, depth, part)).generate_state(1)[0] >> 1)
