"""All settings of a run, validated when they are made.

``Config`` gathers four small parts, in the order of the way through the house: which rows
(``DataConfig``), which windows (``WindowConfig``), which network (``ModelConfig``) and how it
learns (``TrainConfig``). Each part checks itself; what only the number of rows can tell is checked
by ``windows.plan``.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import numpy as np

from forecast.errors import ConfigError

SCALERS = ("change", "minmax", "standard", "robust", "none")
LOSSES = ("mse", "mae", "rmse", "huber")
OPTIMIZERS = ("adam", "sgd", "rmsprop", "adamw")
ACTIVATIONS = ("tanh", "softsign", "relu", "sigmoid")
MAX_LAYERS = 8
MAX_INPUTS = 8
MAX_NETWORKS = 10
MAX_SEED = 2**31 - 1


@dataclass(frozen=True)
class DataConfig:
    """Which rows are used and how they are scaled."""

    n_rows: int | None = 500  # the most recent rows; None: all of them
    scaler: str = "minmax"  # fitted on the rows that the training windows contain, and no others
    calendar: bool = False  # where a season is found, the network sees each past step's point in it
    inputs: tuple[str, ...] = ()  # further columns whose past steps the network sees, by name

    def __post_init__(self) -> None:
        if self.n_rows is not None:
            _whole("n_rows", self.n_rows, 1, 10_000_000)
        _one_of("scaler", self.scaler, SCALERS)
        object.__setattr__(self, "inputs", _names(self.inputs))


@dataclass(frozen=True)
class WindowConfig:
    """How the series is cut into questions (past steps) and answers (next steps)."""

    n_steps_in: int = 30  # past steps the network sees
    n_steps_out: int = 7  # steps it predicts: the horizon
    validation_split: float = 0.1  # share of the windows, the latest, kept out of training

    def __post_init__(self) -> None:
        _whole("n_steps_in", self.n_steps_in, 1, 2_000)
        _whole("n_steps_out", self.n_steps_out, 1, 366)
        _between("validation_split", self.validation_split, 0.01, 0.5)


@dataclass(frozen=True)
class ModelConfig:
    """The network: LSTM layers one on another, then one dense layer with n_steps_out numbers."""

    units: tuple[int, ...] = (30,)  # one entry a layer
    activation: str = "tanh"  # of the LSTM's cell input and output; gates stay sigmoid
    skip: bool = False  # a linear way past the LSTM, from the window straight to the answer

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", tuple(self.units))
        if not 1 <= len(self.units) <= MAX_LAYERS:
            raise ConfigError(
                "The network cannot have that many layers.",
                expected=f"1 to {MAX_LAYERS} layers",
                received=f"{len(self.units)}",
                fix="Change the number of layers.",
            )
        for units in self.units:
            _whole("units", units, 1, 512)
        _one_of("activation", self.activation, ACTIVATIONS)


@dataclass(frozen=True)
class TrainConfig:
    """How the network learns."""

    epochs: int = 150  # passes over the training windows
    batch_size: int = 30  # windows between two corrections of the weights
    learning_rate: float = 0.001  # size of a correction
    loss: str = "mse"
    optimizer: str = "adam"
    patience: int | None = None  # epochs without a better validation loss before stopping early
    average_weights: bool = False  # check and forecast with a running mean of the weights
    restore_best: bool = False  # forecast with the best epoch's weights, the start's among them
    gate: bool = False  # step away from the last value only as far as the validation part allows
    shuffle: bool = True  # the order of the training windows is drawn anew for each epoch
    seed: int = 7  # of the first weights and of the order
    n_networks: int = 1  # that differ by their seed alone; the forecast is the mean of theirs

    def __post_init__(self) -> None:
        _whole("epochs", self.epochs, 1, 100_000)
        _whole("batch_size", self.batch_size, 1, 100_000)
        _between("learning_rate", self.learning_rate, 1e-7, 10.0)
        _one_of("loss", self.loss, LOSSES)
        _one_of("optimizer", self.optimizer, OPTIMIZERS)
        if self.patience is not None:
            _whole("patience", self.patience, 1, 100_000)
        _whole("seed", self.seed, 0, MAX_SEED)
        _whole("n_networks", self.n_networks, 1, MAX_NETWORKS)


@dataclass(frozen=True)
class Config:
    """Everything that decides how a run goes, apart from the data."""

    data: DataConfig = field(default_factory=DataConfig)
    window: WindowConfig = field(default_factory=WindowConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    preset: str = "Classic"  # where the settings started from; a label, it changes nothing

    def to_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Config:
        """The inverse of ``to_dict``.

        Raises:
            ConfigError: a part is missing, unknown or out of range.
        """
        try:
            return cls(
                data=DataConfig(**values["data"]),
                window=WindowConfig(**values["window"]),
                model=ModelConfig(**values["model"]),
                train=TrainConfig(**values["train"]),
                preset=str(values.get("preset", "")),
            )
        except (KeyError, TypeError) as error:
            raise ConfigError(
                "These settings were not written by this version of the app.",
                expected="the parts data, window, model and train",
                received=f"{error}",
            ) from error

    def but(self, **changes: Any) -> Config:
        """The same settings with some fields changed, each by its own name.

        >>> Config().but(epochs=20, n_steps_in=12).train.epochs
        20

        Raises:
            ConfigError: no part has a field of that name, or the value is out of range.
        """
        parts: dict[str, Any] = {}
        for name, value in changes.items():
            if name == "preset":
                parts["preset"] = value
                continue
            part = _PART_OF.get(name)
            if part is None:
                raise ConfigError(
                    "There is no such setting.", expected=", ".join(_PART_OF), received=name
                )
            parts.setdefault(part, {})[name] = value
        return replace(
            self,
            **{
                part: replace(getattr(self, part), **given) if part != "preset" else given
                for part, given in parts.items()
            },
        )

    @property
    def networks(self) -> tuple[Config, ...]:
        """The settings of each network by itself: seed, seed + 1 and so on.

        >>> [one.train.seed for one in Config().but(n_networks=3).networks]
        [7, 8, 9]
        """
        seed, n = self.train.seed, self.train.n_networks
        return tuple(self.but(seed=(seed + i) % (MAX_SEED + 1), n_networks=1) for i in range(n))

    @property
    def n_rows_in(self) -> int:
        """Rows that the past of one window covers: n_steps_in changes lie between one row more."""
        return self.window.n_steps_in + (self.data.scaler == "change")

    @property
    def kind(self) -> tuple[Any, ...]:
        """What two runs must share to use the same compiled program; sizes of data aside."""
        window, train = self.window, self.train
        return (
            window.n_steps_in,
            window.n_steps_out,
            self.model,
            self.data.calendar,
            len(self.data.inputs),
            train.loss,
            train.optimizer,
            train.average_weights,
            train.batch_size,
        )

    def value(self, name: str) -> Any:
        """The value of one setting by its own name."""
        return getattr(getattr(self, _PART_OF[name]), name)


_PART_OF = {
    field.name: part
    for part, cls in (
        ("data", DataConfig),
        ("window", WindowConfig),
        ("model", ModelConfig),
        ("train", TrainConfig),
    )
    for field in fields(cls)
}
SETTINGS = tuple(_PART_OF)


def _names(given: object) -> tuple[str, ...]:
    """Names of columns: at most ``MAX_INPUTS``, none of them twice."""
    names = tuple(given) if isinstance(given, tuple | list) else (None,)
    sound = all(isinstance(name, str) and name for name in names)
    if not sound or len(set(names)) < len(names) or len(names) > MAX_INPUTS:
        raise ConfigError(
            "These cannot be the further inputs.",
            expected=f"the names of at most {MAX_INPUTS} columns, each once",
            received=f"inputs={given!r}",
            fix="Choose other columns.",
        )
    return names


def _whole(name: str, value: object, low: int, high: int) -> None:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | np.integer)
        or not low <= value <= high
    ):
        raise ConfigError(
            f"The setting {name} is out of range.",
            expected=f"a whole number from {low:,} to {high:,}",
            received=f"{name}={value!r}",
        )


def _between(name: str, value: float, low: float, high: float) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not low <= value <= high:
        raise ConfigError(
            f"The setting {name} is out of range.",
            expected=f"a number from {low:g} to {high:g}",
            received=f"{name}={value!r}",
        )


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ConfigError(
            f"The setting {name} is not one of those on offer.",
            expected=" or ".join(allowed),
            received=f"{name}={value!r}",
        )
