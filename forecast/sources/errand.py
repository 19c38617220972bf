"""A download that runs beside its caller: asked how far it is, and stopped, at any time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from forecast.errors import ForecastError, SourceError
from forecast.sources.failures import failure
from forecast.sources.ticker import Download, TickerRequest
from forecast.sources.yahoo import Progress, download_many

_log = logging.getLogger(__name__)


class Errand:
    """One ``download_many`` in a thread of its own.

    A page asks ``is_done`` and ``progress`` as often as it likes and is never held up. Whoever
    leaves need not tidy up: each symbol has a deadline, after which the thread ends by itself.
    """

    def __init__(
        self,
        requests: Sequence[TickerRequest],
        *,
        deadline_seconds: float = 15.0,
        folder: Path | None = None,
    ) -> None:
        self.requests = tuple(requests)
        self.deadline_seconds = deadline_seconds  # for each symbol
        self.progress = Progress(self.requests[0].symbol, 0, len(self.requests))
        self.outcomes: dict[str, Download | SourceError] = {}  # by symbol, once it is done
        self._folder = folder
        self._stop = threading.Event()
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="download", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether ``outcomes`` is complete."""
        return not self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """How long the symbol under way has been waited for."""
        return time.monotonic() - self._began

    def stop(self) -> None:
        """Give up what has not come yet; ``outcomes`` says so within a fraction of a second."""
        self._stop.set()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it is done, or for ``timeout`` seconds."""
        self._thread.join(timeout)

    def _note(self, progress: Progress) -> None:
        self.progress, self._began = progress, time.monotonic()

    def _run(self) -> None:
        try:
            self.outcomes = download_many(
                self.requests,
                deadline_seconds=self.deadline_seconds,
                folder=self._folder,
                on_progress=self._note,
                stop=self._stop,
            )
        except (ForecastError, OSError) as error:  # no room for the child, for instance
            _log.warning("The download failed: %s", error)
            gone = (
                error
                if isinstance(error, SourceError)
                else failure("unavailable", detail=str(error))
            )
            self.outcomes = {request.symbol: gone for request in self.requests}
