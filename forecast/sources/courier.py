"""The child process that talks to Yahoo for us: asked, waited for with a deadline, killed if late.

Why a process and not a daemon thread: yfinance keeps its cookie, its crumb and a lock around both
in module-level state. A thread that hangs in the cookie request holds that lock, so each later
download of the whole server hangs behind it, and a thread cannot be ended. A child can: killed, it
takes its lock, its sockets and its late answer with it, and the server never imports yfinance nor
inherits a bad crumb. The price is about 1.5 s of start-up, paid once for several symbols.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from forecast.sources.failures import failure

_log = logging.getLogger(__name__)

_BEAT_SECONDS = 0.1  # how soon a stop is heeded

CHILD = Path(__file__).with_name("yahoo_child.py")


class Courier:
    """One child at a time, started when first asked and again after it was killed.

    Use it as a context manager; leaving it ends the child and removes ``scratch``.
    """

    def __init__(self, cache: Path, stop: threading.Event | None = None) -> None:
        """Args:
        cache: the folder for yfinance's own files (time zones, cookies).
        stop: when set, from any thread, the waiting ends and the child with it.
        """
        self._cache = cache
        self._stop = stop or threading.Event()
        self._temporary = tempfile.TemporaryDirectory(
            prefix="forecast-", ignore_cleanup_errors=True
        )
        self.scratch = Path(self._temporary.name)  # where the child leaves tables
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._temporary.cleanup()

    def ask(self, job: Mapping[str, object], deadline_seconds: float) -> dict[str, Any]:
        """Send a job and wait for its answer, start-up included.

        Args:
            job: what ``yahoo_child.py`` documents.
            deadline_seconds: after this the child is killed; its answer can no longer arrive.

        Returns:
            The child's answer.

        Raises:
            SourceError: ``timeout``, ``stopped``, or ``unavailable`` when the child died.
        """
        until = time.monotonic() + deadline_seconds
        child = self._child or self._start()
        line: str | None = None
        try:
            assert child.stdin is not None  # a pipe: see _start
            child.stdin.write(json.dumps({**job, "seconds": deadline_seconds}) + "\n")
            child.stdin.flush()
            line = self._wait(until)
        except queue.Empty:
            self._end()
            code = "stopped" if self._stop.is_set() else "timeout"
            raise failure(code, seconds=deadline_seconds) from None
        except OSError as error:  # the pipe is closed: the child is gone
            _log.warning("The downloader does not listen: %s", error)
        if line is None:
            self._end()
            _log.warning("The downloader died. Its last words: %s", self._last_words())
            raise failure("unavailable", detail="the downloader stopped unexpectedly")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _wait(self, until: float) -> str | None:
        """The child's next line; raises ``queue.Empty`` at the deadline, or when told to stop."""
        while not self._stop.is_set():
            left = until - time.monotonic()
            try:
                return self._lines.get(timeout=min(_BEAT_SECONDS, max(0.0, left)))
            except queue.Empty:
                if left <= _BEAT_SECONDS:
                    raise
        raise queue.Empty

    def _start(self) -> subprocess.Popen[str]:
        # By path and with -P, so that the child imports neither this package nor, by accident, a
        # module that lies beside it; by subprocess, because multiprocessing would run app.py again.
        with (self.scratch / "stderr.txt").open("w", encoding="utf-8") as stderr:
            child = subprocess.Popen(
                [sys.executable, "-P", "-X", "utf8", str(CHILD), str(self._cache)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                encoding="utf-8",
            )
        assert child.stdout is not None
        self._child, self._lines = child, queue.SimpleQueue()
        # A pipe cannot be read with a deadline on every platform; a queue can.
        threading.Thread(
            target=_forward, args=(child.stdout, self._lines), name="yahoo-answers", daemon=True
        ).start()
        return child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        assert child.stdin is not None
        try:
            child.stdin.close()
        except OSError as error:  # an unsent job is flushed into a closed pipe
            _log.debug("Closing the downloader: %s", error)

    def _last_words(self) -> str:
        text = (self.scratch / "stderr.txt").read_text(encoding="utf-8", errors="replace")
        return text[-500:].strip() or "none"


def _forward(answers: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    """Pass on each line of the child, then None at its end."""
    with answers:
        for line in answers:
            lines.put(line)
    lines.put(None)
