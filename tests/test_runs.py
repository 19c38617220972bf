"""A run is used, saved and loaded; its folder is whole or not there."""

import json

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast import evaluation, presets
from forecast.errors import ConfigError, RunError
from forecast.runs import Run
from forecast.store import RunStore
from tests.data import random_walk


@pytest.fixture(scope="module")
def run():
    return forecast.fit(random_walk(500), presets.classic().but(epochs=2))


def test_the_forecast_begins_on_the_next_trading_day(run):
    table = run.forecast()
    assert list(table.columns[:5]) == ["step", "date", "forecast", "naive", "network"]
    assert list(table.columns[5:]) == [
        f"{edge}_{level}" for level in (50, 80, 95) for edge in ("lower", "upper")
    ]
    assert [f"{day:%Y-%m-%d}" for day in table["date"]] == [
        "2020-08-03",
        "2020-08-04",
        "2020-08-05",
        "2020-08-06",
        "2020-08-07",
        "2020-08-10",
        "2020-08-11",
    ]
    assert (table["naive"] == run.series.iloc[-1]).all()
    assert table["forecast"].between(run.series.min() / 2, run.series.max() * 2).all()


def test_a_forecast_from_the_same_history_is_the_same_forecast(run):
    assert run.forecast(run.series)["forecast"].to_numpy() == pytest.approx(
        run.forecast()["forecast"].to_numpy(), rel=1e-5
    )


def test_a_forecast_from_an_earlier_day_equals_the_validation_prediction(run):
    table = run.forecast(run.series.iloc[:-7])
    assert table["forecast"].to_numpy() == pytest.approx(run.outlook.validation[-1], rel=1e-5)
    assert table["date"].tolist() == run.series.index[-7:].tolist()


def test_a_history_shorter_than_a_window_is_refused(run):
    with pytest.raises(ConfigError, match="too short"):
        run.forecast(run.series.iloc[:29])


def test_a_run_comes_back_from_disk_as_it_was(run, tmp_path):
    run.save(tmp_path / "run")
    back = Run.load(tmp_path / "run")
    assert back.config == run.config
    assert back.history == run.history
    assert back.id == run.id
    pd.testing.assert_series_equal(
        back.series, run.series, check_freq=False, check_index_type=False
    )
    pd.testing.assert_frame_equal(back.forecast(), run.forecast(), check_dtype=False)
    for ours, theirs in zip(back.weights, run.weights, strict=True):
        assert np.array_equal(ours, theirs)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_saving_again_replaces_the_folder(run, tmp_path):
    run.save(tmp_path / "run")
    run.save(tmp_path / "run")
    assert Run.load(tmp_path / "run").history == run.history
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("file", ["weights.npz", "series.parquet", "epochs.jsonl", "run.json"])
@pytest.mark.parametrize("damage", ["gone", "cut", "rubbish"])
def test_a_damaged_folder_is_named(run, tmp_path, file, damage):
    path = run.save(tmp_path / "my-run") / file
    if damage == "gone":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"\x00rubbish\n")
    if (file, damage) == ("epochs.jsonl", "cut"):
        assert len(Run.load(tmp_path / "my-run").history) < 2  # a crash while appending
        return
    with pytest.raises(RunError, match="my-run"):
        Run.load(tmp_path / "my-run")


def test_a_run_of_a_newer_format_is_not_guessed_at(run, tmp_path):
    path = run.save(tmp_path / "run") / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(RunError, match="another version"):
        Run.load(tmp_path / "run")


@pytest.mark.parametrize("link", ["../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 33])
def test_a_link_cannot_lead_out_of_the_runs(tmp_path, link):
    with pytest.raises(RunError, match="does not name a run"):
        RunStore(tmp_path).load(link)


def test_an_unwritable_folder_is_told_in_words(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunError, match="could not be written"):
        run.save(tmp_path / "file" / "run")


def test_scores_equal_a_naive_loop(run):
    values = run.series.to_numpy()
    errors, naive_errors = [], []
    for i in range(47):
        start = 417 + i
        actual = values[start + 30 : start + 37]
        errors += list(np.abs(actual - run.outlook.validation[i]))
        naive_errors += list(np.abs(actual - values[start + 29]))
    scores = evaluation.scores(run)
    assert scores.n_windows == 47
    assert scores.mae == pytest.approx(np.mean(errors))
    assert scores.naive_mae == pytest.approx(np.mean(naive_errors))
    assert scores.skill == pytest.approx(1 - np.mean(errors) / np.mean(naive_errors))


def test_the_last_window_is_the_end_of_the_series(run):
    window = evaluation.last_window(run)
    assert window["actual"].tolist() == run.series.iloc[-7:].tolist()
    assert (window["naive"] == run.series.iloc[-8]).all()
    assert window["error"].to_numpy() == pytest.approx(window["actual"] - window["predicted"])
