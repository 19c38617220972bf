"""The Forecast page: bands in words and figures, another day, another calendar, the diary."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import presets, windows
from forecast.diary import Diary, entry_of
from forecast.intervals import Bands, Coverage
from forecast.runs import Origin
from pages.forecast import past, words
from tests.data import random_walk
from tests.pages.test_compare import owner_of
from tests.pages.test_pages import button, go, linked, texts, upload
from tests.pages.test_steps import steps
from tests.recorded import recorded_run
from tests.test_backtest import made
from ui import formats, state

LAST = "2020-07-31"


@pytest.fixture
def opened(app):
    """The page with a run of 300 trading days, which ends on 31 July 2020."""
    config = presets.classic().but(epochs=1, n_rows=300)
    series = random_walk(300, LAST)
    run_id = state.engine().submit(series, config, Origin("prices.csv", "$"), owner_of(app))
    assert state.engine().wait(run_id, timeout=120).status == "finished"
    app.query_params["run"] = run_id
    return go(app, "forecast")


def choose_day(app, day):
    app.date_input[0].set_value(day.date()).run()
    assert not app.exception


def the_run(app):
    return state.engine().run(app.query_params["run"])


def table(app):
    return app.dataframe[0].value


def test_the_sentence_comes_first_with_the_band_of_the_last_day(opened):
    last = the_run(opened).forecast().iloc[-1]
    said = texts(opened)
    assert (
        f"**\\${last['lower_80']:,.2f}** and **\\${last['upper_80']:,.2f}** on **Tue 11 Aug" in said
    )
    assert "ended inside the 80 % band" in said
    assert "no financial advice" in said


def test_the_table_has_weekdays_dates_and_all_bands(opened):
    assert list(table(opened)["Date"])[:2] == ["Mon 3 Aug 2020", "Tue 4 Aug 2020"]
    assert {"50 % band", "80 % band", "95 % band"} <= set(table(opened).columns)
    assert " to $" in table(opened)["80 % band"].iloc[0]


def test_a_unit_in_words_is_said_once_in_a_band():
    bands = pd.DataFrame({"date": [0], "lower_80": [29.59], "upper_80": [36.0]})
    assert words.readable(bands, "cars")["80 % band"].tolist() == ["29.59 to 36 cars"]
    assert words.readable(bands, "$")["80 % band"].tolist() == ["$29.59 to $36.00"]


def test_another_calendar_changes_the_dates_and_stays_with_the_run(opened):
    chosen = next(s for s in opened.selectbox if s.label == "Calendar")
    assert chosen.value == "found"
    chosen.set_value("daily").run()
    assert not opened.exception
    assert list(table(opened)["Date"])[:2] == ["Sat 1 Aug 2020", "Sun 2 Aug 2020"]
    go(opened, "train")
    go(opened, "forecast")
    assert next(iter(table(opened)["Date"])) == "Sat 1 Aug 2020"
    next(s for s in opened.selectbox if s.label == "Calendar").set_value("numbered").run()
    assert not opened.exception
    assert next(iter(table(opened)["Date"])) == "row 301"


def test_another_day_is_forecast_with_the_same_weights_beside_what_came(opened):
    run = the_run(opened)
    n_known = 150  # within the training rows, so a worker has to be asked
    day = run.series.index[n_known - 1].date()
    next(d for d in opened.date_input if d.label.startswith("Start")).set_value(day).run()
    assert not opened.exception
    assert not opened.error
    assert "what it remembers" in texts(opened)
    shown = opened.dataframe[1].value
    expected = run.forecast(run.series.iloc[:n_known])
    assert list(shown["Forecast"]) == [f"${value:,.2f}" for value in expected["forecast"]]
    came = run.series.iloc[n_known : n_known + 7]
    assert list(shown["Actual"]) == [f"${value:,.2f}" for value in came]


def test_a_saved_forecast_is_scored_by_newer_data_and_can_be_deleted_and_brought_back(opened):
    button(opened, "Save this forecast").click().run()
    assert not opened.exception
    assert "None of its days is known yet" in texts(opened)
    assert button(opened, "Saved in the diary").disabled
    assert len(Diary(owner_of(opened)).entries()) == 1
    newer = random_walk(300, LAST)
    more = pd.Series(range(100, 105), index=pd.bdate_range("2020-08-03", periods=5), dtype=float)
    both = pd.concat([newer, more]).rename("Close").rename_axis("Date")
    opened.switch_page("pages/data/page.py").run()
    upload(opened, "newer.csv", both.to_csv().encode())
    assert [t.value for t in opened.toast if "One saved forecast was held against" in t.value]
    go(opened, "forecast")
    assert "Over 5 of its steps that are known by now" in texts(opened)
    opened.button(key=f"delete-{Diary(owner_of(opened)).entries()[0].id}").click().run()
    assert "No forecast is saved yet" in texts(opened)
    button(opened, "Undo").click().run()
    assert not opened.exception
    assert "Over 5 of its steps" in texts(opened)


def test_an_untrusted_network_is_explained(opened):
    config = presets.recommended().but(epochs=1, n_rows=300)
    run_id = state.engine().submit(
        random_walk(300, LAST), config, Origin("prices.csv", "$"), owner_of(opened)
    )
    state.engine().wait(run_id, timeout=120)
    opened.query_params["run"] = run_id
    opened.run()
    assert not opened.exception
    assert "The forecast does not follow the network" in texts(opened)
    own = next(t for t in opened.toggle if t.label.startswith("Show the network"))
    own.set_value(True).run()
    assert not opened.exception


def test_files_of_another_browser_are_not_in_the_diary(opened):
    button(opened, "Save this forecast").click().run()
    fresh = type(opened).from_file(opened._script_path, default_timeout=60).run()
    assert owner_of(fresh) != owner_of(opened)
    fresh.query_params["run"] = opened.query_params["run"]
    go(fresh, "forecast")
    assert "No forecast is saved yet" in texts(fresh)


def test_a_forecast_of_other_data_than_those_in_use_says_so(opened):
    """The run of the link is there; then its owner goes on with another series."""
    opened.switch_page("pages/data/page.py").run()
    upload(opened, "mine.csv", random_walk(300, LAST).mul(2).to_csv().encode())
    go(opened, "forecast")
    assert (
        "This forecast is about **prices.csv**. Nothing is trained on **mine.csv** yet."
        in texts(opened)
    )
    assert steps(opened)["Train"].startswith("Next")
    assert steps(opened)["Forecast"] == "Still shows the run on other data."
    go(opened, "train")
    assert "This run is about **prices.csv**. Press Train for one on **mine.csv**." in texts(opened)


def test_what_is_known_of_the_days_after_another_day_is_said_as_it_is(opened):
    """300 rows: 237 training windows, which contain the rows up to the 273rd."""
    run = the_run(opened)
    assert windows.plan(300, run.config).n_rows_seen == 273
    for n_known, said in ((272, "learnt from"), (273, "has not learnt from"), (300, "")):
        choose_day(opened, run.series.index[n_known - 1])
        found = texts(opened)
        assert ("from the days after this one" in found) == bool(said)
        assert said in found


def test_a_guess_that_is_the_last_value_is_said_once():
    table = pd.DataFrame({"date": [pd.Timestamp("2024-01-05")], "forecast": [10.0]})
    assert words.says(table, 10.0, "€").endswith("is the last known value, **€10.00**.")
    assert words.says(table, 11.0, "€").endswith(
        "is **€10.00**, and the last known value is €11.00."
    )
    banded = table.assign(lower_80=9.0, upper_80=11.0)
    assert "guess is the last known value, **€10.00**." in words.says(banded, 10.0, "€")


def test_what_comes_next_is_told_beside_a_headline_about_a_later_step():
    days = pd.date_range("2024-01-05", periods=2)
    table = pd.DataFrame({"date": days, "forecast": [10.0, 12.0]})
    told = "The next day, on **Fri 5 Jan 2024**: about **€10.00**"
    assert words.soonest(table, "€", "day") == f"{told}."
    banded = table.assign(lower_80=[9.0, 9.5], upper_80=[11.0, 13.0])
    assert words.soonest(banded, "€", "day") == f"{told}, most likely between €9.00 and €11.00."
    assert words.soonest(table[:1], "€", "day") == "", "the headline is about it already"


def test_takings_are_added_up_and_prices_are_not():
    days = pd.date_range("2024-01-05", periods=3)
    table = pd.DataFrame({"date": days, "forecast": [10.0, 12.0, 20.5]})
    known = pd.Series([1.0, 10.0, 20.0, 9.5], name="Umsatz EUR")
    told = words.total(table, "€", known, "day")
    assert told.endswith(": about **€42.50**; the 3 before came to €39.50.")
    assert told.startswith("All 3 days together, Fri 5 Jan to Sun 7 Jan 2024: ")
    over_new_year = table.assign(date=days - pd.Timedelta(days=6))
    hours = pd.date_range("2024-05-01 06:00", periods=25, freq="h")
    day = pd.DataFrame({"date": hours, "forecast": 1.0})
    told = words.total(day, "kWh", known.rename("Import"), "hour")
    assert told.startswith("All 25 hours together, Wed 1 May 2024 06:00 to Thu 2 May 2024 06:00: ")
    assert "Sat 30 Dec 2023 to Mon 1 Jan 2024" in words.total(over_new_year, "€", known, "day")
    assert words.total(table, "€", known[:2], "day").endswith("about **€42.50**.")
    edges = [np.array([[40.0], [30.0], [20.0]]), np.array([[45.0], [60.0], [90.0]])]
    told = words.total(table, "€", known[:2], "day", Bands((50, 80, 95), *edges, 9))
    assert told.endswith("about **€42.50**, most likely between **€30.00** and **€60.00**.")
    told = words.total(table, "€", known[:2], "day", Bands((50,), edges[0][:1], edges[1][:1], 2))
    assert told.endswith("about **€42.50**.")
    assert words.total(table, "€", known.rename("Close"), "day") == ""
    assert words.total(table, "MW", known.rename("Consumption"), "day") == ""
    assert words.total(table[:1], "€", known, "day") == ""


def test_bands_on_too_few_separate_windows_prove_nothing():
    few = Coverage(30, (50, 80, 95), np.full((3, 7), 0.75))
    assert words.coverage(few, "day").startswith("Whether the bands are right cannot be told yet")
    enough = Coverage(60, (50, 80, 95), np.full((3, 7), 0.75))
    assert "**75 %** of the time" in words.coverage(enough, "day")


def test_the_highest_and_lowest_step_are_told_with_their_times():
    hours = pd.date_range("2024-05-01 22:00", periods=5, freq="h")
    table = pd.DataFrame({"date": hours, "forecast": [50.0, 30.0, 10.0, 20.0, 40.0]})
    said = words.highest(table, "cars")
    assert "Highest on **Wed 1 May 2024 22:00**, at about **50 cars**" in said
    assert "lowest on **Thu 2 May 2024 00:00**, at about **10 cars**" in said
    wide = table.assign(lower_80=0.0, upper_80=90.0)
    assert words.highest(wide, "cars") == "", "what moves less than a band is wide says nothing"
    assert words.highest(table.iloc[:2], "cars") == ""


def test_what_another_run_on_the_same_data_says_stands_beside_it(opened):
    run = the_run(opened)
    assert "Your other run" not in texts(opened)
    config = run.config.but(n_steps_in=5, seed=3)
    other = state.engine().submit(run.series, config, run.origin, owner_of(opened))
    assert state.engine().wait(other, timeout=120).status == "finished"
    opened.run()
    (said,) = [line for line in texts(opened).splitlines() if line.startswith("Your other run")]
    ours, theirs = (
        state.engine().run(id).forecast()["forecast"].iloc[-1] for id in (run.id, other)
    )
    assert f"says **\\${theirs:,.2f}** for the last of these steps" in said
    gap = theirs / ours - 1
    assert ("nearly the same" if abs(gap) < 0.005 else "more" if gap > 0 else "less") in said
    stranger = type(opened).from_file(opened._script_path, default_timeout=60).run()
    stranger.query_params["run"] = run.id
    assert "Your other run" not in texts(go(stranger, "forecast"))


def test_of_takings_the_sum_comes_first_and_of_prices_the_last_day():
    days = pd.date_range("2024-01-08", periods=7)
    table = pd.DataFrame({"date": days, "forecast": np.full(7, 10.0)})
    known = pd.Series(9.0, index=pd.date_range(end="2024-01-07", periods=30), name="Sales")
    headline, more = words.what_comes(table, "€", known, "day")
    assert headline.startswith("All 7 days together, Mon 8 Jan to Sun 14 Jan 2024: about")
    assert "the 7 before came to €63.00" in headline
    assert "The best guess on **Sun 14 Jan 2024**" in more
    headline, more = words.what_comes(table, "€", known.rename("Close"), "day")
    assert headline.startswith("The best guess on **Sun 14 Jan 2024**")
    assert "together" not in more


def drifting(app):
    """The tables with a column for the model Drift."""
    return [d.value for d in app.dataframe if "Drift" in d.value.columns]


def test_a_model_that_was_closer_in_the_backtest_tells_its_number(opened, monkeypatch):
    run = the_run(opened)
    found = made([1.0], 4.0, noise=0.1)
    found.baselines["AutoETS"] = found.actual + 0.5
    ahead = {name: np.full(7, 123.0) for name in found.baselines}
    found = replace(found, config=run.config, ahead=ahead)
    monkeypatch.setattr(state.engine().backtests, "result", lambda run_id: found)
    opened.run()
    said = texts(opened)
    assert (
        "In the backtest the statistical model AutoETS was closer, off by \\$0.50 and the" in said
    )
    assert "It says **\\$123.00** for the last of these steps" in said
    go(opened, "backtest")
    (table,) = drifting(opened)
    assert list(table.columns) == ["Date", "AutoETS", "Network", "Same as today", "Drift"]
    assert list(table["AutoETS"]) == ["$123.00"] * 7
    assert table["Network"].iloc[0] == formats.value(run.forecast()["forecast"].iloc[0], "$")
    old = replace(found, ahead={})
    monkeypatch.setattr(state.engine().backtests, "result", lambda run_id: old)
    opened.run()
    assert not opened.exception
    assert not drifting(opened)
    assert "In the backtest" not in texts(go(opened, "forecast"))


def test_a_forecast_of_days_that_are_over_says_so(opened):
    assert "These days are past" in texts(opened)
    days = pd.date_range("2029-12-01", periods=34, tz="Europe/Berlin")
    table = pd.DataFrame({"date": days[-3:]})
    assert words.are_past(table, days[:-3], pd.Timestamp("2030-01-03")) == ""
    assert words.are_past(table, days[:-3], pd.Timestamp("2030-01-04")).startswith("These days are")
    numbered = pd.DataFrame({"date": [7, 8, 9]})
    assert words.are_past(numbered, pd.RangeIndex(7), pd.Timestamp("2030-01-04")) == ""
    months = pd.date_range("2029-01-01", periods=11, freq="MS")
    one = pd.DataFrame({"date": months[-1:], "forecast": [5.0]})
    assert words.are_past(one, months[:-1], pd.Timestamp("2029-11-27")) == ""
    assert "in **November 2029**" in words.says(one, 4.0, "m3", months[:-1])


def test_the_diary_adds_up_takings(opened):
    entry = entry_of(the_run(opened), the_run(opened).forecast())
    came = {step["date"]: 100.0 for step in entry.steps}
    takings = replace(entry, column="Umsatz EUR", unit="€", actual=came)
    said = sum(step["forecast"] for step in entry.steps)
    assert f"came to €700.00, and the forecast said €{said:,.2f}." in past.diary_entry(takings)
    assert "All together" not in past.diary_entry(replace(takings, column="Close"))
    one_missing = dict(list(came.items())[:-1])
    assert "All together" not in past.diary_entry(replace(takings, actual=one_missing))


def seasonal(n_years: int) -> pd.Series:
    """Months whose year repeats, with a little noise."""
    months = pd.date_range("2020-01-01", periods=12 * n_years, freq="MS")
    noise = np.random.default_rng(0).normal(0, 20, len(months))
    year = 1_000 + 300 * np.sin(2 * np.pi * np.arange(len(months)) / 12)
    return pd.Series(year + noise, months, name="Rooms sold")


def test_where_no_network_is_followed_a_plain_year_is_repeated_beside_it(app):
    rooms = seasonal(5)
    upload(app, "hotel.csv", rooms.round().to_csv().encode())
    button(go(app, "train"), "Train").click().run()
    assert state.engine().wait(linked(app), timeout=120).status == "finished"
    go(app, "forecast")
    together = formats.value(float(rooms.round().iloc[-12:-5].sum()))
    assert f"As a year ago: all 7 months together, January to July 2025: about **{together}**" in (
        texts(app)
    )
    assert "The run’s own forecast is “same as today”" in texts(app)
    ahead = next(d.value for d in app.dataframe if "A year ago" in d.value.columns)
    assert ahead["A year ago"].iloc[0] == formats.value(float(rooms.round().iloc[-12]))


def test_a_saved_single_month_is_named_as_one():
    rooms = seasonal(5)
    run = recorded_run(
        n_epochs=2, name="hotel.csv", unit="", n_rows=60, n_steps_out=1, batch_size=8
    )
    run = replace(run, series=rooms)
    entry = entry_of(run, run.forecast())
    assert past.saved(entry) == "hotel.csv, Rooms sold: January 2025"
    assert "at the end of December 2024" in past.diary_entry(entry)
