"""The sentences about what repeats, what the past tells, and how good the data are."""

from __future__ import annotations

import math

import pandas as pd

from forecast.exploring import Rhythm
from forecast.exploring.advice import taken_back
from forecast.exploring.coverage import Coverage
from forecast.exploring.decomposition import Decomposition, Period
from forecast.exploring.memory import Memory
from forecast.exploring.outliers import Outliers
from forecast.exploring.seasons import LEVEL, Seasonality
from forecast.exploring.stationarity import Stationarity
from forecast.exploring.together import Together
from forecast.seasons import LEAST_CYCLES
from pages.explore.words import change, used_part
from ui import formats

MOST_NAMED = 5
STRONG, PLAIN = 0.6, 0.3  # strengths of a season from which on it is called so


def season(found: Seasonality, unit: str) -> str:
    """Which group is highest and lowest, and whether that is more than chance."""

    def group(i: int) -> str:
        size = change(float(found.average[i]), unit, found.in_percent, signed=True)
        return f"{found.labels[i]} ({size})"

    high, low = group(found.highest), group(found.lowest)
    text = (
        f"Furthest above the trend: **{high}**; furthest below: **{low}**. "
        if found.of == "values"
        else f"The highest change on average: **{high}**; the lowest: **{low}**. "
    )
    cycles = f"{found.n_blocks:,} whole {found.cycle.block}s"
    # Hours and weekdays each explain much: of other things, as days are compared by their average.
    averages = "" if found.cycle.compared == "single hours" else "the averages of "
    share = (
        f"{formats.percent(found.explained)} of the differences between "
        f"{averages}{found.cycle.compared}"
    )
    if found.clear:
        return text + (
            f"This is more than chance ({_odds(found.p)} over {cycles}); it explains {share}."
        )
    return text + (
        f"**Not certain**: over {cycles}, chance alone brings such differences in "
        f"{_percent_of_cases(found.p)} of 100 cases; we ask for fewer than {100 * LEVEL:.0f}."
    )


def _odds(p: float) -> str:
    if p < 0.0001:
        return "fewer than 1 in 10,000 cases by chance"
    return f"1 in {1 / p:,.0f} cases by chance"


def _percent_of_cases(p: float) -> str:
    return f"{100 * p:.0f}" if p >= 0.015 else f"{100 * p:.1f}"


def periods(found: tuple[Period, ...], rhythm: Rhythm) -> str:
    """Which seasons were looked for, and which are there."""
    if not found:
        return "No length stands out after which the series would repeat itself."

    def name(period: Period) -> str:
        return rhythm.count(period.length) + (f" ({period.label})" if period.label else "")

    said = [
        f"**It repeats every {name(period)}**: that explains "
        f"{formats.percent(period.strength)} of what is not trend."
        for period in found
        if period.clear and not period.within
    ]
    said += [
        f"{name(period)} show hardly more than the {rhythm.count(period.within)} that "
        "come again within them."
        for period in found
        if period.within
    ]
    for period in found:
        if math.isnan(period.strength):
            said.append(
                f"A season of {name(period)} fits only {period.n_cycles:.1f} times into these "
                f"rows; it takes {LEAST_CYCLES} to tell one from chance."
            )
        elif not period.clear:
            said.append(
                f"A season of {name(period)} explains {formats.percent(period.strength)} of what "
                "is not trend: no more than noise can."
            )
    return " ".join(said)


