"""The settings and data that are timed, and how a contender is asked for a time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from forecast import presets
from forecast.config import Config
from forecast.windows import Windows, make_windows

SECONDS_A_REPEAT = 1.0  # a repeat times as many epochs as fit, at least MIN_EPOCHS
MIN_EPOCHS = 3


@dataclass(frozen=True)
class Case:
    """A row of the table."""

    title: str
    n_rows: int
    changes: dict[str, Any]
    at_least: float  # against model.fit
    aim: float

    @property
    def config(self) -> Config:
        return presets.classic().but(epochs=100_000, **self.changes)


LONG = {"n_rows": 5_000, "n_steps_in": 60}
CASES = {
    "small": Case("500 rows, n_steps_in 30, batch 30, LSTM(30)", 500, {}, 6.5, 10),
    "deep": Case(
        "Classic deep (7 layers, softsign)",
        500,
        {"units": (30, 20, 20, 10, 10, 10, 10), "activation": "softsign"},
        6,
        10,
    ),
    "long": Case("5,000 rows, n_steps_in 60, batch 30, LSTM(30)", 5_000, LONG, 3, 5),
    "wide": Case(
        "5,000 rows, n_steps_in 60, batch 256, LSTM(64)",
        5_000,
        {**LONG, "batch_size": 256, "units": (64,)},
        1.4,
        2.5,
    ),
}


def walk(n_rows: int, seed: int = 0) -> pd.Series:
    """A price that walks at random, on business days."""
    steps = np.random.default_rng(seed).normal(0, 0.02, n_rows)
    days = pd.bdate_range(end="2020-07-31", periods=n_rows)
    return pd.Series(100 * np.exp(np.cumsum(steps)), index=days, name="Close")


def windows_of(case: Case) -> Windows:
    return make_windows(walk(case.n_rows).to_numpy(), case.config)


def seconds_an_epoch(epochs: Iterator[Any]) -> float:
    """The median time between two epochs' ends, over one repeat."""
    times: list[float] = []
    while sum(times) < SECONDS_A_REPEAT or len(times) < MIN_EPOCHS:
        start = time.perf_counter()
        next(epochs)
        times.append(time.perf_counter() - start)
    return median(times)


def answer(repeat: Callable[[], float]) -> None:
    """Be a contender: say a time for each line that is read, until there is none."""
    print("ready", flush=True)
    for _ in sys.stdin:
        print(repeat(), flush=True)
