"""What a run writes down after each epoch."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.scaling import Scaler

Weights = list[npt.NDArray[Any]]  # one float32 array a variable, in Keras' order


@dataclass(frozen=True)
class EpochMetrics:
    """One epoch's figures; losses are those of the scaled windows, as Keras reports them.

    The last three are NaN and empty in runs that were written before they were kept.
    """

    epoch: int  # 1 for the first
    loss: float  # mean over the training windows, while the weights were changing
    val_loss: float  # mean over the validation windows, at the end of the epoch
    accuracy: float  # share of training windows whose highest step was picked right (0 to 1)
    val_accuracy: float
    seconds: float  # how long this epoch took
    ended: float = 0.0  # when it ended: seconds since 1970, by the worker's clock
    val_error: float = math.nan  # MAE on the validation windows, in the unit of the series
    val_direction: float = math.nan  # share of them whose last step went up or down as predicted
    preview: tuple[float, ...] = ()  # the forecast of the latest one, in the unit of the series

    @property
    def finite(self) -> bool:
        """False once training has diverged."""
        return math.isfinite(self.loss) and math.isfinite(self.val_loss)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> EpochMetrics:
        return cls(**{**values, "preview": tuple(values.get("preview", ()))})


@dataclass(frozen=True)
class Outlook:
    """What a trained network says, in the user's unit: its own word, before any gate."""

    next_steps: npt.NDArray[np.float64]  # (n_steps_out,): after the last known row
    validation: npt.NDArray[np.float64]  # (n, n_steps_out): for the latest n validation windows


@dataclass(frozen=True)
class TrainingState:
    """All that training needs to go on after an epoch as if nothing had happened."""

    epoch: int  # the last one done
    variables: Weights = field(repr=False)  # the network's and the optimiser's
    best_epoch: int
    best_weights: Weights = field(repr=False)
    patient_since: int = 0  # epochs up to this one do not count against early stopping

    def pack(self) -> bytes:
        """As the bytes of a NumPy archive: how it travels and how it is stored."""
        numbers = [self.epoch, self.best_epoch, len(self.variables), self.patient_since]
        head = np.array(numbers)
        return pack([head, *self.variables, *self.best_weights])

    @classmethod
    def unpack(cls, content: bytes) -> TrainingState:
        """The inverse of ``pack``.

        Raises:
            ValueError: ``content`` is not such an archive, or only a part of one.
        """
        head, *arrays = unpack(content)
        epoch, best_epoch, n_variables, *more = (int(number) for number in head)
        return cls(epoch, arrays[:n_variables], best_epoch, arrays[n_variables:], *more)


@dataclass(frozen=True)
class Trained:
    """One network at its end, before what it says is asked for."""

    weights: Weights = field(repr=False)  # to forecast with; none where nothing usable was learnt
    best_epoch: int = 0
    state: TrainingState | None = field(default=None, repr=False)  # to go on from
    diverged: bool = False
    complete: bool = True  # False where more epochs are to come


@dataclass(frozen=True)
class Result:
    """What a worker gives back when a run ends, for whatever reason."""

    weights: Weights = field(
        repr=False
    )  # to forecast with; of several networks one after the other
    scaler: Scaler
    outlook: Outlook = field(repr=False)
    best_epoch: int
    state: TrainingState | None = field(repr=False)  # to go on from; None where that is no use
    diverged: bool = False
    gate: float = 1.0  # how far the forecast follows the network away from the last value
    model: bytes = field(default=b"", repr=False)  # the whole run as a .keras file


def pack(arrays: Weights) -> bytes:
    """Arrays as the bytes of a NumPy archive."""
    buffer = io.BytesIO()
    np.savez(buffer, *arrays)
    return buffer.getvalue()


def unpack(content: bytes) -> Weights:
    """The inverse of ``pack``.

    Raises:
        ValueError: ``content`` is not such an archive, or only a part of one.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return [archive[f"arr_{i}"] for i in range(len(archive.files))]
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise ValueError(f"not a whole archive of arrays: {error}") from error


class BestEpoch:
    """Watches the validation loss; knows the best epoch and when patience has run out.

    >>> watch = BestEpoch(patience=2)
    >>> [watch.update(epoch, loss) for epoch, loss in enumerate([0.5, 0.4, 0.6, 0.7], start=1)]
    [True, True, False, False]
    >>> watch.epoch, watch.exhausted
    (2, True)
    """

    def __init__(self, patience: int | None = None) -> None:
        self.patience = patience
        self.epoch = 0
        self.val_loss = math.inf
        self.latest = 0
        self.since = 0  # epochs up to this one do not count

    def update(self, epoch: int, val_loss: float) -> bool:
        """Take in one epoch; True when it is the best so far (NaN never is)."""
        self.latest = epoch
        if val_loss < self.val_loss:
            self.epoch, self.val_loss = epoch, val_loss
            return True
        return False

    @property
    def exhausted(self) -> bool:
        """True when ``patience`` epochs in a row brought nothing better."""
        waited = self.latest - max(self.epoch, self.since)
        return self.patience is not None and waited >= self.patience
