"""The Data page: correcting, cleaning and downloading, each a choice that can be taken back."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from forecast import presets
from forecast.runs import Origin
from forecast.sources.keep import keep
from forecast.sources.ticker import Download, TickerRequest
from tests.data import random_walk, yahoo_csv
from tests.pages.test_compare import owner_of
from tests.pages.test_pages import button, go, metric, slider, texts, upload
from ui import datasets, kept, state

HOLES = "Day,Visits\n" + "".join(
    f"2024-{1 + i // 28:02d}-{1 + i % 28:02d},{100 + i % 7}\n" for i in range(84) if i != 20
)


def choice(app, label):
    return next(s for s in app.selectbox if s.label == label)


def last_rows(app):
    return next(n for n in app.number_input if n.label == "Keep the last rows")


def shop() -> bytes:
    """Three sales a day, as a till writes them."""
    rows = [f"{day:02d}.03.2024;{day + sale},50" for day in range(1, 29) for sale in range(3)]
    return ("Datum;Umsatz\n" + "\n".join(rows)).encode()


def test_cleaning_changes_the_series_only_when_chosen_and_is_undone_by_one_click(app):
    upload(app, "visits.csv", HOLES.encode())
    assert metric(app, "Rows") == "83"
    choice(app, "Gaps").set_value("previous").run()
    assert metric(app, "Rows") == "83", "looking at a choice is not choosing it"
    button(app, "Use it cleaned").click().run()
    assert not app.exception
    assert int(metric(app, "Rows")) > 83
    assert "gaps filled with the value before" in texts(app)
    marks = app.dataframe[0].value["Row"]
    assert (marks == "filled in").sum() == int(metric(app, "Rows")) - 83
    go(app, "train")
    assert "visits.csv (gaps filled)" in texts(app)
    app.switch_page("pages/data/page.py").run()
    button(app, "Use it as it was").click().run()
    assert metric(app, "Rows") == "83"
    assert "gaps filled" not in texts(app)


def test_blank_days_that_shift_the_week_are_filled_by_one_click(app):
    upload(app, "visits.csv", HOLES.encode())
    before = int(metric(app, "Rows"))
    assert "are missing. The network learns the week by counting rows" in texts(app)
    button(app, "Fill them").click().run()
    assert not app.exception
    assert int(metric(app, "Rows")) > before
    assert metric(app, "No value") == "0"
    said = texts(app)
    assert "filled with the value a week before" in said
    assert "missing" not in said
    assert "gap in the dates" not in said
    button(app, "Use it as it was").click().run()
    assert int(metric(app, "Rows")) == before


def payments() -> pd.Series:
    """What a payment service exports: some a day, at any second, but for Sundays."""
    rng = np.random.default_rng(0)
    days = pd.date_range("2024-01-01", periods=70)
    opened = days[(days.day_of_week != 6) & (days != days[30])].repeat(4)
    moments = opened + pd.to_timedelta(np.sort(rng.integers(9, 18, len(opened))), "h")
    moments += pd.to_timedelta(rng.permutation(3_600)[: len(opened)], "s")
    return pd.Series(rng.lognormal(3, 0.5, len(opened)).round(2), moments, name="Amount")


def test_single_payments_become_daily_sums_by_one_click(app):
    paid = payments().sort_index()
    content = paid.to_csv(index_label="Created", date_format="%Y-%m-%d %H:%M:%S").encode()
    upload(app, "payments.csv", content)
    assert "These are 236 single moments on 59 days" in texts(app)
    button(app, "Add up each day").click().run()
    assert not app.exception
    assert metric(app, "Rows") == "60"
    last = paid[paid.index >= paid.index[-1].normalize()].sum()
    assert float(metric(app, "Last value").split()[0]) == pytest.approx(last, abs=0.06)
    assert "single moments" not in texts(app)
    button(app, "Use it as it was").click().run()
    assert metric(app, "Rows") == "236"


def test_what_was_chosen_and_not_used_yet_is_there_after_a_look_at_another_page(app):
    choice(app, "Gaps").set_value("previous").run()
    choice(app, "One row for each").set_value("weekly").run()
    last_rows(app).set_value(50).run()
    app.switch_page("pages/explore/page.py").run()
    app.switch_page("pages/data/page.py").run()
    assert not app.exception
    assert choice(app, "Gaps").value == "previous"
    assert choice(app, "One row for each").value == "weekly"
    assert last_rows(app).value == 50
    assert "Not used yet" in " ".join(warning.value for warning in app.warning)
    button(app, "Use it cleaned").click().run()
    assert len(app.session_state["dataset"].series) == 50
    assert "As it came: " in texts(app)


def test_the_cards_are_those_of_the_cleaned_series(app):
    holes = "Day,Visits\n" + "".join(
        f"2024-01-{day:02d},{'' if day in (9, 20) else 100 + day % 7}\n" for day in range(1, 32)
    )
    upload(app, "visits.csv", holes.encode())
    assert (metric(app, "Rows"), metric(app, "No value")) == ("29", "2")
    choice(app, "Gaps").set_value("previous").run()
    assert "Not used yet" in app.warning[0].value
    button(app, "Use it cleaned").click().run()
    assert (metric(app, "Rows"), metric(app, "No value")) == ("31", "0")
    assert not app.warning
    assert app.session_state["dataset"].series.index.name == "Day"


def test_rows_left_out_of_training_are_said_and_taken_in_by_one_click(app):
    rows = pd.Series(range(900), index=pd.date_range("2022-01-01", periods=900), name="Level")
    upload(app, "level.csv", rows.rename_axis("Day").to_csv().encode())
    assert slider(app, "Most recent rows").value == 500
    assert "400 older rows are not used" in texts(app)
    button(app, "Use all 900").click().run()
    assert slider(app, "Most recent rows").value == 900
    assert "older rows" not in texts(app)


def test_a_refused_file_of_the_same_name_leaves_the_one_loaded_before(app):
    upload(app, "mine.csv", yahoo_csv(300))
    upload(app, "mine.csv", b"nothing,here\nto,read\n")
    assert "Still in use: the file loaded before." in texts(app)


def test_an_uploaded_file_is_named_after_a_look_at_another_page(app):
    upload(app, "mine.csv", HOLES.encode())
    go(app, "explore")
    app.switch_page("pages/data/page.py").run()
    assert "In use: **mine.csv**" in texts(app)
    button(app, "Use this").click().run()
    assert "In use: **mine.csv**" not in texts(app)


def test_the_preview_says_how_many_rows_it_has(app):
    upload(app, "mine.csv", yahoo_csv(150))
    assert "All 150 rows, the newest first" in texts(app)
    upload(app, "more.csv", yahoo_csv(300))
    assert "The latest 200 rows" in texts(app)


def test_what_is_forecast_is_asked_once_and_dropped_rows_are_in_sight(app):
    rows = [
        f"2023-{1 + i // 28:02d}-{1 + i % 28:02d},{'' if i == 9 else 800 + i % 7},{90 + i % 5}"
        for i in range(84)
    ]
    upload(app, "cafe.csv", ("Date,Takings,Customers\n" + "\n".join(rows)).encode())
    assert [question.field for question in app.session_state["dataset"].reading.questions] == [
        "target_column"
    ]
    assert not app.radio
    assert choice(app, "Value to forecast").value == "Takings"
    assert "Several columns could be" in texts(app)
    known = next(box for box in app.expander if "worth knowing" in box.label)
    assert known.proto.expanded


def test_before_and_after_are_shown_side_by_side(app):
    upload(app, "mine.csv", yahoo_csv(300))
    choice(app, "One row for each").set_value("weekly").run()
    effect = app.dataframe[0].value.set_index("")
    assert effect.loc["Rows", "As it was"] == "300"
    assert 60 <= int(effect.loc["Rows", "Cleaned"]) <= 64
    assert metric(app, "Rows") == "300"


def test_what_is_trained_on_is_the_cleaned_series(app):
    upload(app, "mine.csv", yahoo_csv(300))
    next(n for n in app.number_input if n.label == "Keep the last rows").set_value(120).run()
    button(app, "Use it cleaned").click().run()
    assert slider(app, "Most recent rows").max == 120
    go(app, "train")
    assert "all 120 rows" in texts(app)


def test_several_sales_a_day_are_refused_with_the_answers_that_would_help(app):
    upload(app, "till.csv", shop())
    assert "The same date comes several times" in app.error[0].value
    assert metric(app, "Rows") == "2,699"
    button(app, "Add them up").click().run()
    assert not app.error
    assert metric(app, "Rows") == "28"
    assert metric(app, "Last value") == f"{28.5 + 29.5 + 30.5:.2f}"
    assert "added up" in texts(app)


def test_the_decimal_mark_can_be_corrected_where_the_file_leaves_it_open(app):
    rows = "".join(f"2024-01-{day:02d};1.{day:02d}{day % 10}\n" for day in range(1, 29))
    upload(app, "open.csv", ("Day;Level\n" + rows).encode())
    before = metric(app, "Last value")
    mark = choice(app, "Decimal mark")
    mark.set_value("," if mark.value == "." else ".").run()
    assert not app.exception
    assert {before, metric(app, "Last value")} == {"1.29", "1,288"}


def test_a_jump_like_a_split_offers_the_adjusted_column(app):
    days = pd.bdate_range("2022-01-03", periods=80)
    raw = [100 + i % 3 for i in range(40)] + [25 + i % 3 / 4 for i in range(40)]
    adjusted = [price / (4 if i < 40 else 1) for i, price in enumerate(raw)]
    table = pd.DataFrame({"Date": days, "Close": raw, "Adj Close": adjusted})
    upload(app, "split.csv", table.to_csv(index=False).encode())
    assert "4-for-1 split" in texts(app)
    button(app, "Use Adj Close instead").click().run()
    assert "· Adj Close ·" in texts(app)
    assert "split" not in texts(app).replace("split.csv", "")


@pytest.fixture
def no_network(monkeypatch):
    """A proxy address where nobody listens."""
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


def test_without_a_network_the_last_good_copy_is_one_click_away(app, no_network):
    days = pd.bdate_range("2024-01-02", periods=60, name="Date")
    closes = [50.0 + i / 4 for i in range(60)]
    table = pd.DataFrame(dict.fromkeys(("Open", "High", "Low", "Close"), closes), index=days)
    table["Volume"] = 1000
    moment = datetime(2025, 11, 12, tzinfo=UTC)
    request = TickerRequest("KEPT")
    keep(
        Download(request, table, "USD", "NasdaqGS", "Kept, Inc.", moment, False, 0),
        datasets.download_folder(),
    )
    next(t for t in app.text_input if t.label == "Ticker").set_value("KEPT").run()
    button(app, "Download").click().run()
    assert not app.exception
    app.session_state["errand"].wait(60)
    app.run()
    assert "cannot be reached" in app.error[0].value
    assert metric(app, "Rows") == "2,699"
    button(app, "Use the copy of KEPT from 12 Nov 2025").click().run()
    assert not app.exception
    assert metric(app, "Last value") == "\\$64.75"
    assert "last good copy of 12 Nov 2025" in texts(app)
    choice(app, "Value to forecast").set_value("Volume").run()
    assert metric(app, "Last value") == "1,000 shares"


def test_newer_data_of_a_series_bring_the_settings_of_its_last_run_back(app):
    grown = random_walk(300)
    config = presets.classic().but(epochs=1, n_steps_in=11, n_rows=250)
    run_id = state.engine().submit(grown[:270], config, Origin("may.csv", "€"), owner_of(app))
    assert state.engine().wait(run_id, timeout=120).status == "finished"
    upload(app, "other.csv", random_walk(300, seed=1).to_csv().encode())
    assert "go on where those of your run" not in texts(app)
    upload(app, "june.csv", grown.to_csv().encode())
    assert "These data go on where those of your run" in texts(app)
    button(app, "Use its settings again").click().run()
    assert "The settings of your run" in texts(app)
    assert "last 250 of 300 rows · Classic" in texts(app)
    assert metric(app, "Last value").startswith("€")
    assert slider(go(app, "train"), "Past steps").value == 11
    app.switch_page("pages/data/page.py").run()
    button(app, "Undo").click().run()
    assert "all 300 rows · Recommended" in texts(app)
    assert not metric(app, "Last value").startswith("€")


def again(app):
    """The same browser after a refresh, which begins a new session."""
    other = type(app).from_file(app._script_path, default_timeout=60)
    other.session_state["word"] = app.session_state["word"]
    return other.run()


def test_a_refresh_does_not_lose_the_file_nor_what_was_said_of_it(app):
    upload(app, "visits.csv", HOLES.encode())
    choice(app, "Gaps").set_value("previous").run()
    button(app, "Use it cleaned").click().run()
    next(t for t in app.text_input if t.label == "Unit").set_value("kr").run()
    rows, last = metric(app, "Rows"), metric(app, "Last value")
    fresh = again(app)
    assert "In use: **visits.csv**" in texts(fresh)
    assert (metric(fresh, "Rows"), metric(fresh, "Last value")) == (rows, last)
    assert "kr" in last
    stranger = type(app).from_file(app._script_path, default_timeout=60).run()
    assert "visits.csv" not in texts(stranger)
    button(fresh, "Use this").click().run()
    assert "visits.csv" not in texts(again(app))


def test_a_file_is_kept_for_an_hour_and_a_limited_number_of_browsers(app, monkeypatch):
    upload(app, "visits.csv", HOLES.encode())
    data, shelf = state_of(app), kept.Shelf()
    for i in range(kept.MOST + 5):
        shelf.take_in(f"browser {i}", data)
    held = [shelf.again(f"browser {i}") is not None for i in range(kept.MOST + 5)]
    assert held == [False] * 5 + [True] * kept.MOST
    later = time.monotonic() + kept.SECONDS + 1
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert shelf.again(f"browser {kept.MOST}") is None


def state_of(app):
    """The data in use in a session."""
    return app.session_state[state.DATASET]
