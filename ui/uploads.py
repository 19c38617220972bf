"""Uploaded files on disk, so that a session does not hold their bytes in memory."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path


class Upload:
    """The content of one file, kept on disk for as long as somebody holds this object.

    A file of 60 MB is read again only when an answer changes; till then it need not be in memory,
    once for every session that Streamlit still remembers.
    """

    def __init__(self, content: bytes) -> None:
        descriptor, path = tempfile.mkstemp(prefix="forecast-upload-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        self.path = Path(path)
        # Runs when the last session lets go of it, or when the server ends.
        weakref.finalize(self, self.path.unlink, missing_ok=True)

    def read_bytes(self) -> bytes:
        """The content."""
        return self.path.read_bytes()
