"""Windows and their split, against counts and values worked out by hand."""

import numpy as np
import pytest

from forecast import presets
from forecast.errors import ConfigError
from forecast.windows import count_windows, fitting, make_windows, plan, split_sequence


def test_each_window_is_followed_by_its_answer():
    X, y = split_sequence(np.arange(1, 8) * 10, n_steps_in=3, n_steps_out=2)
    assert X.tolist() == [[10, 20, 30], [20, 30, 40], [30, 40, 50]]
    assert y.tolist() == [[40, 50], [50, 60], [60, 70]]


def test_windows_equal_those_of_a_naive_loop():
    values = np.random.default_rng(1).normal(size=83)
    X, y = split_sequence(values, 11, 5)
    expected = [
        (values[i : i + 11], values[i + 11 : i + 16])
        for i in range(len(values))
        if i + 16 <= len(values)
    ]
    assert len(X) == len(expected)
    for i, (inputs, answer) in enumerate(expected):
        assert np.array_equal(X[i], inputs)
        assert np.array_equal(y[i], answer)


@pytest.mark.parametrize(("n_rows", "n_windows"), [(36, 0), (37, 1), (38, 2), (0, 0)])
def test_no_window_runs_past_the_end(n_rows, n_windows):
    X, y = split_sequence(np.arange(n_rows), 30, 7)
    assert X.shape == (n_windows, 30)
    assert y.shape == (n_windows, 7)
    assert count_windows(n_rows, 30, 7) == n_windows


def test_windows_are_copies_of_the_values():
    values = np.arange(50.0)
    X, _ = split_sequence(values, 5, 2)
    X[0, 0] = -1
    assert values[0] == 0


def test_a_table_is_no_sequence():
    with pytest.raises(ConfigError, match="one series"):
        split_sequence(np.zeros((10, 2)), 3, 2)


def test_the_notebook_has_464_windows_417_of_them_for_training():
    counts = plan(5_032, presets.classic())
    assert (counts.n_rows, counts.n_windows) == (500, 464)
    assert (counts.n_train, counts.n_validation) == (417, 47)
    assert counts.n_batches == 14
    assert counts.n_rows_seen == 453


def test_the_scaler_sees_what_the_training_windows_contain_and_no_more():
    values = np.arange(500.0)  # rising, so the largest value seen tells where the scaler stopped
    windows = make_windows(values, presets.classic())
    assert windows.scaler.center == (0.0,)
    assert windows.scaler.scale == (452.0,)
    assert windows.y_train.max() == 1.0
    assert windows.y_validation.max() == pytest.approx(499 / 452)


def test_changing_the_validation_part_changes_neither_training_windows_nor_scaler():
    values = np.random.default_rng(2).normal(100, 5, 500)
    before = make_windows(values, presets.classic())
    changed = values.copy()
    changed[before.plan.n_rows_seen :] *= 10
    after = make_windows(changed, presets.classic())
    assert after.scaler == before.scaler
    assert np.array_equal(after.X_train, before.X_train)
    assert np.array_equal(after.y_train, before.y_train)
    assert not np.array_equal(after.y_validation, before.y_validation)


def test_making_windows_leaves_the_values_as_they_were():
    values = np.random.default_rng(3).normal(size=500)
    copy = values.copy()
    make_windows(values, presets.classic())
    assert np.array_equal(values, copy)


@pytest.mark.parametrize(
    ("n_rows", "changes", "fits"),
    [
        (30, {}, (5, 7, 16)),  # 19 windows, 17 of them to train on
        (150, {"n_steps_in": 120}, (20, 7, 30)),
        (150, {"n_steps_out": 60}, (5, 60, 30)),  # 86 windows, 77 to train on
        (500, {}, (30, 7, 30)),
        (6, {}, None),
    ],
)
def test_settings_that_fit_few_rows_are_the_nearest(n_rows, changes, fits):
    config = fitting(n_rows, presets.recommended().but(**changes))
    if fits is None:
        assert config is None
    else:
        window = config.window
        assert (window.n_steps_in, window.n_steps_out, config.train.batch_size) == fits


@pytest.mark.parametrize(
    ("n_rows", "changes", "words"),
    [
        (37, {}, "too few"),
        (500, {"n_steps_in": 493}, "too few"),
        (500, {"batch_size": 418}, "batch is larger"),
        (38, {"batch_size": 1, "validation_split": 0.01}, None),
    ],
)
def test_settings_that_cannot_work_are_told_before_training(n_rows, changes, words):
    config = presets.classic().but(**changes)
    if words is None:
        assert plan(n_rows, config).n_windows == 2
    else:
        with pytest.raises(ConfigError, match=words):
            plan(n_rows, config)
