"""How far to believe a network, in words: against "same as today", and by its gate."""

from __future__ import annotations

from forecast import explain, windows
from forecast.evaluation import Scores
from forecast.evidence import is_traded
from forecast.explain import TIE
from forecast.runs import Run
from ui import formats


def verdict(run: Run, scores: Scores) -> str:
    """Whether the network has earned to be believed."""
    unit = run.origin.unit
    error, naive = formats.value(scores.mae, unit), formats.value(scores.naive_mae, unit)
    if abs(scores.skill) < TIE:
        trust = (
            f"On the {scores.n_windows:,} validation windows it did about as well as “same as "
            f"today”: it was off by {error} on average, that by {naive}."
        )
    elif scores.skill > 0:
        trust = (
            f"On the {scores.n_windows:,} validation windows it was off by {error} on average, "
            f"and “same as today” by {naive}: {formats.percent(scores.skill)} less."
        )
    else:
        trust = (
            f"**It did not beat “same as today”** on the {scores.n_windows:,} validation windows: "
            f"it was off by {error} on average, “same as today” by {naive}. {_why(run)}Trust the "
            "dotted line rather than the solid one."
        )
    return formats.dollars_safe(trust)


def _n_validation(run: Run) -> int:
    return windows.plan(len(run.series), run.config).n_validation


def trust(run: Run, *, banded: bool) -> str:
    """How far the forecast follows the network, in plain words; empty where there is no gate.

    Args:
        banded: whether bands are drawn, which say how sure the outcome is.
    """
    if not run.config.train.gate:
        return ""
    if run.gate == 0 and _n_validation(run) <= 2 * run.config.window.n_steps_out:
        return (
            f"**Trust in the network: 0 %.** The {_n_validation(run):,} validation windows "
            "overlap so much that they count as one or two tests, too few to trust it, so the "
            "forecast is “same as today”. More rows on Data, or a shorter horizon, would tell."
        )
    if run.gate == 0:
        return (
            "**Trust in the network: 0 %.** On the validation windows its steps were not clearly "
            "better than chance, so the forecast is “same as today”"
            + (" and the bands say how far it may move." if banded else ".")
        )
    share = formats.percent(explain.trusted(run.gate))
    how_sure = " How sure the outcome is, the bands say." if banded else ""
    return (
        f"**Trust in the network: {share}.** The forecast goes {share} of the way from the last "
        "value to the network’s own line; that much its steps on the validation windows justify."
        f"{how_sure}"
    )


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
