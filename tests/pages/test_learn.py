"""Learn: every station of the tour, and every lesson with all sorts of data and settings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from forecast import evaluation, lessons, presets, touring
from forecast.config import Config
from forecast.evaluation import Scores
from pages.learn import recorded, words, words_own
from pages.learn.stations import STATIONS
from tests.data import random_walk
from tests.pages.conftest import APP
from tests.pages.test_pages import button, slider, texts
from ui import formats
from ui.datasets import Dataset

LESSONS = ("Windows", "The split", "Epochs")


@pytest.fixture
def learn(app):
    app.switch_page("pages/learn/page.py").run()
    assert not app.exception
    return app


def choose(app, lesson):
    next(b for b in app.button_group if b.label == "Lesson").set_value(lesson).run()
    assert not app.exception, f"{lesson}: {app.exception}"
    return texts(app)


def on(number: float, unit: str = "$") -> str:
    """As the figure stands in Markdown."""
    return formats.dollars_safe(formats.value(number, unit)).replace(formats.JOIN, " ")


# The tour


def test_the_data_page_leads_to_the_tour(app):
    links = {link.proto.label for link in app.get("page_link")}
    assert "New to this? Take the three-minute tour" in links


def test_the_tour_goes_on_to_its_end_back_and_to_its_beginning(learn):
    titles = []
    for at in range(len(STATIONS)):
        assert not learn.exception
        assert not learn.error
        assert button(learn, "Back").disabled == (at == 0)
        titles.append(learn.subheader[0].value)
        button(learn, "Next" if at < len(STATIONS) - 1 else "Begin again").click().run()
    assert len(set(titles)) == len(STATIONS)
    assert learn.subheader[0].value == titles[0]
    button(learn, "Next").click().run()
    button(learn, "Back").click().run()
    assert learn.subheader[0].value == titles[0]


def test_the_tour_remembers_where_a_person_was(learn):
    button(learn, "Next").click().run()
    here = learn.subheader[0].value
    learn.switch_page("pages/data/page.py").run()
    learn.switch_page("pages/learn/page.py").run()
    assert learn.subheader[0].value == here


def test_the_figures_said_are_those_of_the_recordings(learn):
    shares, power = recorded.shares(), recorded.electricity()
    classic = evaluation.scores(shares.classic)
    ahead = touring.ahead(shares.classic, 1)
    expected = [
        [on(ahead.error)],
        [on(ahead.naive_error), on(ahead.error), on(classic.mae), on(classic.naive_mae)],
        [on(touring.habits(shares.classic).step_away)],
        [on(evaluation.scores(shares.recommended).mae)],
        [on(evaluation.scores(run).mae, "MW") for run in (power.classic, power.recommended)],
        [on(evaluation.naive_error(shares.classic.series, presets.recommended()))],
    ]
    for figures in expected:
        said = texts(learn)
        for figure in figures:
            assert figure in said
        button(learn, "Next" if figures is not expected[-1] else "Begin again").click().run()


def test_the_last_station_says_what_keeps_the_series_in_use_from_training(learn):
    learn.session_state["dataset"] = Dataset("short.csv", "$", random_walk(20), pd.DataFrame())
    learn.session_state["tour_station"] = len(STATIONS) - 1
    learn.run()
    assert not learn.exception
    assert "too few" in texts(learn)


# What is said follows from the figures


def scores(skill: float) -> Scores:
    return Scores(47, 10 * (1 - skill), 10.0, skill, 0.15)


def test_a_network_that_wins_is_not_said_to_lose():
    run = recorded.shares().classic
    found = touring.ahead(run, 1)
    assert "9 % worse" in words.naive(found, scores(-0.09), 7, "$")
    assert "takes 20 % of that error away" in words.naive(found, scores(0.2), 7, "$")
    assert words.naive(found, scores(0.001), 7, "$").endswith("a tie.")
    better = replace(found, naive_error=found.error + 1)
    assert "no less than" in words.naive(better, scores(0.2), 7, "$")


def test_lines_that_do_not_go_together_are_not_said_to():
    found = touring.ahead(recorded.shares().classic, 1)
    assert "run together" in words.claim(replace(found, together=0.7), "$")
    for together in (0.2, float("nan")):
        assert "do not look alike" in words.claim(replace(found, together=together), "$")


def test_luck_and_more_than_luck():
    run = recorded.shares().classic
    habits = replace(touring.habits(run), direction=0.49, chance=1 / 7, n_better=0)
    said = words.loses(replace(habits, scores=scores(-0.1)), run, "$")
    assert "None of its 150 epochs" in said
    assert "about as often as a coin (50 %)" in said
    assert "about as often as guessing (14 %)" in said
    better = replace(
        habits, direction=0.7, n_better=3, scores=replace(scores(0.1), peak_accuracy=0.5)
    )
    said = words.loses(better, run, "$")
    assert "3 of its 150 epochs" in said
    assert "more often than a coin" in said
    assert "more often than guessing" in said


def test_what_recommended_made_of_it():
    several = recorded.shares().recommended
    run = replace(several, config=several.config.but(n_networks=1))
    said = words.careful(replace(run, best_epoch=0, gate=0.0), scores(0.0), "$")
    assert "kept the start" in said
    assert "the gate has nothing to let through" in said
    assert "a tie" in said
    shut = words.careful(replace(run, best_epoch=9, gate=0.0), scores(0.0), "$")
    assert "lets nothing of the network’s step through" in shut
    said = words.careful(replace(run, best_epoch=9, gate=0.4), scores(0.2), "$")
    assert f"epoch 9 of {len(run.history)} was the best" in said
    assert "lets 40 % of the network’s step through" in said
    assert "takes 20 %" in said
    assert "tie" not in said
    said = words.careful(replace(several, best_epoch=0, gate=0.4), scores(0.2), "$")
    assert "3 networks" in said
    assert "lets 40 % of their step through" in said
    assert "start, so" not in said, "that is the first one's alone"


def test_where_a_network_wins_and_where_not():
    pair = recorded.electricity()
    runs = {"Recommended": pair.recommended, "Classic": pair.classic}
    table = touring.by_step(runs, "Same as today")
    run = pair.recommended
    said = words.wins(scores(0.3), scores(0.64), run, table, "MW")
    assert "64 % of the error is gone" in said
    assert "the point in the day" in said
    assert "One step ahead Classic is still worse" in said
    level = table.assign(Classic=0.0)
    assert "still worse" not in words.wins(scores(0.3), scores(0.64), run, level, "MW")
    said = words.wins(scores(0.3), scores(-0.2), run, table, "MW")
    assert "need not win" in said
    assert "is gone" not in said


SIGHT = Config().but(n_steps_in=3, n_steps_out=2, validation_split=0.25, batch_size=5)
RISING = pd.Series(np.arange(20, dtype=float) + 1)


@pytest.mark.parametrize(
    ("kind", "learnt"),
    [
        ("minmax", "smallest value, $1.00, as 0 and the largest, $16.00, as 1"),
        ("standard", "the mean, $8.50, as 0"),
        ("robust", "the median, $8.50, as 0 and quartiles that lie $7.50 apart"),
        ("change", "the size of a usual step, "),
        ("none", "nothing to leak"),
    ],
)
def test_what_each_scaler_learnt_from_1_to_16(kind, learnt):
    found = lessons.sight(RISING, SIGHT.but(scaler=kind))
    assert learnt in words_own.scaler(found, "$")


def test_what_would_leak_is_said_only_where_it_would():
    assert "a hint" in words_own.scaler(lessons.sight(RISING, SIGHT), "$")
    back = pd.Series([*range(1, 17), 5.0, 6.0, 7.0, 8.0])
    assert "changed nothing" in words_own.scaler(lessons.sight(back, SIGHT), "$")


def test_the_parts_touch_only_where_answers_are_longer_than_a_step():
    assert "1 row is an *answer*" in words_own.overlap(lessons.sight(RISING, SIGHT), SIGHT)
    one = SIGHT.but(n_steps_out=1)
    said = words_own.overlap(lessons.sight(RISING, one), one)
    assert "*answer*" not in said
    assert "has a say" not in said
    gated = one.but(gate=True)
    assert "has a say" in words_own.overlap(lessons.sight(RISING, gated), gated)


def test_one_batch_and_one_epoch_are_one():
    found = lessons.batches(500, Config().but(batch_size=417, epochs=1))
    said = words_own.batches(found)
    assert "**1 batch** an epoch" in said
    assert "1 epoch makes **1 correction**" in said
    assert "the last one" not in said
    three = lessons.batches(500, Config().but(n_networks=3))
    assert "150 epochs of 3 networks make **6,300 corrections**" in words_own.batches(three)
    early = lessons.batches(500, Config().but(patience=5))
    assert "at most 2,100 corrections" in words_own.batches(early)


# The lessons, with a person's own data and settings


def test_the_lessons_say_the_numbers_of_the_next_run(learn):
    learn.session_state["config"] = presets.classic()
    assert "**464 windows**" in choose(learn, "Windows")
    said = choose(learn, "The split")
    assert "417 are for training" in said
    assert "453" in said
    said = choose(learn, "Epochs")
    assert "**417 training windows** in batches of 30 are **14 batches** an epoch" in said
    assert "the last one of 27" in said
    assert "2,100 corrections" in said


def test_a_slider_of_a_lesson_is_that_of_train(learn):
    choose(learn, "Windows")
    slider(learn, "Past steps").set_value(12).run()
    assert "12 past steps" in texts(learn)
    learn.switch_page("pages/train/page.py").run()
    assert slider(learn, "Past steps").value == 12
    slider(learn, "Past steps").set_value(14).run()
    learn.switch_page("pages/learn/page.py").run()
    choose(learn, "Windows")
    assert slider(learn, "Past steps").value == 14


def test_a_setting_beyond_its_slider_is_left_as_it_is(learn):
    learn.session_state["config"] = presets.classic().but(n_steps_in=200)
    assert "200 past steps" in choose(learn, "Windows")
    assert learn.session_state["config"].window.n_steps_in == 200


def half_hourly() -> pd.Series:
    index = pd.date_range("2024-01-01", periods=9_000, freq="30min", tz="Europe/London")
    return pd.Series(np.sin(np.arange(9_000) / 7.6) - 0.2, index=index, name="Demand")


KINDS = {
    "half-hourly with clocks": half_hourly,
    "numbered": lambda: random_walk(600).reset_index(drop=True),
    "one value": lambda: random_walk(600) * 0 + 3.5,
    "no more than it needs": lambda: random_walk(80),
}
ODD = {
    "all rows": {"n_rows": None},
    "one step": {"n_steps_in": 2, "n_steps_out": 1, "scaler": "standard"},
    "far ahead": {"n_steps_out": 30, "scaler": "robust"},
    "single windows": {"batch_size": 1, "epochs": 1, "scaler": "none"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_data_and_settings_are_explained_too(learn, kind, odd):
    series = KINDS[kind]()
    learn.session_state["dataset"] = Dataset("made.csv", "MW", series, series.to_frame())
    learn.session_state["config"] = presets.classic().but(batch_size=5).but(**ODD[odd])
    for lesson in LESSONS:
        said = choose(learn, lesson)
        assert not learn.error, f"{lesson}: {learn.error[0].value}"
        for word in ("nan", "inf ", "None", "NaT"):
            assert word not in said, f"{lesson} says {word}"


@pytest.mark.parametrize(
    ("n_rows", "changes", "message"),
    [
        (20, {}, "too few"),
        (500, {"batch_size": 500}, "batch is larger"),
        (2, {}, "too few"),
    ],
)
def test_what_cannot_be_trained_on_is_explained(learn, n_rows, changes, message):
    series = random_walk(n_rows)
    learn.session_state["dataset"] = Dataset("made.csv", "$", series, series.to_frame())
    learn.session_state["config"] = presets.recommended().but(**changes)
    for lesson in LESSONS:
        choose(learn, lesson)
        assert message in learn.error[0].value


def test_it_opens_by_its_own_address():
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.switch_page("pages/learn/page.py").run()
    assert app.title[0].value == "Learn"
