"""Pages as Streamlit's own test harness runs them, with the real engine behind them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import state

APP = str(Path(__file__).parent.parent.parent / "app.py")


@pytest.fixture
def app():
    """The app after its first script run, on the Data page."""
    return AppTest.from_file(APP, default_timeout=60).run()


@pytest.fixture(autouse=True)
def no_clearing_of_keras(monkeypatch):
    """Where Keras is loaded, as some tests do and the app never does, Streamlit clears its session
    after every script run, and with it all garbage of pytest: a third of a second each time."""
    cleaner = "streamlit.runtime.scriptrunner.script_runner._clean_problem_modules"
    monkeypatch.setattr(cleaner, lambda: None)


@pytest.fixture(scope="session", autouse=True)
def close_engine():
    yield
    state.engine().close()
