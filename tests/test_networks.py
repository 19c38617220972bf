"""A run of several networks: they differ by their seed, and its forecast is the mean of theirs."""

from __future__ import annotations

import io
import json
import zipfile

import keras
import numpy as np
import pytest

import forecast
import forecast.store
from forecast import crew, evaluation, folds, gating, intervals, presets
from forecast.backtest import BacktestConfig, plan, seeded
from forecast.config import Config
from forecast.errors import ConfigError
from forecast.history import EpochMetrics, Trained
from forecast.jobs import Job
from forecast.pace import Pace
from forecast.program import Programs
from forecast.runs import Origin, Run
from forecast.sizes import apart, n_networks
from forecast.training import join, train_all
from forecast.trial import Trial
from tests.data import random_walk

SERIES = random_walk(300)
CONFIG = presets.recommended().but(units=(6,), epochs=4, n_rows=None, patience=None, n_networks=3)


@pytest.fixture(scope="module")
def run():
    return forecast.fit(SERIES, CONFIG)


@pytest.fixture(scope="module")
def alone():
    """The three networks, each as a run of its own."""
    return [forecast.fit(SERIES, CONFIG.but(seed=7 + i, n_networks=1)) for i in range(3)]


def test_the_settings_of_each_network_differ_in_the_seed_alone():
    networks = Config().but(seed=20, n_networks=3).networks
    assert [one.train.seed for one in networks] == [20, 21, 22]
    assert {one.but(seed=0) for one in networks} == {Config().but(seed=0)}


def test_the_seeds_after_the_largest_begin_at_zero():
    networks = Config().but(seed=2**31 - 1, n_networks=2).networks
    assert [one.train.seed for one in networks] == [2**31 - 1, 0]


@pytest.mark.parametrize("n", [0, 11, 2.0, True])
def test_a_number_of_networks_out_of_range_is_refused(n):
    with pytest.raises(ConfigError, match="n_networks"):
        Config().but(n_networks=n)


def test_settings_from_before_there_were_several_have_one():
    values = Config().to_dict()
    del values["train"]["n_networks"]
    assert Config.from_dict(values).train.n_networks == 1


def test_how_many_networks_changes_no_program():
    assert CONFIG.kind == CONFIG.but(n_networks=1).kind
    programs = Programs()
    train_all(SERIES, CONFIG.but(epochs=1), programs, whole=False)
    assert len(programs._kept) == 1
    (program,) = programs._kept.values()
    assert program._epoch.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("changes", [{}, {"units": (6, 4)}, {"skip": True}])
def test_weights_lie_one_network_after_the_other(changes):
    config = CONFIG.but(epochs=1, **changes)
    result, _ = train_all(SERIES, config, whole=False)
    assert n_networks(config, result.weights) == 3
    first, *_ = apart(config, result.weights)
    single, _ = train_all(SERIES, config.but(n_networks=1), whole=False)
    assert n_networks(config, single.weights) == 1
    assert all(np.array_equal(a, b) for a, b in zip(first, single.weights, strict=True))


def test_the_forecast_is_the_mean_of_those_of_its_networks(run, alone):
    for own, other in zip(apart(CONFIG, run.weights), alone, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(own, other.weights, strict=True))
    said = np.array([other.outlook.next_steps for other in alone])
    assert np.array_equal(run.outlook.next_steps, np.mean(said, axis=0))
    validation = np.array([other.outlook.validation for other in alone])
    assert np.array_equal(run.outlook.validation, np.mean(validation, axis=0))
    assert run.history[-1].loss == alone[0].history[-1].loss, "the curves are the first one's"


def test_the_gate_is_measured_on_the_mean(run):
    n, values = len(run.outlook.validation), SERIES.to_numpy()
    ends = len(values) - 7 - n + np.arange(n)
    actual = np.array([values[end + 1 : end + 8] for end in ends])
    assert run.gate == gating.gate(run.outlook.validation, actual, values[ends])


