"""The last season repeated: only where there is one, and only where that was closer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.repeated import repeated
from tests.data import random_walk

YEAR = np.array([1.0, 2, 4, 8, 9, 9, 9, 8, 6, 4, 2, 1])


def months(values) -> pd.Series:
    return pd.Series(values, pd.date_range("2020-01-31", periods=len(values), freq="ME"))


def test_a_price_that_walks_at_random_has_nothing_to_repeat():
    assert repeated(random_walk(500), 7) is None


def test_fewer_than_four_years_are_no_proof_of_a_year():
    assert repeated(months(np.tile(YEAR, 3)), 3) is None


def test_rows_without_dates_have_no_season_with_a_name():
    assert repeated(pd.Series(np.tile(YEAR, 6)), 3) is None


def test_the_error_is_that_of_origins_which_know_what_came_before_them_alone():
    values = np.tile(YEAR, 5)
    values[-1] += 3  # two of the last three steps from the last origin were right
    found = repeated(months(values), 3)
    assert found.n_origins == 60 - 3 - 12 + 1
    # The last value stands in one window only, that of the last origin.
    assert found.mae == pytest.approx(3 / (3 * found.n_origins))
    assert list(found.next_steps) == [1, 2, 4]


def test_a_week_that_is_plain_in_daily_rows_is_called_a_week():
    days = pd.date_range("2024-01-01", periods=70)
    noise = np.random.default_rng(0).normal(0, 0.1, 70)
    found = repeated(pd.Series(np.tile([5.0, 1, 2, 3, 9, 9, 8], 10) + noise, days), 7)
    assert found.cycle == "week"
    assert found.mae < 0.2 < found.naive_mae
