"""The sentences of the tour; each says what the figures say, whichever way they fall."""

from __future__ import annotations

import math

import pandas as pd

from forecast.baselines import NAIVE
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.evaluation import Scores
from forecast.runs import Run
from forecast.touring import ACTUAL, Ahead, Habits
from pages.learn.recorded import CLASSIC, RECOMMENDED
from ui import formats

CLOSE = 0.5  # a correlation from which two lines look alike
NEAR = 0.05  # a share that is no further than this from guessing is about guessing
TIE = 0.005  # of the naive error: a difference that no figure on screen shows


def claim(found: Ahead, unit: str) -> str:
    """What a picture of forecasts one step ahead seems to say."""
    typical = float(found.table[ACTUAL].abs().mean())
    share = f", {formats.percent(found.error / typical, 1)} of the price" if typical else ""
    looks = (
        "From afar the two lines run together, as if the network knew."
        if found.together >= CLOSE
        else "Even from afar the two lines do not look alike."
    )
    return (
        f"A well-known notebook trains a network on a share’s price and ends with a picture like "
        f"this: what the network said one trading day before, and what came, on "
        f"**{len(found.table)} days it had not learnt from**. {looks} The typical miss is "
        f"**{formats.value(found.error, unit)}**{share}."
    )


def naive(found: Ahead, scores: Scores, n_steps_out: int, unit: str) -> str:
    """The same beside "same as today", one step ahead and over all steps."""
    than = "less than" if found.naive_error < found.error else "no less than"
    return (
        f"The orange line knows nothing: it says that tomorrow’s price is today’s, so it is the "
        f"price itself, one day late. It misses by **{formats.value(found.naive_error, unit)}**, "
        f"{than} the network’s **{formats.value(found.error, unit)}**. Over all {n_steps_out} days "
        f"of each forecast it is {formats.value(scores.naive_mae, unit)} against "
        f"{formats.value(scores.mae, unit)}: {_verdict(scores)}."
    )


def _verdict(scores: Scores) -> str:
    """ "the network is 9 % worse than repeating the last price" """
    if abs(scores.skill) < TIE:
        return "a tie"
    size = formats.percent(abs(scores.skill))
    if scores.skill < 0:
        return f"the network is {size} worse than repeating the last price"
    return f"the network takes {size} of that error away"


def loses(habits: Habits, run: Run, unit: str) -> str:
    """What Classic does to miss by more, or not."""
    n_in, n_epochs = run.config.window.n_steps_in, len(run.history)
    below = (
        f"None of its {n_epochs} epochs brought its error below that line"
        if habits.n_better == 0
        else f"{habits.n_better} of its {n_epochs} epochs brought its error below that line"
    )
    return (
        f"Classic is shown {n_in} prices squeezed to about 0 to 1 and has to build its answer from "
        f"them: even “same as today” it must first learn. {below}, and at the end its word for "
        f"tomorrow still lies **{formats.value(habits.step_away, unit)}** away from today’s price. "
        f"Those steps away go the right way {_like(habits.direction, 0.5, 'a coin')}; its "
        f"“accuracy”, picking the peak day, is right "
        f"{_like(habits.scores.peak_accuracy, habits.chance, 'guessing')}."
    )


def _like(share: float, chance: float, who: str) -> str:
    """ "about as often as guessing (14 %)" """
    if math.isnan(share):
        return "in no case at all"
    near, more = abs(share - chance) <= NEAR, share > chance
    how = "about as often as" if near else f"{'more' if more else 'less'} often than"
    return f"{how} {who} ({formats.percent(chance)})"


