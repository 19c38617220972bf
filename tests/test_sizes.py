"""The number of parameters, held against Keras' own count."""

import pytest

from forecast import presets
from forecast.sizes import n_parameters


@pytest.mark.parametrize(
    ("changes", "n_features"),
    [
        ({}, 1),
        ({"units": (64,), "n_steps_out": 1}, 1),
        ({"units": (30, 20, 10), "n_steps_out": 14}, 3),
        ({"units": (1,)}, 2),
        ({"units": presets.classic_deep().model.units, "activation": "softsign"}, 1),
    ],
)
def test_it_is_keras_count(changes, n_features):
    from forecast.model import build

    config = presets.classic().but(**changes)
    assert n_parameters(config, n_features) == build(config, n_features).count_params()


def test_the_length_of_the_window_does_not_count():
    config = presets.classic()
    assert n_parameters(config.but(n_steps_in=90)) == n_parameters(config)
