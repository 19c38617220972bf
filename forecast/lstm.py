"""Keras' LSTM with its gradient written by hand (worker only: this module imports TensorFlow).

The mathematics is that of ``keras.layers.LSTM``, and so are settings, weights and the saved file;
``tests/test_lstm.py`` holds forward pass and gradients against it. Only the order of work differs:

* In each step one product, ``[h, x, 1] · [U; W; b]``, gives the four gates: no projection, no bias
  and no sum beside it.
* The forward pass leaves the factors that the gradient needs, not the values to make them from.
* The gradient of all of U, W and b is one product after the loop backwards, over all steps.
* Rows are padded to whole vector registers, as XLA's loops over 30 columns are slower than over 32.

With u units and F features, v and w are u and u + F + 1 rounded up to a multiple of 4. The gates
stand side by side, i f g o, as in Keras. Padded units have no weights that lead out of them, so
they change no figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops

REGISTER = 4  # columns; four gates of them fill whole vector registers on any processor

Tensor = Any
Function = Callable[[Tensor], Tensor]


def _softsign_slope(y: Tensor) -> Tensor:
    return tf.square(1 - tf.abs(y))


# An activation, and its slope as a function of its own value: nothing else need be kept.
ACTIVATIONS: dict[str, tuple[Function, Function]] = {
    "tanh": (tf.tanh, lambda y: 1 - y * y),
    "sigmoid": (tf.sigmoid, lambda y: y * (1 - y)),
    "relu": (tf.nn.relu, lambda y: tf.cast(y > 0, y.dtype)),
    "softsign": (tf.nn.softsign, _softsign_slope),
}


class LSTM(keras.layers.LSTM):  # type: ignore[misc]
    """A drop-in ``keras.layers.LSTM``, fast where batch and steps are known while tracing.

    Whatever else it is asked for (an initial state, a mask, dropout …), Keras' own code does.
    """

    # Keras writes a layer's module and class into the saved file. Under these names the file opens
    # as an ordinary LSTM, where this package is not installed.
    __module__ = "keras.layers"

    def call(
        self,
        sequences: Tensor,
        initial_state: Any = None,
        mask: Any = None,
        training: bool = False,
    ) -> Tensor:
        """Shape (n, n_steps, n_features) to (n, units), or (n, n_steps, units) with
        ``return_sequences``."""
        if initial_state is not None or mask is not None or not self._handled(sequences):
            return super().call(sequences, initial_state, mask, training)
        plan = _Plan.of(sequences, self.units, self.activation.__name__)
        states = _states(
            plan,
            tf.transpose(sequences, (1, 0, 2)),
            ops.convert_to_tensor(self.cell.kernel),
            ops.convert_to_tensor(self.cell.recurrent_kernel),
            ops.convert_to_tensor(self.cell.bias),
            every=self.return_sequences,
        )
        return tf.transpose(states, (1, 0, 2)) if self.return_sequences else states

    def _handled(self, sequences: Tensor) -> bool:
        cell = self.cell
        return (
            not tf.executing_eagerly()
            and None not in sequences.shape
            and sequences.dtype in (tf.float32, tf.float64)
            and cell.activation.__name__ in ACTIVATIONS
            and cell.recurrent_activation.__name__ == "sigmoid"
            and cell.use_bias
            and not (cell.dropout or cell.recurrent_dropout)
            and not (self.return_state or self.go_backwards or self.stateful)
        )


@dataclass(frozen=True)
class _Plan:
    """The sizes of one call, all known while tracing, and what stands in tensors of such sizes."""

    n_steps: int
    n_windows: int
    n_features: int
    units: int
    activation: str
    dtype: Any  # float32; float64 is for proofs

    @classmethod
    def of(cls, sequences: Tensor, units: int, activation: str) -> _Plan:
        n_windows, n_steps, n_features = sequences.shape
        return cls(n_steps, n_windows, n_features, units, activation, sequences.dtype)

    @property
    def v(self) -> int:
        """A gate's columns."""
        return _whole_registers(self.units)

    @property
    def w(self) -> int:
        """The columns of a step's input: h, x, 1, nothing."""
        return _whole_registers(self.units + self.n_features + 1)

    @property
    def is_cell(self) -> Tensor:
        """True in the columns of g, the only gate with the layer's activation."""
        return np.repeat([False, False, True, False], self.v)

    def zeros(self, *shape: int) -> Tensor:
        return tf.zeros(shape, self.dtype)

    def buffer(self, width: int) -> tf.TensorArray:
        """Room for (n_windows, width) a step."""
        shape = (self.n_windows, width)
        return tf.TensorArray(self.dtype, self.n_steps, element_shape=shape, clear_after_read=False)

    def gates(self, matrix: Tensor) -> Tensor:
        """Pad each gate's columns: (k, 4 u) to (k, 4 v)."""
        apart = tf.reshape(matrix, (-1, 4, self.units))
        return tf.reshape(
            tf.pad(apart, ((0, 0), (0, 0), (0, self.v - self.units))), (-1, 4 * self.v)
        )

    def without_padding(self, matrix: Tensor) -> Tensor:
        """The inverse of ``gates``."""
        apart = tf.reshape(matrix, (-1, 4, self.v))
        return tf.reshape(apart[:, :, : self.units], (-1, 4 * self.units))

    def split(self, gates: Tensor) -> tuple[Tensor, ...]:
        """The four gates, each (…, v), out of (…, 4 v)."""
        return tuple(gates[..., k * self.v : (k + 1) * self.v] for k in range(4))


