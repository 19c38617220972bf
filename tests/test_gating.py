"""The gate, against figures worked out by hand."""

import numpy as np
import pytest

from forecast import gating

T_OF_5 = 2.570582  # Student's t, 5 degrees of freedom, two-sided 95 %: from printed tables


def test_the_gate_is_the_slope_less_what_its_doubt_takes():
    """d = 1 in all six windows of one step, y = 0 1 1 0 1 1.

    b = 4/6; what is missed is y − b: −2/3, 1/3, 1/3, −2/3, 1/3, 1/3, with squares that sum to 4/3;
    se = √(6/5 · 4/3) / 6 = √1.6 / 6.
    """
    last = np.array([10.0, 20, 30, 40, 50, 60])
    network = last[:, None] + 1
    actual = last[:, None] + np.array([[0.0], [1], [1], [0], [1], [1]])
    doubt = T_OF_5 * np.sqrt(1.6) / 6 / (4 / 6)
    assert gating.gate(network, actual, last) == pytest.approx(4 / 6 * (1 - doubt**2))


def test_a_slope_above_one_is_no_more_reason_to_follow():
    """The same with steps three times as large as foretold: b = 2 counts as 1, se is threefold."""
    last = np.zeros(6)
    actual = 3 * np.array([[0.0], [1], [1], [0], [1], [1]])
    doubt = T_OF_5 * 3 * np.sqrt(1.6) / 6 / 2
    assert gating.gate(np.ones((6, 1)), actual, last) == pytest.approx(1 - doubt**2)


def test_it_is_closed_while_the_slope_may_well_be_zero():
    """y = 0 0 1 0 0 1 on d = 1: b = 1/3, se = √(6/5 · 4/3) / 6 again, and t · se is above b."""
    actual = np.array([[0.0], [0], [1], [0], [0], [1]])
    assert T_OF_5 * np.sqrt(1.6) / 6 > 1 / 3
    assert gating.gate(np.ones((6, 1)), actual, np.zeros(6)) == 0.0


def test_the_error_is_taken_over_blocks_of_n_steps_out_windows():
    """Two steps, so blocks of two windows: (−, −), (+, +) within a block adds up; by hand.

    d = 1 everywhere, 8 numbers; y = 0 in the first two windows, 2 in the last two: b = 1. A window
    misses −2 or +2, a block −4 or +4: se = √(2/1 · 32) / 8 = 1, and nothing is left.
    """
    network, last = np.ones((4, 2)), np.zeros(4)
    actual = np.array([[0.0, 0], [0, 0], [2, 2], [2, 2]])
    assert gating.gate(network, actual, last) == pytest.approx(0.0)
    # The same misses in turn cancel within each block: no doubt, b = 1 is left.
    assert gating.gate(network, actual[[0, 2, 1, 3]], last) == pytest.approx(1.0)


def test_a_network_that_is_right_is_followed_all_the_way_and_one_that_is_wrong_not_at_all():
    rng = np.random.default_rng(0)
    last, steps = rng.normal(100, 5, 47), rng.normal(size=(47, 7))
    assert gating.gate(last[:, None] + steps, last[:, None] + steps, last) == 1.0
    assert gating.gate(last[:, None] - steps, last[:, None] + steps, last) == 0.0
    assert gating.gate(last[:, None] + steps, last[:, None] + rng.normal(size=(47, 7)), last) < 0.2


def test_nothing_to_judge_by_is_no_trust():
    last = np.array([1.0, 2.0, 3.0])
    same = np.repeat(last[:, None], 2, axis=1)
    assert gating.gate(same, same + 1, last) == 0.0  # it never foretold a change
    assert gating.gate(same[:2] + 1, same[:2] + 1, last[:2]) == 0.0  # a single block
    assert gating.gate(same * np.nan, same, last) == 0.0


def test_the_gate_keeps_its_share_of_each_step():
    network = np.array([[12.0, 8.0]])
    last, least = np.array([10.0]), np.array([-np.inf])
    assert gating.apply(0.25, network, last, least).tolist() == [[10.5, 9.5]]
    assert gating.apply(0.0, network, last, least).tolist() == [[10.0, 10.0]]
    assert gating.apply(1.0, network, last, least).tolist() == network.tolist()


def test_what_was_never_negative_is_not_foretold_to_be():
    network = np.array([[-3.0, 2.0], [-3.0, 2.0]])
    least = gating.floor(np.array([1.0, -1.0]))
    told = gating.apply(1.0, network, np.array([1.0, -1.0]), least)
    assert told.tolist() == [[0.0, 2.0], [-3.0, 2.0]]
