"""Questions, where two readings of a file fit: each answer with the ends the series would have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.reading.assemble import Draft, assemble
from forecast.reading.entities import ALL_TOGETHER
from forecast.reading.grid import Grid
from forecast.reading.model import Answers, Option, Question, Reading
from forecast.reading.wording import ends, point

_MOST_OPTIONS = 30
_ORDER_LABELS = {
    "dmy": "Day first: 31/12/2024",
    "mdy": "Month first: 12/31/2024",
    "ymd": "Year first: 24/12/31",
}
_DECIMAL_LABELS = {
    ".": "Point as decimal mark: 1,234.56",
    ",": "Comma as decimal mark: 1.234,56",
}


def questions_about(
    grid: Grid, answers: Answers, reading: Reading, draft: Draft
) -> tuple[Question, ...]:
    """Everything worth asking about a reading; what was answered is not asked again."""
    found = [
        _about_dates(grid, answers, reading, draft),
        _about_order(grid, answers, reading, draft),
        _about_entity(grid, answers, reading, draft),
        _about_target(grid, answers, reading, draft),
        _about_decimal(grid, answers, reading, draft),
    ]
    return tuple(question for question in found if question is not None)


def _about_dates(grid: Grid, answers: Answers, reading: Reading, draft: Draft) -> Question | None:
    dated = draft.dated
    if dated is None or not dated.rivals or answers.date_column is not None:
        return None
    name = grid.names[dated.used[0]]
    options = [_taken(name, replace(answers, date_column=name), reading)]
    for column in dated.rivals:
        name = grid.names[column]
        options += _other(grid, replace(answers, date_column=name), name, draft)
    text = "Which column holds the dates?"
    return Question("date_column", text, tuple(options), 0) if len(options) > 1 else None


def _about_order(grid: Grid, answers: Answers, reading: Reading, draft: Draft) -> Question | None:
    choice = draft.dated.parsed.choice if draft.dated is not None else None
    if choice is None or not choice.also or answers.date_order is not None:
        return None
    options = [
        _taken(_ORDER_LABELS[choice.order], replace(answers, date_order=choice.order), reading)
    ]
    for order in choice.also:
        options += _other(grid, replace(answers, date_order=order), _ORDER_LABELS[order], draft)
    text = "Does the day or the month come first in the dates?"
    return Question("date_order", text, tuple(options), 0) if len(options) > 1 else None


def _about_decimal(grid: Grid, answers: Answers, reading: Reading, draft: Draft) -> Question | None:
    target = draft.targets.chosen
    if target not in draft.numbers.decimals.open or answers.decimal is not None:
        return None
    taken = draft.numbers.decimals.marks[target]
    other = "," if taken == "." else "."
    options = [_taken(_DECIMAL_LABELS[taken], replace(answers, decimal=taken), reading)]
    options += _other(grid, replace(answers, decimal=other), _DECIMAL_LABELS[other], draft)
    text = "Is the comma or the point the decimal mark?"
    return Question("decimal", text, tuple(options), 0) if len(options) > 1 else None


def _taken(label: str, answers: Answers, reading: Reading) -> Option:
    return Option(label, answers, *ends(reading.series))


def _other(grid: Grid, answers: Answers, label: str, draft: Draft) -> list[Option]:
    """The option for another answer, unless the file could not be read under it."""
    try:
        pinned = replace(answers, target_column=draft.targets.chosen)
        reading, _ = assemble(grid, pinned, table=False)
    except DataError:
        return []
    return [Option(label, answers, *ends(reading.series))]


def _about_target(grid: Grid, answers: Answers, reading: Reading, draft: Draft) -> Question | None:
    rivals = draft.targets.rivals[:_MOST_OPTIONS]
    if len(rivals) < 2 or answers.target_column is not None:
        return None
    options = []
    for column in rivals:
        name = grid.names[column]
        series = (
            pd.to_numeric(reading.table[name], errors="coerce") if name in reading.table else None
        )
        if series is None:
            continue
        options.append(Option(name, replace(answers, target_column=name), *ends(series)))
    chosen = rivals.index(draft.targets.chosen) if draft.targets.chosen in rivals else 0
    return Question("target_column", "Which column is to be forecast?", tuple(options), chosen)


def _about_entity(grid: Grid, answers: Answers, reading: Reading, draft: Draft) -> Question | None:
    entities, dated = draft.entities, draft.dated
    if entities is None or dated is None or answers.entity is not None:
        return None
    values = draft.numbers.columns[draft.targets.chosen].values
    good = np.flatnonzero(np.isfinite(values) & dated.parsed.ok)
    order = good[np.argsort(dated.parsed.stamps[good], kind="stable")]
    codes = entities.codes[order]
    # Rows are in the order of time, so the first and last place of a code are its ends.
    _, first = np.unique(codes, return_index=True)
    kinds, last = np.unique(codes[::-1], return_index=True)
    known = [entities.labels.index(str(draft.entity))] if draft.entity != ALL_TOGETHER else []
    shown = list(dict.fromkeys([*known, *kinds.tolist()]))[:_MOST_OPTIONS]
    places = {
        int(code): (order[f], order[len(order) - 1 - la])
        for code, f, la in zip(kinds, first, last, strict=True)
    }
    options = []
    for code in sorted(shown):
        start, end = places[code]
        label = entities.labels[code]
        options.append(
            Option(
                label,
                replace(answers, entity=label),
                point(pd.Timestamp(dated.parsed.stamps[start]), values[start]),
                point(pd.Timestamp(dated.parsed.stamps[end]), values[end]),
            )
        )
    chosen = sorted(shown).index(known[0]) if known else len(options)
    everything = replace(answers, entity=ALL_TOGETHER)
    if not known:
        options.append(_taken(ALL_TOGETHER, everything, reading))
    elif ALL_TOGETHER in reading.receipt.entities:
        options += _other(grid, everything, ALL_TOGETHER, draft)
    return Question(
        "entity", "Which series of this file is to be forecast?", tuple(options), chosen
    )
