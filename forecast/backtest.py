"""A backtest: what would have been said at past origins, held against what came.

An origin is a moment at the end of the series, named by the number of rows known then. With
20 rows, a horizon of 2 and a stride of 3, four origins are::

    rows       0 1 2 3 4 5 6 7 8 | 9 10 | …
    origins    9, 12, 15, 18              each knows the rows before it
    answers    9 10, 12 13, 15 16, 18 19  the last one ends with the series

A fold is one training and the origins that it answers: trained on the rows before its first origin,
and never on a later one. Without refitting there is one fold.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import baselines, folders, metrics, seasons, windows
from forecast.config import Config
from forecast.errors import ConfigError, ForecastError
from forecast.history import pack, unpack
from forecast.inputs import Rows
from forecast.scaling import Array

NETWORK = "Network"
FEWEST_ORIGINS, MOST_ORIGINS, MOST_SEEDS = 20, 200, 5


@dataclass(frozen=True)
class BacktestConfig:
    """How a backtest goes."""

    n_origins: int = 60
    stride: int = 3  # rows from one origin to the next
    refit_every: int | None = None  # origins between two trainings; None: trained once
    n_seeds: int = 1  # networks that differ in their seed alone, to see how much is luck
    models: tuple[str, ...] = baselines.NAMES  # to compare with; the naive one is always there

    def __post_init__(self) -> None:
        _within("n_origins", self.n_origins, FEWEST_ORIGINS, MOST_ORIGINS)
        _within("stride", self.stride, 1, 366)
        _within("n_seeds", self.n_seeds, 1, MOST_SEEDS)
        if self.refit_every is not None:
            _within("refit_every", self.refit_every, 1, MOST_ORIGINS)
        for name in set(self.models) - set(baselines.NAMES):
            raise ConfigError(
                "There is no such baseline.", expected=", ".join(baselines.NAMES), received=name
            )
        chosen = tuple(n for n in baselines.NAMES if n in self.models or n == baselines.NAIVE)
        object.__setattr__(self, "models", chosen)


def _within(name: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ConfigError(
            f"The setting {name} of the backtest is out of range.",
            expected=f"a whole number from {low:,} to {high:,}",
            received=f"{name}={value!r}",
        )


@dataclass(frozen=True)
class Fold:
    """One training and the origins that it answers, in rows of the series."""

    first_row: int  # of the training rows, which end before the first origin
    origins: tuple[int, ...]

    @property
    def n_train(self) -> int:
        """Training rows."""
        return self.origins[0] - self.first_row

    def cut(self, rows: Rows, n_steps_out: int) -> tuple[Rows, Fold]:
        """The rows that this fold needs, and the fold in rows of those."""
        part = rows.iloc[self.first_row : self.origins[-1] + n_steps_out]
        return part, Fold(0, tuple(origin - self.first_row for origin in self.origins))


def plan(n_rows: int, config: Config, backtest: BacktestConfig) -> list[Fold]:
    """The folds of a backtest on a series of ``n_rows`` rows.

    Each is trained on the ``config.data.n_rows`` rows before its first origin, or on what there is.

    >>> folds = plan(1_000, Config(), BacktestConfig(n_origins=20, stride=3, refit_every=10))
    >>> [(fold.first_row, fold.n_train, fold.origins[0], fold.origins[-1]) for fold in folds]
    [(436, 500, 936, 963), (466, 500, 966, 993)]

    Raises:
        ConfigError: too few rows are left to train on before the first origin.
    """
    last = n_rows - config.window.n_steps_out
    origins = [last - backtest.stride * i for i in reversed(range(backtest.n_origins))]
    size = backtest.refit_every or backtest.n_origins
    wanted = config.data.n_rows or n_rows
    folds = [
        Fold(max(0, part[0] - wanted), tuple(part))
        for part in (origins[i : i + size] for i in range(0, len(origins), size))
    ]
    try:
        windows.plan(max(folds[0].n_train, 0), config)
    except ConfigError as error:
        raise ConfigError(
            f"{backtest.n_origins} origins leave too few rows to train on before the first one.",
            expected=error.parts()["expected"],
            received=f"{max(origins[0], 0):,} rows before the first origin",
            fix="Choose fewer origins or a smaller stride, or load more rows.",
        ) from error
    return folds


def made_to_fit(n_rows: int, config: Config) -> Config:
    """The settings as they are where so few rows are enough for them, else the nearest that fit.

    If it can be, with rows left for the smallest test and with the same horizon.

    >>> made_to_fit(60, Config()).window.n_steps_in, made_to_fit(500, Config()) == Config()
    (5, True)
    """
    try:
        windows.plan(n_rows, config)
    except ConfigError:
        return with_room_for_a_test(n_rows, config) or windows.fitting(n_rows, config) or config
    return config


def with_room_for_a_test(n_rows: int, config: Config) -> Config | None:
    """The nearest settings with which the smallest test fits into the rows; None if none do."""
    n_steps_out = config.window.n_steps_out
    fits = windows.fitting(n_rows - n_steps_out - FEWEST_ORIGINS, config)
    return fits if fits and fits.window.n_steps_out == n_steps_out else None


@dataclass(frozen=True)
class Backtest:
    """What was said at each origin, and what came; all in the unit of the series."""

    config: Config  # of the networks
    plan: BacktestConfig
    origins: npt.NDArray[np.int64]  # (n_origins,): rows known at each
    actual: Array = field(repr=False)  # (n_origins, n_steps_out)
    last: Array = field(repr=False)  # (n_origins,): the last value known at each
    network: Array = field(repr=False)  # (n_seeds, n_origins, n_steps_out)
    baselines: dict[str, Array] = field(repr=False)  # name → (n_origins, n_steps_out)
    season: int = 1  # rows in a season, as found before the first origin
    scale: float = float("nan")  # mean |y_t − y_{t − season}| before the first origin, for MASE
    n_train: int = 0  # rows that the first network was trained on
    seconds: float = 0.0  # from start to end
    created: str = ""
    # What each baseline says of the steps after the last row: name → (n_steps_out,). Of older
    # backtests that is not known.
    ahead: dict[str, Array] = field(default_factory=dict, repr=False)

    @property
    def predictions(self) -> dict[str, Array]:
        """Each model's forecasts; the network's are those of the first seed, the run's own."""
        return {NETWORK: self.network[0], **self.baselines}

    @property
    def residuals(self) -> dict[str, Array]:
        """actual − predicted, each of shape (n_origins, n_steps_out)."""
        return {name: self.actual - predicted for name, predicted in self.predictions.items()}

    def targets(self, index: pd.Index) -> pd.Index:
        """The dates (or row numbers) that the forecasts were for, origin by origin.

        Args:
            index: that of the series.
        """
        n_steps_out = self.actual.shape[1]
        return index[(self.origins[:, None] + np.arange(n_steps_out)).ravel()]

    def table(self, index: pd.Index) -> pd.DataFrame:
        """All forecasts: one row an origin and step, one column a model."""
        n_origins, n_steps_out = self.actual.shape
        every_seed = {f"{NETWORK}, seed {i + 1}": said for i, said in enumerate(self.network)}
        said = self.predictions if len(self.network) == 1 else {**every_seed, **self.baselines}
        return pd.DataFrame(
            {
                "origin": np.repeat(index[self.origins - 1], n_steps_out),
                "step": np.tile(np.arange(1, n_steps_out + 1), n_origins),
                "date": self.targets(index),
                "actual": self.actual.ravel(),
                **{name: predicted.ravel() for name, predicted in said.items()},
            }
        )

    def save(self, folder: Path) -> None:
        """Write backtest.npz and backtest.json into a run's folder, the second one last."""
        arrays = [self.origins, self.actual, self.last, self.network, *self.baselines.values()]
        folders.write_file(folder / "backtest.npz", pack([*arrays, *self.ahead.values()]))
        head = {
            "config": self.config.to_dict(),
            "plan": asdict(self.plan),
            "baselines": list(self.baselines),
            "ahead": list(self.ahead),
            **{name: getattr(self, name) for name in _PLAIN},
        }
        folders.write_file(folder / "backtest.json", json.dumps(head, indent=1).encode())

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a run's folder holds a finished backtest."""
        return (folder / "backtest.json").exists()

    @classmethod
    def load(cls, folder: Path) -> Backtest | None:
        """Read it back; None where there is none.

        Raises:
            RunError: it is damaged.
        """
        try:
            head: dict[str, Any] = json.loads((folder / "backtest.json").read_text("utf-8"))
            origins, actual, last, network, *others = unpack((folder / "backtest.npz").read_bytes())
            given = {**head["plan"], "models": tuple(head["plan"]["models"])}
            n = len(head["baselines"])
            return cls(
                Config.from_dict(head["config"]),
                BacktestConfig(**given),
                origins=origins,
                actual=actual,
                last=last,
                network=network,
                baselines=dict(zip(head["baselines"], others[:n], strict=True)),
                ahead=dict(zip(head.get("ahead", ()), others[n:], strict=True)),
                **{name: head[name] for name in _PLAIN},
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, ForecastError) as error:
            raise folders.damaged(folder, error) from error


