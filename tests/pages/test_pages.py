"""Each page: what it shows, what it refuses, and that nothing entered is lost."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from forecast import presets
from tests.data import random_walk, yahoo_csv
from ui import formats, state

PAGES = {
    "explore": "pages/explore/page.py",
    "train": "pages/train/page.py",
    "forecast": "pages/forecast/page.py",
    "backtest": "pages/backtest/page.py",
}


def go(app, page):
    app.switch_page(PAGES[page]).run()
    assert not app.exception
    return app


def texts(app):
    kinds = ("markdown", "caption", "error", "warning", "title", "subheader", "text")
    said = "\n".join(element.value for kind in kinds for element in getattr(app, kind))
    return said.replace(formats.JOIN, " ")


def upload(app, name, content):
    app.file_uploader(key="upload").set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def linked(app):
    """The run in the address."""
    value = app.query_params["run"]
    return value[0] if isinstance(value, list) else value


def begun(app):
    """The run in the address, once it has an epoch: stopped before that it leaves nothing."""
    deadline = time.monotonic() + 120
    while not state.engine().job(linked(app)).history:
        assert time.monotonic() < deadline, "no epoch came"
        time.sleep(0.05)
    return linked(app)


def slider(app, label):
    return next(s for s in app.slider if s.label.startswith(label))


def button(app, label):
    return next(b for b in app.button if b.label == label)


def metric(app, label):
    value = next(m.value for m in app.metric if m.label == label)
    return value.replace(formats.JOIN, " ")


def test_the_app_opens_with_a_sample_loaded(app):
    assert not app.exception
    assert "Amazon, daily" in texts(app)
    assert metric(app, "Rows") == "2,699"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_at_once(app, page):
    go(app, page)
    assert app.title[0].value.lower() == page


@pytest.mark.parametrize(
    ("sample", "rows", "last"),
    [(1, "4,032", "23,132 MW"), (2, "731", "2,729 rentals")],
)
def test_each_sample_can_be_chosen(app, sample, rows, last):
    [b for b in app.button if b.label in ("Use this", "In use")][sample].click().run()
    assert not app.exception
    assert metric(app, "Rows") == rows
    assert metric(app, "Last value") == last
    go(app, "explore")
    go(app, "train")
    assert not app.error


def test_an_upload_takes_the_sample_s_place(app):
    upload(app, "mine.csv", yahoo_csv(300))
    assert metric(app, "Rows") == "300"
    assert "mine.csv" in texts(app)
    go(app, "train")
    assert "263 windows" in texts(app)
    assert "4,057 parameters" in texts(app)


def test_another_column_can_be_chosen_as_the_target(app):
    upload(app, "mine.csv", yahoo_csv(300))
    target = next(s for s in app.selectbox if s.label == "Value to forecast")
    assert target.value == "Close"
    target.set_value("Open").run()
    assert not app.exception
    assert "· Open ·" in texts(app)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("letter.csv", b"Dear Sir,\nthis is a letter.\nYours\n"),
        ("words.csv", b"Date,Colour\n2020-01-01,red\n2020-01-02,blue\n2020-01-03,red\n"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
        ("page.csv", b"<!doctype html><html><body>Not found</body></html>"),
    ],
)
def test_a_file_that_is_no_series_gets_one_message_and_changes_nothing(app, name, content):
    upload(app, name, content)
    assert len(app.error) == 1
    message = app.error[0].value
    assert "Expected:" in message
    assert "Received:" in message
    assert "Amazon, daily" in texts(app)
    assert metric(app, "Rows") == "2,699"


def test_a_short_file_can_be_trained_on_at_once_and_a_long_one_afterwards_as_ever(app):
    upload(app, "short.csv", yahoo_csv(30))
    go(app, "train")
    assert not app.error
    assert not button(app, "Train").disabled
    assert "Made to fit these 30 rows: Past steps (n_steps_in) 30 → **5**" in texts(app)
    slider(app, "Epochs").set_value(20).run()
    assert "Made to fit" not in texts(app)
    app.switch_page("pages/data/page.py").run()
    upload(app, "shorter.csv", yahoo_csv(29))
    assert slider(go(app, "train"), "Epochs").value == 20


def test_what_was_made_to_fit_a_short_file_goes_with_it(app):
    upload(app, "short.csv", yahoo_csv(30))
    assert slider(go(app, "train"), "Past steps").value == 5
    app.switch_page("pages/data/page.py").run()
    upload(app, "long.csv", yahoo_csv(300))
    assert slider(go(app, "train"), "Past steps").value == 30
    assert "Recommended**, unchanged" in texts(app)
    assert "Made to fit" not in texts(app)


def test_settings_that_cannot_work_are_said_while_the_slider_moves(app):
    slider(app, "Most recent rows").set_value(100).run()
    go(app, "train")
    slider(app, "Past steps").set_value(110).run()
    assert "too few" in app.error[0].value
    assert button(app, "Train").disabled
    slider(app, "Past steps").set_value(30).run()
    slider(app, "Batch size").set_value(200).run()
    assert "batch is larger" in app.error[0].value


def test_settings_survive_a_change_of_page(app):
    go(app, "train")
    slider(app, "Past steps").set_value(12).run()
    slider(app, "LSTM layers").set_value(3).run()
    go(app, "explore")
    go(app, "train")
    assert slider(app, "Past steps").value == 12
    assert slider(app, "LSTM layers").value == 3
    assert "with changes" in texts(app)


def test_what_is_said_of_the_preset_never_lags_a_slider(app):
    go(app, "train")
    assert "unchanged" in texts(app)
    slider(app, "Epochs").set_value(20).run()
    assert "with changes" in texts(app)


def test_a_day_of_half_hours_is_offered_where_the_horizon_is_shorter(app):
    [b for b in app.button if b.label in ("Use this", "In use")][1].click().run()
    go(app, "train")
    assert slider(app, "Horizon").value == 7
    (offer,) = [one for one in app.button if "whole day" in one.label]
    assert offer.label.startswith("Forecast a whole day: 48 half-hours, from ")
    offer.click().run()
    assert slider(app, "Horizon").value == 48
    assert "Recommended, with changes" in texts(app)
    assert not any("whole day" in one.label for one in app.button)
    n_rows = int(offer.label.split(" from ")[1].split()[0].replace(",", ""))
    assert f"last {n_rows:,} of" in texts(app)
    app.switch_page("pages/data/page.py").run()
    button(app, "Use this").click().run()
    go(app, "train")
    assert slider(app, "Horizon").value == 7, "what was a day of that series is none of this"


def test_a_week_of_open_days_is_offered_where_it_has_six(app):
    days = pd.date_range("2023-01-02", periods=420)
    days = days[days.day_of_week != 6]
    rows = [f"{day:%Y-%m-%d},{900 + 70 * day.day_of_week + day.day % 5}" for day in days]
    upload(app, "shop.csv", ("Day,Takings\n" + "\n".join(rows)).encode())
    go(app, "train")
    button(app, "Forecast one week: 6 open days").click().run()
    assert slider(app, "Horizon").value == 6


def test_a_preset_puts_all_its_settings_in_place(app):
    go(app, "train")
    slider(app, "Epochs").set_value(20).run()
    button(app, "Classic deep").click().run()
    assert not app.exception
    assert slider(app, "LSTM layers").value == 7
    assert slider(app, "Epochs").value == 150
    units = [n.value for n in app.number_input if n.label.startswith("Layer")]
    assert units == [30, 20, 20, 10, 10, 10, 10]
    activation = next(s for s in app.selectbox if s.label == "Activation")
    assert activation.value == "softsign"
    assert "unchanged" in texts(app)


def test_every_choice_of_the_notebook_is_on_offer(app):
    go(app, "train")
    offered = {s.label: len(s.options) for s in app.selectbox}
    assert offered == {"Activation": 4, "Loss": 4, "Scaler": 5, "Optimiser": 4}


def test_train_and_forecast_with_the_real_engine(app):
    go(app, "train")
    slider(app, "Epochs").set_value(3).run()
    button(app, "Train").click().run()
    run_id = linked(app)
    state.engine().wait(run_id, timeout=200)
    app.run()
    assert metric(app, "Epoch") == "mean of 3"
    assert "Kept: the mean of 3 networks" in texts(app)
    go(app, "forecast")
    assert linked(app) == run_id
    assert "22 Sep 2023" in str(app.dataframe[0].value["Date"].iloc[0])
    assert "same as today" in texts(app)
    assert metric(app, "Skill").endswith("%")


def test_classic_is_said_to_keep_its_last_epoch_as_it_forecasts_with_that(app):
    config = presets.classic().but(epochs=40, learning_rate=0.05)
    run_id = state.engine().submit(random_walk(200), config)
    state.engine().wait(run_id, timeout=200)
    assert state.engine().run(run_id).best_epoch < 40, "or it shows nothing"
    app.query_params["run"] = run_id
    assert "Kept: epoch 40" in texts(go(app, "train"))


def test_a_linked_run_brings_its_own_data_and_settings(app):
    config = presets.classic().but(epochs=2, n_steps_in=20)
    run_id = state.engine().submit(random_walk(200), config)
    state.engine().wait(run_id, timeout=200)
    fresh = type(app).from_file(app._script_path, default_timeout=60)
    fresh.query_params["run"] = run_id
    fresh.run()
    assert not fresh.exception
    assert metric(fresh, "Rows") == "200"
    go(fresh, "train")
    assert slider(fresh, "Past steps").value == 20
    go(fresh, "forecast")
    assert len(fresh.dataframe[0].value) == 7


def test_without_a_run_the_forecast_page_says_what_is_missing(app):
    go(app, "forecast")
    assert "no network has been trained" in texts(app)


def test_a_ticker_that_is_none_is_refused_and_changes_nothing(app):
    symbol = next(t for t in app.text_input if t.label == "Ticker")
    symbol.set_value("../../x")
    button(app, "Download").click().run()
    assert not app.exception
    assert len(app.error) == 1
    assert metric(app, "Rows") == "2,699"


def test_a_run_that_ends_is_seen_without_a_click(app):
    go(app, "train")
    slider(app, "Epochs").set_value(2).run()
    button(app, "Train").click().run()
    state.engine().wait(linked(app), timeout=200)
    deadline = time.monotonic() + 10
    while button(app, "Train").disabled and time.monotonic() < deadline:
        app.run()
    assert not button(app, "Train").disabled
