"""A run that was never trained: figures made on the spot, with the files of a real one."""

from __future__ import annotations

import numpy as np

from forecast import presets, windows
from forecast.history import EpochMetrics, Outlook
from forecast.runs import Origin, Run
from forecast.scaling import Scaler
from tests.data import random_walk


def recorded_run(n_epochs=60, seconds=0.1, name="Prices", unit="$", n_rows=200, **changes):
    """``n_epochs`` epochs of ``seconds`` each; the validation loss is lowest at the 20th."""
    config = presets.classic().but(epochs=n_epochs, n_rows=n_rows, **changes)
    series = random_walk(n_rows)
    plan = windows.plan(n_rows, config)
    last, n = float(series.iloc[-1]), config.window.n_steps_out
    history = tuple(
        EpochMetrics(
            epoch=i,
            loss=1 / i,
            val_loss=0.1 + abs(i - 20) / 100,
            accuracy=0.2,
            val_accuracy=0.15,
            seconds=seconds,
            ended=1_000.0 + i * seconds,
        )
        for i in range(1, n_epochs + 1)
    )
    return Run(
        config=config,
        series=series,
        history=history,
        weights=[np.zeros(3, np.float32)],
        scaler=Scaler("minmax", (0.0,), (1.0,)),
        best_epoch=min(20, n_epochs),
        outlook=Outlook(last + np.arange(1.0, n + 1), np.full((plan.n_validation, n), last)),
        origin=Origin(name, unit),
    )
