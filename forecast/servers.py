"""Which server process a run is with, and whether that one is still there."""

from __future__ import annotations

import psutil


def this_server() -> dict[str, float]:
    """Names this process for good: its id may be used again, but not with the same start."""
    me = psutil.Process()
    return {"pid": me.pid, "started": me.create_time()}


def is_alive(server: dict[str, float] | None) -> bool:
    """Whether the process that ``this_server`` named is still there."""
    if not server:
        return False
    try:
        return bool(psutil.Process(int(server["pid"])).create_time() == server["started"])
    except psutil.NoSuchProcess:
        return False