def _states(plan: _Plan, x: Tensor, W: Tensor, U: Tensor, b: Tensor, *, every: bool) -> Tensor:
    """The hidden states.

    Args:
        x: time first, (n_steps, n, F).
        W, U, b: kernel (F, 4 u), recurrent kernel (u, 4 u), bias (4 u,).
        every: give all of them, (n_steps, n, u), or the last one only, (n, u).
    """

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(x: Tensor, W: Tensor, U: Tensor, b: Tensor) -> tuple[Tensor, Any]:
        kept = _forward(plan, x, W, U, b)

        def gradient(upstream: Tensor) -> tuple[Tensor, ...]:
            dz = _backward(plan, kept, U, upstream, every)
            return _weight_gradients(plan, kept, W, dz)

        return kept.states(plan.units) if every else kept.last[:, : plan.units], gradient

    return run(x, W, U, b)


@dataclass(frozen=True)
class _Kept:
    """What the forward pass leaves; time first. Below, s(y) is an activation's slope at value y."""

    inputs: Tensor  # (n_steps, n, w): h of the step before, x, 1
    factors: (
        Tensor  # (n_steps, n, 4 v): g s(i), c⁻ s(f), i s(g), act(c) s(o); c⁻ of the step before
    )
    to_cell: Tensor  # (n_steps, n, v): o s(act(c))
    forget: Tensor  # (n_steps, n, v): f
    last: Tensor  # (n, v): the last hidden state

    def states(self, units: int) -> Tensor:
        """The hidden states of all steps, (n_steps, n, units): those that were inputs, shifted."""
        return tf.concat((self.inputs[1:, :, :units], self.last[None, :, :units]), 0)


def _forward(plan: _Plan, x: Tensor, W: Tensor, U: Tensor, b: Tensor) -> _Kept:
    n_steps, n, u, v, w = plan.n_steps, plan.n_windows, plan.units, plan.v, plan.w
    activation, slope = ACTIVATIONS[plan.activation]
    rest = w - u - plan.n_features - 1
    # σ(z) = ½ tanh(½ z) + ½: the ½ inside is put into the weights once for all steps.
    half = tf.constant(np.where(plan.is_cell, 1, 0.5), plan.dtype)
    weights = plan.gates(tf.concat((U, W, b[None], plan.zeros(rest, 4 * u)), 0)) * half
    x_one = tf.concat((x, plan.zeros(n_steps, n, 1) + 1, plan.zeros(n_steps, n, rest)), 2)

    def step(t, h, c, *kept):  # type: ignore[no-untyped-def]
        entering = tf.concat((h[:, :u], x_one[t]), 1)
        z = tf.matmul(entering, weights)
        i, f, g, o = plan.split(tf.where(plan.is_cell, activation(z), 0.5 * tf.tanh(z) + 0.5))
        new = f * c + i * g
        out = activation(new)
        factors = (g * (i * (1 - i)), c * (f * (1 - f)), i * slope(g), out * (o * (1 - o)))
        values = (entering, tf.concat(factors, 1), o * slope(out), f)
        written = [buffer.write(t, value) for buffer, value in zip(kept, values, strict=True)]
        return t + 1, o * out, new, *written

    start = plan.zeros(n, v)
    buffers = [plan.buffer(width) for width in (w, 4 * v, v, v)]
    _, h, _, *kept = tf.while_loop(lambda t, *_: t < n_steps, step, (0, start, start, *buffers))
    inputs, factors, to_cell, forget = (buffer.stack() for buffer in kept)
    return _Kept(inputs, factors, to_cell, forget, last=h)


def _backward(plan: _Plan, kept: _Kept, U: Tensor, upstream: Tensor, every: bool) -> Tensor:
    """The gradient at the gates before their activations, (n_steps, n, 4 v).

    Step by step from the last: dc = dc⁺ f⁺ + dh o s(act(c)), and (dc, dc, dc, dh) times the
    factors. It is written over the factors: a second buffer of that size costs 5 to 10 %.
    """
    n_steps, n, v = plan.n_steps, plan.n_windows, plan.v
    backwards = tf.transpose(tf.pad(plan.gates(U), ((0, v - plan.units), (0, 0))))
    upstream = tf.pad(upstream, [(0, 0)] * (len(upstream.shape) - 1) + [(0, v - plan.units)])

    def step(k, dh, dc, buffer):  # type: ignore[no-untyped-def]
        t = n_steps - 1 - k
        dh = dh + upstream[t] if every else dh
        dc = dc + dh * kept.to_cell[t]
        dz = tf.concat((dc, dc, dc, dh), 1) * buffer.read(t)
        return k + 1, tf.matmul(dz, backwards), dc * kept.forget[t], buffer.write(t, dz)

    start = plan.zeros(n, v)
    buffer = plan.buffer(4 * v).unstack(kept.factors)
    loop = (0, start if every else upstream, start, buffer)
    return tf.while_loop(lambda k, *_: k < n_steps, step, loop)[-1].stack()


def _weight_gradients(plan: _Plan, kept: _Kept, W: Tensor, dz: Tensor) -> tuple[Tensor, ...]:
    """The gradients of x, W, U and b; that of x is left out by the compiler where nobody asks."""
    rows, u, F = plan.n_steps * plan.n_windows, plan.units, plan.n_features
    dz = tf.reshape(dz, (rows, 4 * plan.v))
    inputs = tf.reshape(kept.inputs, (rows, plan.w))
    joined = plan.without_padding(tf.matmul(inputs, dz, transpose_a=True))
    dx = tf.matmul(dz, plan.gates(W), transpose_b=True)
    dx = tf.reshape(dx, (plan.n_steps, plan.n_windows, F))
    return dx, joined[u : u + F], joined[:u], joined[u + F]


def _whole_registers(columns: int) -> int:
    return -(-columns // REGISTER) * REGISTER
