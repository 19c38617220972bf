"""Links with data and settings, opened; and the Forecast page's part that makes them."""

from __future__ import annotations

import pytest

from forecast import presets, sharing
from forecast.sharing import Shared
from tests.pages.test_pages import go, metric, slider, texts
from tests.recorded import recorded_run
from ui import state


def opened(app, word):
    fresh = type(app).from_file(app._script_path, default_timeout=60)
    fresh.query_params["set"] = word
    fresh.run()
    assert not fresh.exception
    return fresh


def test_a_link_puts_its_data_and_settings_in_place_once(app):
    config = presets.classic().but(n_steps_in=17, epochs=42, n_rows=300)
    there = opened(app, sharing.encode(Shared(config, "sample:bike-rentals-daily.csv")))
    assert metric(there, "Last value") == "2,729 rentals"
    assert "set" not in there.query_params
    go(there, "train")
    assert (slider(there, "Past steps").value, slider(there, "Epochs").value) == (17, 42)
    slider(there, "Epochs").set_value(50).run()
    assert slider(there, "Epochs").value == 50, "the link was taken up again"


def test_a_link_can_name_the_column(app):
    shared = Shared(presets.classic(), "sample:amazon-daily.csv", "Open")
    assert "Open" in texts(opened(app, sharing.encode(shared)))


@pytest.mark.parametrize(
    "word", ["nonsense", sharing.encode(Shared(presets.classic(), "sample:amazon-daily.csv"))[:-9]]
)
def test_a_tampered_link_gets_one_plain_message_and_changes_nothing(app, word):
    there = opened(app, word)
    assert len(there.error) == 1
    assert "This link cannot be read" in there.error[0].value
    assert metric(there, "Rows") == "2,699"
    there.run()
    assert not there.error, "the message stays for ever"


def test_a_link_to_a_column_that_is_not_there_is_told(app):
    shared = Shared(presets.classic(), "sample:amazon-daily.csv", "Colour")
    assert len(opened(app, sharing.encode(shared)).error) == 1


def test_the_forecast_page_offers_both_reports(app):
    run = recorded_run(name="Łódź 🚀 $5")
    run.save(state.engine().store.root / run.id)
    app.query_params["run"] = run.id
    go(app, "forecast")
    names = [element.proto.label for element in app.get("download_button")]
    assert {"Report as HTML", "Report as PDF"} <= set(names)
    assert "your file stays here" in texts(app)
