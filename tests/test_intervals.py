"""Bands: the right quantile, nothing from the future, wider for higher levels, and no pretence."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from forecast import intervals
from forecast.intervals import (
    LEVELS,
    RECENT,
    around,
    at_past_origins,
    coverage,
    least_scores,
    quantile,
    together,
)
from tests.data import random_walk

N_OUT = 7
NO_PAST = np.empty((0, N_OUT))


@pytest.fixture(scope="module")
def values():
    return random_walk(500).to_numpy()


def naive_answers(values, n_past, off=1.0):
    """What "same as today" would have said for the latest windows, made worse by a factor."""
    origins = range(len(values) - N_OUT - n_past, len(values) - N_OUT)
    return np.array([np.full(N_OUT, values[origin] * off) for origin in origins])


def today(values):
    return np.full(N_OUT, values[-1])


def test_a_band_equals_a_loop_over_past_rows(values):
    """The oracle: DESIGN's formula written with loops and sorted lists."""
    logs = [math.log(value) for value in values]
    changes = [b - a for a, b in itertools.pairwise(logs)]

    def spread(some):
        mean = sum(some) / len(some)
        return math.sqrt(sum((x - mean) ** 2 for x in some) / len(some))

    def lively(row):
        return math.sqrt(
            0.5 * spread(changes[row - RECENT + 1 : row]) ** 2 + 0.5 * spread(changes) ** 2
        )

    step = 3
    scores = sorted(
        abs(logs[row + step] - logs[row]) / lively(row)
        for row in range(RECENT - 1, len(values) - N_OUT)
    )
    rank = math.ceil(round((len(scores) + 1) * 0.8, 9))
    half = scores[rank - 1] * lively(len(values) - 1)
    made = around(today(values), values, NO_PAST)
    assert made.n_scores == len(scores) == 464
    assert made.lower[1, step - 1] == pytest.approx(values[-1] * math.exp(-half))
    assert made.upper[1, step - 1] == pytest.approx(values[-1] * math.exp(half))


def test_the_quantile_is_the_one_counted_by_hand():
    scores = np.arange(1.0, 20.0)  # 1 … 19
    assert quantile(scores, 50) == 10  # ⌈20 · 0.50⌉ = 10
    assert quantile(scores, 80) == 16
    assert quantile(scores, 95) == 19  # ⌈20 · 0.95⌉ = 19, the largest


@pytest.mark.parametrize("level", LEVELS)
def test_one_score_fewer_is_too_few(level):
    n = least_scores(level)
    assert math.ceil(round((n + 1) * level / 100, 9)) <= n
    assert math.ceil(round(n * level / 100, 9)) > n - 1


def test_changing_the_future_moves_no_band_made_before_it(values):
    known = 470
    changed = values.copy()
    changed[known:] *= 3
    past, past_changed = naive_answers(values, 60), naive_answers(changed, 60)
    past_changed[known - len(values) + N_OUT :] *= 0.5  # what was said after that day, too
    before = dict(at_past_origins(values, past))
    after = dict(at_past_origins(changed, past_changed))
    assert list(before) == list(range(434, 494))
    for origin in range(434, known + 1):
        assert np.array_equal(before[origin].upper, after[origin].upper), origin
        assert np.array_equal(before[origin].lower, after[origin].lower), origin
    assert not np.array_equal(before[known + 1].upper, after[known + 1].upper)


def test_the_inputs_are_left_alone(values):
    before, past = values.copy(), naive_answers(values, 40)
    past_before = past.copy()
    around(today(values), values, past)
    coverage(values, past)
    assert np.array_equal(values, before)
    assert np.array_equal(past, past_before)


@pytest.mark.parametrize("shift", [0.0, -1000.0])
def test_higher_levels_are_wider_and_hold_the_forecast(values, shift):
    made = around(today(values) + shift, values + shift, NO_PAST)
    assert made.levels == LEVELS
    assert (np.diff(made.upper, axis=0) > 0).all()
    assert (np.diff(made.lower, axis=0) < 0).all()
    assert (made.lower < today(values) + shift).all()


def test_values_at_or_below_zero_use_plain_differences():
    rng = np.random.default_rng(1)
    values = np.cumsum(rng.normal(0, 1, 400))
    values -= values.mean()
    made = around(today(values), values, NO_PAST)
    assert made.levels == LEVELS
    assert made.upper - values[-1] == pytest.approx(values[-1] - made.lower)  # as far each way
    further = around(today(values) - 50, values - 50, NO_PAST)
    assert further.upper == pytest.approx(made.upper - 50)  # no scale, so no logarithm


def test_prices_never_get_a_band_below_zero():
    prices = random_walk(500, seed=4).to_numpy() / 1_000
    assert (around(today(prices), prices, NO_PAST).lower > 0).all()


@pytest.mark.parametrize(
    ("n_rows", "levels", "says"),
    [
        (RECENT, (), "too few rows"),
        (RECENT + N_OUT, (50,), "one past window"),
        (RECENT + N_OUT + 3, (50, 80), "4 past windows"),
        (RECENT + N_OUT + 17, (50, 80), "19 for the 95 %"),
        (RECENT + N_OUT + 18, LEVELS, ""),
    ],
)
def test_too_few_windows_are_said_and_not_drawn(values, n_rows, levels, says):
    made = around(today(values[:n_rows]), values[:n_rows], NO_PAST)
    assert made.levels == levels
    assert made.lower.shape == (len(levels), N_OUT)
    assert says in made.note
    assert bool(made.note) == (levels != LEVELS)