def careful(run: Run, scores: Scores, unit: str) -> str:
    """What Recommended made of the same series."""
    learnt, whose = _learnt(run)
    gate = (
        "and the gate has nothing to let through"
        if not whose
        else f"and the gate lets nothing of {whose} step through"
        if run.gate == 0
        else f"and the gate lets {formats.percent(run.gate)} of {whose} step through"
    )
    end = (
        "a tie. It does not pretend, and with share prices that is the usual outcome."
        if abs(scores.skill) < TIE
        else f"{_verdict(scores)}."
    )
    return (
        "Recommended *starts* as “same as today” and learns only the change from it. Then a gate "
        "asks how much those changes were worth on days it had not learnt from. "
        f"{learnt}, {gate}: {formats.value(scores.mae, unit)} against "
        f"{formats.value(scores.naive_mae, unit)}, {end}"
    )


def _learnt(run: Run) -> tuple[str, str]:
    """What training came to, and whose step it is; nobody's where the start was kept."""
    n_epochs, n = len(run.history), run.config.train.n_networks
    if n > 1:
        return f"Here {n} networks learnt it, each from another start, and speak as one", "their"
    if run.best_epoch == 0:
        never = f"Here {n_epochs} epochs brought nothing better on the validation part"
        return f"{never} than that start, so it kept the start", ""
    best = f"Here epoch {run.best_epoch} of {n_epochs} was the best and was kept"
    return best, "the network’s"


def wins(classic: Scores, recommended: Scores, run: Run, table: pd.DataFrame, unit: str) -> str:
    """Both presets on a series with a rhythm.

    Args:
        table: of ``touring.by_step``: the error at each step ahead.
    """
    n = len(table)
    head = (
        "Demand for electricity has a rhythm, and there a network earns its keep."
        if recommended.skill > TIE
        else "Even where there is a rhythm, a network need not win."
    )
    told = f" It is told the point in the {run.scaler.cycle}." if run.scaler.cycle else ""
    first = table.iloc[0]
    near = (
        f" One step ahead Classic is still worse than “same as today” "
        f"({formats.value(first[CLASSIC], unit)} against {formats.value(first[NAIVE], unit)})."
        if classic.skill > 0 and first[CLASSIC] > first[NAIVE]
        else ""
    )
    return (
        f"{head} Over {n} half hours “same as today” misses by "
        f"{formats.value(recommended.naive_mae, unit)}, Classic by "
        f"{formats.value(classic.mae, unit)}, Recommended by "
        f"**{formats.value(recommended.mae, unit)}**: {_gone(recommended)}.{told}{near}"
    )


def _gone(scores: Scores) -> str:
    if scores.skill > TIE:
        return f"**{formats.percent(scores.skill)} of the error is gone**"
    return "no better" if scores.skill < -TIE else "a tie"


def measured_on(found: Ahead, name: str, preset: str) -> str:
    """Where the figures come from, and how far they go."""
    first, last = (formats.date(found.table.index[i]) for i in (0, -1))
    return (
        f"Recorded: {name}, {preset}, {len(found.table)} validation windows, {first} to {last}. "
        "One stretch is one try; *Backtest* repeats it at many."
    )


def of_the_curve(name: str, n_networks: int = 1) -> str:
    """What is drawn, and of which network where there are several."""
    first = f", of the first of {n_networks} networks" if n_networks > 1 else ""
    return (
        f"Recorded: {name}. The curve is the mean error on the validation windows after each "
        f"epoch{first}."
    )


def own(name: str, config: Config, error: float, unit: str) -> str:
    """The mark that a network on the series in use has to beat."""
    n = config.window.n_steps_out
    ahead = f"{n:,} step{'s' if n > 1 else ''}"
    return (
        f"In use now: **{formats.plain(name)}**. On its validation windows “same as today” "
        f"misses by **{formats.value(error, unit)}** over {ahead}. "
        f"Whatever you train has to beat that. Start with *{RECOMMENDED}*, then try *{CLASSIC}* "
        "and watch its error. Every page shows “same as today” beside the network, "
        "so you need not take its word."
    )


def not_yet(name: str, problem: ForecastError) -> str:
    """Why the series in use cannot be trained on as things are."""
    said = formats.plain(f"{problem.what} {problem.fix}".strip())
    return f"In use now: **{formats.plain(name)}**. It is not ready yet: {said}"
