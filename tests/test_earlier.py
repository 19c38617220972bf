"""Which earlier run belongs to newer data, and which other one speaks of the same days."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from forecast import comparing, earlier
from forecast.runs import Origin, base_record, new_id
from forecast.store import RunStore
from tests.data import random_walk
from tests.recorded import recorded_run

OWNER = "me"


@pytest.fixture
def store(tmp_path):
    return RunStore(tmp_path)


def put(store, run, status="finished"):
    """Into the store, as the engine does."""
    record = {**base_record(run), "owner": OWNER, "status": status}
    store.create(record, run.rows)
    store.finish(run, record)
    return run.id


def a_run(series, **changes):
    run = recorded_run(n_rows=len(series), **changes)
    return replace(run, series=series, id=new_id())


def mine(store):
    return comparing.summaries(store, OWNER)[0]


def last_part_of(series, store):
    found = earlier.last_part_of(series, mine(store), store)
    return found and found[0].id


class TestNewerDataOfOneSeries:
    grown = random_walk(230)

    def test_belong_to_the_run_whose_rows_they_repeat(self, store):
        put(store, a_run(random_walk(200, seed=5)))
        known = put(store, a_run(self.grown[:200]))
        put(store, a_run(random_walk(200, seed=6)))
        assert last_part_of(self.grown, store) == known

    def test_need_not_go_back_to_its_first_row(self, store):
        known = put(store, a_run(self.grown[:200]))
        assert last_part_of(self.grown[170:], store) == known
        assert last_part_of(self.grown[195:], store) is None, "5 rows in common are too few"

    def test_may_have_put_some_values_right(self, store):
        known = put(store, a_run(self.grown[:200]))
        revised = self.grown.copy()
        revised.iloc[180:190] *= 1.1
        assert last_part_of(revised, store) == known
        revised.iloc[150:190] *= 1.1
        assert last_part_of(revised, store) is None

    @pytest.mark.parametrize(
        "other",
        [grown[:200], grown[:150], grown.rename("Open"), grown.tz_localize("UTC")],
        ids=["nothing newer", "less", "another column", "another clock"],
    )
    def test_are_told_from_others(self, store, other):
        put(store, a_run(self.grown[:200]))
        assert last_part_of(other, store) is None

    def test_rows_by_number_can_go_on_too(self, store):
        numbered = self.grown.reset_index(drop=True)
        known = put(store, a_run(numbered[:200]))
        assert last_part_of(numbered, store) == known
        assert last_part_of(self.grown, store) is None

    def test_dates_of_another_precision_are_the_same_dates(self, store):
        known = put(store, a_run(self.grown[:200]))
        read = self.grown.copy()
        read.index = self.grown.index.as_unit("us")
        assert last_part_of(read, store) == known

    def test_a_run_without_a_result_or_with_damaged_rows_is_passed_over(self, store):
        known = put(store, a_run(self.grown[:190]))
        put(store, a_run(self.grown[:200]), status="stopped")
        broken = put(store, a_run(self.grown[:201]))
        (store.folder(broken) / "series.parquet").write_bytes(b"no table")
        assert last_part_of(self.grown, store) == known

    def test_each_series_is_read_once(self, store, monkeypatch):
        for _ in range(4):
            put(store, a_run(random_walk(200, seed=5)))
        read = []
        rows = store.rows
        monkeypatch.setattr(store, "rows", lambda run: read.append(run) or rows(run))
        assert last_part_of(self.grown, store) is None
        assert len(read) == 1


class TestAnotherRun:
    def test_is_the_newest_other_on_the_same_rows_and_steps(self, store):
        series = random_walk(200)
        first = put(store, a_run(series))
        put(store, a_run(series, n_steps_out=3))
        put(store, a_run(random_walk(200, seed=1)))
        put(store, a_run(series), status="stopped")
        put(store, replace(a_run(series), origin=Origin("another file", "$")))
        shown = a_run(series)
        put(store, shown)
        found = earlier.another(shown, mine(store), store)
        assert found is not None
        summary, run = found
        assert summary.id == run.id == first
        pd.testing.assert_series_equal(run.series, series, check_freq=False)

    def test_there_is_none_of_other_people(self, store):
        shown = a_run(random_walk(200))
        put(store, shown)
        assert earlier.another(shown, mine(store), store) is None
