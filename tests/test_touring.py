"""The tour's figures beside values worked out by hand on seven rows.

With n_steps_in = 2 and n_steps_out = 2 the last two windows are::

    X 11 15   y 14 18   said 15 14
    X 15 14   y 18 20   said 17 22
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import touring
from forecast.config import Config
from forecast.history import EpochMetrics, Outlook
from forecast.runs import Run
from forecast.scaling import Scaler

VALUES = [10.0, 12, 11, 15, 14, 18, 20]
SAID = [[15.0, 14], [17, 22]]


@pytest.fixture
def run():
    history = tuple(
        EpochMetrics(i, 1, 1, 0, 0, 1, val_error=error)
        for i, error in enumerate([4.0, 3.0, math.nan, 3.6], start=1)
    )
    return Run(
        config=Config().but(n_steps_in=2, n_steps_out=2, batch_size=1),
        series=pd.Series(VALUES, index=pd.date_range("2024-01-01", periods=7), name="Close"),
        history=history,
        weights=[],
        scaler=Scaler("minmax", (10.0,), (10.0,)),
        best_epoch=2,
        outlook=Outlook(np.array([21.0, 22]), np.array(SAID)),
    )


def test_one_step_ahead_takes_the_first_word_of_each_window(run):
    found = touring.ahead(run, 1)
    assert found.table.actual.tolist() == [14, 18]
    assert found.table.network.tolist() == [15, 17]
    assert found.table.naive.tolist() == [15, 14]
    assert [f"{day:%d}" for day in found.table.index] == ["05", "06"]
    assert (found.error, found.naive_error) == (1, 2.5)
    assert found.together == pytest.approx(1), "two points that rise both"


def test_two_steps_ahead_the_dates_are_one_later(run):
    found = touring.ahead(run, 2)
    assert found.table.actual.tolist() == [18, 20]
    assert found.table.network.tolist() == [14, 22]
    assert [f"{day:%d}" for day in found.table.index] == ["06", "07"]
    assert (found.error, found.naive_error) == (3, 4.5)


def test_words_that_never_change_go_together_with_nothing(run):
    level = replace(run, outlook=Outlook(np.zeros(2), np.full((2, 2), 15.0)))
    assert math.isnan(touring.ahead(level, 1).together)


def test_habits(run):
    found = touring.habits(run)
    assert found.scores.mae == 2  # (1 + 4 + 1 + 2) / 4
    assert found.scores.naive_mae == 3.5  # (1 + 3 + 4 + 6) / 4
    assert found.step_away == 1.5  # |15 − 15| and |17 − 14|
    assert found.direction == pytest.approx(2 / 3)  # the first word foretold no move
    assert found.scores.peak_accuracy == 0.5
    assert found.chance == 0.5
    assert found.n_better == 1
    assert found.lowest == 3


def test_only_a_network_of_changes_has_a_start_to_be_compared(run):
    assert touring.course(run).index.tolist() == [1, 2, 3, 4]
    changes = replace(run, config=run.config.but(scaler="change"))
    course = touring.course(changes)
    assert course.index.tolist() == [0, 1, 2, 3, 4]
    assert course[0] == 3.5, "it starts as “same as today”"


def test_the_error_at_each_step_has_the_naive_forecast_second(run):
    table = touring.by_step({"One": run, "Two": run}, "Naive")
    assert list(table) == ["One", "Naive", "Two"]
    assert table["One"].tolist() == [1, 3]
    assert table["Naive"].tolist() == [2.5, 4.5]
    assert table.index.tolist() == [1, 2]
