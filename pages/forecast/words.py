"""The sentences and tables of the Forecast page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from forecast import presets
from forecast.evaluation import Scores
from forecast.intervals import LEVELS, Bands, Coverage
from forecast.metrics import mae
from forecast.reading.targets import is_amount
from forecast.runs import Run
from forecast.style import CURRENCIES
from ui import formats

HEADS = {
    "step": "Step",
    "date": "Date",
    "forecast": "Forecast",
    "network": "Network's own",
    "naive": "Same as today",
    "actual": "Actual",
    "predicted": "Forecast",
    "error": "Actual − forecast",
}
FLATTERED = (
    "These windows also chose the epoch that is kept and how far the network is followed, so the "
    "figures flatter. The backtest asks at moments that chose nothing."
)
_YEAR = re.compile(r" \d{4}$")  # at the end of a date without a time
_LONGEST_NAME = 40  # letters of a file's name
TOLD = 80  # per cent: the band that sentences name
BANDS = (80, 50, 95)  # the one that sentences name comes first, as a phone cuts tables off
FEWEST_STEPS = 3  # of a forecast that has a highest one
FEW = 5  # fewer separate windows than this say nothing about a share of them
OWN_LINE = (
    "The forecast follows the network only as far as it proved itself on the latest rows, which "
    "were held back from training. This shows what the network says when it is fully believed."
)


def says(
    table: pd.DataFrame, last_known: float, unit: str, known: Sequence[object] | pd.Index = ()
) -> str:
    """The forecast in a sentence: where the last step will most likely end.

    Args:
        known: the dates before it, from which a single step is known to be a month.
    """
    moments = list(table["date"])
    if len(table) == 1 and len(known) > 1 and _alike(known[-1], moments[0]):
        moments = [*known[-2:], *moments]
    last = table.iloc[-1]
    best, now = formats.value(last["forecast"], unit), formats.value(last_known, unit)
    guess = f"is **{best}**, and the last known value is {now}"
    if best == now:
        guess = f"is the last known value, **{now}**"
    for level in (80, 50):
        if f"lower_{level}" in table:
            low = formats.value(last[f"lower_{level}"], unit)
            high = formats.value(last[f"upper_{level}"], unit)
            on_day = formats.when(moments, -1)
            return formats.dollars_safe(
                f"Most likely between **{low}** and **{high}** {on_day} (the {level} % band); "
                f"the single best guess {guess}."
            )
    on_day = formats.when(moments, -1)
    return formats.dollars_safe(f"The best guess {on_day} {guess}.")


def _alike(one: object, other: object) -> bool:
    """Whether two labels are both dates with a zone, both dates without, or both numbers."""
    zones = [getattr(label, "tzinfo", None) is None for label in (one, other)]
    return type(one) is type(other) and zones[0] == zones[1]


def what_comes(
    table: pd.DataFrame, unit: str, known: pd.Series, noun: str, sums: Bands | None = None
) -> tuple[str, str]:
    """The headline, and what else there is to say, "" if nothing.

    Of takings and other amounts the sum is what people ask for; of prices the last step.

    Args:
        sums: the bands around the sum.
    """
    together = total(table, unit, known, noun, sums)
    last = says(table, float(known.iloc[-1]), unit, known.index)
    further = [soonest(table, unit, noun), highest(table, unit)]
    lines = [together, *further[:1], last, *further[1:]] if together else [last, *further]
    return lines[0], " ".join(filter(None, lines[1:]))


def are_past(table: pd.DataFrame, known: pd.Index, today: pd.Timestamp) -> str:
    """That the days of a forecast are over; "" where they are not, or have no dates.

    Args:
        known: the dates before them: a month is over with its last day.
    """
    last = table["date"].iloc[-1]
    dated = isinstance(known, pd.DatetimeIndex) and isinstance(last, pd.Timestamp)
    if not dated or len(known) < 2:
        return ""
    if last.tz_localize(None) + (known[-1] - known[-2]) > today:
        return ""
    return (
        "These days are past: the data end before them. Load newer data for a forecast of what is "
        "to come."
    )


def soonest(table: pd.DataFrame, unit: str, noun: str) -> str:
    """What comes first, where the headline is about a later step; else ""."""
    if len(table) < 2:
        return ""
    first = table.iloc[0]
    best = formats.value(first["forecast"], unit)
    text = f"The next {noun}, {formats.when(table['date'], 0)}: about **{best}**"
    if "lower_80" in table:
        low, high = (formats.value(first[f"{end}_80"], unit) for end in ("lower", "upper"))
        text += f", most likely between {low} and {high}"
    return formats.dollars_safe(f"{text}.")


def total(
    table: pd.DataFrame, unit: str, known: pd.Series, noun: str, sums: Bands | None = None
) -> str:
    """All steps together, where the series is an amount for each, such as takings; else "".

    Beside it as many steps before, so that its size can be judged.
    """
    n = len(table)
    if n < 2 or not is_amount(str(known.name), unit):
        return ""
    together = formats.value(float(table["forecast"].sum()), unit)
    first, *_, last = formats.dates(table["date"])
    if (year := _YEAR.search(last)) and first.endswith(year[0]):
        first = first.removesuffix(year[0])
    before = formats.value(float(known.iloc[-n:].sum()), unit) if len(known) >= n else ""
    then = f"; the {n} before came to {before}" if before else ""
    if sums and TOLD in sums.levels:
        level = sums.levels.index(TOLD)
        low, high = (formats.value(edge[level, 0], unit) for edge in (sums.lower, sums.upper))
        together = f"{together}**, most likely between **{low}** and **{high}"
    return formats.dollars_safe(
        f"All {n} {many(noun)} together, {first} to {last}: about **{together}**{then}."
    )


def highest(table: pd.DataFrame, unit: str) -> str:
    """When the forecast is highest and lowest; "" where it hardly moves or is short."""
    values = table["forecast"]
    room = float((table["upper_80"] - table["lower_80"]).mean()) if "lower_80" in table else 0.0
    if len(values) < FEWEST_STEPS or float(values.max() - values.min()) <= room:
        return ""
    top, bottom = int(values.argmax()), int(values.argmin())
    most, least = (formats.value(values.iloc[place], unit) for place in (top, bottom))
    at_most, at_least = (formats.when(table["date"], place) for place in (top, bottom))
    return formats.dollars_safe(
        f"Highest {at_most}, at about **{most}**; lowest {at_least}, at about **{least}**."
    )


def coverage(found: Coverage, noun: str) -> str:
    """How often the bands held, on past rows that had to do without what came later."""
    if not found.n_origins:
        return "There are too few known windows to say how often the bands would have held."
    held = {
        level: formats.percent(row[-1]) for level, row in zip(LEVELS, found.inside, strict=True)
    }
    n_steps_out = found.inside.shape[1]
    apart = max(found.n_origins // n_steps_out, 1)
    if apart < FEW:
        return (
            f"Whether the bands are right cannot be told yet: the {found.n_origins} past starting "
            f"points overlap so much that they count as {_times(apart)}. More rows would tell."
        )
    overlap = (
        f" The starting points overlap and count as about {apart} separate ones."
        if n_steps_out > 1
        else ""
    )
    return (
        f"From {found.n_origins} past starting points, {noun} {n_steps_out} ended inside the 80 % "
        f"band **{held[80]}** of the time (50 % band: {held[50]}, 95 % band: {held[95]}). Each "
        f"band was made from what was known by then.{overlap}"
    )


def _times(n: int) -> str:
    return "a single test" if n == 1 else f"{n} tests"


def next_steps(n: int, noun: str) -> str:
    """The head of the table."""
    return f"The next {noun}" if n == 1 else f"The next {n} {many(noun)}"


def many(noun: str) -> str:
    """The plural."""
    return "half-hours" if noun == "half-hour" else f"{noun}s"


def disclaimer(run: Run) -> str:
    return (
        f"Trained on {run.origin.name} with the preset {presets.named(run.config)}. A forecast is "
        "an estimate from past values alone and can be wrong by more than its bands."
        + (" This is no financial advice." if run.origin.unit in ("", *CURRENCIES) else "")
    )


def figures(scores: Scores, unit: str) -> list[tuple[str, str, str]]:
    """The cards below the forecast."""
    windows = f"Over the {scores.n_windows:,} validation windows (those held back), all steps."
    return [
        ("Typical error", formats.value(scores.mae, unit), windows),
        ("Same as today", formats.value(scores.naive_mae, unit), f"Its typical error. {windows}"),
        (
            "Skill",
            formats.percent(scores.skill),
            "The share of the error of 'same as today' that is gone; below 0 it is worse.",
        ),
        (
            "Right peak",
            formats.percent(scores.peak_accuracy),
            "How often it picked the right step as the highest.",
        ),
    ]


def last_window(window: pd.DataFrame, unit: str) -> str:
    """The notebook's showcase, with the comparison that it left out."""
    actual = window["actual"].to_numpy()
    network = mae(actual, window["predicted"].to_numpy())
    naive = mae(actual, window["naive"].to_numpy())
    better = "the forecast was closer" if network < naive else "“same as today” was closer"
    if network == naive:
        better = "they are the same"
    return formats.dollars_safe(
        f"On the last {'known step' if len(window) == 1 else f'{len(window)} known steps'} the "
        f"forecast was off by "
        f"**{formats.value(network, unit)}** on average, “same as today” by "
        f"**{formats.value(naive, unit)}**: {better}. One window proves little; the figures above "
        "are over all of them."
    )


