"""Settings check themselves and survive the way to JSON and back."""

import json

import pytest

from forecast import presets
from forecast.config import SETTINGS, Config, DataConfig, ModelConfig, TrainConfig, WindowConfig
from forecast.errors import ConfigError
from forecast.glossary import GLOSSARY


@pytest.mark.parametrize("make", presets.PRESETS.values())
def test_settings_come_back_from_json_as_they_were(make):
    config = make()
    assert Config.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_settings_from_before_weights_could_be_averaged_do_not_average_them():
    older = presets.recommended().to_dict()
    del older["train"]["average_weights"]
    assert Config.from_dict(older) == presets.recommended().but(average_weights=False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: DataConfig(scaler="log"),
        lambda: DataConfig(n_rows=0),
        lambda: WindowConfig(n_steps_in=0),
        lambda: WindowConfig(n_steps_out=True),
        lambda: WindowConfig(validation_split=0.0),
        lambda: ModelConfig(units=()),
        lambda: ModelConfig(units=(1,) * 9),
        lambda: ModelConfig(units=(0,)),
        lambda: ModelConfig(activation="swish"),
        lambda: TrainConfig(epochs=1.5),
        lambda: TrainConfig(learning_rate=float("nan")),
        lambda: TrainConfig(loss="accuracy"),
        lambda: TrainConfig(optimizer="lion"),
        lambda: TrainConfig(patience=0),
        lambda: TrainConfig(seed=-1),
        lambda: Config().but(epoch=3),
    ],
)
def test_a_setting_out_of_range_says_what_was_expected_and_received(make):
    with pytest.raises(ConfigError) as caught:
        make()
    assert caught.value.expected
    assert caught.value.received


def test_settings_of_another_version_are_refused_in_words():
    with pytest.raises(ConfigError, match="not written by this version"):
        Config.from_dict({"data": {}, "window": {}, "model": {"cells": 3}, "train": {}})


def test_classic_is_the_notebook():
    config = presets.classic()
    assert config.window == WindowConfig(30, 7, 0.1)
    assert config.model == ModelConfig((30,), "tanh")
    assert config.train == TrainConfig(
        epochs=150, batch_size=30, learning_rate=0.001, loss="mse", optimizer="adam"
    )
    assert config.data == DataConfig(500, "minmax")
    assert not config.train.restore_best
    assert config.train.patience is None


def test_classic_deep_has_seven_layers_with_softsign():
    config = presets.classic_deep()
    assert config.model == ModelConfig((30, 20, 20, 10, 10, 10, 10), "softsign")
    assert config.train == presets.classic().train


def test_every_setting_is_explained_in_the_glossary():
    assert [name for name in SETTINGS if name not in GLOSSARY] == []