def test_scores_and_bands_are_those_of_the_mean(run):
    scores, n = evaluation.scores(run), len(run.outlook.validation)
    values = SERIES.to_numpy()
    actual = np.array([values[i : i + 7] for i in range(len(values) - 6 - n, len(values) - 6)])
    assert scores.mae == pytest.approx(np.mean(np.abs(actual - run.validation)))
    forecast_ = run.forecast()["forecast"].to_numpy()
    expected = intervals.around(forecast_, values, run.validation)
    assert run.forecast()["lower_80"].to_numpy() == pytest.approx(expected.lower[1])


def test_another_history_is_answered_by_the_mean(run, alone):
    earlier = SERIES.iloc[:-7]
    own = run.forecast(earlier)["network"].to_numpy()
    others = [other.forecast(earlier)["network"].to_numpy() for other in alone]
    assert own == pytest.approx(np.mean(others, axis=0), rel=1e-9)
    assert own == pytest.approx(run.outlook.validation[-1], rel=1e-5)


@pytest.mark.parametrize("changes", [{}, {"scaler": "minmax", "gate": False}])
def test_plain_keras_opens_the_mean_as_one_network(changes):
    run = forecast.fit(SERIES, CONFIG.but(epochs=2, **changes))
    path = io.BytesIO(run.model)
    assert "Average" in zipfile.ZipFile(path).read("config.json").decode()
    folder = run.save(f"{forecast.store.home()}/keras-{len(changes)}")
    network = keras.models.load_model(folder / "model.keras")
    history = SERIES.to_numpy()[None, -run.config.n_rows_in :, None]
    said = network.predict(history, verbose=0)[0]
    assert said == pytest.approx(run.forecast()["forecast"].to_numpy(), rel=1e-6)


def test_one_network_has_no_mean_in_its_file(alone):
    config = zipfile.ZipFile(io.BytesIO(alone[0].model)).read("config.json").decode()
    assert "Average" not in config


def test_a_run_of_several_comes_back_from_disk(run, tmp_path):
    folder = run.save(tmp_path / "run")
    assert json.loads((folder / "run.json").read_text())["networks"] == 3
    back = Run.load(folder)
    assert back.n_networks == 3
    assert back.forecast().equals(run.forecast())
    again = back.forecast(back.series)["network"].to_numpy()
    assert again == pytest.approx(run.outlook.next_steps, rel=1e-5)


def test_networks_that_have_learnt_nothing_are_left_out(run, alone):
    parts = [Trained(alone[0].weights), Trained([]), Trained(alone[2].weights)]
    result = join(SERIES, CONFIG, parts, whole=False)
    assert n_networks(CONFIG, result.weights) == 2
    said = [alone[0].outlook.next_steps, alone[2].outlook.next_steps]
    assert np.array_equal(result.outlook.next_steps, np.mean(said, axis=0))


def test_a_backtest_tells_the_share_of_all_networks_and_answers_with_their_mean():
    config = CONFIG.but(epochs=2, n_networks=2, gate=False)
    (fold,) = plan(len(SERIES), config, BacktestConfig(n_origins=20, stride=3))
    shares: list[float] = []
    said = folds.forecasts("Network", SERIES, config, fold, shares.append)
    assert shares[:4] == pytest.approx([0.225, 0.45, 0.675, 0.9])
    alone = [
        folds.forecasts("Network", SERIES, one, fold, lambda _: None) for one in config.networks
    ]
    assert said == pytest.approx(np.mean(alone, axis=0), rel=1e-9)


def test_two_seeds_of_a_backtest_share_no_network():
    one, two = (seeded(CONFIG, i).networks for i in (0, 1))
    assert [c.train.seed for c in (*one, *two)] == [7, 8, 9, 10, 11, 12]


