"""The forecasts of one model in one fold of a backtest: what a worker is asked for.

Each function sees the whole series and keeps to the rows before each origin; tests change what
comes after an origin and look that nothing before it moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast import backtest, baselines, inputs, windows
from forecast.backtest import NETWORK, Fold
from forecast.config import Config
from forecast.inputs import Rows
from forecast.scaling import Array

if TYPE_CHECKING:
    from forecast.history import Result
    from forecast.program import Programs

TRAINING_SHARE = 0.9  # of the networks' work; the rest is forecasting
ROWS_AT_ONCE = 1_000  # from the first to the last origin that are answered together

Tell = Callable[[float], None]  # called with the share done; may raise to end the work


def forecasts(
    model: str,
    rows: Rows,
    config: Config,
    fold: Fold,
    tell: Tell,
    programs: Programs | None = None,
) -> Array:
    """What ``model`` would have said at each origin of ``fold``.

    Args:
        model: ``NETWORK`` or one of ``baselines.NAMES``, which look at the series alone.
        rows: the whole series, with the inputs that the settings name.
        config: with the seed to use.

    Returns:
        shape (n_origins, n_steps_out), in the unit of the series.

    Raises:
        ConfigError: the network's training broke down in its first epoch.
    """
    if model == NETWORK:
        return _network(rows, config, fold, tell, programs)
    return _baseline(model, inputs.target(rows), config, fold, tell)


def _network(
    rows: Rows, config: Config, fold: Fold, tell: Tell, programs: Programs | None
) -> Array:
    from forecast.training import train_all

    known = rows.iloc[fold.first_row : fold.origins[0]]
    # What has changed by the end of the series need not have before this fold.
    counts = windows.plan(len(known), config)
    seen = known.iloc[-counts.n_rows :].iloc[: counts.n_rows_seen]
    rows, config = inputs.without_still(rows, seen, config)
    known = rows.iloc[fold.first_row : fold.origins[0]]
    result, _ = train_all(
        known, config, programs, lambda share: tell(TRAINING_SHARE * share), whole=False
    )
    parts, start = [], 0
    while start < len(fold.origins):
        together = [o for o in fold.origins[start:] if o < fold.origins[start] + ROWS_AT_ONCE]
        parts.append(_answers(rows, config, result, together))
        start += len(together)
        tell(1.0)
    return np.concatenate(parts)


def _answers(rows: Rows, config: Config, result: Result, origins: list[int]) -> Array:
    """The network's forecasts at some origins, after its gate; windows end at their origin."""
    from forecast import gating, predict

    # Cut after the last origin's answer, so that its window is the latest with a known one.
    known = rows.iloc[: origins[-1] + config.window.n_steps_out]
    n_past = origins[-1] - origins[0] + 1
    past = predict.answers(config, result.weights, result.scaler, known, n_past).validation
    values = inputs.target(rows).to_numpy(dtype="float64")
    ends = np.array(origins) - 1
    least = gating.floor(values)[ends]
    return gating.apply(result.gate, past[np.array(origins) - origins[0]], values[ends], least)


def _baseline(name: str, series: pd.Series, config: Config, fold: Fold, tell: Tell) -> Array:
    values = series.to_numpy(dtype="float64")[fold.first_row :]
    train = values[: fold.n_train]
    fitted = baselines.fit(name, train, backtest.season_of(series, fold))
    said = []
    for i, origin in enumerate(fold.origins, start=1):
        said.append(fitted.forecast(values[: origin - fold.first_row], config.window.n_steps_out))
        tell(i / len(fold.origins))
    return np.stack(said)
