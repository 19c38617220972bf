"""A replay: what is known when. Expected moments are added up by hand; nothing waits."""

from __future__ import annotations

import math

import pytest

from forecast import presets, replay, runs
from forecast.history import EpochMetrics
from forecast.jobs import Job
from forecast.replay import Replay
from tests.data import random_walk


def epoch(number, seconds=1.0, ended=0.0, val_loss=0.5):
    return EpochMetrics(number, 0.4, val_loss, 0.2, 0.2, seconds, ended)


# Ended 3.0, 4.0 and 5.5 seconds after the run began at 100; the first one compiled for 3 seconds.
RECORDED = (epoch(1, 3.0, 103.0), epoch(2, 0.9, 104.0), epoch(3, 1.4, 105.5))


def test_epochs_come_at_the_moments_the_clock_wrote_down():
    assert replay.times(RECORDED) == (3.0, 4.0, 5.5)


def test_a_pause_of_an_hour_is_left_out():
    paused = (*RECORDED, epoch(4, 1.0, 105.5 + 3600))
    assert replay.times(paused)[-1] == 6.5


def test_a_clock_that_was_set_back_does_not_run_the_replay_backwards():
    assert replay.times((epoch(1, 2.0, 500.0), epoch(2, 1.0, 20.0), epoch(3, 1.0, 21.0))) == (
        2.0,
        3.0,
        4.0,
    )


def test_runs_without_clock_times_go_by_how_long_each_epoch_took():
    assert replay.times([epoch(1, 2.0), epoch(2, 0.5), epoch(3, math.nan)]) == (2.0, 2.5, 2.5)


@pytest.mark.parametrize(
    ("seconds", "speed", "epochs"),
    [(0, 1, 0), (2.9, 1, 0), (3, 1, 1), (4, 1, 2), (100, 1, 3), (1, 4, 2), (0.2, 20, 2)],
)
def test_what_is_known_after_so_many_seconds_at_a_speed(seconds, speed, epochs):
    assert replay.known(RECORDED, seconds, speed) == epochs


def test_a_run_without_epochs_has_nothing_to_show():
    assert replay.times(()) == ()
    assert replay.known((), 5.0) == 0


def test_pause_holds_the_place_and_play_goes_on_from_there():
    going = Replay("r", "×4").restart(now=1_000)
    assert going.at(1_002, total=60) == 8
    resting = going.pause(1_002, total=60)
    assert resting.at(9_999, total=60) == 8
    assert resting.play(2_000, total=60).at(2_001, total=60) == 12


def test_another_speed_goes_on_from_the_same_epoch():
    going = Replay("r", "×1").restart(now=0).with_speed("×20", now=5, total=1_000)
    assert going.at(5, total=1_000) == 5
    assert going.at(6, total=1_000) == 25


def test_another_speed_at_rest_does_not_set_it_going():
    resting = Replay("r", "×1", position=5).with_speed("×20", now=50, total=1_000)
    assert resting.at(99, total=1_000) == 5


@pytest.mark.parametrize("took", [0.5, 7.0, 4_000.0])
def test_a_whole_run_takes_ten_seconds_however_long_it_took(took):
    going = Replay("r", "Whole in 10 s").restart(now=0)
    assert going.at(5, took) == pytest.approx(took / 2)
    assert going.playing(9.9, took)
    assert not going.playing(10.01, took)


def test_play_at_the_end_begins_again():
    ended = Replay("r", "×1").restart(now=0)
    assert ended.at(100, total=5.5) == 5.5
    assert ended.play(100, total=5.5).at(101, total=5.5) == 1


def recorded_job():
    losses = (0.5, 0.3, 0.4)
    job = Job(random_walk(200), presets.classic().but(epochs=3), runs.Origin("Prices", "$"))
    for metrics, loss in zip(RECORDED, losses, strict=True):
        job.add(epoch(metrics.epoch, metrics.seconds, metrics.ended, loss))
    job.move("finished")
    job.gaps = [1, 2]
    return job.view()


def test_the_view_of_a_moment_knows_nothing_of_later_epochs():
    job = recorded_job()
    seen = replay.view(job, Replay(job.id, "×1").restart(now=0), now=3.5)
    assert [e.epoch for e in seen.history] == [1]
    assert (seen.best_epoch, seen.gaps, seen.elapsed) == (1, (), 3.5)
    assert seen.live
    assert seen.replay == "×1"


def test_the_view_at_the_end_is_the_run_itself_but_for_its_label():
    job = recorded_job()
    seen = replay.view(job, Replay(job.id).restart(now=0), now=60)
    assert seen.history == job.history
    assert (seen.best_epoch, seen.status, seen.gaps) == (2, "finished", (1, 2))
    assert not seen.live


def test_a_replay_at_rest_is_not_live():
    job = recorded_job()
    seen = replay.view(job, Replay(job.id, position=4.0), now=60)
    assert len(seen.history) == 2
    assert not seen.live
