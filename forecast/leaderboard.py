"""Who was closest in a backtest, and whether that could be luck."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from forecast import metrics
from forecast.backtest import NETWORK, Backtest
from forecast.baselines import NAIVE
from forecast.scaling import Array

STATISTICAL = ("AutoETS", "AutoTheta", "AutoARIMA")
TIE_WIDTH = 2.0  # standard errors within which a difference is called a tie


def table(backtest: Backtest) -> pd.DataFrame:
    """One row a model, the smallest mean absolute error first.

    Returns:
        the columns ``model``, ``mae`` and ``rmse`` (in the unit of the series), ``smape``,
        ``mase``, ``direction``, ``peak``, ``skill`` (against the naive forecast), and ``spread``,
        the standard deviation of the MAE over seeds. The network's figures are means over its
        seeds.
    """
    naive_error = metrics.mae(backtest.actual, backtest.baselines[NAIVE])
    rows = []
    for name, said in _by_seed(backtest).items():
        figures = pd.DataFrame([_figures(backtest, one, naive_error) for one in said])
        spread = float(figures["mae"].std(ddof=1)) if len(said) > 1 else float("nan")
        rows.append({"model": name, **figures.mean().to_dict(), "spread": spread})
    return pd.DataFrame(rows).sort_values("mae", kind="stable", ignore_index=True)


def _by_seed(backtest: Backtest) -> dict[str, list[Array]]:
    return {
        NETWORK: list(backtest.network),
        **{name: [said] for name, said in backtest.baselines.items()},
    }


def _figures(backtest: Backtest, said: Array, naive_error: float) -> dict[str, float]:
    actual = backtest.actual
    error = metrics.mae(actual, said)
    return {
        "mae": error,
        "rmse": metrics.rmse(actual, said),
        "smape": metrics.smape(actual, said),
        "mase": error / backtest.scale,
        "direction": metrics.direction(actual, said, backtest.last),
        "peak": metrics.peak_accuracy(actual, said),
        "skill": metrics.skill(error, naive_error),
    }


def by_step(backtest: Backtest) -> pd.DataFrame:
    """The mean absolute error of each model (columns) at each step ahead (rows, from 1)."""
    errors = {
        name: np.mean([metrics.by_step(metrics.mae, backtest.actual, one) for one in said], axis=0)
        for name, said in _by_seed(backtest).items()
    }
    return pd.DataFrame(errors, index=pd.RangeIndex(1, backtest.actual.shape[1] + 1, name="step"))


def by_origin(backtest: Backtest) -> pd.DataFrame:
    """The mean absolute error of each model (columns) over the steps of each origin (rows)."""
    return pd.DataFrame(
        {
            name: np.mean([np.abs(backtest.actual - one).mean(axis=1) for one in said], axis=0)
            for name, said in _by_seed(backtest).items()
        }
    )


@dataclass(frozen=True)
class Difference:
    """How much larger one model's error is than another's, and how sure that is."""

    mean: float  # in the unit of the series; below 0 the first one is closer
    standard_error: float  # from origins and seeds; NaN where there are too few blocks to tell

    @property
    def tie(self) -> bool:
        """True where luck alone could have made the difference."""
        return not abs(self.mean) > TIE_WIDTH * self.standard_error


def difference(backtest: Backtest, first: str, second: str) -> Difference:
    """Compare two models origin by origin.

    Forecasts of neighbouring origins share days, so their errors go up and down together. Origins
    are put into blocks as long as a horizon, and the standard error of the mean is that of a
    clustered sample (Cameron and Miller 2015): √(Σ_b (Σ_{i∈b} (d_i − d̄))² · B / (B − 1)) / n
    for B blocks. The luck of the seeds comes on top: their variance over their number.
    """
    errors = by_origin(backtest)
    d = (errors[first] - errors[second]).to_numpy()
    size = max(1, ceil(backtest.actual.shape[1] / backtest.plan.stride))
    blocks = np.add.reduceat(d - d.mean(), np.arange(0, len(d), size))
    if len(blocks) < 2:
        return Difference(float(d.mean()), float("nan"))
    variance = float(np.sum(blocks**2)) * len(blocks) / (len(blocks) - 1) / len(d) ** 2
    if NETWORK in (first, second) and len(backtest.network) > 1:
        by_seed = [metrics.mae(backtest.actual, one) for one in backtest.network]
        variance += float(np.var(by_seed, ddof=1)) / len(by_seed)
    return Difference(float(d.mean()), float(np.sqrt(variance)))


def repeats_the_last_value(found: Backtest) -> bool:
    """Whether the network's forecasts are those of "same as today", as with a gate of zero."""
    return bool(np.allclose(found.network, found.baselines[NAIVE], rtol=1e-9, atol=0))


def called(model: str) -> str:
    """A model's name for those who do not know it."""
    return f"the statistical model {model}" if model in STATISTICAL else model


def closer(backtest: Backtest) -> str:
    """The best of the baselines but "same as today", if it was closer than the network; else ""."""
    errors = table(backtest).set_index("model")["mae"]
    best = best_other(backtest)
    return best if best != NAIVE and errors[best] < errors[NETWORK] else ""


def ahead(backtest: Backtest, forecast: pd.DataFrame) -> pd.DataFrame:
    """What each model says of the steps after the last row, the closest in the backtest first.

    A baseline says it with the parameters that it was tested with.

    Args:
        forecast: the run's own, as ``Run.forecast`` gives it.

    Returns:
        the columns ``step``, ``date`` and one a model; no rows where a backtest is too old to know.
    """
    if not backtest.ahead:
        return pd.DataFrame()
    said = {**backtest.ahead, NETWORK: forecast["forecast"].to_numpy()}
    models = {name: said[name] for name in table(backtest)["model"]}
    return forecast[["step", "date"]].assign(**models)


def best_other(backtest: Backtest) -> str:
    """The closest of the baselines."""
    ranked = table(backtest)
    return str(ranked.loc[ranked["model"] != NETWORK, "model"].iloc[0])