def test_the_estimates_account_for_all_networks(tmp_path):
    pace, single = Pace(tmp_path / "pace.json"), CONFIG.but(n_networks=1)
    counts = forecast.windows.plan(300, CONFIG)
    assert pace.seconds(CONFIG, counts) == pytest.approx(3 * pace.seconds(single, counts))
    backtest = BacktestConfig(n_origins=20)
    trials = [Trial("", SERIES, config, backtest, pace) for config in (single, CONFIG)]
    assert trials[1].seconds > trials[0].seconds


# Which network goes to a worker


def job(n, out=(), ended=()):
    """A run of ``n`` networks of which some are with a worker and some have ended."""
    made = Job(SERIES, CONFIG.but(n_networks=n), Origin())
    for network in made.networks:
        network.stint = f"{made.id}-{network.number}" if network.number in out else ""
        network.trained = Trained([]) if network.number in ended else None
    return made


def numbers(networks):
    return [network.number for network in networks]


def test_a_free_worker_goes_to_the_run_with_the_fewest_at_work():
    one, two = job(5, out=(1, 2)), job(5, out=(3,), ended=(1, 2))
    found = crew.spare([one, two])
    assert (found.first, found.number) == (two, 4)


def test_a_run_that_is_to_rest_sends_no_more_networks():
    resting = job(3, out=(1,))
    resting.wish = "stopped"
    assert crew.spare([resting]) is None
    assert crew.spare([job(2, out=(2,), ended=(1,))]) is None


def test_the_latest_networks_step_aside_and_no_run_loses_its_last_one():
    one, two = job(4, out=(1, 2, 3)), job(1, out=(1,))
    assert numbers(crew.stepping_aside([one, two], 1, set())) == [3]
    assert numbers(crew.stepping_aside([one, two], 5, set())) == [3, 2]
    assert numbers(crew.stepping_aside([one, two], 1, {one.networks[2].stint})) == [2]
    assert crew.stepping_aside([two], 1, set()) == []


def test_networks_are_cut_into_parts_where_workers_would_be_idle_at_the_end():
    def ends(n, n_workers, number):
        network = job(n).networks[number - 1]
        network.config = network.config.but(epochs=100)
        found = [crew.until(network, n_workers)]
        while found[-1] < 100:
            network.history = [epoch(i) for i in range(1, found[-1] + 1)]
            found.append(crew.until(network, n_workers))
        return found

    assert ends(5, 2, number=1) == [100], "the first one is watched"
    assert ends(5, 2, number=2) == [50, 100]
    assert ends(5, 2, number=3) == [100], "one in halves is enough for two workers"
    assert ends(10, 4, number=3) == [50, 100]
    assert ends(5, 3, number=2) == [34, 68, 100]
    for n, n_workers in ((4, 2), (2, 2), (3, 4), (5, 1)):
        assert ends(n, n_workers, number=2) == [100]


def test_the_network_that_lags_most_is_sent_next_and_the_first_before_all():
    run = job(3)
    run.history, run.others[0].history = [epoch(1)], [epoch(1), epoch(2)]
    assert crew.next_of(run) is run
    run.trained = Trained([])
    assert crew.next_of(run) is run.others[1]


# How far a run of several is


def epoch(number, seconds=2.0):
    return EpochMetrics(number, 1.0, 1.0, 0.0, 0.0, seconds)


def test_share_and_time_left_are_those_of_all_networks():
    run = job(3, out=(1, 2))
    for number, n_epochs in ((1, 3), (2, 2)):
        for i in range(1, n_epochs + 1):
            run.networks[number - 1].add(epoch(i))
    view = run.view()
    assert view.share == pytest.approx(5 / 12)
    assert view.remaining == pytest.approx(2.0 * 4)  # the third has four before it
    assert view.leads
    run.stint, run.trained = "", Trained([])
    view = run.view()
    assert not view.leads
    assert view.remaining == pytest.approx(2.0 * 6)  # two of the second, four of the third


def test_a_run_of_one_has_the_share_it_always_had():
    run = job(1, out=(1,))
    for i in (1, 2):
        run.add(epoch(i))
    assert run.view().networks == ()
    assert run.view().share == 0.5
    assert run.view().remaining == 4.0
