"""Ends a scheduler or worker when the app that started it is gone, however it went.

Dask loads this module into its processes (``--preload``). Their standard input is a pipe whose
other end only the app holds; when the app dies, even by SIGKILL, the system closes it, and the
read below returns. No polling, no process ids that may have been used again.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from typing import Any

FOLDER_VARIABLE = "FORECAST_CLUSTER_FOLDER"


def dask_setup(_service: Any) -> None:
    """Called by Dask once its scheduler or nanny is up."""
    threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    sys.stdin.buffer.read()
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:  # certificates and scratch files of a cluster that no longer exists
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)
