"""Cut a series into windows: what the network sees, and what it shall answer.

With n_steps_in = 3 and n_steps_out = 2 the series ``10 20 30 40 50 60`` gives two windows::

    X[0] = 10 20 30   y[0] = 40 50
    X[1] = 20 30 40   y[1] = 50 60

and no third one, as its answer would run past the end. The split is by time: the latest windows
are the validation windows, and nothing is fitted on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import inputs, scaling, seasonal
from forecast.config import Config
from forecast.errors import ConfigError
from forecast.inputs import Rows
from forecast.scaling import Array, Scaler

Float32 = npt.NDArray[np.float32]

ENOUGH_TESTS = 5  # separate validation windows, from which trust in a network can come


def split_sequence(
    sequence: npt.ArrayLike, n_steps_in: int, n_steps_out: int
) -> tuple[Array, Array]:
    """Cut ``sequence`` into every window that fits.

    >>> X, y = split_sequence([10, 20, 30, 40, 50, 60], n_steps_in=3, n_steps_out=2)
    >>> X
    array([[10., 20., 30.],
           [20., 30., 40.]])
    >>> y
    array([[40., 50.],
           [50., 60.]])

    Args:
        sequence: one-dimensional, oldest value first.
        n_steps_in: past steps in a window.
        n_steps_out: next steps in its answer.

    Returns:
        X of shape (n_windows, n_steps_in) and y of shape (n_windows, n_steps_out), copies of the
        values; with no rows when not a single window fits.

    Raises:
        ConfigError: a length is below 1, or ``sequence`` is not one-dimensional.
    """
    values = np.asarray(sequence, dtype=float)
    if values.ndim != 1:
        raise ConfigError(
            "Windows are cut from one series at a time.",
            expected="a one-dimensional sequence",
            received=f"an array of shape {values.shape}",
        )
    if n_steps_in < 1 or n_steps_out < 1:
        raise ConfigError(
            "A window has at least one step on each side.",
            expected="n_steps_in and n_steps_out of 1 or more",
            received=f"n_steps_in={n_steps_in!r}, n_steps_out={n_steps_out!r}",
        )
    if count_windows(len(values), n_steps_in, n_steps_out) == 0:
        return np.empty((0, n_steps_in)), np.empty((0, n_steps_out))
    both = np.lib.stride_tricks.sliding_window_view(values, n_steps_in + n_steps_out)
    return both[:, :n_steps_in].copy(), both[:, n_steps_in:].copy()


def count_windows(n_rows: int, n_steps_in: int, n_steps_out: int) -> int:
    """How many windows ``n_rows`` rows give.

    >>> count_windows(500, 30, 7)
    464
    """
    return max(n_rows - n_steps_in - n_steps_out + 1, 0)


@dataclass(frozen=True)
class Plan:
    """How many windows a run will have; known before anything is trained."""

    n_rows: int
    n_train: int  # training windows
    n_validation: int  # validation windows: the latest
    n_batches: int  # corrections of the weights an epoch
    n_rows_seen: int  # rows that the training windows contain; the scaler sees only these

    @property
    def n_windows(self) -> int:
        return self.n_train + self.n_validation


def fitting(n_rows: int, config: Config) -> Config | None:
    """The nearest settings with which most of so few rows begin a window to train on; None: none.

    Smaller batches are tried first, then fewer past steps, then a shorter horizon.
    """
    window, batch = config.window, config.train.batch_size
    for n_out in (window.n_steps_out, *(n for n in (7, 3, 1) if n < window.n_steps_out)):
        for n_in in (window.n_steps_in, *(n for n in (20, 10, 5, 3) if n < window.n_steps_in)):
            for size in (batch, *(n for n in (16, 8, 4) if n < batch)):
                fits = config.but(n_steps_out=n_out, n_steps_in=n_in, batch_size=size)
                try:
                    n_train = plan(n_rows, fits).n_train
                except ConfigError:
                    continue
                if n_train >= min(n_rows, config.data.n_rows or n_rows) / 2:
                    return fits
    return None


def rows_for(n_steps_in: int, n_steps_out: int, validation_split: float) -> int:
    """How many rows give validation windows that count as ``ENOUGH_TESTS`` separate ones.

    >>> rows_for(48, 24, 0.1)
    1271
    """
    n_windows = math.ceil(ENOUGH_TESTS * n_steps_out / validation_split)
    return n_windows + n_steps_in + n_steps_out - 1


def plan(n_rows: int, config: Config) -> Plan:
    """Count the windows of a run on a series of ``n_rows`` rows, before ``data.n_rows`` is taken.

    The split is that of Keras' ``validation_split``: 500 rows give 464 windows, and of them
    ``floor(464 · 0.9)`` = 417 for training and 47 for validation.

    Raises:
        ConfigError: the settings leave no window to train on or none to check with, or a batch
            is larger than the training part.
    """
    window, train = config.window, config.train
    rows = min(n_rows, config.data.n_rows or n_rows)
    n_windows = count_windows(rows, config.n_rows_in, window.n_steps_out)
    needed = config.n_rows_in + window.n_steps_out + 1
    if n_windows < 2:
        raise ConfigError(
            f"{rows:,} rows are too few for windows of {window.n_steps_in} past and "
            f"{window.n_steps_out} future steps.",
            expected=f"at least {needed:,} rows",
            received=f"{rows:,} rows",
            fix="Use more rows, or fewer past steps.",
        )
    n_train = math.floor(n_windows * (1 - window.validation_split))
    if n_train < 1 or n_train == n_windows:
        raise ConfigError(
            f"{n_windows} windows cannot be split into training and validation.",
            expected="at least one window on each side",
            received=f"{n_train} for training and {n_windows - n_train} for validation",
            fix="Use more rows, or another validation share.",
        )
    if train.batch_size > n_train:
        raise ConfigError(
            "The batch is larger than the training part.",
            expected=f"a batch size of at most {n_train:,}",
            received=f"{train.batch_size:,}",
            fix="Lower the batch size, or use more rows.",
        )
    return Plan(
        n_rows=rows,
        n_train=n_train,
        n_validation=n_windows - n_train,
        n_batches=math.ceil(n_train / train.batch_size),
        n_rows_seen=n_train + config.n_rows_in + window.n_steps_out - 1,
    )


@dataclass(frozen=True)
class Windows:
    """What a network is trained on: scaled windows in two parts, and the scaler to come back."""

    X_train: Float32  # (n_train, n_steps_in, n_features)
    y_train: Float32  # (n_train, n_steps_out)
    X_validation: Float32
    y_validation: Float32
    scaler: Scaler
    plan: Plan
    last: Array  # (n_validation,): the last known value of each validation window, in the unit
    actual: Array  # (n_validation, n_steps_out): what followed, in the unit of the series

    def in_unit(self, predicted: npt.NDArray[Any]) -> Array:
        """Answers to the validation windows, scaled, brought back to the unit of the series."""
        return self.scaler.restore(predicted.astype(float), self.last)


def checked(rows: Rows, config: Config) -> Rows:
    """The rows of a run, checked before it begins.

    Raises:
        ConfigError: as ``plan``, or the inputs are not those of the settings.
        DataError: the target is not a clean series, or an input is still in the training rows.
    """
    rows = inputs.check(rows, config)
    counts = plan(len(rows), config)
    inputs.refuse_still(rows.iloc[-counts.n_rows :].iloc[: counts.n_rows_seen], config)
    return rows


def cycle_of(series: pd.Series, config: Config) -> str:
    """The cycle whose features the network sees, if the settings ask for it and it is there.

    It is looked for in the rows that the training windows contain, and in no others.
    """
    if not config.data.calendar:
        return ""
    counts = plan(len(series), config)
    seen = series.iloc[-counts.n_rows :].iloc[: counts.n_rows_seen]
    return seasonal.cycle(seen.to_numpy(dtype="float64"), seen.index)


def n_features(series: pd.Series, config: Config) -> int:
    """How many values of each step the network sees.

    Raises:
        ConfigError: as ``plan``, where the settings ask for the calendar.
    """
    calendar = seasonal.N_FEATURES if cycle_of(series, config) else 0
    return 1 + len(config.data.inputs) + calendar


def features(rows: Rows, cycle: str) -> Array:
    """What the network sees of each row, before scaling: shape (n_rows, n_features).

    The target comes first, then the inputs, then the calendar's columns where there is a ``cycle``.
    An input that is not known yet is NaN.
    """
    columns = rows.to_numpy(dtype="float64").reshape(len(rows), -1)
    return np.concatenate([columns, seasonal.features(rows.index, cycle)], axis=1)


def cut(rows: Array, n_rows: int) -> Array:
    """Every window of ``n_rows`` rows: (n, n_rows, n_features); a view, not to be written to.

    >>> cut(np.array([[1.0], [2.0], [3.0]]), 2)[..., 0]
    array([[1., 2.],
           [2., 3.]])
    """
    view: Array = np.lib.stride_tricks.sliding_window_view(rows, n_rows, axis=0)
    return np.swapaxes(view, 1, 2)


def windows_of(rows: Rows, config: Config) -> Windows:
    """The windows of a run, with the calendar's features where they are asked for and found.

    Args:
        rows: the series, or with its inputs (see ``inputs.join``).

    Raises:
        ConfigError: as ``plan``.
    """
    cycle = cycle_of(inputs.target(rows), config)
    made = make_windows(features(rows, cycle), config)
    return replace(made, scaler=replace(made.scaler, cycle=cycle))


def make_windows(values: Array, config: Config) -> Windows:
    """Take the recent rows of ``values``, scale them by the training part, cut and split them.

    Args:
        values: shape (n_rows,) or (n_rows, n_features), as ``features`` gives them; not changed.

    Raises:
        ConfigError: as ``plan``.
    """
    counts = plan(len(values), config)
    window = config.window
    recent = values.reshape(len(values), -1)[-counts.n_rows :]
    n_scaled = 1 + len(config.data.inputs)
    scaler = scaling.fit(config.data.scaler, recent[: counts.n_rows_seen, :n_scaled])
    scaled = scaler.transform(recent)
    X = cut(scaled, window.n_steps_in)[: counts.n_windows].astype(np.float32)
    past, actual = split_sequence(recent[:, 0], config.n_rows_in, window.n_steps_out)
    last = past[:, -1]
    y = scaler.answers(actual, last).astype(np.float32)
    n = counts.n_train
    return Windows(X[:n], y[:n], X[n:], y[n:], scaler, counts, last[n:], actual[n:])
