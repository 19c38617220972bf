"""One epoch as one compiled call (worker only: this module imports TensorFlow).

``model.fit`` spends most of a small epoch in its own machinery: one Python step a batch, metric
objects, callbacks. Here the loop over the batches, the loss, the gradient, the optimiser, the
accuracy and the validation pass are one graph, compiled by XLA. The mathematics is that of
``model.fit``; ``tests/test_training.py`` holds the numbers against it.

The buffers for the windows are padded to a few sizes and the number of windows is given at run
time, so other data of a similar size, other epochs and other learning rates compile nothing new.
"""

from __future__ import annotations

import logging
import math
from collections import OrderedDict
from dataclasses import dataclass, field

import keras
import numpy as np
import tensorflow as tf

from forecast import compiled
from forecast import model as models
from forecast.config import Config
from forecast.lstm import LSTM
from forecast.windows import Float32, Windows

MAX_PROGRAMS = 8  # compiled programs kept in a worker; a program of seven layers holds about 30 MB
log = logging.getLogger(__name__)
VALIDATION_CHUNK = 64  # windows a validation step looks at together; changes no figure


@dataclass(frozen=True)
class Shape:
    """All that the compiled code depends on; two runs with equal shapes share a program."""

    n_steps_in: int
    n_steps_out: int
    n_features: int
    units: tuple[int, ...]
    activation: str
    skip: bool
    loss: str
    optimizer: str
    average_weights: bool
    batch_size: int
    train_capacity: int  # windows that fit into the buffers
    validation_capacity: int


def shape_of(config: Config, n_features: int, n_train: int, n_validation: int) -> Shape:
    """The shape of a run's program."""
    window, train = config.window, config.train
    return Shape(
        n_steps_in=window.n_steps_in,
        n_steps_out=window.n_steps_out,
        n_features=n_features,
        units=config.model.units,
        activation=config.model.activation,
        skip=config.model.skip,
        loss=train.loss,
        optimizer=train.optimizer,
        average_weights=train.average_weights,
        batch_size=train.batch_size,
        train_capacity=capacity(n_train),
        validation_capacity=capacity(n_validation),
    )


def capacity(n_windows: int) -> int:
    """The buffer size for ``n_windows``: the next power of two, at least 64.

    >>> capacity(417), capacity(47)
    (512, 64)
    """
    return max(64, 1 << (n_windows - 1).bit_length())


@dataclass(frozen=True)
class Figures:
    """What one compiled epoch gives back."""

    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    # What the network says to the validation windows, scaled: (n_validation, n_steps_out).
    predicted: Float32 = field(compare=False, repr=False)


