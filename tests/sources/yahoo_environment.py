"""Pointing this process, and the child processes it starts, at Yahoo's stand-in."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from yahoo_standin import Proxy, Standin

_ENVIRONMENT = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


@contextmanager
def pointed_at(proxy: str, bundle: Path) -> Iterator[None]:
    """Child processes started inside go through this proxy and trust this CA."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _ENVIRONMENT:
            patch.setenv(name, proxy)
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            patch.setenv(name, str(bundle))
        for name in ("NO_PROXY", "no_proxy"):
            patch.delenv(name, raising=False)
        yield


@contextmanager
def running(standin: Standin, authority: tuple[Path, ssl.SSLContext]) -> Iterator[Standin]:
    """The stand-in, listening, with the environment pointing at it."""
    bundle, tls = authority
    proxy = Proxy(standin, tls)
    try:
        with pointed_at(proxy.url, bundle):
            yield standin
    finally:
        proxy.close()
