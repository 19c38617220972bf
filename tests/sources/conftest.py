"""Fixtures: Yahoo's stand-in, with this process's environment pointing at it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from yahoo_environment import pointed_at, running
from yahoo_standin import Proxy, Standin, make_authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """The stand-in's CA: its certificate file and its TLS context."""
    return make_authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def yahoo(authority: tuple[Path, ssl.SSLContext]) -> Iterator[Standin]:
    """A stand-in of its own for one test, without any symbol yet."""
    with running(Standin(), authority) as standin:
        yield standin


@pytest.fixture
def no_network(authority: tuple[Path, ssl.SSLContext]) -> Iterator[None]:
    """A proxy address where nobody listens: the connection is refused at once."""
    proxy = Proxy(Standin(), authority[1])
    proxy.close()
    with pointed_at(proxy.url, authority[0]):
        yield
