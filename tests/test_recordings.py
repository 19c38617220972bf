"""The tour's recordings belong to today's samples and presets, and say what really happened."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import islice

import numpy as np
import pytest

import forecast
from forecast import evaluation, presets, recordings, windows
from forecast.errors import RunError
from forecast.sources.samples import SAMPLES
from tools.record_tour import PRESETS, RECORDED

ALL = [(sample, preset) for sample in RECORDED for preset in PRESETS]
each = pytest.mark.parametrize(
    ("sample", "preset"), ALL, ids=lambda part: getattr(part, "name", part)
)


@cache
def series_of(sample):
    return forecast.read(sample.read_bytes(), name=sample.file).series


@cache
def recorded(sample, preset):
    return recordings.load(sample, preset, series_of(sample))


def errors_by_hand(run, said):
    """MAE of ``said`` and of the last value repeated, window by window and step by step."""
    values, n_out = run.recent.tolist(), run.config.window.n_steps_out
    network, naive = [], []
    for i, answer in enumerate(said):
        start = len(values) - n_out - len(said) + 1 + i
        for step in range(n_out):
            network.append(abs(values[start + step] - answer[step]))
            naive.append(abs(values[start + step] - values[start - 1]))
    return sum(network) / len(network), sum(naive) / len(naive)


@each
def test_a_recording_has_the_settings_of_today_s_preset(sample, preset):
    assert recorded(sample, preset).config == presets.PRESETS[preset]()


@each
def test_the_errors_on_screen_are_those_of_the_recorded_answers(sample, preset):
    run = recorded(sample, preset)
    assert len(run.outlook.validation) == windows.plan(len(run.series), run.config).n_validation
    error, naive = errors_by_hand(run, run.validation)
    scores = evaluation.scores(run)
    assert scores.mae == pytest.approx(error)
    assert scores.naive_mae == pytest.approx(naive)


@pytest.mark.parametrize("sample", RECORDED, ids=lambda sample: sample.name)
def test_the_recorded_answers_are_those_of_the_epoch_that_was_kept(sample):
    """Of the mean of several networks no epoch's figures tell the error."""
    run = recorded(sample, "Classic")
    assert run.config.train.n_networks == 1
    error, naive = errors_by_hand(run, run.outlook.validation)
    kept = run.best_epoch if run.config.train.restore_best else len(run.history)
    said = run.history[kept - 1].val_error if kept else naive
    assert error == pytest.approx(said, rel=1e-4)


@pytest.mark.parametrize(("sample", "preset"), [ALL[0], ALL[-1]], ids=PRESETS)
def test_the_first_epochs_are_those_of_today_s_training(sample, preset):
    """A change to the training that changes its figures asks for new recordings."""
    run = recorded(sample, preset)
    again = list(islice(forecast.train(run.series, run.config), 2))
    for now, then in zip(again, run.history, strict=False):
        assert now.val_error == pytest.approx(then.val_error, rel=1e-3)
        assert now.loss == pytest.approx(then.loss, rel=1e-3)


def test_what_the_tour_says_in_words_holds():
    amazon, electricity = RECORDED
    classic = evaluation.scores(recorded(amazon, "Classic"))
    careful = recorded(amazon, "Recommended")
    assert classic.skill < 0, "Classic loses to 'same as today' on the share"
    assert careful.gate == 0, "the gate stays shut on the share"
    assert evaluation.scores(careful).skill == pytest.approx(0)
    assert evaluation.scores(recorded(electricity, "Recommended")).skill > 0.5
    assert 0 < recorded(electricity, "Recommended").gate < 1


def test_a_recording_comes_back_as_it_was():
    sample = RECORDED[1]
    run = recorded(sample, "Recommended")
    there = json.loads(json.dumps(recordings.to_dict(run, sample)))
    again = recordings.from_dict(there, run.series, sample)
    assert again.history == run.history
    assert again.scaler == run.scaler
    assert np.array_equal(again.outlook.validation, run.outlook.validation)


def test_a_recording_of_other_values_or_without_its_parts_is_refused():
    sample = RECORDED[0]
    run = recorded(sample, "Recommended")
    values = recordings.to_dict(run, sample)
    with pytest.raises(RunError, match="other values"):
        recordings.from_dict(values, run.series + 1, sample)
    del values["gate"]
    with pytest.raises(RunError, match="not whole"):
        recordings.from_dict(values, run.series, sample)


def test_a_recording_that_is_not_there_is_named():
    absent = replace(SAMPLES[0], file="absent.csv")
    with pytest.raises(RunError) as raised:
        recordings.load(absent, "Classic", series_of(SAMPLES[0]))
    assert "absent-classic.json" in str(raised.value.expected)
