"""The LSTM with a gradient of its own is Keras' LSTM: values, gradients, saved file."""

import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from forecast import model as models
from forecast import presets
from forecast.lstm import ACTIVATIONS, LSTM

N, N_STEPS = 12, 9
SIZES = {"30 units": (1, 30), "7 units": (3, 7), "1 unit": (1, 1), "16 units": (11, 16)}


def pair(n_features, units, **settings):
    """Keras' layer and ours, with the same weights: a bias too, which Keras would start at zero."""
    rng = np.random.default_rng(1)
    weights = [
        rng.normal(0, 0.3, shape)
        for shape in ((n_features, 4 * units), (units, 4 * units), (4 * units,))
    ]
    layers = [kind(units, **settings) for kind in (keras.layers.LSTM, LSTM)]
    for layer in layers:
        layer.build((None, N_STEPS, n_features))
        layer.set_weights(weights)
    return layers


def inputs(n_features, n=N, dtype="float32"):
    values = np.random.default_rng(2).normal(size=(n, N_STEPS, n_features))
    return tf.constant(values, dtype)


def value_and_gradients(layer, x, jit):
    """A layer's value, and the gradients of a sum in which every number has its own factor."""

    @tf.function(jit_compile=jit, autograph=False)
    def run(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x)
            total = tf.reduce_sum(
                y * tf.cos(tf.reshape(tf.range(tf.size(y), dtype=y.dtype), y.shape))
            )
        return y, tape.gradient(total, [x, *layer.trainable_variables])

    y, gradients = run(x)
    return y.numpy(), [gradient.numpy() for gradient in gradients]


def assert_equal(ours, theirs, to=1e-6):
    """To a share of the largest number; that largest number counts as no smaller than 1."""
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= to * max(1.0, np.abs(theirs).max())


# The size changes how the sums are laid out, the activation what is summed: each with one of the
# other is enough.
CASES = [(SIZES["7 units"], activation) for activation in ACTIVATIONS]
CASES += [(size, "tanh") for name, size in SIZES.items() if name != "7 units"]


@pytest.mark.parametrize("sequences", [True, False], ids=["all states", "last state"])
class TestAgainstKeras:
    """The mathematics in float64, where rounding hides nothing; then float32 as it is used."""

    @pytest.mark.parametrize(("size", "activation"), CASES)
    def test_value_and_gradients_are_the_same(self, size, activation, sequences):
        settings = {"activation": activation, "return_sequences": sequences, "dtype": "float64"}
        theirs, ours = pair(*size, **settings)
        x = inputs(size[0], dtype="float64")
        expected, expected_gradients = value_and_gradients(theirs, x, jit=False)
        value, gradients = value_and_gradients(ours, x, jit=False)
        assert_equal(value, expected, to=1e-12)
        for mine, keras_own in zip(gradients, expected_gradients, strict=True):
            assert_equal(mine, keras_own, to=1e-12)

    @pytest.mark.parametrize(
        ("size", "activation"),
        [
            *((SIZES["30 units"], activation) for activation in ACTIVATIONS),
            (SIZES["16 units"], "tanh"),
        ],
    )
    def test_single_precision_compiled_is_near_the_truth(self, size, activation, sequences):
        """As it is used. Sums of some hundred terms keep six of float32's seven digits."""
        settings = {"activation": activation, "return_sequences": sequences}
        exact, _ = pair(*size, **settings, dtype="float64")
        _, ours = pair(*size, **settings)
        expected, truth = value_and_gradients(exact, inputs(size[0], dtype="float64"), jit=False)
        value, gradients = value_and_gradients(ours, inputs(size[0]), jit=True)
        assert_equal(value, expected)
        for mine, true in zip(gradients, truth, strict=True):
            assert_equal(mine, true, to=3e-6)


def test_the_gradient_is_the_slope_measured_by_small_steps():
    """An oracle that knows nothing of Keras: the value itself, a little to either side."""
    _, layer = pair(2, 3, dtype="float64")
    x = inputs(2, dtype="float64")
    gradient = value_and_gradients(layer, x, jit=False)[1][2]
    weights = layer.get_weights()
    factors = np.cos(np.arange(N * 3)).reshape(N, 3)
    for row, column in [(0, 0), (1, 5), (2, 11)]:
        sides = []
        for step in (1e-5, -1e-5):
            moved = weights[1].copy()
            moved[row, column] += step
            layer.set_weights([weights[0], moved, weights[2]])
            sides.append(float((value_and_gradients(layer, x, jit=False)[0] * factors).sum()))
        assert (sides[0] - sides[1]) / 2e-5 == pytest.approx(gradient[row, column], rel=1e-6)


ELSEWHERE = {
    "dropout": {"dropout": 0.5},
    "backwards": {"go_backwards": True},
    "no bias": {"use_bias": False},
    "another activation": {"activation": "elu"},
    "other gates": {"recurrent_activation": "hard_sigmoid"},
}


@pytest.mark.parametrize("settings", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_it_does_not_handle_is_left_to_keras(settings):
    theirs, ours = keras.layers.LSTM(5, **settings), LSTM(5, **settings)
    x = inputs(2)
    for layer in (theirs, ours):
        layer.build(x.shape)
    ours.set_weights(theirs.get_weights())
    assert_equal(tf.function(ours)(x).numpy(), tf.function(theirs)(x).numpy())


def test_a_start_state_and_a_mask_are_left_to_keras():
    theirs, ours = pair(2, 5)
    x, start = inputs(2), [tf.ones((N, 5)), tf.ones((N, 5))]
    mask = tf.sequence_mask(range(1, N + 1), N_STEPS)
    for given in ({"initial_state": start}, {"mask": mask}):
        mine, keras_own = (tf.function(layer)(x, **given).numpy() for layer in (ours, theirs))
        assert_equal(mine, keras_own)


PLAIN_KERAS = """
import sys
import keras, numpy as np
network = keras.models.load_model(sys.argv[1])
assert [type(layer) for layer in network.layers[:2]] == [keras.layers.LSTM] * 2, network.layers
assert not any(name.split(".")[0] == "forecast" for name in sys.modules)
np.save(sys.argv[3], network.predict(np.load(sys.argv[2]), verbose=0))
"""


def test_a_saved_network_opens_in_plain_keras_and_predicts_the_same(tmp_path):
    config = presets.classic().but(units=(9, 6), activation="softsign")
    network = models.build(config, n_features=2, layer=LSTM)
    x = np.random.default_rng(3).normal(size=(5, 30, 2)).astype(np.float32)
    files = [tmp_path / name for name in ("network.keras", "inputs.npy", "predicted.npy")]
    network.save(files[0])
    np.save(files[1], x)
    done = subprocess.run(
        [sys.executable, "-c", PLAIN_KERAS, *map(str, files)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    compiled = tf.function(network, jit_compile=True, autograph=False)
    assert_equal(compiled(tf.constant(x)).numpy(), np.load(files[2]))
