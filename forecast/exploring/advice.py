"""What the findings suggest for the settings of a run, each with its reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forecast.config import Config
from forecast.exploring import memory, needs
from forecast.exploring.decomposition import MOST_ROWS, Period, periods
from forecast.exploring.rhythms import Rhythm

LEAST_IN = 10  # past steps where nothing asks for more
SHARE_IN = 5  # past steps take at most a fifth of the rows, so that enough windows are left
WEAK = 0.05  # an autocorrelation of changes this small is of no use, however sure it is
BETTER = "Recommended"  # the preset that starts from "same as today" and learns changes


@dataclass(frozen=True)
class Advice:
    """One change of the settings that a click makes."""

    name: str  # "n_steps_in" or "preset"
    value: Any
    reason: str  # a sentence with the figures behind it


def n_steps_in(series: pd.Series, found: Rhythm, config: Config, most: int) -> Advice | None:
    """How many past steps the series itself asks for; None where it is too short to say.

    Two seasons where there is one, else as far back as changes still tell something about the next,
    else few: more would cost windows and give nothing.

    Args:
        most: the largest value that can be set by hand.
    """
    used = needs.latest(series, MOST_ROWS)
    n_rows = min(len(used), config.data.n_rows or len(used))
    most = min(most, n_rows // SHARE_IN)
    if len(used) < 2 * memory.LEAST_ROWS or np.ptp(used.to_numpy()) == 0 or most < LEAST_IN:
        return None
    clear = sorted((p for p in periods(used) if p.clear), key=lambda p: p.length)
    if clear:
        return _seasons(clear[0], most, found)
    moves = memory.of_changes(used)
    telling = [lag for lag in moves.outside if abs(moves.at(int(lag))) > WEAK]
    if telling and len(moves.outside) > 2 * moves.n_chance:
        lag = int(max(telling))
        value = min(max(lag, LEAST_IN), most)
        return Advice(
            "n_steps_in",
            value,
            f"No season stands out. Changes still tell something about the one that follows "
            f"{lag} {found.one if lag == 1 else found.many} later (autocorrelation "
            f"{_signed(moves.at(lag))}), so {value} past steps reach far enough.",
        )
    largest = moves.strongest
    value = min(LEAST_IN, most)
    return Advice(
        "n_steps_in",
        value,
        f"No season stands out, and past changes hardly tell anything about the next one (the "
        f"strongest autocorrelation is {_signed(moves.at(largest))}, {found.count(largest)} "
        f"back). A long look back gives the network nothing to learn; {value} past steps are "
        "enough and leave more windows to learn from.",
    )


def _seasons(season: Period, most: int, found: Rhythm) -> Advice:
    name = f" ({season.label})" if season.label else ""
    says = (
        f"The pattern repeats every {found.count(season.length)}{name}: that explains "
        f"{season.strength:.0%} of what is not trend."
    )
    for n, words in ((2, "Two seasons show"), (1, "One season shows")):
        if n * season.length <= most:
            value = max(n * season.length, LEAST_IN)
            return Advice(
                "n_steps_in",
                value,
                f"{says} {words} the network the whole pattern: {value} past steps"
                + ("." if value == n * season.length else " are the least that makes sense."),
            )
    return Advice(
        "n_steps_in",
        most,
        f"{says} A whole season does not fit: {most} past steps are the most that the rows in use "
        "allow.",
    )


def preset(series: pd.Series, config: Config, known: Collection[str]) -> Advice | None:
    """The preset that starts where a series is hardest to beat: at its last value.

    None where it is in use already, or where the series is too short to say why.
    """
    used = needs.latest(series, MOST_ROWS)
    if BETTER not in known or config.preset == BETTER or len(used) < memory.LEAST_ROWS:
        return None
    if np.ptp(used.to_numpy()) == 0:
        return None
    next_to = memory.of_values(used, 1).at(1)
    why = (
        "each value is nearly the last one again, so “same as today” is hard to beat"
        if next_to > 0.9
        else "a value says only so much about the next, so a network easily learns noise"
    )
    return Advice(
        "preset",
        BETTER,
        f"Neighbouring values go together with a correlation of {next_to:.3f}: {why}. "
        f"{BETTER} starts at “same as today” and has to earn each step away from it.",
    )


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")
