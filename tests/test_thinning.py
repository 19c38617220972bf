"""A thinned series looks like the whole one."""

import numpy as np
import pytest

from forecast import thinning


@pytest.mark.parametrize("n", [1, 1_999, 2_000, 2_001, 99_999])
def test_no_more_points_than_asked_for_and_both_extremes_kept(n):
    values = np.random.default_rng(n).normal(size=n)
    shown = thinning.extremes(values)
    assert len(shown) <= 2_000
    assert (np.diff(shown) > 0).all()
    assert values[shown].min() == values.min()
    assert values[shown].max() == values.max()


@pytest.mark.parametrize("n", [0, 1, 600, 601, 5_000])
def test_even_thinning_keeps_first_and_last(n):
    shown = thinning.evenly(n)
    assert len(shown) <= 600
    if n:
        assert (shown[0], shown[-1]) == (0, n - 1)
