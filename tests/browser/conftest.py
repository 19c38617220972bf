"""A real server on a free port and a real browser that may talk to nobody else."""

from __future__ import annotations

import os

import pytest

from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import Server


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no browser; CI has to install one.")
        pytest.skip("no browser here: sudo apt-get install --yes chromium")
    return {"executable_path": path, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args():
    return {
        "viewport": {"width": 1440, "height": 900},
        "accept_downloads": True,
        "reduced_motion": "reduce",  # what fades and turns costs a processor without graphics most
    }


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server")).start()
    yield server
    server.stop()


@pytest.fixture
def fresh_server(tmp_path):
    """A server that nobody has visited yet."""
    server = Server(tmp_path / "fresh", n_workers=1).start()
    yield server
    server.stop()


@pytest.fixture
def requests(page):
    """The addresses the page asks for, as it goes."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    return seen