class Program:
    """A network, its optimiser, and the compiled epoch that changes them.

    Where weights are averaged, the network holds their mean between epochs, and the optimiser's
    variables for the mean hold the weights that training goes on with: each epoch exchanges the
    two at its begin and at its end, as ``keras.callbacks.SwapEMAWeights`` does around a validation.
    """

    def __init__(self, config: Config, shape: Shape) -> None:
        self.shape = shape
        self.model = models.build(config, shape.n_features, LSTM)
        self.optimizer = models.optimizer(
            shape.optimizer, config.train.learning_rate, average=shape.average_weights
        )
        self.optimizer.build(self.model.trainable_variables)
        self._begin_average()
        self._loss = models.loss_function(shape.loss)
        self._epoch = self._to_compile()
        self._n_train = self._n_validation = 0
        self._is_compiled = False

    def reset(self, config: Config) -> None:
        """Put the weights of ``config``'s seed and a fresh optimiser in place; compile nothing."""
        fresh = models.build(config, self.shape.n_features)
        self.model.set_weights(fresh.get_weights())
        for variable in self.optimizer.variables:
            variable.assign(keras.ops.zeros_like(variable))
        self.optimizer.learning_rate.assign(config.train.learning_rate)
        self._begin_average()

    @property
    def _averaged(self) -> list[tuple[keras.Variable, keras.Variable]]:
        """Each weight and its mean."""
        if not self.shape.average_weights:
            return []
        means = self.optimizer._model_variables_moving_average
        return list(zip(self.model.trainable_variables, means, strict=True))

    def _begin_average(self) -> None:
        for weight, mean in self._averaged:
            mean.assign(weight)

    def _exchange(self) -> None:
        """Put the mean in the place of the weights, or back."""
        for weight, mean in self._averaged:
            kept = tf.identity(weight.value)
            weight.assign(mean)
            mean.assign(kept)

    def state(self) -> list[np.ndarray]:
        """The values of all variables, the network's first, then the optimiser's."""
        return [np.asarray(variable) for variable in self._variables]

    def restore(self, state: list[np.ndarray]) -> None:
        """Put back what ``state`` gave."""
        for variable, value in zip(self._variables, state, strict=True):
            variable.assign(value)

    @property
    def _variables(self) -> list[keras.Variable]:
        return [*self.model.variables, *self.optimizer.variables]

    def load(self, windows: Windows) -> None:
        """Copy a run's windows into the padded buffers."""
        size, n_validation = self.shape, windows.plan.n_validation
        self._n_train, self._n_validation = windows.plan.n_train, n_validation
        self._X = tf.constant(_padded(windows.X_train, size.train_capacity))
        self._y = tf.constant(_padded(windows.y_train, size.train_capacity))
        self._Xv = tf.constant(_padded(windows.X_validation, size.validation_capacity))
        self._yv = tf.constant(_padded(windows.y_validation, size.validation_capacity))

    def check(self) -> Figures:
        """Validate the weights as they are, by the same compiled call; train nothing."""
        return self.epoch(np.empty(0, dtype=np.int32))

    def epoch(self, order: np.ndarray) -> Figures:
        """Train on the loaded windows once, in the given ``order`` (n_train,), then validate."""
        batch = self.shape.batch_size
        n_batches = math.ceil(len(order) / batch)
        room = math.ceil(self.shape.train_capacity / batch) * batch
        padded = np.full(room, -1, dtype=np.int32)
        padded[: len(order)] = order
        sums, predicted = self._run(
            self._X,
            self._y,
            tf.constant(padded),
            tf.constant(n_batches, tf.int32),
            self._Xv,
            self._yv,
            tf.constant(self._n_validation, tf.int32),
        )
        loss, hits, val_loss, val_hits = sums.numpy()
        n, n_validation = self._n_train, self._n_validation
        return Figures(
            loss=float(loss / n),
            accuracy=float(hits / n),
            val_loss=float(val_loss / n_validation),
            val_accuracy=float(val_hits / n_validation),
            predicted=predicted.numpy()[:n_validation],
        )

    def _to_compile(self) -> tf.types.experimental.PolymorphicFunction:
        """The epoch, to be compiled when it is first called."""
        return tf.function(self._run_epoch, jit_compile=True, autograph=False)

    def _run(self, *arguments: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Call the compiled epoch; compile it anew where the one kept on disk cannot be used."""
        kept = None if self._is_compiled else compiled.folder_in_use()
        try:
            answer = self._epoch(*arguments)
        except tf.errors.OpError as error:
            if kept is None:
                raise
            log.warning("Compiling anew, without what is kept on disk: %s", error)
            compiled.forget(kept)
            self._epoch = self._to_compile()  # TensorFlow remembers that the first one failed
            try:
                answer = self._epoch(*arguments)
            except tf.errors.OpError:
                compiled.make_way(kept)
                raise
        self._is_compiled = True
        return answer  # type: ignore[no-any-return]

    def _run_epoch(self, X, y, order, n_batches, Xv, yv, n_validation):  # type: ignore[no-untyped-def]
        batch = self.shape.batch_size

        def step(i, loss_sum, hits):  # type: ignore[no-untyped-def]
            index = tf.slice(order, [i * batch], [batch])
            present = tf.cast(index >= 0, tf.float32)  # the last batch may be a partial one
            index = tf.maximum(index, 0)
            actual = tf.gather(y, index)
            n_present = tf.reduce_sum(present)
            with tf.GradientTape() as tape:
                predicted = self.model(tf.gather(X, index), training=True)
                losses = self._loss(actual, predicted) * present
                loss = tf.reduce_sum(losses) / n_present
            gradients = tape.gradient(loss, self.model.trainable_variables)
            self.optimizer.apply(gradients, self.model.trainable_variables)
            return i + 1, loss_sum + loss * n_present, hits + _hits(actual, predicted, present)

        n_steps_out, room = self.shape.n_steps_out, self.shape.validation_capacity
        answers = tf.TensorArray(
            tf.float32, room // VALIDATION_CHUNK, element_shape=(VALIDATION_CHUNK, n_steps_out)
        )

        def check(i, loss_sum, hits, answers):  # type: ignore[no-untyped-def]
            start = i * VALIDATION_CHUNK
            actual = tf.slice(yv, [start, 0], [VALIDATION_CHUNK, n_steps_out])
            inputs = tf.slice(
                Xv,
                [start, 0, 0],
                [VALIDATION_CHUNK, self.shape.n_steps_in, self.shape.n_features],
            )
            present = tf.cast(start + tf.range(VALIDATION_CHUNK) < n_validation, tf.float32)
            predicted = self.model(inputs, training=False)
            losses = self._loss(actual, predicted) * present
            hits += _hits(actual, predicted, present)
            return i + 1, loss_sum + tf.reduce_sum(losses), hits, answers.write(i, predicted)

        zero, none = tf.constant(0), tf.constant(0.0)
        self._exchange()
        _, loss, hits = tf.while_loop(lambda i, *_: i < n_batches, step, (zero, none, none))
        self._exchange()
        n_chunks = (n_validation + VALIDATION_CHUNK - 1) // VALIDATION_CHUNK
        _, val_loss, val_hits, answers = tf.while_loop(
            lambda i, *_: i < n_chunks, check, (zero, none, none, answers)
        )
        predicted = tf.reshape(answers.stack(), (room, n_steps_out))
        return tf.stack([loss, hits, val_loss, val_hits]), predicted


class Programs:
    """The compiled programs of a worker, the least recently used one given up first."""

    def __init__(self, most: int = MAX_PROGRAMS) -> None:
        self._most = most
        self._kept: OrderedDict[Shape, Program] = OrderedDict()

    def take(self, config: Config, shape: Shape) -> Program:
        """The program for ``shape``, reset to the start of a run of ``config``."""
        program = self._kept.pop(shape, None)
        if program is None:
            program = Program(config, shape)
        else:
            program.reset(config)
        self._kept[shape] = program
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return program


def _padded(windows: Float32, n: int) -> Float32:
    return np.concatenate([windows, np.zeros((n - len(windows), *windows.shape[1:]), np.float32)])


def _hits(actual: tf.Tensor, predicted: tf.Tensor, present: tf.Tensor) -> tf.Tensor:
    """How many windows had their highest step picked right: Keras' categorical accuracy."""
    right = tf.equal(tf.argmax(actual, axis=-1), tf.argmax(predicted, axis=-1))
    return tf.reduce_sum(tf.cast(right, tf.float32) * present)
