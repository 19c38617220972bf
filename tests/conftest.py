"""What all tests share: a home of their own, and series made on the spot."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import ClassVar

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.data import random_walk

HOME = tempfile.mkdtemp(prefix="forecast-tests-")


def pytest_configure() -> None:
    """Before anything of the app is imported: no test may touch the runs of whoever runs them."""
    os.environ["FORECAST_HOME"] = HOME
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


class SideBySide(LoadScopeScheduling):
    """Under ``-n`` each process takes one kind of test.

    A real browser and real workers must not meet each other twice, and are best left alone.
    Where TensorFlow is loaded, Streamlit clears its session after every script run, half a second
    each: pages are tested apart from networks.
    """

    KINDS: ClassVar = {
        "real": ("tests/browser/", "tests/engine/"),
        "screens": ("tests/pages/", "tests/reading/", "tests/sources/", "tests/exploring/"),
    }

    def _split_scope(self, nodeid: str) -> str:
        for kind, folders in self.KINDS.items():
            if nodeid.startswith(folders):
                return kind
        return "networks"


def pytest_xdist_make_scheduler(config, log):
    return SideBySide(config, log)


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture
def prices():
    """500 trading days of a price that walks at random."""
    return random_walk(500)
