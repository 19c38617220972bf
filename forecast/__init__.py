"""Forecast Studio without a screen: read a series, train an LSTM, forecast, and judge it.

``import forecast`` is cheap: what needs TensorFlow (``train``, ``fit`` and ``Run.forecast`` with a
new history) imports it when it is first called.

The words used here, in the code, on the screen and in the files, stand in ``GLOSSARY``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forecast import inputs as columns
from forecast import presets, threads
from forecast.config import Config, DataConfig, ModelConfig, TrainConfig, WindowConfig
from forecast.errors import (
    ConfigError,
    DataError,
    EngineError,
    ForecastError,
    RunError,
    SourceError,
)
from forecast.glossary import GLOSSARY
from forecast.history import EpochMetrics
from forecast.reading import Answers, Reading, read
from forecast.runs import Run
from forecast.windows import split_sequence

if TYPE_CHECKING:
    import pandas as pd


def train(
    series: pd.Series, config: Config, inputs: pd.DataFrame | None = None
) -> Iterator[EpochMetrics]:
    """Train on ``series`` and yield each epoch's figures as soon as they are known.

    Args:
        inputs: a table with the columns that ``config.data.inputs`` names, by the same dates.

    Raises:
        ConfigError: the settings do not fit the number of rows.
        DataError: the series has gaps, is unsorted or holds no numbers; or an input is not there.
    """
    threads.keep_to_one()
    from forecast import training

    yield from training.train(columns.join(series, inputs, config), config)


def fit(series: pd.Series, config: Config, inputs: pd.DataFrame | None = None) -> Run:
    """Train on ``series`` to the end.

    Args:
        inputs: as ``train``.

    Raises:
        ConfigError, DataError: as ``train``.
    """
    threads.keep_to_one()
    from forecast import training

    return training.fit(columns.join(series, inputs, config), config)


__all__ = [
    "GLOSSARY",
    "Answers",
    "Config",
    "ConfigError",
    "DataConfig",
    "DataError",
    "EngineError",
    "EpochMetrics",
    "ForecastError",
    "ModelConfig",
    "Reading",
    "Run",
    "RunError",
    "SourceError",
    "TrainConfig",
    "WindowConfig",
    "fit",
    "presets",
    "read",
    "split_sequence",
    "train",
]
