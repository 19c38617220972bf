"""The Compare page: the runs of this browser, and of nobody else."""

from __future__ import annotations

import dataclasses
import time

import pytest

from forecast import comparing, presets, runs
from forecast.comparing import Summary
from forecast.runs import Origin
from forecast.store import Label, RunStore
from pages.compare.table import WIDTHS, widths
from tests.data import random_walk
from tests.pages.test_pages import begun, button, go, slider, texts
from ui import formats, state
from ui.components import identity
from ui.widgets import LABELS

COMPARE = "pages/compare/page.py"
TRAIN = "pages/train/page.py"
CLASSIC = presets.classic()
OTHERS = "The settings now chosen are not those of this run"


def owner_of(app):
    return identity.digest(app.session_state["word"])


def train(app, name="Prices", **changes):
    run_id = state.engine().submit(
        random_walk(200), CLASSIC.but(epochs=2, **changes), Origin(name, "$"), owner_of(app)
    )
    assert state.engine().wait(run_id, timeout=200).status == "finished"
    return run_id


def compare(app):
    app.switch_page(COMPARE).run()
    assert not app.exception
    return app


def opened(app, run_id):
    """The same person in another window, which takes up the run's data and settings."""
    other = type(app).from_file(app._script_path, default_timeout=60)
    other.session_state["word"] = app.session_state["word"]
    other.query_params["run"] = run_id
    return other.run()


def table(app):
    return app.dataframe[0].value


def tick(app, *runs):
    """Tick these runs in the table and no other."""
    listed = [run.id for run in comparing.summaries(state.engine().store, owner_of(app))[0]]
    app.session_state["compare-table"] = {"selection": {"rows": [listed.index(r) for r in runs]}}
    app.run()
    assert not app.exception
    return app


def ticked(app):
    listed = [run.id for run in comparing.summaries(state.engine().store, owner_of(app))[0]]
    return [listed[row] for row in app.session_state["compare-table"]["selection"]["rows"]]


def test_without_runs_it_says_where_to_get_one(app):
    assert "There are no runs yet" in texts(compare(app))


def test_it_lists_this_browser_s_runs_and_nobody_else_s(app):
    train(app, "Mine")
    other = state.engine().submit(random_walk(200), CLASSIC.but(epochs=1), Origin("Theirs"), "x")
    state.engine().wait(other, timeout=200)
    listed = table(compare(app))
    assert list(listed["Data"]) == ["Mine"]
    assert listed["Validation error"].iloc[0].startswith("$")


def test_the_run_on_show_is_chosen_and_can_be_renamed_starred_and_noted(app):
    run_id = train(app)
    app.query_params["run"] = run_id
    compare(app)
    next(t for t in app.text_input if t.label == "Name").set_value("My best one")
    next(t for t in app.text_input if t.label == "Note").set_value("small batches")
    app.checkbox[0].set_value(True)
    button(app, "Save").click().run()
    assert not app.exception
    assert state.engine().store.label(run_id) == Label("My best one", "small batches", True)
    assert list(table(app)["Run"]) == ["My best one"]
    assert "This run: **My best one** · Prices" in texts(
        opened(app, run_id).switch_page(TRAIN).run()
    )


def test_a_run_s_settings_go_back_into_the_sliders(app):
    app.query_params["run"] = train(app, n_steps_in=17)
    compare(app)
    button(app, "Use its settings").click().run()
    app.switch_page(TRAIN).run()
    assert slider(app, "Past steps").value == 17
    assert OTHERS not in texts(app)


def test_settings_of_another_run_are_not_taken_for_those_of_the_run_shown(app):
    first, second = train(app), train(app, n_steps_in=17)
    app = tick(compare(opened(app, second)), second)
    button(app, "Use its settings").click().run()
    app.query_params["run"] = first
    app.switch_page(TRAIN).run()
    assert slider(app, "Past steps").value == 17
    assert OTHERS in texts(app)
    slider(app, "Past steps").set_value(30).run()
    assert OTHERS not in texts(app)


def test_delete_can_be_undone(app):
    app.query_params["run"] = train(app)
    compare(app)
    button(app, "Delete").click().run()
    assert "There are no runs yet" in texts(app)
    button(app, "Undo").click().run()
    assert not app.exception
    assert len(table(app)) == 1


def test_a_run_that_is_brought_back_leaves_another_on_show(app):
    gone, shown = train(app), train(app, n_steps_in=17)
    app.query_params["run"] = shown
    tick(compare(app), gone)
    button(app, "Delete").click().run()
    button(app, "Undo").click().run()
    assert not app.exception
    assert state.engine().job(gone)
    assert app.query_params["run"] in (shown, [shown])


