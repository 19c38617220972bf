"""Measures of error, against values worked out by hand and against other ways to compute them."""

import math

import numpy as np
import pytest

from forecast import metrics

ACTUAL = np.array([[10.0, 12.0], [20.0, 16.0]])
PREDICTED = np.array([[11.0, 10.0], [20.0, 20.0]])  # misses: 1, 2, 0, 4
LAST = np.array([11.0, 18.0])


def test_by_hand():
    assert metrics.mae(ACTUAL, PREDICTED) == 7 / 4
    assert metrics.rmse(ACTUAL, PREDICTED) == math.sqrt((1 + 4 + 0 + 16) / 4)
    assert metrics.smape(ACTUAL, PREDICTED) == pytest.approx(
        (2 * 1 / 21 + 2 * 2 / 22 + 0 + 2 * 4 / 36) / 4
    )
    assert metrics.by_step(metrics.mae, ACTUAL, PREDICTED).tolist() == [0.5, 3.0]


def test_mase_divides_by_the_seasonal_naive_error_of_the_training_rows():
    train = np.array([1.0, 5.0, 2.0, 7.0, 4.0])
    assert metrics.mase(ACTUAL, PREDICTED, train, season=1) == pytest.approx(1.75 / (15 / 4))
    assert metrics.mase(ACTUAL, PREDICTED, train, season=2) == pytest.approx(1.75 / (5 / 3))


@pytest.mark.parametrize("train", [np.full(9, 4.0), np.array([1.0]), np.array([])])
def test_mase_has_no_scale_where_nothing_changed(train):
    assert math.isnan(metrics.mase(ACTUAL, PREDICTED, train))


def test_mase_of_the_seasonal_naive_on_its_own_training_rows_is_one():
    train = np.random.default_rng(3).normal(size=60)
    assert metrics.mase(train[7:], train[:-7], train, season=7) == pytest.approx(1)


def test_direction_counts_the_steps_that_moved_and_were_foretold_to():
    # Came: down, up, up, down; foretold: none, down, up, up. Two of three that count are wrong.
    assert metrics.direction(ACTUAL, PREDICTED, LAST) == pytest.approx(1 / 3)
    assert math.isnan(metrics.direction(ACTUAL, np.repeat(LAST[:, None], 2, 1), LAST))
    assert metrics.direction(ACTUAL[:, 1], PREDICTED[:, 1], LAST) == 0.0


def test_smape_knows_zeros_and_its_largest_value():
    assert metrics.smape(np.zeros(3), np.zeros(3)) == 0
    assert metrics.smape(np.array([5.0]), np.array([-5.0])) == 2


def test_squares_weigh_large_misses_more():
    even = np.full((1, 4), 2.0)
    one = np.array([[8.0, 0.0, 0.0, 0.0]])
    zero = np.zeros((1, 4))
    assert metrics.mae(zero, even) == metrics.mae(zero, one)
    assert metrics.rmse(zero, even) < metrics.rmse(zero, one)


def test_skill_and_peaks():
    assert metrics.skill(3.0, 4.0) == 0.25
    assert metrics.skill(5.0, 4.0) == -0.25
    assert metrics.skill(0.0, 0.0) == 0
    assert metrics.skill(1.0, 0.0) == -math.inf
    assert metrics.peak_accuracy(ACTUAL, PREDICTED) == 0.5
