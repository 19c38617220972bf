"""The compiled epoch gives the numbers of ``model.fit``, and a run is repeatable."""

import json
from dataclasses import replace

import keras
import numpy as np
import pytest
from keras.callbacks import SwapEMAWeights

import forecast
from forecast import model as models
from forecast import presets
from forecast.errors import ConfigError, DataError
from forecast.history import BestEpoch, EpochMetrics, TrainingState
from forecast.program import Programs
from forecast.training import Training
from forecast.windows import windows_of
from tests.data import random_walk

CASES = {
    "one layer": {},
    "seven layers": {"units": (30, 20, 20, 10, 10, 10, 10), "activation": "softsign"},
    "a whole last batch": {"batch_size": 139},
    "one batch, averaged weights": {"batch_size": 417, "average_weights": True},
    # Losses and optimisers do not know of each other, so each needs one network only.
    "mae, sgd": {"loss": "mae", "optimizer": "sgd", "learning_rate": 0.01},
    "rmse, rmsprop": {"loss": "rmse", "optimizer": "rmsprop"},
    "huber, adamw": {"loss": "huber", "optimizer": "adamw"},
}


def fit_with_keras(series, config):
    """The same run by ``model.fit``: the oracle."""
    windows = windows_of(series, config)
    model = models.build(config, windows.X_train.shape[-1])
    model.compile(
        optimizer=models.optimizer(
            config.train.optimizer,
            config.train.learning_rate,
            average=config.train.average_weights,
        ),
        loss=models.loss_function(config.train.loss),
        metrics=["accuracy"],
    )
    history = model.fit(
        windows.X_train,
        windows.y_train,
        validation_data=(windows.X_validation, windows.y_validation),
        epochs=config.train.epochs,
        batch_size=config.train.batch_size,
        shuffle=False,
        verbose=0,
        callbacks=[SwapEMAWeights(swap_on_epoch=True)] if config.train.average_weights else [],
    )
    return history.history, model.get_weights()


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_the_compiled_epoch_equals_model_fit(changes):
    config = presets.classic().but(**{"epochs": 3, "shuffle": False, **changes})
    series = random_walk(500)
    expected, weights = fit_with_keras(series, config)
    training = Training(series, config)
    epochs = list(training)
    for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
        ours = [getattr(epoch, name) for epoch in epochs]
        assert ours == pytest.approx(expected[name], abs=1e-5), name
    for ours, theirs in zip(training.last_weights, weights, strict=True):
        assert np.abs(ours - theirs).max() < 1e-5


def test_accuracy_is_keras_categorical_accuracy():
    model = models.build(presets.classic())
    model.compile(metrics=["accuracy"], loss="mse")
    X, y = np.random.default_rng(0).normal(size=(2, 64, 37)).astype("float32")[:, :, :30], None
    y = np.random.default_rng(1).normal(size=(64, 7)).astype("float32")
    expected = keras.metrics.CategoricalAccuracy()
    expected.update_state(y, model.predict(X[0][..., None], verbose=0))
    result = model.evaluate(X[0][..., None], y, verbose=0, return_dict=True)
    assert result["accuracy"] == pytest.approx(float(expected.result()))


def test_the_same_seed_gives_the_same_run_to_the_last_digit(prices):
    config = presets.classic().but(epochs=4)
    runs = [list(forecast.train(prices, config)) for _ in range(2)]
    assert [(e.loss, e.val_loss) for e in runs[0]] == [(e.loss, e.val_loss) for e in runs[1]]


def test_another_seed_gives_another_run(prices, programs):
    config = presets.classic().but(epochs=1)
    one, other = (next(iter(Training(prices, config.but(seed=n), programs))) for n in (1, 2))
    assert one.loss != other.loss


