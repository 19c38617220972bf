"""The sentences and the table of the Backtest page."""

from __future__ import annotations

import math

import pandas as pd

from forecast import leaderboard
from forecast.backtest import NETWORK, Backtest
from forecast.baselines import NAIVE
from forecast.glossary import GLOSSARY
from ui import formats

ENOUGH_OF_THEM = 0.7  # share of a run's rows with which a test of it is a test of the like
AHEAD = (
    "The steps after the last row, by every model of the leaderboard, the closest first. The "
    "network is the run’s own; the others have the parameters that they were tested with."
)
OTHER_MOMENTS = (
    "Errors and directions on Train and Forecast are of other, later moments, which also chose the "
    "epoch that is kept: those here are the fairer ones."
)
TABLE_HELP = {
    "Typical error": "Mean absolute error over all starting points and steps, in the series’ unit.",
    "Seeds": "How much the typical error varies from seed to seed: one standard deviation.",
    "Skill": GLOSSARY["skill"],
    "RMSE": GLOSSARY["RMSE"],
    "sMAPE": GLOSSARY["sMAPE"],
    "MASE": GLOSSARY["MASE"],
    "Direction right": "How often up or down from the last known value was foretold rightly. “Same "
    "as today” foretells neither.",
    "Right peak": "How often the right one of the steps was picked as the highest.",
}


def headline(found: Backtest, unit: str) -> str:
    """The network against "same as today", if that could be luck, and who was closer than it."""
    table = leaderboard.table(found).set_index("model")
    network, naive = table.loc[NETWORK], table.loc[NAIVE]
    gap = leaderboard.difference(found, NETWORK, NAIVE)
    verdict = (
        "**the same forecast**, as it trusted none of its own steps and repeated the last value"
        if leaderboard.repeats_the_last_value(found)
        else _verdict(gap, float(network["skill"]))
    )
    text = (
        f"From **{len(found.origins)} starting points** the network was off by "
        f"**{formats.value(network['mae'], unit)}** on average, “same as today” by "
        f"**{formats.value(naive['mae'], unit)}**: {verdict}{_closer(found, unit)}."
    )
    return formats.dollars_safe(text)


def _verdict(gap: leaderboard.Difference, skill: float) -> str:
    if gap.tie:
        return "**a tie**, as a difference that small may well be luck"
    more = "more than the choice of moments explains"
    if gap.mean < 0:
        return f"**the network is better** by {formats.percent(skill)} than that, {more}"
    return f"**the network is worse** by {formats.percent(-skill)} than that, {more}"


def _closer(found: Backtest, unit: str) -> str:
    """Which other model was closer than the network, as no praise is the whole truth without it."""
    best = leaderboard.closer(found)
    if not best:
        return ""
    errors = leaderboard.table(found).set_index("model")["mae"]
    other, off = leaderboard.called(best), formats.value(errors[best], unit)
    if leaderboard.difference(found, NETWORK, NAIVE).mean < 0:
        text = f", but **{other} was closer still** ({off})"
    else:
        text = f"; **{other} was closest** ({off})"
    n_more = int((errors.drop([NAIVE, best]) < errors[NETWORK]).sum())
    if n_more:
        text += f", as {'was' if n_more == 1 else 'were'} {n_more} more"
    if leaderboard.difference(found, NETWORK, best).tie:
        text += ", though by so little that it may be luck"
    return text


