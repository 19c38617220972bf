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
    from forecast import threads

    threads.keep_to_one()
    # What one worker has compiled, the next one of this session need not compile again.
    compiled = f"--tf_xla_persistent_cache_directory={HOME}/compiled"
    os.environ.setdefault("TF_XLA_FLAGS", compiled)


class SideBySide(LoadScopeScheduling):
    """Under ``-n`` each process takes one kind of test after the other, the largest first.

    Tests of a kind share what takes long to start: an engine and its compiled programs, a server.
    A real browser is best left alone.
    """

    KINDS: ClassVar = {
        "browser": ("tests/browser/",),
        "engine: several networks": ("tests/engine/test_networks.py",),
        "engine": ("tests/engine/",),
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


@pytest.fixture(scope="session")
def programs():
    """Compiled programs for tests that are about something else than compiling."""
    from forecast.program import Programs  # loads TensorFlow, which tests of pages do without

    return Programs()
