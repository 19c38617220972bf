"""The app's address, as this browser sees it and as others in the same network would."""

from __future__ import annotations

import socket
from urllib.parse import quote, urlsplit

import streamlit as st

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANYWHERE = ("", "0.0.0.0", "::")


def base() -> str:
    """Scheme, host, port and folder, without a page: "http://192.168.1.20:8501"."""
    seen = st.context.url
    if not seen:
        return f"http://localhost:{st.get_option('server.port')}"
    parts = urlsplit(seen)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rsplit('/', 1)[0]}"


def link(page: str, **parameters: str) -> str:
    """A page's address with parameters, from where this browser is."""
    return _with(base(), page, parameters)


def for_others(page: str, **parameters: str) -> str | None:
    """The same for other devices; None where only this machine is answered."""
    parts = urlsplit(base())
    if parts.hostname not in LOOPBACK:
        return _with(base(), page, parameters)
    if str(st.get_option("server.address") or "") not in ANYWHERE:
        return None
    here = lan_address()
    port = f":{parts.port}" if parts.port else ""
    return _with(f"{parts.scheme}://{here}{port}{parts.path}", page, parameters) if here else None


def lan_address() -> str | None:
    """This machine's address in its network: where a packet to elsewhere would set out from.

    Nothing is sent; the address asked about is one that is reserved for documentation.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:  # no network at all
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") else found


def _with(root: str, page: str, parameters: dict[str, str]) -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in parameters.items())
    return f"{root}/{page}?{query}" if query else f"{root}/{page}"