def test_values_that_never_change_get_a_sentence_instead_of_a_band():
    made = around(np.full(N_OUT, 5.0), np.full(200, 5.0), NO_PAST)
    assert made.levels == ()
    assert "never changed" in made.note


def test_a_network_that_saves_half_gets_narrower_bands_and_a_bad_one_wider(values):
    moved = np.lib.stride_tricks.sliding_window_view(values, N_OUT)[-100:]
    stay = naive_answers(values, 100)
    plain = around(today(values), values, stay)
    better = around(today(values), values, np.sqrt(stay * moved))  # half of every log error
    worse = around(today(values), values, naive_answers(values, 100, off=1.5))
    width = [made.upper[1] - made.lower[1] for made in (better, plain, worse)]
    assert (width[0] < 0.55 * width[1]).all()
    assert (width[2] > 1.5 * width[1]).all()
    assert plain.upper == pytest.approx(around(today(values), values, NO_PAST).upper)


def test_a_network_far_from_today_on_two_blocks_gets_no_band(values):
    """Its own misses are not proven, and those of "same as today" are not about its line."""
    waves = 100 + 50 * np.sin(np.arange(507) * 2 * np.pi / 24)
    known, ahead = waves[:-N_OUT], waves[-N_OUT:]
    came = np.lib.stride_tricks.sliding_window_view(known, N_OUT)
    made = around(ahead, known, came[-2 * N_OUT :])
    assert made.levels == ()
    assert "14 past windows are too few" in made.note
    assert around(ahead, known, came[-2 * N_OUT - 1 :]).levels == LEVELS
    assert around(today(known), known, came[-2 * N_OUT :]).levels == LEVELS


def test_a_saving_seen_on_two_blocks_is_not_relied_on(values):
    perfect = np.lib.stride_tricks.sliding_window_view(values, N_OUT)[-2 * N_OUT :]
    made = around(today(values), values, perfect)
    assert made.upper == pytest.approx(around(today(values), values, NO_PAST).upper)


def test_bands_of_a_random_walk_hold_what_they_promise():
    shares = []
    for seed in range(12):
        values = random_walk(700, seed=seed).to_numpy()
        checked = coverage(values, naive_answers(values, 60))
        assert checked.n_origins == 60
        shares.append(checked.inside)
    found = np.mean(shares, axis=(0, 2))
    assert found == pytest.approx([0.5, 0.8, 0.95], abs=0.05)


def test_coverage_without_past_answers_is_none(values):
    assert coverage(values, NO_PAST).n_origins == 0


def test_of_a_million_rows_the_latest_are_scored(values):
    long = np.tile(values, 2_000)
    assert around(today(long), long, NO_PAST).n_scores == intervals.MOST_ROWS - RECENT - N_OUT + 1


def test_bands_of_what_was_never_negative_end_at_zero():
    rng = np.random.default_rng(3)
    sun = np.maximum(np.sin(np.arange(480) / 24 * 2 * np.pi), 0) * rng.uniform(0.5, 1, 480)
    near = intervals.around(np.full(3, 0.05), sun, np.empty((0, 3)))
    assert (near.lower == 0).any()
    assert (near.lower >= 0).all()
    below = intervals.around(np.full(3, 0.05), sun - 0.01, np.empty((0, 3)))
    assert (below.lower < 0).any()


def test_the_band_of_a_sum_of_one_step_is_that_of_the_step(values):
    one = values[-1:]
    past = naive_answers(values, 40)[:, :1]
    each, both = around(one * 1.02, values, past), together(one * 1.02, values, past)
    assert both.levels == each.levels
    assert np.allclose(both.lower, each.lower)
    assert np.allclose(both.upper, each.upper)


def test_the_band_of_a_sum_equals_a_loop_over_past_rows():
    """Where changes are no percentages: plain sums against plain sums."""
    values = np.random.default_rng(4).normal(0, 1, 200).cumsum()
    made = together(np.full(3, values[-1]), values, np.empty((0, 3)))
    lively = [
        math.sqrt(
            0.5 * np.diff(values[row - RECENT + 1 : row + 1]).var() + 0.5 * np.diff(values).var()
        )
        for row in range(RECENT - 1, len(values))
    ]
    scores = [
        abs(sum(values[row + h] - values[row] for h in (1, 2, 3))) / lively[row - RECENT + 1]
        for row in range(RECENT - 1, len(values) - 3)
    ]
    width = float(quantile(np.array(scores), 80)) * lively[-1]
    assert made.lower[1, 0] == pytest.approx(3 * values[-1] - width)
    assert made.upper[1, 0] == pytest.approx(3 * values[-1] + width)


def test_bands_of_sums_hold_what_they_promise_and_are_narrower_than_the_sum_of_the_edges():
    inside, wide = [], []
    for seed in range(150):
        walk = random_walk(407, seed=seed).to_numpy()
        known, came = walk[:400], walk[400:].sum()
        made, each = together(today(known), known, NO_PAST), around(today(known), known, NO_PAST)
        inside.append((made.lower[:, 0] <= came) & (came <= made.upper[:, 0]))
        wide.append((made.upper - made.lower)[1, 0] / (each.upper - each.lower)[1].sum())
    assert np.mean(inside, axis=0) == pytest.approx([0.5, 0.8, 0.95], abs=0.09)
    assert max(wide) < 1


def test_where_no_step_has_a_band_the_sum_has_none():
    assert together(np.ones(7), np.ones(100), NO_PAST).levels == ()