def ahead(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    """What each model says next, as people write it; the columns as on the leaderboard."""
    largest = float(table.drop(columns=["step", "date"]).abs().max(axis=None))
    shown = {"Date": formats.dates(table["date"])}
    for name in table.columns.drop(["step", "date"]):
        shown[name] = [formats.value(value, unit, largest) for value in table[name]]
    return pd.DataFrame(shown)


def doubt(found: Backtest, unit: str) -> str:
    """How sure that is: the standard error and the spread over seeds, and the best baseline."""
    gap = leaderboard.difference(found, NETWORK, NAIVE)
    parts = []
    if math.isfinite(gap.standard_error) and not leaderboard.repeats_the_last_value(found):
        parts.append(
            f"The difference of {formats.value(abs(gap.mean), unit)} is known to within about "
            f"±{formats.value(leaderboard.TIE_WIDTH * gap.standard_error, unit)} (two standard "
            "errors; neighbouring starting points, whose days overlap, count as one)."
        )
    n_seeds = len(found.network)
    if n_seeds > 1:
        spread = float(leaderboard.table(found).set_index("model").loc[NETWORK, "spread"])
        parts.append(
            f"Between {n_seeds} repeats the network's error varied by "
            f"±{formats.value(spread, unit)}."
        )
    else:
        parts.append(
            "How much hangs on the network's random start was not tested: choose more repeats "
            "to see."
        )
    return formats.dollars_safe(" ".join(filter(None, [*parts, _best(found, unit)])))


def _best(found: Backtest, unit: str) -> str:
    """The closest of the others, where the headline does not name it."""
    best = leaderboard.best_other(found)
    if best == NAIVE:
        return "None of the other models was closer than “same as today”."
    if _closer(found, unit):
        return ""
    gap = leaderboard.difference(found, NETWORK, best)
    error = float(leaderboard.table(found).set_index("model").loc[best, "mae"])
    than = "which ties with the network" if gap.tie else "and the network was closer"
    off = formats.value(error, unit)
    return f"The best of the others was {leaderboard.called(best)}, off by {off}, {than}."


def fewer_rows(found: Backtest, n_rows: int) -> str:
    """That the tested network had far fewer rows to learn from than the run's; "" if it had not.

    Args:
        n_rows: those that the run used.
    """
    if found.n_train >= ENOUGH_OF_THEM * n_rows:
        return ""
    return (
        f"The network tested here learnt from {found.n_train:,} rows only, the run’s own from "
        f"{n_rows:,}: it may know less, and repeat the last value where that one does not. Fewer "
        "starting points, or closer together, leave it more."
    )


def how(found: Backtest, index: pd.Index) -> str:
    """What was tested, for those who want to do it again."""
    every = found.plan.refit_every
    refit = (
        "trained once, on"
        if every is None
        else "trained anew at every starting point, first on"
        if every == 1
        else f"trained anew every {every} starting points, first on"
    )
    first, last = index[found.origins[0] - 1], index[found.origins[-1] - 1]
    season = (
        "no season was found in those"
        if found.season == 1
        else f"a season of {found.season} rows was found in those, which MASE and the seasonal "
        "models use"
    )
    return (
        f"From {formats.date(first)} to {formats.date(last)}, every {found.plan.stride} rows; "
        f"{refit} the {found.n_train:,} rows before the first starting point; {season}. "
        f"It took {formats.duration(found.seconds)}."
    )


def readable(found: Backtest, unit: str) -> pd.DataFrame:
    """The leaderboard as people write it; the naive forecast is marked."""
    table = leaderboard.table(found)
    season = "" if found.season == 1 else f" (season {found.season})"
    several = len(found.network) > 1
    rows = []
    for i, row in table.iterrows():
        rows.append(
            {
                "": f"{int(str(i)) + 1}",
                "Model": {NAIVE: f"▸ {NAIVE}", NETWORK: f"◆ {NETWORK}"}.get(
                    row["model"], row["model"]
                ),
                "Typical error": formats.value(row["mae"], unit),
                **(
                    {
                        "Seeds": f"±{formats.value(row['spread'], unit)}"
                        if math.isfinite(row["spread"])
                        else "–"
                    }
                    if several
                    else {}
                ),
                "Skill": formats.percent(row["skill"], 1),
                "RMSE": formats.value(row["rmse"], unit),
                "sMAPE": formats.percent(row["smape"], 1),
                f"MASE{season}": f"{row['mase']:.2f}" if math.isfinite(row["mase"]) else "–",
                "Direction right": formats.percent(row["direction"]),
                "Right peak": formats.percent(row["peak"]),
            }
        )
    return pd.DataFrame(rows)