_PLAIN = ("season", "scale", "n_train", "seconds", "created")


def gather(
    series: pd.Series,
    config: Config,
    backtest: BacktestConfig,
    said: dict[tuple[str, int], Array],
    ahead: dict[str, Array] | None = None,
) -> Backtest:
    """Put the forecasts of all models beside what came.

    Args:
        series: the whole series.
        said: (model, seed number) → shape (n_origins, n_steps_out); baselines have the number 0.
        ahead: what each baseline says of the steps after the last row.
    """
    folds = plan(len(series), config, backtest)
    values = series.to_numpy(dtype="float64")
    origins = np.array([origin for fold in folds for origin in fold.origins])
    train = values[folds[0].first_row : folds[0].origins[0]]
    season = season_of(series, folds[0])
    return Backtest(
        config=config,
        plan=backtest,
        origins=origins,
        actual=values[origins[:, None] + np.arange(config.window.n_steps_out)],
        last=values[origins - 1],
        network=np.stack([said[NETWORK, seed] for seed in range(backtest.n_seeds)]),
        baselines={name: said[name, 0] for name in backtest.models},
        season=season,
        scale=metrics.seasonal_step(train, season),
        n_train=folds[0].n_train,
        ahead=ahead or {},
    )


def season_of(series: pd.Series, fold: Fold) -> int:
    """Rows in a season, found in the training rows of a fold."""
    train = series.iloc[fold.first_row : fold.origins[0]]
    return seasons.find(train.to_numpy(dtype="float64"), train.index)