def decomposition(
    found: Decomposition, rhythm: Rhythm, unit: str, n_rows: int, *, clear: bool
) -> str:
    """How strong the season is, how far it swings, where the trend went, what is left.

    Args:
        clear: whether values one season apart go together; a decomposition draws a season anyway.
    """
    strength = found.season_strength
    kind = "strong" if strength > STRONG else "visible" if strength > PLAIN else "weak"
    swing = formats.value(found.swing, unit)
    season = (
        f"The season is **{kind}** (strength {strength:.2f} of 1) and last swung by {swing} within "
        f"{rhythm.count(found.period)}."
        if clear
        else f"The season drawn here (strength {strength:.2f} of 1, last swing {swing}) is "
        "**not certain**: taking a series apart always draws one."
    )
    filled = ""
    if found.n_blank:
        are = "is" if found.n_blank == 1 else "are"
        filled = (
            f" {rhythm.count(found.n_blank)} {are} blank: filled in a straight line, only to find "
            "the season."
        )
    return (
        (
            f"{season} The trend, which is the level without the season, stood at "
            f"{formats.value(found.trend_first, unit)} {_on(found, 0)} and at "
            f"{formats.value(found.trend_last, unit)} {_on(found, -1)}. What neither explains is "
            f"usually within ±{formats.value(found.typical_remainder, unit)}."
        )
        + filled
        + used_part(found.n_used, n_rows)
    )


def _on(found: Decomposition, place: int) -> str:
    """ "on 2 Jan 2024", or "in row 7" """
    at = found.trend.index[place]
    return f"{'on' if isinstance(at, pd.Timestamp) else 'in'} {formats.date(at)}"


def memory_of_values(found: Memory, rhythm: Rhythm, n_rows: int) -> str:
    """How alike neighbours are, and how far that reaches."""
    n_lags = len(found.values)
    text = f"Neighbouring values go together with a correlation of **{_signed(found.at(1))}**. "
    if found.run == 0:
        text += "That is within what chance brings: a value tells little about the next."
    elif found.run == n_lags:
        text += f"It stays outside the band for all {rhythm.count(n_lags)} shown."
    else:
        text += f"It stays outside the band for {rhythm.count(found.run)}."
    if found.run == n_lags and found.at(1) > 0.95:
        text += " Such a series is hard to beat by anything but “same as today” for one step."
    return text + (_left_open(found, rhythm) or used_part(found.n_used, n_rows))


def memory_of_changes(found: Memory, rhythm: Rhythm, n_rows: int) -> str:
    """Whether past changes tell anything about the next."""
    lag, n_out = found.strongest, len(found.outside)
    text = (
        f"The strongest is **{_signed(found.at(lag))}** at {rhythm.count(lag)} apart. "
        f"{n_out} of {len(found.values)} lags lie outside the band; chance alone puts "
        f"{found.n_chance:.0f} there. "
    )
    if len(found.telling):
        text += "Past changes do tell something about those to come."
        if n_out <= 2 * found.n_chance:
            text += " One so far outside is more than chance."
        text = f"{text} {taken_back(found, rhythm)}".rstrip()
    elif n_out > found.n_chance:
        text += "That is hardly more than chance: past changes tell next to nothing."
    else:
        text += "Past changes tell nothing about the next one."
    return text + (_left_open(found, rhythm) or used_part(found.n_used, n_rows))


def _left_open(found: Memory, rhythm: Rhythm) -> str:
    if not found.n_blank:
        return ""
    return f" {rhythm.many.capitalize()} that are blank stay blank here; the rest is not moved up."


VERDICTS = {
    "level": "**keep to a level**: they come back to it, and both tests agree",
    "wanders": "**wander**: there is no level they come back to, and both tests agree",
    "moving": "**come back, but to a level that moves**: the tests differ, as with a trend or a "
    "break",
    "unclear": "leave it **open**: neither test finds enough to decide",
}


def stationarity(found: Stationarity, what: str, n_rows: int) -> str:
    """Both tests in words, with their figures."""
    return (
        f"The {what} {VERDICTS[found.verdict]} (ADF p = {_p(found.adf_p)}, KPSS p = "
        f"{_kpss(found.kpss_p)}).{used_part(found.n_used, n_rows)}"
    )


def consequence(values: Stationarity, moves: Stationarity) -> str:
    """What that means for a network."""
    if values.verdict in ("wanders", "moving") and moves.verdict == "level":
        return "A network learns such a series better from its changes than from its values."
    if values.verdict == "level":
        return "A network may learn the values as they are."
    return ""


