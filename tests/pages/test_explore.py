"""Explore: every section says something about every kind of series, and nothing breaks it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.data import random_walk, trading_days
from ui.datasets import Dataset

APP = str(Path(__file__).parent.parent.parent / "app.py")
SECTIONS = ("Over time", "Changes", "Season", "Trend and season", "Memory", "Quality")
NOISE = np.random.default_rng(3)


def half_hourly() -> pd.Series:
    n = 48 * 60
    day = np.sin(np.arange(n) * 2 * np.pi / 48)
    index = pd.date_range("2024-01-01", periods=n, freq="30min")
    return pd.Series(30_000 + 5_000 * day + NOISE.normal(0, 300, n), index=index, name="Demand")


def bikes() -> pd.Series:
    days = pd.date_range("2022-01-01", periods=731)
    season = 2_000 + 1_500 * np.sin(np.arange(731) * 2 * np.pi / 365)
    week = np.where(days.day_of_week >= 5, 600, 0)
    return pd.Series(season + week + NOISE.normal(0, 250, 731), index=days, name="Rentals").clip(22)


def irregular() -> pd.Series:
    steps = pd.to_timedelta(NOISE.integers(1, 9, 300).cumsum(), unit="D")
    return pd.Series(
        NOISE.normal(5, 1, 300), index=pd.Timestamp("2020-01-01") + steps, name="Level"
    )


def constant_stretches() -> pd.Series:
    values = np.repeat([4.0, 4.5, 4.25, 3.0], 100)
    return pd.Series(values, index=pd.date_range("2023-01-01", periods=400), name="Rate")


def monthly() -> pd.Series:
    n = 120
    values = 100 + np.arange(n) + 20 * np.sin(np.arange(n) * np.pi / 6) + NOISE.normal(0, 3, n)
    return pd.Series(values, index=pd.date_range("2014-01-31", periods=n, freq="ME"), name="Sales")


def dataset(series: pd.Series, table: pd.DataFrame | None = None, unit: str = "$") -> Dataset:
    return Dataset(
        name="made.csv",
        unit=unit,
        series=series,
        table=series.to_frame() if table is None else table,
    )


def ohlcv() -> Dataset:
    close = random_walk(700)
    table = pd.DataFrame({"Open": close.shift(1).fillna(100), "High": close * 1.02})
    table = table.assign(Low=close * 0.98, Close=close, Volume=np.arange(700) % 90 + 5)
    return dataset(close, table)


def negative() -> Dataset:
    walk = pd.Series(NOISE.normal(0, 1, 700).cumsum(), index=trading_days(700), name="Spread")
    table = pd.DataFrame({"Spread": walk, "Words": "text", "Empty": np.nan, "One": 1.0})
    return dataset(walk, table, unit="bp")


KINDS = {
    "prices with volume": ohlcv,
    "prices alone": lambda: dataset(random_walk(700)),
    "half-hourly": lambda: dataset(half_hourly(), unit="MW"),
    "daily": lambda: dataset(bikes(), unit="rentals"),
    "monthly": lambda: dataset(monthly(), unit="€"),
    "numbered": lambda: dataset(half_hourly().reset_index(drop=True), unit="MW"),
    "negative": negative,
    "irregular": lambda: dataset(irregular(), unit=""),
    "constant stretches": lambda: dataset(constant_stretches(), unit="%"),
    "one value": lambda: dataset(constant_stretches() * 0 + 3.5, unit="%"),
    "thirty rows": lambda: dataset(bikes().iloc[:30]),
    "five rows": lambda: dataset(bikes().iloc[:5]),
}


@pytest.fixture(scope="module")
def opened():
    """The Explore page, opened once; each test puts its own series before it."""
    app = AppTest.from_file(APP, default_timeout=60).run()  # the pages are known after a first run
    return app.switch_page("pages/explore/page.py")


def texts(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "subheader")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


def look_at(app: AppTest, section: str) -> str:
    choice(app, "What to look at").set_value(section).run()
    assert not app.exception, f"{section}: {app.exception}"
    assert not app.error
    said = texts(app)
    for word in (" nan", " inf", "None", "NaT", "−0.0 %"):
        assert word not in said, f"{section} says {word}: {said}"
    return said


def choice(app: AppTest, label: str):
    return next(b for b in app.button_group if b.label == label)


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_of_every_kind_of_series(opened, kind):
    opened.session_state["dataset"] = KINDS[kind]()
    opened.run()
    for section in SECTIONS:
        look_at(opened, section)


@pytest.mark.parametrize(
    ("kind", "falls"), [("prices alone", True), ("half-hourly", False), ("irregular", True)]
)
def test_falls_are_measured_where_no_season_comes_and_goes(opened, kind, falls):
    opened.session_state["dataset"] = KINDS[kind]()
    opened.run()
    assert ("Below its highest value" in look_at(opened, "Over time")) == falls


def test_that_training_takes_fewer_rows_is_said(opened):
    opened.session_state["dataset"] = KINDS["half-hourly"]()
    opened.run()
    assert "Looks at all 2,880 rows; training uses the last" in texts(opened)
