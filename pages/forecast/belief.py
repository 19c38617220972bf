"""How far to believe a network, in words: against "same as today", and by its gate."""

from __future__ import annotations

from forecast import explain, windows
from forecast.evaluation import Scores
from forecast.evidence import is_traded
from forecast.explain import TIE
from forecast.runs import Run
from ui import formats

LEAST_HORIZON = 7  # steps; a shorter one is another question


def verdict(run: Run, scores: Scores, days: str = "rows") -> str:
    """Whether the network has earned to be believed.

    Args:
        days: what its rows are called: "days", "half-hours".
    """
    unit = run.origin.unit
    asked = f"On the latest {days}, held back from training ({scores.n_windows:,} windows),"
    error, naive = formats.value(scores.mae, unit), formats.value(scores.naive_mae, unit)
    if abs(scores.skill) < TIE:
        trust = (
            f"{asked} it did about as well as “same as today”: it was off by {error} on average, "
            f"that by {naive}."
        )
    elif scores.skill > 0:
        trust = (
            f"{asked} it was off by {error} on average, and “same as today” by {naive}: "
            f"{formats.percent(scores.skill)} less."
        )
    else:
        trust = (
            f"{asked} **it did not beat “same as today”**: it was off by {error} on average, that "
            f"by {naive}. {_why(run)}Trust the dotted line rather than the solid one."
        )
    return formats.dollars_safe(trust)


def _n_validation(run: Run) -> int:
    return windows.plan(len(run.series), run.config).n_validation


def trust(run: Run, days: str = "rows", *, banded: bool) -> str:
    """How far the forecast follows the network, in plain words; empty where there is no gate.

    Args:
        days: what its rows are called.
        banded: whether bands are drawn, which say how sure the outcome is.
    """
    if not run.config.train.gate:
        return ""
    if run.gate == 0 and _n_validation(run) <= 2 * run.config.window.n_steps_out:
        return (
            f"**The forecast does not follow the network** but is “same as today”: the {days} held "
            f"back give {_n_validation(run):,} windows, which overlap so much that they count as "
            f"one or two tests, too few to tell. {_more(run)}"
        )
    if run.gate == 0:
        return (
            "**The forecast does not follow the network** but is “same as today”: on the "
            f"{days} held back its steps were not clearly better than chance"
            + ("; the bands say how far it may move." if banded else ".")
        )
    share = formats.percent(explain.trusted(run.gate))
    sure = "how sure the outcome is, the bands say" if banded else "how sure it is, nobody can say"
    return (
        f"**The forecast follows the network {share} of the way** from the last value to the "
        f"network’s own line, as far as its steps on the {days} held back justify; {sure}."
    )


def _more(run: Run) -> str:
    if run.config.window.n_steps_out > LEAST_HORIZON:
        return "Use more rows, or a shorter horizon."
    return "It takes more rows." if len(run.recent) == len(run.series) else "Use more of the rows."


def networks(run: Run) -> str:
    """How many networks speak here, in words; empty where that is one, as ever."""
    asked, n = run.config.train.n_networks, run.n_networks
    if asked == 1:
        return ""
    left_out = f" {asked} were asked for; the others had not begun." if n < asked else ""
    if n == 1:
        return f"This is the word of one network.{left_out}"
    return f"The network’s word is the mean of **{n} networks** that started differently.{left_out}"


def _why(run: Run) -> str:
    traded = is_traded(run.series.index, run.origin.unit)
    return "For prices that are traded this is normal. " if traded else ""
