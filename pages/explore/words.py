"""The sentences about how a series moved; each is made of figures found in the data."""

from __future__ import annotations

import pandas as pd

from forecast.exploring import Rhythm, Summary, has_ratios, overview
from forecast.exploring.candles import Candles
from forecast.exploring.drawdowns import Drawdown
from forecast.exploring.rolling import Volatility
from forecast.exploring.spread import Spread
from ui import formats


def change(number: float, unit: str, in_percent: bool, *, signed: bool = False) -> str:
    """A change as it is measured: in percent, or in the unit of the series."""
    digits = 2 if abs(number) < 0.01 else 1
    text = formats.percent(number, digits) if in_percent else formats.value(number, unit)
    return f"+{text}" if signed and number > 0 else text


def used_part(n_used: int, n_rows: int) -> str:
    """Which part of a long series was looked at; nothing where it was all of it."""
    return f" Looked at: the latest {n_used:,} of {n_rows:,} rows." if n_used < n_rows - 1 else ""


def looked_at(n_rows: int, n_trained: int | None) -> str:
    """That training takes fewer rows than are looked at; nothing where it takes all."""
    if n_trained is None or n_trained >= n_rows:
        return ""
    return f"Looks at all {n_rows:,} rows; training uses the last {n_trained:,}."


def growth(series: pd.Series, unit: str, rhythm: Rhythm) -> str:
    """From the first row to the last; from the first average to the last where rows say little."""
    found = overview.growth(series, traded=rhythm.traded)
    first, last = formats.value(found.first, unit), formats.value(found.last, unit)
    start, end = (formats.date(series.index[i]) for i in (0, -1))
    if found.averaged == "year":
        text = f"On average **{first}** in the first year and **{last}** in the last"
    elif found.averaged:
        text = f"On average **{first}** in the first fifth of the rows and **{last}** in the last"
    else:
        on = "on" if isinstance(series.index, pd.DatetimeIndex) else "in"
        text = f"From {first} {on} {start} to {last} {on} {end}"
    if not has_ratios(series, unit):
        return f"{text}: {change(found.last - found.first, unit, False, signed=True)}."
    ratio = found.last / found.first
    text += f": **{change(ratio - 1, unit, True, signed=True)}**"
    if found.years < 1 or (found.years < 2 and not found.averaged):
        return text + "."
    yearly = formats.percent(ratio ** (1 / found.years) - 1, 1)
    between = "" if found.averaged else f" in {found.years:.1f} years"
    return f"{text}{between}, which is {yearly} a year."


def log_scale(on: bool, lowest: float, unit: str) -> str:
    if lowest <= 0:
        return (
            f"A log scale needs values above zero; the lowest here is "
            f"{formats.value(lowest, unit)}."
        )
    return "On this scale equal heights are equal percentages." if on else ""


def volume(found: pd.Series, rhythm: Rhythm) -> str:
    """The volume on a usual row and on the busiest."""
    busiest = int(found.argmax())
    usual = float(found.median())
    most = float(found.iloc[busiest])
    times = f", {most / usual:.1f} times that," if usual > 0 else ""
    return (
        f"On half of all {rhythm.many} the volume is above {formats.value(usual)}; the busiest"
        f"{times} was {formats.date(found.index[busiest])} with {formats.value(most)}."
    )


def candles(found: Candles, rhythm: Rhythm, unit: str) -> str:
    each = f"A candle is {rhythm.count(found.rows_each)}"
    return (
        f"{each}: the box from open to close, the line from low to high; hollow blue where it "
        f"closed higher, filled orange where lower. {formats.percent(found.share_up)} of these "
        f"{len(found.table):,} closed higher. The widest, from "
        f"{formats.date(found.tallest_date)}, spans {formats.value(found.tallest, unit)}."
    )


def drawdown(found: Drawdown, rhythm: Rhythm, unit: str) -> str:
    """The deepest fall: how far, from when to when, and when it was made good."""
    if found.worst == 0:
        return "No value lies below an earlier one: this series only rises, or stays."
    depth = change(found.worst, unit, found.relative)
    text = (
        f"The deepest fall: **{depth}**, from {formats.value(found.peak, unit)} on "
        f"{formats.date(found.peak_date)} to {formats.value(found.trough, unit)} on "
        f"{formats.date(found.trough_date)}, {rhythm.count(found.n_down)} later. "
    )
    if found.recovered_date is not None:
        text += (
            f"The old high was back on {formats.date(found.recovered_date)}, after another "
            f"{rhythm.count(found.n_back)}."
        )
    else:
        text += f"{rhythm.count(found.n_back)} after that, the old high is not back yet."
    if found.now == 0:
        return text + " The last value is the highest of all."
    return text + f" The last value lies {change(-found.now, unit, found.relative)} below the high."


def moves(found: Spread, rhythm: Rhythm, unit: str) -> str:
    up = change(found.highest, unit, found.in_percent, signed=True)
    down = change(found.lowest, unit, found.in_percent)
    return (
        f"It rose on {formats.percent(found.share_up)} of {rhythm.count(found.n)}. The largest "
        f"rise was **{up}** on {formats.date(found.highest_date)}, the largest fall **{down}** on "
        f"{formats.date(found.lowest_date)}."
    )


def spread(found: Spread, rhythm: Rhythm, unit: str) -> str:
    """Against the normal: how many extreme changes, and what to make of them."""
    expected = found.expected_beyond
    would = f"{expected:.0f}" if expected >= 0.95 else f"{expected:.1f}"
    limit = change(3 * found.std, unit, found.in_percent)
    text = (
        f"{rhythm.many.capitalize()} beyond 3σ (more than {limit} from the mean): "
        f"**{found.n_beyond:,}**; a normal distribution would give {would}. "
        f"Excess kurtosis {found.excess_kurtosis:.1f}".replace("-", "−")
    )
    if found.excess_kurtosis > 1:
        return text + ": most changes are smaller than a normal's, and a few far larger."
    if found.excess_kurtosis < -0.5:
        return text + ": extreme changes are rarer than a normal's."
    return text + ": close to a normal, whose is 0."


def volatility(found: Volatility, rhythm: Rhythm, unit: str) -> str:
    def size(number: float) -> str:
        return change(number, unit, found.in_percent)

    return (
        f"Over the last {rhythm.count(found.n)} the changes had a standard deviation of "
        f"**{size(found.now)}**, more than in {formats.percent(found.share_calmer)} of all such "
        f"stretches. The wildest ended on {formats.date(found.highest_date)} "
        f"({size(found.highest)}), the calmest on {formats.date(found.lowest_date)} "
        f"({size(found.lowest)})."
    )


def standing(facts: Summary, rhythm: Rhythm) -> str:
    """How the dates go on."""
    if rhythm.calendar.kind == "numbered":
        return "The rows have no dates; they are counted, and the forecast goes on counting."
    if not rhythm.regular:
        return "The dates keep no fixed rhythm; the forecast goes on in the commonest step."
    label = rhythm.calendar.label
    on = "on " if rhythm.calendar.kind in ("exchange", "weekdays") else ""
    return f"The rows come {on}{label}; the forecast goes on in that rhythm."
