"""A program compiles once for all runs of its shape, and goes on from a kept state exactly."""

import numpy as np
import pytest

from forecast import presets
from forecast.lstm import LSTM
from forecast.program import Program, Programs, capacity, shape_of
from forecast.training import Training
from forecast.windows import make_windows
from tests.data import random_walk


def counted(monkeypatch):
    """A list that grows by one whenever an epoch is traced, that is: compiled."""
    traces = []
    original = Program._run_epoch

    def run_epoch(self, *tensors):
        traces.append(self.shape)
        return original(self, *tensors)

    monkeypatch.setattr(Program, "_run_epoch", run_epoch)
    return traces


def loaded(config, n_rows=500):
    windows = make_windows(random_walk(n_rows).to_numpy(), config)
    plan = windows.plan
    program = Program(config, shape_of(config, 1, plan.n_train, plan.n_validation))
    program.load(windows)
    return program, np.arange(plan.n_train)


OTHERS = {
    "other data": (random_walk(500, seed=1), {}),
    "fewer rows": (random_walk(430), {}),
    "more epochs": (random_walk(500), {"epochs": 5}),
    "another learning rate": (random_walk(500), {"learning_rate": 0.02}),
    "another seed": (random_walk(500), {"seed": 3}),
    "another scaler": (random_walk(500), {"scaler": "standard"}),
}


@pytest.mark.parametrize(("series", "changes"), OTHERS.values(), ids=OTHERS)
def test_a_second_run_compiles_nothing(series, changes, monkeypatch):
    traces = counted(monkeypatch)
    config, programs = presets.classic().but(epochs=2, units=(4,)), Programs()
    list(Training(random_walk(500), config, programs))
    assert len(traces) == 1
    list(Training(series, config.but(**changes), programs))
    assert len(traces) == 1


def test_another_network_is_another_program(monkeypatch):
    traces = counted(monkeypatch)
    config, programs = presets.classic().but(epochs=1, units=(4,)), Programs()
    for units in ((4,), (5,), (4,)):
        list(Training(random_walk(500), config.but(units=units), programs))
    assert [shape.units for shape in traces] == [(4,), (5,)]


def test_the_least_used_program_is_given_up():
    config, programs = presets.classic(), Programs(most=2)
    shapes = [shape_of(config.but(units=(n,)), 1, 100, 10) for n in (2, 3, 4)]
    first, second, _ = (programs.take(config.but(units=s.units), s) for s in shapes)
    assert programs.take(config.but(units=(3,)), shapes[1]) is second
    assert programs.take(config.but(units=(2,)), shapes[0]) is not first


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop", "adamw"])
def test_going_on_from_a_state_is_as_never_interrupted(optimizer):
    config = presets.classic().but(units=(6,), optimizer=optimizer)
    program, order = loaded(config)
    whole = [program.epoch(order) for _ in range(2)]
    state = program.state()
    whole += [program.epoch(order) for _ in range(3)]

    elsewhere, _ = loaded(config.but(seed=99))
    elsewhere.restore(state)
    assert [elsewhere.epoch(order) for _ in range(3)] == whole[2:]
    for ours, theirs in zip(elsewhere.state(), program.state(), strict=True):
        assert np.array_equal(ours, theirs)


def test_a_state_is_not_changed_by_the_epochs_after_it():
    program, order = loaded(presets.classic().but(units=(6,)))
    state = program.state()
    copies = [array.copy() for array in state]
    program.epoch(order)
    assert all(np.array_equal(a, b) for a, b in zip(state, copies, strict=True))


def test_the_network_in_a_program_is_the_fast_one():
    program, _ = loaded(presets.classic())
    assert isinstance(program.model.layers[0], LSTM)


@pytest.mark.parametrize(("n", "room"), [(1, 64), (64, 64), (65, 128), (417, 512), (4450, 8192)])
def test_buffers_come_in_few_sizes(n, room):
    assert capacity(n) == room