def test_two_runs_on_the_same_data_are_compared_on_arrival(app):
    one, other, another = train(app), train(app, "Sales"), train(app, n_steps_in=17)
    said = compare(opened(app, another))
    assert set(ticked(said)) == {one, another}
    assert "What was set differently" in texts(said)
    assert "Tick more of them in the first column" in texts(said)
    assert ticked(compare(opened(app, other))) == [other], "nothing to compare it with"


def test_the_run_on_show_comes_first_and_the_newest_on_its_data_beside_it():
    runs = [summary(5, data="Sales"), summary(4), summary(3), summary(2), summary(1, column="Low")]
    for shown, expected in ((5, [5]), (4, [4, 3]), (2, [2, 4]), (1, [1]), (9, [5])):
        found = comparing.side_by_side(runs, f"{shown:032x}")
        assert [int(run.id, 16) for run in found] == expected
    assert comparing.side_by_side([], None) == []


def test_after_a_delete_no_other_run_is_ticked(app):
    kept, gone = [train(app, "Sales"), train(app)], train(app)
    tick(compare(app), gone)
    button(app, "Delete").click().run()
    assert not app.exception
    assert ticked(app) == []
    assert [b for b in app.button if b.label == "Delete"] == []
    assert all(state.engine().job(run) for run in kept)
    button(app, "Undo").click().run()
    assert ticked(app) == []


def test_ticks_stay_with_their_runs_when_another_is_trained_elsewhere(app):
    older, newer = train(app), train(app, n_steps_in=14)
    compare(app)
    train(app, n_steps_in=17)
    app.run()
    assert set(ticked(app)) == {newer, older}


def test_what_differs_stands_early_and_no_column_is_empty_or_off_the_edge(app):
    run_id = train(app)
    assert list(table(compare(app)).columns) == [
        "Run", "Settings", "Data", "Validation error", "Same as today", "Skill", "Epochs", "Time",
        "State",
    ]  # fmt: skip
    state.engine().store.write_label(run_id, Label("Mine", "a note", star=True))
    columns = list(table(app.run()).columns)
    assert columns[:3] == ["★", "Run", "Settings"]
    assert columns[-2:] == ["Begun", "Note"]
    assert table(app)["Settings"].iloc[0].startswith("Classic: 30 → 7 steps")
    edges, ticks = 74, 36  # pixels: beside the page, and the column of ticks
    for shown in (columns, list(WIDTHS)[1:-2]):
        assert 1440 - edges - ticks - 20 < sum(widths(shown).values()) <= 1440 - edges - ticks


def test_who_came_by_a_run_s_link_is_not_told_that_there_are_no_runs(app):
    other = state.engine().submit(random_walk(200), CLASSIC.but(epochs=1), Origin("Theirs"), "x")
    state.engine().wait(other, timeout=200)
    app.query_params["run"] = other
    said = texts(compare(app))
    assert "The run on show belongs to somebody else. Runs that you train yourself" in said
    assert "There are no runs yet" not in said


def test_only_the_settings_that_differ_are_shown():
    changed = comparing.changed_settings(
        {"one": CLASSIC, "two": CLASSIC.but(units=(20, 10), patience=5)}
    )
    assert changed.to_dict("index") == {
        "units": {"one": "30", "two": "20-10"},
        "patience": {"one": "–", "two": "5"},
    }


def summary(number, name="", data="Prices", second=7, column="Close", **changes):
    return Summary(
        id=f"{number:032x}", label=Label(name), origin=Origin(data), config=CLASSIC.but(**changes),
        status="finished", created=f"2026-11-25T23:58:{second:02}+00:00", epochs=2, seconds=1.0,
        mae=1.0, naive_mae=1.0, skill=0.0, column=column,
    )  # fmt: skip


def names(*runs):
    return list(comparing.names(runs, {"n_steps_in": "Past steps (n_steps_in)"}).values())


def test_runs_with_one_name_are_told_apart_by_what_differs():
    begun = "Classic, 25 Nov 23:58"
    assert names(summary(1), summary(2, "Mine")) == [begun, "Mine"]
    assert names(summary(1, n_steps_in=14), summary(2, epochs=300)) == [
        f"{begun} · past steps 14, epochs 150",
        f"{begun} · past steps 30, epochs 300",
    ]
    assert names(summary(1), summary(2, data="Sales")) == [f"{begun} · Prices", f"{begun} · Sales"]
    assert names(summary(1, "Mine", epochs=9), summary(2, "Mine", epochs=8)) == [
        "Mine · epochs 9",
        "Mine · epochs 8",
    ]


