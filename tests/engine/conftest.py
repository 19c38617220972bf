"""A real engine: a scheduler and a worker process, shared by the tests of this folder."""

import pytest

from forecast.engine import Engine
from forecast.store import RunStore


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    engine = Engine(RunStore(tmp_path_factory.mktemp("engine") / "runs"), n_workers=2)
    yield engine
    engine.close()
