"""The season found from dates and values, and none where there is none."""

import numpy as np
import pandas as pd
import pytest

from forecast import seasons
from tests.data import random_walk


def wave(n: int, season: int, noise: float, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return 100 + 10 * np.sin(2 * np.pi * np.arange(n) / season) + random.normal(0, noise, n)


@pytest.mark.parametrize(
    ("freq", "season", "n"),
    [("D", 7, 300), ("30min", 48, 480), ("h", 24, 400), ("MS", 12, 120), ("W-SUN", 52, 300)],
)
def test_the_season_of_each_rhythm_is_found(freq, season, n):
    index = pd.date_range("2020-01-01", periods=n, freq=freq)
    assert seasons.find(wave(n, season, 5), index) == season


@pytest.mark.parametrize("season", [7, 24, 40])
def test_without_dates_the_values_alone_tell(season):
    assert seasons.find(wave(400, season, 5), pd.RangeIndex(400)) == season


def test_prices_have_none():
    for seed in range(8):
        prices = random_walk(500, seed=seed)
        assert seasons.find(prices.to_numpy(), prices.index) == 1


@pytest.mark.parametrize("values", [np.full(300, 5.0), np.arange(300.0), np.zeros(300)])
def test_what_never_swings_has_none(values):
    index = pd.date_range("2024-01-01", periods=300)
    assert seasons.find(values, index) == 1
    assert seasons.find(values, pd.RangeIndex(300)) == 1


@pytest.mark.parametrize("n", [1, 2, 3, 11, 27])
def test_too_few_rows_have_none(n):
    assert seasons.find(wave(n, 7, 0), pd.date_range("2024-01-01", periods=n)) == 1
    assert seasons.find(wave(n, 7, 0), pd.RangeIndex(n)) == 1


def test_values_below_zero_are_taken_as_they_are():
    index = pd.date_range("2024-01-01", periods=300)
    assert seasons.find(wave(300, 7, 5) - 100, index) == 7


def test_a_week_of_hours_has_as_many_rows_as_are_traded():
    hours = pd.date_range("2024-01-01", periods=24 * 70, freq="h")
    assert seasons.candidates(hours) == (24, 168)
    assert seasons.candidates(hours[hours.day_of_week < 5]) == (24, 120)
    assert seasons.candidates(hours.delete(range(30, 1_600, 50))) == (24, 168)
    traded = hours[(hours.day_of_week < 5) & (hours.hour >= 9) & (hours.hour < 16)]
    assert seasons.candidates(traded) == (7, 35)
