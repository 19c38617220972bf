"""What others say of the same steps: another run of the same person, a model that was closer."""

from __future__ import annotations

import pandas as pd

from forecast import comparing, earlier, leaderboard
from forecast.backtest import NETWORK
from forecast.errors import ForecastError
from forecast.reading.targets import is_amount
from forecast.runs import Run
from ui import formats, state

NEARLY = 0.005  # a difference of less is none


def closer(run: Run) -> str:
    """A model that was closer than the network in the run's backtest, and what it says now."""
    try:
        found = state.engine().backtests.result(run.id)
    except ForecastError:
        return ""  # it is damaged, which Backtest says
    if found is None or found.config != run.config:
        return ""
    best = leaderboard.closer(found)
    if best not in found.ahead:
        return ""
    unit, errors = run.origin.unit, leaderboard.table(found).set_index("model")["mae"]
    theirs, ours = (formats.value(errors[name], unit) for name in (best, NETWORK))
    luck = ", by so little that it may be luck" * leaderboard.difference(found, NETWORK, best).tie
    says = formats.value(_in_one(run, pd.Series(found.ahead[best])), unit)
    rather = "" if luck else " If you need one forecast, take that one."
    return formats.dollars_safe(
        f"In the backtest {leaderboard.called(best)} was closer, off by {theirs} and the network "
        f"by {ours}{luck}. It says **{says}** for {_which(run)}; *Backtest* has all its steps."
        f"{rather}"
    )


def another(run: Run, table: pd.DataFrame) -> str:
    """What this person's last other run on the same data says; "" if nothing."""
    store = state.engine().store
    runs, _ = comparing.summaries(store, state.owner())
    found = earlier.another(run, runs, store)
    if found is None:
        return ""
    summary, other = found
    here = _in_one(run, table["forecast"])
    there = _in_one(run, other.forecast()["forecast"])
    if here == there:
        return ""
    by = ""
    if here > 0:
        gap = there / here - 1
        by = f", {formats.percent(abs(gap))} {'more' if gap > 0 else 'less'}"
        by = by if abs(gap) > NEARLY else ", nearly the same"
    name, says = formats.plain(summary.name), formats.value(there, run.origin.unit)
    return formats.dollars_safe(
        f"Your other run, *{name}*, says **{says}** for {_which(run)}{by}. Which of them errs "
        "less, *Backtest* tells."
    )


def _together(run: Run) -> bool:
    amount = is_amount(str(run.series.name), run.origin.unit)
    return amount and run.config.window.n_steps_out > 1


def _in_one(run: Run, steps: pd.Series) -> float:
    """A forecast in one number, as in the headline: the sum of an amount, else the last step."""
    return float(steps.sum() if _together(run) else steps.iloc[-1])


def _which(run: Run) -> str:
    return "the same days together" if _together(run) else "the last of these steps"
