"""The stations of the tour: each a chart, a few sentences and two figures, from recordings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forecast import charts, evaluation, touring
from forecast.baselines import NAIVE
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from pages.learn import recorded, words
from pages.learn.recorded import CLASSIC, RECOMMENDED
from ui import formats, state

Cards = tuple[tuple[str, str, str], ...]  # label, value, help


@dataclass(frozen=True)
class Station:
    """What is seen at one station."""

    title: str
    text: str  # Markdown
    figure: Any
    label: str  # the chart in a sentence
    cards: Cards
    note: str = ""  # what the figures were measured on
    links: tuple[tuple[str, str], ...] = ()  # pages to go on to


def claim() -> Station:
    """The picture with which a notebook convinces."""
    pair = recorded.shares()
    found, unit = touring.ahead(pair.classic, 1), pair.unit
    return Station(
        "The picture that convinces",
        words.claim(found, unit),
        charts.learning.ahead(found, unit),
        "Line chart of the price that came and what the network had said the day before.",
        (
            ("Typical miss", formats.value(found.error, unit), "The mean absolute error."),
            ("Correlation", f"{found.together:.2f}", "1 is hand in hand, 0 is unrelated."),
        ),
        words.measured_on(found, pair.sample.name, CLASSIC),
    )


def naive() -> Station:
    """The same picture with the simplest forecast beside it."""
    pair = recorded.shares()
    found, unit = touring.ahead(pair.classic, 1), pair.unit
    scores = evaluation.scores(pair.classic)
    return Station(
        "Draw “same as today” beside it",
        words.naive(found, scores, pair.classic.config.window.n_steps_out, unit),
        charts.learning.ahead(found, unit, naive=NAIVE),
        "The same lines and “same as today”, which is the price one day late.",
        (
            ("Network", formats.value(found.error, unit), "Mean error one day ahead, as drawn."),
            (NAIVE, formats.value(found.naive_error, unit), GLOSSARY["naive"]),
        ),
        words.measured_on(found, pair.sample.name, CLASSIC),
    )


def loses() -> Station:
    """Why: it has to learn even to repeat the last value."""
    pair = recorded.shares()
    habits, unit = touring.habits(pair.classic), pair.unit
    return Station(
        "Why Classic loses",
        words.loses(habits, pair.classic, unit),
        charts.learning.course(
            {CLASSIC: touring.course(pair.classic)}, habits.scores.naive_mae, unit, NAIVE
        ),
        "Line chart of Classic’s error after each epoch, over the level line of “same as today”.",
        (
            ("Right peak", formats.percent(habits.scores.peak_accuracy), GLOSSARY["accuracy"]),
            ("Right direction", formats.percent(habits.direction), "A thrown coin gets 50 %."),
        ),
        words.of_the_curve(pair.sample.name),
    )


def careful() -> Station:
    """What Recommended does instead."""
    pair = recorded.shares()
    run, unit = pair.recommended, pair.unit
    scores = evaluation.scores(run)
    return Station(
        "What Recommended does",
        words.careful(run, scores, unit),
        charts.learning.course(
            {RECOMMENDED: touring.course(run), CLASSIC: touring.course(pair.classic)},
            scores.naive_mae,
            unit,
            NAIVE,
        ),
        "Line chart of the errors after each epoch: Recommended begins on the line of “same as "
        "today”, Classic above it.",
        (
            ("Followed", formats.percent(run.gate), GLOSSARY["gate"]),
            ("Skill", formats.percent(scores.skill), GLOSSARY["skill"]),
        ),
        words.of_the_curve(pair.sample.name, run.config.train.n_networks),
    )


def wins() -> Station:
    """Where a network is worth it."""
    pair = recorded.electricity()
    unit = pair.unit
    runs = {RECOMMENDED: pair.recommended, CLASSIC: pair.classic}
    table = touring.by_step(runs, NAIVE)
    scores = {name: evaluation.scores(run) for name, run in runs.items()}
    figure = charts.past.error_by_step(table, unit)
    figure.update_layout(height=charts.learning.HEIGHT)
    return Station(
        "Where a network does win",
        words.wins(scores[CLASSIC], scores[RECOMMENDED], pair.recommended, table, unit),
        figure,
        "Line chart of the mean error at each step ahead, for both presets and “same as today”.",
        tuple(
            (f"Skill, {name}", formats.percent(scores[name].skill), GLOSSARY["skill"])
            for name in (CLASSIC, RECOMMENDED)
        ),
        words.measured_on(touring.ahead(pair.recommended, 1), pair.sample.name, "both presets"),
    )


def own() -> Station:
    """The mark to beat on the series in use."""
    data, config = state.dataset(), state.config()
    n_rows = min(config.data.n_rows or len(data.series), len(data.series))
    cards: Cards = ()
    try:
        error = evaluation.naive_error(data.series, config)
        cards = (("The mark to beat", formats.value(error, data.unit), GLOSSARY["naive"]),)
        text = words.own(data.name, config, error, data.unit)
    except ForecastError as problem:
        text = words.not_yet(data.name, problem)
    return Station(
        "Now with your own series",
        text,
        charts.line(data.series.iloc[-n_rows:], data.unit, height=charts.learning.HEIGHT),
        f"Line chart of the last {n_rows:,} rows of the series in use.",
        cards,
        links=(("train", "Train a network on it"), ("data", "Choose other data")),
    )


STATIONS: tuple[Callable[[], Station], ...] = (claim, naive, loses, careful, wins, own)