def seeded(config: Config, seed: int) -> Config:
    """The settings of the network with that number: the first keeps the run's own seed.

    Where a forecast is the mean of several networks, the next one takes the seeds after theirs.
    """
    seed = config.train.seed + seed * config.train.n_networks
    return replace(config, train=replace(config.train, seed=seed))


def met(index: pd.Index, stride: int) -> tuple[int, int]:
    """At how many places of a day or a week origins stand that are so many rows apart.

    Three rows apart in a week of six days they stand on two weekdays only, which may be the easy
    ones.

    Returns:
        Places that are met, and rows of that day or week; of the first of them that is not met
        throughout, else of the last. (1, 1) where the dates suggest neither.

    >>> days = pd.date_range("2024-01-01", periods=90)
    >>> met(days, 3), met(days[days.day_of_week != 6], 3), met(days[days.day_of_week != 6], 5)
    ((7, 7), (2, 6), (6, 6))
    """
    rows = seasons.candidates(index)
    day = pd.Timedelta(days=1)
    step = pd.Timedelta(pd.Series(index[1:] - index[:-1]).median()) if rows else day
    if step >= day:
        rows = rows[:1] if step < 2 * day else ()  # all others are a year
    places = [(season // gcd(stride, season), season) for season in rows] or [(1, 1)]
    return next((at for at in places if at[0] < at[1]), places[-1])
