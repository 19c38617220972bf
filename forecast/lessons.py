"""The numbers behind the lessons on windows, on who sees what, and on epochs and batches.

All of them follow from the number of rows and the settings, as ``windows.plan`` counts them.
Rows are counted from 0 within the rows that a run would use; spans are half-open, as in Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from forecast import scaling, thinning, windows
from forecast.config import Config
from forecast.scaling import Array, Scaler

MOST_FRAMES = 500  # windows that an animation shows
MOST_VALUES = 8_000  # numbers that are sent for it
MOST_DRAWN = 1_200  # points of the series behind it

Span = tuple[int, int]  # from the first row up to, not including, the second


@dataclass(frozen=True)
class Slide:
    """Windows to be shown one after another, and the rows that they are made of."""

    n_rows: int  # that a run uses
    n_in: int  # rows in the question
    n_out: int  # rows in the answer
    n_windows: int  # all there are
    n_train: int  # of them for training: the earliest
    starts: tuple[int, ...]  # the first row of each window shown; window k starts at row k
    rows: tuple[int, ...] = field(repr=False)  # all rows that the windows shown contain
    values: Array = field(repr=False)  # of those rows, in the unit

    @property
    def thinned(self) -> bool:
        """Whether some windows are left out."""
        return len(self.starts) < self.n_windows

    @property
    def offsets(self) -> tuple[int, ...]:
        """Where in ``rows`` each window shown begins; its rows follow without a gap."""
        return tuple(np.searchsorted(self.rows, self.starts).tolist())


def slide(series: pd.Series, config: Config) -> Slide:
    """The windows of a run, evenly thinned where they are many.

    >>> four = pd.Series([10.0, 20, 30, 40, 50, 60])
    >>> shown = slide(four, Config().but(scaler="none", n_steps_in=3, n_steps_out=1, batch_size=1))
    >>> shown.n_windows, shown.starts, shown.rows
    (3, (0, 1, 2), (0, 1, 2, 3, 4, 5))

    Raises:
        ConfigError: as ``windows.plan``.
    """
    counts = windows.plan(len(series), config)
    n_in, n_out = config.n_rows_in, config.window.n_steps_out
    # Windows shown one after another share their rows; those thinned out may have none in common.
    most = MOST_FRAMES
    if counts.n_rows > MOST_VALUES:
        most = min(most, max(MOST_VALUES // (n_in + n_out), 2))
    starts = thinning.evenly(counts.n_windows, most)
    rows = np.unique(starts[:, None] + np.arange(n_in + n_out))
    recent = series.to_numpy(dtype="float64")[-counts.n_rows :]
    return Slide(
        n_rows=counts.n_rows,
        n_in=n_in,
        n_out=n_out,
        n_windows=counts.n_windows,
        n_train=counts.n_train,
        starts=tuple(starts.tolist()),
        rows=tuple(rows.tolist()),
        values=recent[rows],
    )


@dataclass(frozen=True)
class Sight:
    """Which rows are shown to whom, and what the scaler makes of those it is shown."""

    n_rows: int
    n_out: int
    n_train: int  # windows
    n_validation: int
    trained: Span  # rows in training windows: the network learns from them, the scaler is fitted
    asked: Span  # rows in the questions of the validation windows
    answered: Span  # rows in their answers
    scaler: Scaler
    leaky: Scaler  # as it would be if it had been shown every row

    @property
    def unseen(self) -> Span:
        """Rows that no training window contains."""
        return self.trained[1], self.n_rows

    @property
    def shared(self) -> int:
        """Rows that are an answer both in training and in validation: the windows overlap."""
        return max(self.trained[1] - self.answered[0], 0)

    @property
    def reread(self) -> int:
        """Rows of validation questions that training windows contain too: the latest known then."""
        return max(min(self.trained[1], self.asked[1]) - self.asked[0], 0)

    @property
    def leaks(self) -> bool:
        """Whether the scaler would have learnt something from the rows it must not see."""
        return (self.scaler.center, self.scaler.scale) != (self.leaky.center, self.leaky.scale)


def sight(series: pd.Series, config: Config) -> Sight:
    """Who sees which rows.

    Raises:
        ConfigError: as ``windows.plan``.
    """
    counts = windows.plan(len(series), config)
    values = series.to_numpy(dtype="float64")[-counts.n_rows :, None]
    n_in, n_out = config.n_rows_in, config.window.n_steps_out
    first = counts.n_train  # the first validation window begins at the row of its number
    return Sight(
        n_rows=counts.n_rows,
        n_out=n_out,
        n_train=counts.n_train,
        n_validation=counts.n_validation,
        trained=(0, counts.n_rows_seen),
        asked=(first, first + counts.n_validation + n_in - 1),
        answered=(first + n_in, counts.n_rows),
        scaler=scaling.fit(config.data.scaler, values[: counts.n_rows_seen]),
        leaky=scaling.fit(config.data.scaler, values),
    )


@dataclass(frozen=True)
class Batches:
    """An epoch, cut into batches; the weights are corrected once after each."""

    n_train: int  # windows in an epoch
    size: int  # windows in a batch
    n: int  # batches, and so corrections, an epoch
    epochs: int  # as set; fewer where it may stop early
    may_stop: bool
    n_networks: int = 1  # each is trained so, from another seed

    @property
    def last(self) -> int:
        """Windows in the last batch, which takes what is left."""
        return self.n_train - (self.n - 1) * self.size

    @property
    def corrections(self) -> int:
        """In the whole run, at the most."""
        return self.n * self.epochs * self.n_networks

    @property
    def sizes(self) -> tuple[int, ...]:
        """Windows in each batch of an epoch."""
        return (*[self.size] * (self.n - 1), self.last)


def batches(n_rows: int, config: Config) -> Batches:
    """How a run's training goes, counted in batches.

    >>> found = batches(500, Config())
    >>> found.n_train, found.n, found.last, found.corrections
    (417, 14, 27, 2100)

    Raises:
        ConfigError: as ``windows.plan``.
    """
    counts, train = windows.plan(n_rows, config), config.train
    return Batches(
        n_train=counts.n_train,
        size=train.batch_size,
        n=counts.n_batches,
        epochs=train.epochs,
        may_stop=train.patience is not None,
        n_networks=train.n_networks,
    )
