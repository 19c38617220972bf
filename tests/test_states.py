"""The life of a run as a table of allowed moves, and jobs that keep to it."""

import numpy as np
import pytest

from forecast import presets, states
from forecast.history import EpochMetrics, TrainingState
from forecast.jobs import Job
from forecast.runs import Origin
from tests.data import random_walk

TABLE = """
             queued running pausing paused stopping finished stopped failed interrupted
queued         .      x       x       x      x         x        x      x        x
running        x      .       x       .      x         x        .      x        x
pausing        .      .       .       x      x         x        .      x        x
paused         x      .       .       .      .         .        x      .        .
stopping       .      .       .       .      .         x        x      x        x
finished       x      .       .       .      .         .        .      .        .
stopped        x      .       .       .      .         .        .      .        .
failed         x      .       .       .      .         .        .      .        .
interrupted    x      .       .       .      .         .        x      .        .
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


def job():
    return Job(random_walk(100), presets.classic(), Origin())


def epoch(number, val_loss=1.0):
    return EpochMetrics(number, 1.0, val_loss, 0.1, 0.1, 0.01)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_moves(row):
    before, *marks = row
    assert {after for after, mark in zip(HEAD, marks, strict=True) if mark == "x"} == set(
        states.MOVES[before]
    )


def test_every_state_is_in_the_table():
    assert set(HEAD) == set(states.MOVES)


def test_a_move_that_is_not_allowed_changes_nothing():
    run = job()
    run.move("running")
    run.move("finished")
    assert not run.move("running")
    assert run.status == "finished"


def test_the_first_epoch_sets_a_queued_run_running():
    run = job()
    run.add(epoch(1))
    assert run.status == "running"


def test_a_run_asked_to_stop_before_its_first_epoch_stays_asked():
    run = job()
    run.move("stopping")
    run.add(epoch(1))
    assert run.status == "stopping"


def test_rewinding_goes_back_to_the_kept_state_and_its_best_epoch():
    run = job()
    for number, loss in enumerate([3.0, 1.0, 2.0, 0.5], start=1):
        run.add(epoch(number, loss))
        if number == 3:
            run.keep(TrainingState(3, [], 2, []).pack())
    assert run.best.epoch == 4
    run.rewind()
    assert len(run.history) == 3
    assert run.best.epoch == 2
    assert [e.epoch for e in run.take_unsaved()[0]] == [1, 2, 3]


def test_without_a_kept_state_a_run_begins_anew():
    run = job()
    run.add(epoch(1))
    run.rewind()
    assert run.history == []
    assert run.take_unsaved()[0] == []


def test_a_state_comes_back_from_its_bytes_as_it_was():
    state = TrainingState(7, [np.arange(3.0), np.array(5)], 4, [np.ones((2, 2))])
    back = TrainingState.unpack(state.pack())
    assert (back.epoch, back.best_epoch) == (7, 4)
    assert [a.tolist() for a in back.variables] == [[0, 1, 2], 5]
    assert [a.tolist() for a in back.best_weights] == [[[1, 1], [1, 1]]]
