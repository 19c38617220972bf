"""Baselines: by hand, against other implementations, and blind to what comes after."""

import warnings

import numpy as np
import pytest

from forecast import baselines
from forecast.baselines import arima
from forecast.baselines.arima import AutoARIMA
from forecast.baselines.ets import AutoETS
from forecast.baselines.scale import Scale, split_season
from forecast.baselines.theta import AutoTheta, _lines
from forecast.errors import ConfigError

SEASON = 7


def seasonal(n: int = 300, seed: int = 0) -> np.ndarray:
    """A weekly season on a level that wanders, as logs."""
    random = np.random.default_rng(seed)
    swing = 0.2 * np.sin(2 * np.pi * np.arange(n) / SEASON)
    return np.exp(5 + swing + np.cumsum(random.normal(0, 0.01, n)) + random.normal(0, 0.02, n))


@pytest.fixture(scope="module")
def fitted():
    train = seasonal()[:200]
    return {name: baselines.fit(name, train, SEASON) for name in baselines.NAMES}


def test_the_simple_ones_by_hand():
    history = np.array([3.0, 5.0, 1.0, 9.0])
    ahead = {
        name: baselines.fit(name, history, season=2).forecast(history, 3).tolist()
        for name in baselines.NAMES[:3]
    }
    assert ahead == {
        "Same as today": [9, 9, 9],
        "Drift": [11, 13, 15],
        "Seasonal naive": [1, 9, 1],
    }


@pytest.mark.parametrize("name", baselines.NAMES)
def test_changing_the_future_changes_no_forecast(name, fitted):
    values = seasonal()
    other = values.copy()
    other[230:] = 1e6
    before = fitted[name].forecast(values[:230], 7)
    assert np.array_equal(fitted[name].forecast(other[:230], 7), before)
    assert np.array_equal(baselines.fit(name, other[:200], SEASON).forecast(other[:230], 7), before)


@pytest.mark.parametrize("name", baselines.NAMES)
def test_forecasts_take_in_what_is_known_at_the_origin_and_change_no_input(name, fitted):
    values = seasonal()
    kept = values.copy()
    a, b = (fitted[name].forecast(values[:n], 7) for n in (200, 260))
    assert a.shape == b.shape == (7,)
    assert not np.array_equal(a, b)
    assert np.array_equal(values, kept)


@pytest.mark.parametrize("name", ["AutoETS", "AutoTheta", "AutoARIMA"])
def test_the_statistical_models_beat_the_naive_ones_on_a_season(name, fitted):
    values = seasonal()
    origins = range(200, 290, 5)
    actual = np.array([values[o : o + 7] for o in origins])

    def error(model):
        return np.abs(actual - [fitted[model].forecast(values[:o], 7) for o in origins]).mean()

    assert error(name) < 0.5 * error("Same as today")
    assert error(name) < 0.95 * error("Seasonal naive")


def test_theta_equals_that_of_statsmodels():
    from statsmodels.tsa.forecasting.theta import ThetaModel

    values = np.random.default_rng(1).normal(0.5, 2, 120).cumsum() + 200
    ours = AutoTheta(values)
    ours.scale, ours.share = Scale(None), 0.5
    theirs = ThetaModel(values, period=1, deseasonalize=False).fit()
    ours.alpha = float(theirs.params["alpha"])
    # Theirs takes the first level from a search; after 120 rows that is forgotten.
    assert ours.forecast(values, 5) == pytest.approx(theirs.forecast(5).to_numpy(), rel=1e-3)


def test_lines_equal_least_squares_on_every_part():
    values = np.random.default_rng(2).normal(size=30)
    for n in (2, 3, 17, 30):
        slope, intercept = np.polyfit(np.arange(1, n + 1), values[:n], 1)
        assert _lines(values)[n - 1] == pytest.approx([intercept, slope])


def test_ets_finds_season_and_damped_or_no_trend_where_they_are():
    assert AutoETS(seasonal(), SEASON).form.season == SEASON
    walk = np.exp(np.random.default_rng(5).normal(0, 0.02, 400).cumsum() + 4)
    assert AutoETS(walk, SEASON).form == AutoETS(walk, 1).form
    assert AutoETS(walk).form.trend == "none"


def autoregression(phi: float, n: int = 400) -> np.ndarray:
    random = np.random.default_rng(0)
    values = np.zeros(n)
    for i in range(1, n):
        values[i] = phi * values[i - 1] + random.normal()
    return values


def test_arima_finds_an_autoregression():
    values = autoregression(0.5)
    model = AutoARIMA(values)
    assert model.order[1] == 0
    ahead = model.forecast(values, 3)
    assert ahead == pytest.approx(values[-1] * 0.5 ** np.arange(1, 4), abs=0.3)


@pytest.mark.parametrize("order", [(1, 0, 0), (2, 0, 1), (0, 1, 1)])
def test_arima_forecasts_equal_those_of_the_exact_likelihood(order):
    from statsmodels.tsa.arima.model import ARIMA

    values = autoregression(0.6).cumsum() if order[1] else autoregression(0.6)
    model = AutoARIMA(values)
    model.n_differences = order[1]
    differences = np.diff(values, order[1])
    model.model, _ = arima._fit(differences, order[0], order[2], order[1] == 0)
    exact = ARIMA(values, order=order, trend="n" if order[1] else "c").fit()
    assert model.forecast(values, 5) == pytest.approx(exact.forecast(5), abs=0.1)


def test_integrating_undoes_differences():
    line = AutoARIMA(np.arange(50.0) ** 2)  # twice differenced it is constant
    assert line.order == (0, 2, 0)
    assert line.forecast(np.arange(60.0) ** 2, 3) == pytest.approx([3600, 3721, 3844])


@pytest.mark.parametrize("name", baselines.NAMES)
@pytest.mark.parametrize("train", [np.full(40, 5.0), np.arange(40.0), np.zeros(40), -seasonal(60)])
def test_odd_series_give_finite_forecasts(name, train):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ahead = baselines.fit(name, train, 1).forecast(np.append(train, train[-1]), 7)
    assert np.isfinite(ahead).all()


def test_logs_only_where_all_training_rows_are_positive():
    assert Scale.of(np.array([1.0, 0.0])).floor is None
    scale = Scale.of(np.array([1.0, 2.0]))
    assert scale.back(scale.to(np.array([0.5, 3.0]))) == pytest.approx([0.5, 3.0])
    assert np.isfinite(scale.to(np.array([0.0]))).all()  # a later row may fall to zero


def test_a_season_that_is_taken_out_leaves_none():
    _, last = split_season(np.log(seasonal()), SEASON)
    assert last.shape == (SEASON,)
    assert np.ptp(last) == pytest.approx(0.4, rel=0.15)
    assert split_season(np.arange(5.0), SEASON)[1].tolist() == [0.0]  # too short to tell


def test_an_unknown_name_is_refused_in_words():
    with pytest.raises(ConfigError, match="no such baseline"):
        baselines.fit("Oracle", np.arange(9.0))
