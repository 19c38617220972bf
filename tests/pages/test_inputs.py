"""Further columns chosen on Train: offered, trained with, dropped in words where they are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import presets, sharing
from forecast.sharing import Shared
from tests.data import random_walk, yahoo_csv
from tests.pages.test_pages import button, go, linked, slider, texts, upload
from tests.pages.test_share import opened
from ui import state


def columns(app):
    return next(m for m in app.multiselect if m.label == "Also show the network")


def choose(app, *names):
    columns(app).set_value(list(names)).run()
    assert not app.exception
    return app


def trained(app, epochs=2):
    slider(app, "Epochs").set_value(epochs).run()
    button(app, "Train").click().run()
    assert not app.error
    state.engine().wait(linked(app), timeout=120)
    return state.engine().run(linked(app))


def test_columns_of_the_sample_are_chosen_and_trained_with(app):
    go(app, "train")
    assert columns(app).options == ["Open", "High", "Low", "Adj Close", "Volume"]
    assert columns(app).value == []
    before = texts(app)
    assert "4,057 parameters" in before
    choose(app, "Volume", "Open", "High", "Low")
    assert "4 further inputs" in texts(app)
    assert "4,537 parameters" in texts(app)  # 4 · 30 · 4 more
    assert "Close with 4 further inputs" in texts(app)
    run = trained(app)
    assert run.config.data.inputs == ("Volume", "Open", "High", "Low")
    assert run.weights[0].shape == (5, 120)
    assert list(run.inputs.columns) == ["Volume", "Open", "High", "Low"]
    app.run()
    assert not app.exception
    assert "Close with 4 further inputs · Recommended" in texts(app)
    go(app, "forecast")
    assert "What if" in texts(app)
    assert not app.error
    go(app, "train")
    assert columns(app).value == ["Volume", "Open", "High", "Low"], "the choice was lost on the way"


def test_a_link_to_a_run_brings_its_columns_with_it(app):
    upload(app, "mine.csv", yahoo_csv(300))
    go(app, "train")
    choose(app, "Volume")
    trained(app)
    fresh = type(app).from_file(app._script_path, default_timeout=60)
    fresh.query_params["run"] = linked(app)
    fresh.run()
    go(fresh, "train")
    assert columns(fresh).options == ["Volume"]
    assert columns(fresh).value == ["Volume"]
    assert "Left out" not in texts(fresh)


def test_columns_that_other_data_do_not_have_drop_out_with_a_word(app):
    go(app, "train")
    choose(app, "Volume", "High")
    app.switch_page("pages/data/page.py").run()
    upload(app, "walk.csv", yahoo_csv(300).replace(b"High", b"Top"))
    go(app, "train")
    assert columns(app).value == ["Volume"]
    assert "Left out: High" in texts(app)
    assert "1 further input ·" in texts(app)
    assert trained(app, epochs=1).config.data.inputs == ("Volume",)
    choose(app, "Volume", "Top")
    assert "Left out" not in texts(app)
    assert state_inputs(app) == ("Volume", "Top")


def state_inputs(app):
    return app.session_state["config"].data.inputs


def test_the_target_is_not_offered_as_an_input(app):
    go(app, "train")
    choose(app, "Open")
    app.switch_page("pages/data/page.py").run()
    target = next(s for s in app.selectbox if s.label == "Value to forecast")
    target.set_value("Open").run()
    go(app, "train")
    assert "Open" not in columns(app).options
    assert "Close" in columns(app).options
    assert "Left out: Open" in texts(app)
    assert not app.error


def test_a_link_with_unknown_columns_says_which_and_works(app):
    config = presets.classic().but(inputs=("Volume", "<b>Rain</b> $x$"))
    there = opened(app, sharing.encode(Shared(config, "sample:amazon-daily.csv")))
    go(there, "train")
    assert columns(there).value == ["Volume"]
    assert r"Left out: \<b\>Rain\</b\> \$x\$" in texts(there)
    assert not button(there, "Train").disabled
    assert sharing.decode(sharing.encode(Shared(config))).config == config


def test_data_with_a_single_column_have_nothing_to_offer(app):
    series = random_walk(200)
    upload(app, "one.csv", series.rename_axis("Date").to_csv().encode())
    go(app, "train")
    assert columns(app).disabled
    assert columns(app).options == []


@pytest.mark.parametrize("bad", ["empty", "still"])
def test_columns_that_can_teach_nothing_are_not_offered(app, bad):
    series = random_walk(200)
    table = pd.DataFrame({"Close": series, "empty": np.nan, "still": 3.0, "rain": range(200)})
    upload(app, "some.csv", table.rename_axis("Date").to_csv().encode())
    go(app, "train")
    assert bad not in columns(app).options
    assert "rain" in columns(app).options


def test_one_that_stands_still_in_the_rows_used_is_told_before_training(app):
    series = random_walk(300)
    table = pd.DataFrame({"Close": series, "late": [0.0] * 290 + [1.0] * 10})
    upload(app, "late.csv", table.rename_axis("Date").to_csv().encode())
    go(app, "train")
    choose(app, "late")
    assert "never changes in the" in app.error[0].value
    assert button(app, "Train").disabled
    choose(app)
    assert not app.error