def readable(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The table with dates, weekdays and units as people write them."""
    shown = table.copy()
    shown["date"] = formats.dates(table["date"])
    place = shown.columns.get_loc("forecast") + 1 if "forecast" in shown else 0
    for level in reversed(BANDS):
        if f"lower_{level}" in shown:
            edges = zip(shown.pop(f"lower_{level}"), shown.pop(f"upper_{level}"), strict=True)
            shown.insert(place, f"{level} % band", [_band(low, high, unit) for low, high in edges])
    for column in set(table.columns) & set(shown.columns) - {"step", "date"}:
        shown[column] = formats.column(table[column], unit)
    return shown.rename(columns=HEADS)


def _band(low: float, high: float, unit: str) -> str:
    """ "$104.61 to $110.05", "29.59 to 36.00 cars": a unit in words is said once."""
    first = unit if unit in CURRENCIES else ""
    return f"{formats.value(low, first)} to {formats.value(high, unit)}"


def file_name(run: Run) -> str:
    """The name of what is downloaded, without its ending."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", run.origin.name).strip("-").lower() or "series"
    return f"forecast-{name[:_LONGEST_NAME].strip('-')}"


def camera(run: Run, kind: str) -> dict[str, Any]:
    """What the camera of the chart's toolbar saves: ``kind``, "png" or "svg", under a name."""
    return {
        "toImageButtonOptions": {"format": kind, "filename": file_name(run), "scale": 2},
    }
