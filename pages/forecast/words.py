"""The sentences and tables of the Forecast page."""

from __future__ import annotations

import re

import pandas as pd

from forecast import calendars
from forecast.evaluation import Scores
from forecast.metrics import mae
from forecast.runs import Run
from forecast.style import CURRENCIES
from ui import formats

TIE = 0.01  # a smaller difference in skill is nothing to speak of
HEADS = {
    "step": "Step",
    "date": "Date",
    "forecast": "Network",
    "naive": "Same as today",
    "actual": "Actual",
    "predicted": "Network",
    "error": "Actual − network",
}


def verdict(run: Run, table: pd.DataFrame, scores: Scores) -> str:
    """What it says, and whether it has earned to be believed."""
    unit = run.origin.unit
    last = table.iloc[-1]
    now = formats.value(float(run.series.iloc[-1]), unit)
    says = (
        f"By **{formats.date(last['date'], weekday=True)}** the network expects "
        f"**{formats.value(last['forecast'], unit)}**; the last known value is {now}."
    )
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
    return formats.dollars_safe(f"{says}  \n{trust}")


def _why(run: Run) -> str:
    traded = run.origin.unit in CURRENCIES or calendars.infer(run.series.index).exchange
    return "For prices that are traded this is normal. " if traded else ""


def next_steps(n: int) -> str:
    """The head of the table."""
    return "The next step" if n == 1 else f"The next {n} steps"


def figures(scores: Scores, unit: str) -> list[tuple[str, str, str]]:
    """The cards below the forecast."""
    windows = f"Over {scores.n_windows:,} validation windows, all steps."
    return [
        ("Typical error", formats.value(scores.mae, unit), windows),
        ("Same as today", formats.value(scores.naive_mae, unit), f"Its typical error. {windows}"),
        (
            "Skill",
            formats.percent(scores.skill),
            "The share of the error of 'same as today' that is gone; below 0 it is worse.",
        ),
        (
            "Right peak day",
            formats.percent(scores.peak_accuracy),
            "How often it picked the right step as the highest.",
        ),
    ]


def last_window(window: pd.DataFrame, unit: str) -> str:
    """The notebook's showcase, with the comparison that it left out."""
    actual = window["actual"].to_numpy()
    network = mae(actual, window["predicted"].to_numpy())
    naive = mae(actual, window["naive"].to_numpy())
    better = "the network was closer" if network < naive else "“same as before” was closer"
    return formats.dollars_safe(
        f"On the last {'known step' if len(window) == 1 else f'{len(window)} known steps'} the "
        f"network was off by "
        f"**{formats.value(network, unit)}** on average, “same as before” by "
        f"**{formats.value(naive, unit)}**: {better}. One window proves little; the figures above "
        "are over all of them."
    )


def readable(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The table with dates, weekdays and units as people write them."""
    shown = table.copy()
    shown["date"] = [formats.date(moment, weekday=True) for moment in table["date"]]
    for column in set(table.columns) - {"step", "date"}:
        shown[column] = [formats.value(value, unit) for value in table[column]]
    return shown.rename(columns=HEADS)


def file_name(run: Run) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", run.origin.name).strip("-").lower() or "series"
    return f"forecast-{name}.csv"
