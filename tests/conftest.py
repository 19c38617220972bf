"""What all tests share: a home of their own, and series made on the spot."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

from tests.data import random_walk

HOME = tempfile.mkdtemp(prefix="forecast-tests-")


def pytest_configure() -> None:
    """Before anything of the app is imported: no test may touch the runs of whoever runs them."""
    os.environ["FORECAST_HOME"] = HOME
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture
def prices():
    """500 trading days of a price that walks at random."""
    return random_walk(500)