def test_runs_with_the_same_settings_are_told_apart_by_second_and_number():
    begun = "Classic, 25 Nov 23:58"
    assert names(summary(1, second=7), summary(2, second=41)) == [
        f"{begun} · 23:58:07",
        f"{begun} · 23:58:41",
    ]
    assert names(summary(1), summary(2)) == [
        f"{begun} · 23:58:07 (1)",
        f"{begun} · 23:58:07 (2)",
    ]
    three = names(summary(1), summary(2), summary(3, epochs=9))
    assert len(set(three)) == 3


def test_a_thousand_runs_are_listed_within_a_second(tmp_path):
    store = RunStore(tmp_path)
    job_like = dataclasses.make_dataclass(
        "JobLike", ["id", "status", "created", "origin", "config", "series", "rows"]
    )
    series = random_walk(100)
    record = runs.base_record(
        job_like("0" * 32, "finished", runs.now(), Origin(), CLASSIC, series, series)
    )
    for i in range(1_000):
        run_id = f"{i:032x}"
        (tmp_path / run_id).mkdir()
        store.mark({**record, "id": run_id, "owner": "me"})
    start = time.perf_counter()
    found, damaged = comparing.summaries(store, "me")
    assert time.perf_counter() - start < 1
    assert len(found) == 1_000
    assert damaged == []


@pytest.mark.parametrize("page", ["pages/forecast/page.py", "pages/backtest/page.py"])
def test_a_page_about_a_run_says_which_one_as_compare_names_it(app, page):
    short, long = train(app, n_steps_in=14), train(app, n_steps_in=17)
    found, _ = comparing.summaries(state.engine().store, owner_of(app))
    called = comparing.names(found, LABELS)
    begun = {run.id: run.begun for run in found}
    for shown in (short, long):
        app.query_params["run"] = shown
        app.switch_page(page).run()
        assert not app.exception
        assert f"Run: {called[shown]} · Prices · Close" in formats.unmarked(texts(app))
    state.engine().store.write_label(long, Label("Long *look*"))
    app.run()
    assert f"Run: Long *look* · {begun[long]} · Prices · Close" in formats.unmarked(texts(app))


@pytest.mark.parametrize("page", [TRAIN, COMPARE])
def test_a_discarded_run_is_gone_until_it_is_brought_back(app, page):
    run_id = train(app)
    app.query_params["run"] = run_id
    app.switch_page(TRAIN).run()
    button(app, "Discard").click().run()
    assert state.engine().job(run_id) is None
    app.switch_page(page).run()
    button(app, "Undo").click().run()
    assert not app.exception
    assert state.engine().job(run_id).status == "finished"


def test_training_on_adds_epochs_to_the_same_run(app):
    run_id = train(app)
    app.query_params["run"] = run_id
    app.switch_page(TRAIN).run()
    next(n for n in app.number_input if n.label == "More epochs").set_value(3).run()
    button(app, "Train 3 more").click().run()
    assert not app.exception
    state.engine().wait(run_id, timeout=200)
    assert len(state.engine().job(run_id).history) == 5


def test_somebody_else_s_run_can_be_watched_but_not_touched(app):
    other = state.engine().submit(random_walk(200), CLASSIC.but(epochs=1), Origin("Theirs"), "x")
    state.engine().wait(other, timeout=200)
    app.query_params["run"] = other
    app.switch_page(TRAIN).run()
    assert not app.exception
    assert [b for b in app.button if b.label == "Discard"] == []
    assert button(app, "Pause").disabled
    assert button(app, "Stop").disabled


def test_runs_on_different_data_say_so_and_have_a_chart_each(app):
    train(app, "Dollars")
    other = state.engine().submit(
        random_walk(250), CLASSIC.but(epochs=2), Origin("Degrees", "°C"), owner_of(app)
    )
    assert state.engine().wait(other, timeout=200).status == "finished"
    found, _ = comparing.summaries(state.engine().store, owner_of(app))
    changed = comparing.differences({run.id: run for run in found[:2]})
    assert sorted(changed.loc["Data"]) == ["Degrees", "Dollars"]


def test_a_run_under_way_is_listed_as_it_is_now_and_pausing_makes_resume_the_way_on(app):
    go(app, "train")
    button(app, "Classic").click().run()
    slider(app, "Epochs").set_value(1_000).run()
    button(app, "Train").click().run()
    run_id = begun(app)
    (row,) = table(compare(app)).to_dict("records")
    assert row["State"] == "running"
    assert row["Epochs"] >= 1
    state.engine().pause(run_id)
    assert state.engine().wait(run_id, timeout=120).status == "paused"
    go(app, "train")
    kinds = {b.label: b.proto.type for b in app.button if b.label in ("Train", "Resume")}
    assert kinds == {"Train": "secondary", "Resume": "primary"}
    state.engine().stop(run_id)
    state.engine().wait(run_id, timeout=120)
