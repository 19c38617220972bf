"""From weights and past steps to the next steps, in the user's unit (worker only).

Where there are the weights of several networks, what they say is the mean of what each says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from forecast import inputs, windows
from forecast import model as models
from forecast.config import Config, ModelConfig, WindowConfig
from forecast.errors import ConfigError
from forecast.history import Outlook, Weights
from forecast.inputs import Rows
from forecast.scaling import Array, Scaler
from forecast.sizes import apart

MAX_VALIDATION_WINDOWS = 2_000  # predictions kept for the validation picture: the latest
CHUNK = 1_024  # windows predicted together
NETWORKS_KEPT = 8
_ONE_AT_A_TIME = threading.Lock()  # a worker may be asked for answers beside its task


def predict(config: Config, weights: Weights, scaler: Scaler, past: Array) -> Array:
    """Predict the steps after each of ``past``.

    Args:
        past: shape (n_windows, config.n_rows_in, n_features), as ``windows.features`` gives them.

    Returns:
        shape (n_windows, n_steps_out), in the user's unit.
    """
    scaled = scaler.transform(past).astype(np.float32)
    said: list[Array] = []
    with _ONE_AT_A_TIME:
        network, answer = _network(config.model, config.window, past.shape[-1])
        for one in apart(config, weights):
            network.set_weights(one)
            parts = [
                np.asarray(answer(tf.constant(scaled[start : start + CHUNK])))
                for start in range(0, len(scaled), CHUNK)
            ]
            said.append(scaler.restore(np.concatenate(parts).astype(float), past[:, -1, 0]))
    # In the unit of the series, not on scaled values: the way back from those may be curved.
    return said[0] if len(said) == 1 else np.mean(said, axis=0)


@lru_cache(maxsize=NETWORKS_KEPT)
def _network(
    model: ModelConfig, window: WindowConfig, n_features: int
) -> tuple[keras.Model, Callable[[Any], Any]]:
    """A network for any weights of these sizes, and its answers as one call.

    Called step by step, 30 steps take 25 ms; as a graph, which is made once, a tenth of that.
    """
    network = models.build(Config(model=model, window=window), n_features)
    given = tf.TensorSpec((None, window.n_steps_in, n_features), tf.float32)
    answer = tf.function(
        lambda x: network(x, training=False), input_signature=[given], autograph=False
    )
    return network, answer


def next_steps(config: Config, weights: Weights, scaler: Scaler, history: Rows) -> Array:
    """The ``n_steps_out`` values after the end of ``history``.

    Raises:
        ConfigError: the history is shorter than one window.
        DataError: the history is not a clean series.
    """
    return answers(config, weights, scaler, history, 0).next_steps


def answers(
    config: Config, weights: Weights, scaler: Scaler, history: Rows, n_past: int
) -> Outlook:
    """The values after the end of ``history``, and those said for its ``n_past`` latest windows.

    Args:
        history: the series, with the inputs that the settings name (see ``inputs.join``).

    Raises:
        ConfigError: the history is shorter than one window, or lacks what the network looks at.
        DataError: the history is not a clean series.
    """
    rows = windows.features(inputs.check(history, config), scaler.cycle)
    needed, n_features = config.n_rows_in, weights[0].shape[0]
    if len(rows) < needed:
        raise ConfigError(
            "The history is too short for this network.",
            expected=f"at least {needed} rows",
            received=f"{len(rows)} rows",
            fix="Give more rows.",
        )
    if rows.shape[1] != n_features:
        raise ConfigError(
            "This network goes by the season, and the history has no dates to tell it.",
            expected=f"rows with dates, for the point in the {scaler.cycle}",
            received="numbered rows",
            fix="Give the dates of the rows.",
        )
    n_known = windows.count_windows(len(rows), needed, config.window.n_steps_out)
    kept = min(n_past, n_known, MAX_VALIDATION_WINDOWS)
    past = windows.cut(rows, needed)
    predicted = predict(
        config,
        weights,
        scaler,
        np.concatenate([past[n_known - kept : n_known], past[-1:]]),
    )
    return Outlook(next_steps=predicted[-1], validation=predicted[:-1])


def outlook(config: Config, weights: Weights, scaler: Scaler, rows: Rows) -> Outlook:
    """All that the screen shows of a trained network: the next steps, and the known ones again.

    The validation windows are predicted as well, so that the picture "predicted against actual"
    and the errors in the user's unit need no TensorFlow in the server.
    """
    counts = windows.plan(len(rows), config)
    recent = rows.iloc[-counts.n_rows :]
    return answers(config, weights, scaler, recent, counts.n_validation)
