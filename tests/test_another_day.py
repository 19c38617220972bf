"""Starting from another day: which rows were known at its end."""

import datetime as dt

import pandas as pd
import pytest

from forecast.evaluation import latest_day, rows_until

HALF_HOURS = pd.date_range("2000-08-25 00:00", "2000-08-27 23:30", freq="30min")
DAYS = pd.date_range("2000-08-01", "2000-08-27")


def test_a_day_ends_with_its_last_row():
    assert rows_until(HALF_HOURS, dt.date(2000, 8, 25)) == 48
    assert rows_until(DAYS, dt.date(2000, 8, 2)) == 2
    assert rows_until(DAYS.delete(4), dt.date(2000, 8, 5)) == 4  # no row on that day


@pytest.mark.parametrize("index", [HALF_HOURS, DAYS, HALF_HOURS.tz_localize("UTC")])
def test_the_day_proposed_leaves_a_horizon_to_be_compared(index):
    n_known = len(index) - 7
    assert rows_until(index, latest_day(index, n_known, 10)) <= n_known


def test_a_single_day_of_data_is_proposed_as_it_is():
    assert latest_day(HALF_HOURS[:48], 41, 30) == dt.date(2000, 8, 25)
