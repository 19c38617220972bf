"""How forecasts of the past went, in words: of another day, and of the diary."""

from __future__ import annotations

import pandas as pd

from forecast.diary import Entry
from forecast.evaluation import StepScore, step_score
from forecast.reading.targets import is_amount
from pages.forecast import words
from ui import formats

SEEN = {
    "learnt": "The network has learnt from the days after this one, so this shows what it "
    "remembers, not how it would have done.",
    "chosen": "It has not learnt from the days after this one, but they helped to choose the epoch "
    "and how far it is followed, so this flatters a little.",
}


def what_if(history: pd.Series, judged: pd.DataFrame, unit: str, *, seen: str) -> str:
    """What would have been said on another day, and how that went.

    Args:
        seen: what the network knows of the days after it: "learnt" from them, "chosen" by them
            (they are of the validation part), or "" where they are new to it.
    """
    start = formats.named(history.index[-1], formats.period(judged["date"]))
    said = words.says(judged, float(history.iloc[-1]), unit, history.index)
    score = step_score(judged)
    lines = [f"Asked at the end of **{start}**: {said[0].lower()}{said[1:]}"]
    if score.n_known:
        lines.append(formats.dollars_safe(_how_it_went(score, unit)))
    if seen:
        lines.append(SEEN[seen])
    return "  \n".join(lines)


def _how_it_went(score: StepScore, unit: str) -> str:
    known = f"all {score.n_steps}" if score.n_known == score.n_steps else f"{score.n_known}"
    text = (
        f"Over {known} of its steps that are known by now it was off by "
        if score.n_known < score.n_steps
        else f"Over {known} steps it was off by "
    )
    text += (
        f"**{formats.value(score.mae, unit)}** on average, “same as today” by "
        f"{formats.value(score.naive_mae, unit)}"
    )
    if score.inside is not None:
        text += f"; {score.inside} of {score.n_known} ended inside the 80 % band"
    return f"{text}."


def saved(entry: Entry) -> str:
    """A saved forecast by its data and its days; plain text."""
    table = entry.table()
    of = formats.period(entry.rows)
    first, last = (formats.named(table["date"].iloc[i], of) for i in (0, -1))
    days = first if len(table) == 1 else f"{first} to {last}"
    return f"{entry.name}, {entry.column}: {days}"


def diary_entry(entry: Entry) -> str:
    """A saved forecast, and how it went as far as that is known."""
    table, score = entry.table(), entry.score()
    at = formats.named(entry.last_known, formats.period(entry.rows))
    known = entry.rows[: -len(table)]
    said = words.says(table, list(entry.history.values())[-1], entry.unit, known)
    lines = [
        f"**{formats.plain(saved(entry))}**",
        f"Made from what was known at the end of {at}. {said}",
    ]
    if score.n_known:
        lines.append(formats.dollars_safe(_how_it_went(score, entry.unit) + _sums(entry)))
    else:
        lines.append("None of its days is known yet: load newer data of this series to score it.")
    if entry.revised:
        lines.append(
            f"{entry.revised} of the {len(entry.history)} values known then were revised since."
        )
    return "  \n".join(lines)


def _sums(entry: Entry) -> str:
    """How its steps came out together, where that means something and all are known."""
    table = entry.table()
    actual = table["actual"]
    if len(table) < 2 or actual.isna().any() or not is_amount(entry.column, entry.unit):
        return ""
    said, came = (formats.value(float(s.sum()), entry.unit) for s in (table["forecast"], actual))
    return f" All together they came to {came}, and the forecast said {said}."