def coverage(found: Coverage, rhythm: Rhythm) -> str:
    """How many dates are missing, and the longest gap."""
    if not found.regular:
        return (
            "The dates keep no fixed rhythm, so none can be called missing. The calendar shows how "
            f"many of the {found.n_expected:,} rows fall where."
        )
    expected = f"{rhythm.count(found.n_expected)} from the first to the last"
    if found.n_missing == 0:
        return f"**Nothing is missing**: all {expected} are there."
    share = formats.percent(found.n_missing / found.n_expected, 1)
    text = f"**{found.n_missing:,} of {expected} are missing** ({share})."
    gap = found.longest
    if gap is None:
        return text
    first, last = formats.date(gap.first), formats.date(gap.last)
    if gap.n == 1:
        return f"{text} No two of them follow each other; the first is {first}."
    return f"{text} The longest gap is {rhythm.count(gap.n)}: {first} to {last}."


def outliers(found: Outliers, rhythm: Rhythm, unit: str, n_rows: int) -> str:
    """How many stand out, and the one that does most."""
    part = used_part(found.n_used, n_rows)
    if found.n == 0:
        return f"No change is more than 5 times what is usual around it.{part}"
    largest = change(float(found.found.iloc[0]), unit, found.in_percent, signed=True)
    middle = change(float(found.expected.iloc[0]), unit, found.in_percent, signed=True)
    usual = change(float(found.usual.iloc[0]), unit, found.in_percent)
    spikes = (
        f" {found.n_spikes:,} values stand out from both neighbours, as typing errors often do."
        if found.n_spikes
        else ""
    )
    are = "change is" if found.n == 1 else "changes are"
    season = (
        f" The usual course of {rhythm.count(found.season)} was taken off before."
        if found.season > 1
        else ""
    )
    return (
        f"**{found.n:,} {are} more than 5 times what is usual around "
        f"{'it' if found.n == 1 else 'them'}.** Furthest out: {largest} on "
        f"{formats.date(found.found.index[0])}, where {middle} ± {usual} was usual.{season}"
        f"{spikes} News can be behind it as well as an error: nothing is removed.{part}"
    )


def together(found: Together, target: str, n_rows: int) -> str:
    """Which columns move together, which repeat each other, and whether one moves first."""
    pair = found.strongest
    text = (
        f"Changes of {formats.plain(pair.one)} and {formats.plain(pair.other)} go together most: "
        f"**{_signed(pair.correlation)}**."
    )
    if found.weakest != pair:
        weak = found.weakest
        text += (
            f" Least: {formats.plain(weak.one)} and {formats.plain(weak.other)}, "
            f"{_signed(weak.correlation)}."
        )
    for same in found.same[:MOST_NAMED]:
        text += f" {formats.plain(same.other)} repeats {formats.plain(same.one)}."
    if found.first is not None:
        first = found.first
        tells = abs(first.correlation) > max(2 * found.chance, 0.05)
        text += (
            f" Does one move first? The change of {formats.plain(first.one)} the row before goes "
            f"with the next change of {formats.plain(target)} by {_signed(first.correlation)}"
            + (
                ", which is more than chance: it may help as a further input."
                if tells
                else f"; chance alone reaches ±{found.chance:.2f}."
            )
        )
    if found.n_left_out:
        text += f" {found.n_left_out:,} further columns are not shown."
    return text + used_part(found.n_used, n_rows)


def _signed(number: float) -> str:
    digits = 3 if 0.995 <= abs(number) < 1 else 2
    return f"{number:.{digits}f}".replace("-", "−")


def _p(p: float) -> str:
    return "under 0.001" if p < 0.001 else f"{p:.3f}"


def _kpss(p: float) -> str:
    """The table of that test ends at 0.01 and at 0.1."""
    return "0.01 or less" if p <= 0.01 else "0.1 or more" if p >= 0.1 else f"{p:.2f}"
