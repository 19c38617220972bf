"""The bar of steps: what is done, next or locked and why; and the line of what is in use."""

from __future__ import annotations

from tests.data import random_walk
from tests.pages.test_pages import begun, button, go, linked, slider, texts, upload
from ui import state


def steps(app):
    """What each step says of itself, by its name."""
    links = [link.proto for link in app.get("page_link") if link.proto.label.startswith("**")]
    return {link.label.split("* ")[-1]: link.help for link in links}


def toasts(app):
    return [toast.value for toast in app.toast]


def test_at_first_data_are_chosen_train_is_next_and_forecast_is_locked(app):
    said = steps(app)
    assert list(said)[:4] == ["Data", "Explore", "Train", "Forecast"]
    assert said["Data"].startswith("Done")
    assert said["Train"].startswith("Next")
    assert said["Forecast"] == "Locked: train a network first."


def test_a_page_that_was_looked_at_counts_for_these_data_only(app):
    go(app, "explore")
    assert steps(app)["Explore"].startswith("Done")
    app.switch_page("pages/data/page.py").run()
    button(app, "Use this").click().run()
    assert not steps(app)["Explore"].startswith("Done")


def test_a_run_unlocks_the_forecast_and_its_end_is_told_once_elsewhere(app):
    go(app, "train")
    button(app, "Classic").click().run()
    slider(app, "Epochs").set_value(1_000).run()
    button(app, "Train").click().run()
    assert state.engine().job(linked(app)).live
    assert steps(app)["Train"] == "A network is being trained."
    assert steps(app)["Forecast"] == "Locked: the network is still training."
    go(app, "explore")
    state.engine().stop(begun(app))
    state.engine().wait(linked(app), timeout=120)
    app.run()
    assert steps(app)["Forecast"].startswith("Next")
    assert len(toasts(app)) == 1
    assert "Amazon, daily has been stopped" in toasts(app)[0]
    app.run()
    assert toasts(app) == [], "the end of a run is told once"
    go(app, "forecast")
    assert steps(app)["Forecast"].startswith("Done")


def test_while_a_run_on_other_data_is_live_train_is_promised_for_its_end(app):
    go(app, "train")
    button(app, "Classic").click().run()
    slider(app, "Epochs").set_value(1_000).run()
    button(app, "Train").click().run()
    app.switch_page("pages/data/page.py").run()
    upload(app, "mine.csv", random_walk(300).to_csv().encode())
    go(app, "train")
    said = "Press Train for one on **mine.csv**"
    assert button(app, "Train").disabled
    assert f"{said} once it has ended." in texts(app)
    state.engine().stop(begun(app))
    state.engine().wait(linked(app), timeout=120)
    app.run()
    assert f"{said}." in texts(app)


def test_data_preset_and_run_stand_in_one_line_on_every_page(app):
    for page in ("explore", "train", "forecast"):
        go(app, page)
        assert "**Amazon, daily** · Close · last 500 of 2,699 rows" in texts(app)
        assert "no run yet" in texts(app)


def test_after_a_setting_was_changed_the_next_step_is_to_train_again(app):
    go(app, "train")
    button(app, "Classic").click().run()
    slider(app, "Epochs").set_value(2).run()
    button(app, "Train").click().run()
    state.engine().wait(linked(app), timeout=120)
    app.run()
    assert steps(app)["Train"].startswith("Done")
    assert steps(app)["Forecast"].startswith("Next")
    slider(app, "Epochs").set_value(3).run()
    assert steps(app)["Train"].startswith("Done"), "more epochs can be added to the run itself"
    slider(app, "Past steps").set_value(10).run()
    assert steps(app)["Train"].startswith("Next: train again, as the settings were changed")
    assert not steps(app)["Forecast"].startswith("Next")
    go(app, "forecast")
    assert "with other settings" in " ".join(link.label for link in app.get("page_link"))
