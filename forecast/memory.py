"""Hand memory that is free back to the system.

Reading a million rows needs some 200 MB for a moment. Freed, they stay with the process: Arrow's
pool and the C library keep pages for the next request, of which a server may have none for hours.
"""

from __future__ import annotations

import ctypes
import sys
import threading

import pyarrow

A_PAGE = 3.0  # seconds in which a page has drawn what was read, and let go of what that took


def give_back() -> None:
    """Return what is free to the system: 210 MB after a file of 60 MB, in some milliseconds."""
    pyarrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Only glibc has it; elsewhere (musl) the C library gives pages back by itself.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def give_back_soon() -> None:
    """Return now what reading took, and in some seconds what the page took that shows it."""
    give_back()
    later = threading.Timer(A_PAGE, give_back)
    later.daemon = True
    later.start()
