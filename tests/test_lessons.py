"""The lessons' numbers: windows that slide, who sees which rows, how many corrections there are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import lessons
from forecast.config import Config
from forecast.errors import ConfigError
from forecast.lessons import MOST_FRAMES, MOST_VALUES
from forecast.windows import split_sequence

SMALL = Config().but(n_steps_in=3, n_steps_out=2, validation_split=0.25, batch_size=5)


def rising(n: int) -> pd.Series:
    return pd.Series(np.arange(n, dtype=float), name="Level")


def shown(found):
    """Each window that is shown, cut from the rows that are sent along."""
    n = found.n_in + found.n_out
    return np.array([found.values[at : at + n] for at in found.offsets])


@pytest.mark.parametrize("n_rows", [20, 700, 30_000])
def test_the_windows_shown_are_those_of_split_sequence(n_rows):
    series = pd.Series(np.random.default_rng(1).normal(size=n_rows))
    found = lessons.slide(series, SMALL.but(n_rows=None))
    X, y = split_sequence(series, 3, 2)
    assert found.n_windows == len(X)
    assert np.array_equal(shown(found), np.hstack([X, y])[list(found.starts)])
    assert (found.starts[0], found.starts[-1]) == (0, len(X) - 1)


def test_few_windows_are_all_shown_and_many_are_thinned():
    few = lessons.slide(rising(400), Config())
    assert not few.thinned
    many = lessons.slide(rising(200_000), Config().but(n_rows=None))
    assert many.thinned
    assert len(many.starts) <= MOST_FRAMES
    assert len(many.rows) <= MOST_VALUES


def test_a_scaler_of_changes_asks_for_one_row_more():
    found = lessons.slide(rising(20), SMALL.but(scaler="change"))
    assert (found.n_in, found.n_out, found.n_windows) == (4, 2, 15)


def test_the_rows_of_a_run_are_the_latest():
    found = lessons.slide(rising(100), SMALL.but(n_rows=20))
    assert found.values[0] == 80
    assert found.n_rows == 20


def test_who_sees_which_rows():
    """20 rows give 16 windows, 12 for training: the last of them begins at row 11, ends at 15."""
    found = lessons.sight(rising(20), SMALL)
    assert (found.n_train, found.n_validation) == (12, 4)
    assert found.trained == (0, 16)
    assert found.asked == (12, 18)
    assert found.answered == (15, 20)
    assert found.unseen == (16, 20)
    assert found.reread == 4  # rows 12 to 15
    assert found.shared == 1  # row 15 ends the last training answer, begins the first other one


def test_answers_of_one_step_are_never_on_both_sides():
    assert lessons.sight(rising(20), SMALL.but(n_steps_out=1)).shared == 0


def test_what_the_scaler_learnt_and_what_it_would_have():
    found = lessons.sight(rising(20), SMALL)
    assert (found.scaler.center, found.scaler.scale) == ((0,), (15,))
    assert (found.leaky.center, found.leaky.scale) == ((0,), (19,))
    assert found.leaks


def test_where_later_rows_bring_nothing_new_nothing_would_leak():
    series = pd.Series([*range(16), 5.0, 6.0, 7.0, 8.0])
    assert not lessons.sight(series, SMALL).leaks


@pytest.mark.parametrize(
    ("batch_size", "n", "last"), [(30, 14, 27), (417, 1, 417), (1, 417, 1), (139, 3, 139)]
)
def test_an_epoch_in_batches(batch_size, n, last):
    found = lessons.batches(500, Config().but(batch_size=batch_size))
    assert (found.n, found.last) == (n, last)
    assert sum(found.sizes) == found.n_train == 417
    assert found.corrections == 150 * n


@pytest.mark.parametrize("lesson", [lessons.slide, lessons.sight])
def test_too_few_rows_are_told(lesson):
    with pytest.raises(ConfigError, match="too few"):
        lesson(rising(20), Config())