def test_a_program_used_before_gives_the_same_run_as_a_fresh_one(prices):
    config = presets.classic().but(epochs=3)
    programs = Programs()
    list(Training(prices * 3, config.but(learning_rate=0.05), programs))
    reused = list(Training(prices, config, programs))
    fresh = list(Training(prices, config))
    assert [e.loss for e in reused] == [e.loss for e in fresh]


def test_training_leaves_the_random_numbers_of_its_caller_alone(prices, programs):
    np.random.seed(5)
    expected = np.random.RandomState(5).random()
    next(iter(Training(prices, presets.classic(), programs)))
    assert np.random.random() == expected


def test_training_leaves_the_series_as_it_was(prices, programs):
    copy = prices.copy()
    next(iter(Training(prices, presets.classic(), programs)))
    assert prices.equals(copy)


def test_divergence_ends_the_run_and_keeps_the_weights_from_before(prices):
    config = presets.classic().but(
        epochs=50, optimizer="sgd", learning_rate=10.0, scaler="none", activation="relu"
    )
    training = Training(prices, config)
    epochs = list(training)
    assert training.diverged
    assert len(epochs) < 50


def test_early_stopping_counts_epochs_without_a_better_one():
    watch = BestEpoch(patience=3)
    for epoch, loss in enumerate([5.0, 4.0, float("nan"), 4.1, 4.0], start=1):
        assert not watch.exhausted
        watch.update(epoch, loss)
    assert watch.exhausted
    assert (watch.epoch, watch.val_loss) == (2, 4.0)


def test_more_epochs_after_an_early_stop_are_trained_and_patience_begins_anew(prices, programs):
    config = presets.recommended().but(epochs=200, patience=2, n_networks=1)
    first = Training(prices, config, programs)
    stopped = list(first)
    assert first.finished_early
    state = TrainingState.unpack(first.state().pack())
    more = config.but(epochs=len(stopped) + 50)
    going_on = Training(prices, more, history=tuple(stopped), state=state)
    assert next(iter(going_on)).epoch == len(stopped) + 1
    kept = TrainingState.unpack(going_on.state().pack())
    again = Training(prices, more, history=tuple(going_on.history), state=kept)
    assert [e.loss for e in again] == [e.loss for e in going_on], "as never interrupted"
    assert len(again.history) >= len(stopped) + 2


def test_settings_and_data_that_cannot_work_are_refused_in_words(prices):
    with pytest.raises(ConfigError, match="too few"):
        next(forecast.train(prices.iloc[:30], presets.classic()))
    with pytest.raises(DataError, match="no usable number"):
        next(forecast.train(prices.where(prices > prices.median()), presets.classic()))


def test_an_epoch_tells_its_figures_in_the_unit_of_the_series(prices, programs):
    """Against the network's own answers, asked for again window by window."""
    config = presets.classic().but(epochs=2)
    training = Training(prices, config, programs)
    last = list(training)[-1]
    predicted = training.result().outlook.validation  # of the last epoch's weights
    values = prices.to_numpy()
    errors, right = [], []
    for i in range(47):
        start = 417 + i
        actual, known = values[start + 30 : start + 37], values[start + 29]
        errors.append(np.abs(actual - predicted[i]).mean())
        right.append((actual[-1] > known) == (predicted[i][-1] > known))
    assert last.val_error == pytest.approx(np.mean(errors), rel=1e-5)
    assert last.val_direction == pytest.approx(np.mean(right), abs=1e-9)
    assert last.preview == pytest.approx(tuple(predicted[-1]), rel=1e-5)


def test_epochs_of_an_older_version_are_read():
    old = {"epoch": 1, "loss": 0.1, "val_loss": 0.2, "accuracy": 0, "val_accuracy": 0, "seconds": 1}
    read = EpochMetrics.from_dict(old)
    assert np.isnan(read.val_error)
    assert read.preview == ()
    new = replace(read, val_error=2.0, val_direction=0.5, preview=(1.0, 2.0))
    assert EpochMetrics.from_dict(json.loads(json.dumps(new.to_dict()))) == new
