"""The diary: scored by newer data of the same series only, private, bounded, and nothing lost."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast import diary as diaries
from forecast import presets
from forecast.diary import Diary, compared, entry_of
from forecast.errors import ForecastError
from forecast.runs import Origin, Run
from tests.data import random_walk

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture(scope="module")
def whole():
    """The series as it will be one day; the run knows it up to a week before."""
    return random_walk(310)


@pytest.fixture(scope="module")
def run(whole):
    trained = forecast.fit(whole.iloc[:300], presets.classic().but(epochs=1, n_rows=300))
    return Run(**{**vars(trained), "origin": Origin("prices.csv", "$")})


@pytest.fixture
def entry(run):
    return entry_of(run, run.forecast())


@pytest.fixture
def mine(tmp_path):
    return Diary(ME, tmp_path)


def test_an_entry_comes_back_from_disk_as_it_was(mine, entry):
    mine.save(entry)
    assert mine.entries() == [entry]
    assert mine.entries()[0].table().drop(columns="actual").equals(entry.table().iloc[:, :-1])


def test_newer_data_of_the_same_series_score_it(mine, entry, whole, run):
    mine.save(entry)
    assert mine.compare(whole.iloc[:303]) == 1
    score = mine.entries()[0].score()
    actual, said = whole.iloc[300:303].to_numpy(), run.forecast().iloc[:3]
    assert (score.n_known, score.n_steps) == (3, 7)
    assert score.mae == pytest.approx(
        np.mean([abs(a - f) for a, f in zip(actual, said["forecast"], strict=True)])
    )
    assert score.naive_mae == pytest.approx(np.mean([abs(a - whole.iloc[299]) for a in actual]))
    inside = [
        lo <= a <= hi for lo, a, hi in zip(said["lower_80"], actual, said["upper_80"], strict=True)
    ]
    assert score.inside == sum(inside)
    assert mine.compare(whole) == 1
    assert mine.entries()[0].score().n_known == 7
    assert mine.compare(whole) == 0  # nothing new


def test_the_same_data_again_say_nothing_new(entry, whole):
    assert compared(entry, whole.iloc[:300]) is entry
    assert compared(entry, whole.iloc[:200]) is entry


def test_only_the_latest_rows_of_newer_data_are_enough(entry, whole):
    assert len(compared(entry, whole.iloc[280:]).actual) == 7
    assert compared(entry, whole.iloc[297:]) is entry  # three shared rows prove too little


def test_another_series_is_never_taken_for_it(entry, whole):
    assert compared(entry, whole.rename("Open")) is entry
    assert compared(entry, whole * 1.5) is entry
    assert compared(entry, random_walk(310, seed=9)) is entry
    assert compared(entry, whole.reset_index(drop=True)) is entry
    assert compared(entry, whole.tz_localize("UTC")) is entry


def test_revised_data_are_used_and_counted(entry, whole):
    revised = whole.copy()
    revised.iloc[290:300] *= 1.02
    after = compared(entry, revised)
    assert after.revised == 10
    assert len(after.actual) == 7
    again = revised.copy()
    again.iloc[300] += 1
    assert compared(after, again).actual != after.actual  # the latest word counts


def test_rounding_is_no_revision(entry, whole):
    assert compared(entry, whole.round(4)).revised == 0


def test_a_day_without_a_row_stays_unknown(entry, whole):
    after = compared(entry, whole.drop(whole.index[302]))
    assert after.score().n_known == 6
    assert after.table()["actual"].isna().tolist() == [False, False, True, *[False] * 4]


def test_numbered_rows_are_compared_by_their_numbers(run):
    plain = run.series.reset_index(drop=True)
    counted = Run(**{**vars(run), "series": plain})
    entry = entry_of(counted, counted.forecast())
    newer = pd.concat([plain, pd.Series([1.0, 2.0], index=[300, 301])]).rename("Close")
    assert list(compared(entry, newer).actual.values()) == [1.0, 2.0]


def test_owners_cannot_see_or_touch_each_other_s(mine, entry, tmp_path):
    mine.save(entry)
    theirs = Diary(OTHER, tmp_path)
    assert theirs.entries() == []
    theirs.delete(entry.id)
    theirs.bring_back(entry.id)
    assert theirs.deleted() is None
    assert mine.entries() == [entry]


@pytest.mark.parametrize("owner", ["", "..", "a" * 31, "A" * 32, "a" * 31 + "/"])
def test_no_owner_leads_out_of_the_folder(tmp_path, owner):
    with pytest.raises(ForecastError, match="no owner"):
        Diary(owner, tmp_path)


def test_no_entry_leads_out_of_the_folder(mine):
    with pytest.raises(ForecastError, match="no such entry"):
        mine.delete("../../x")


def test_delete_can_be_undone(mine, entry):
    mine.save(entry)
    mine.delete(entry.id)
    assert mine.entries() == []
    assert mine.deleted() == entry
    mine.bring_back(entry.id)
    assert mine.entries() == [entry]
    assert mine.deleted() is None


def test_a_forecast_is_saved_once_and_the_diary_has_an_end(mine, run, entry, monkeypatch):
    mine.save(entry)
    with pytest.raises(ForecastError, match="already"):
        mine.save(entry_of(run, run.forecast()))
    monkeypatch.setattr(diaries, "MOST_ENTRIES", 1)
    with pytest.raises(ForecastError, match="full"):
        mine.save(entry_of(run, run.forecast().assign(forecast=1.0)))


def test_a_damaged_file_hides_no_other_entry(mine, entry, tmp_path):
    mine.save(entry)
    (tmp_path / ME / ("c" * 32 + ".json")).write_text("{")
    (tmp_path / ME / ("d" * 32 + ".json")).write_text(json.dumps({"id": "d" * 32}))
    assert mine.entries() == [entry]


def test_a_full_disk_is_told_in_words(entry, tmp_path):
    (tmp_path / ME).write_text("in the way")
    with pytest.raises(ForecastError, match="could not be saved"):
        Diary(ME, tmp_path).save(entry)
