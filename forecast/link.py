"""The connection to the workers: starts it, sends tasks, and hands on what comes back.

With ``FORECAST_SCHEDULER=tls://…`` an existing Dask cluster is used (its certificates come from
Dask's own settings); otherwise an embedded one is started. Dask is imported in the background, as
that takes half a second which the first page need not wait for.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import EngineError, ForecastError

if TYPE_CHECKING:
    from distributed import Client, Future

    from forecast.cluster import EmbeddedCluster

SCHEDULER_VARIABLE = "FORECAST_SCHEDULER"
TOPIC = "forecast"
# How long the workers' start waits for something to do: loading TensorFlow twice takes both cores
# of a laptop, which the first page needs at that moment. Nobody can press Train any sooner.
GRACE_SECONDS = 2.0
log = logging.getLogger(__name__)


class Link:
    """Connects in the background; everything else waits until it has.

    Args:
        n_workers: of the embedded cluster.
        home: the app's folder: logs and compiled programs go there.
        on_message: called with each message of a worker, in order, from Dask's thread.
        on_ready: called once, connected or not; then ``failure`` says which.
    """

    def __init__(
        self,
        n_workers: int,
        home: Path,
        on_message: Callable[[dict[str, Any]], None],
        on_ready: Callable[[], None],
    ) -> None:
        self.n_workers = n_workers
        self.failure: ForecastError | None = None
        self.cluster: EmbeddedCluster | None = None
        self._home = home
        self._on_message, self._on_ready = on_message, on_ready
        self._client: Client | None = None
        self._wanted, self._closed = threading.Event(), threading.Event()
        threading.Thread(target=self._connect, name="engine-connect", daemon=True).start()

    @property
    def connected(self) -> bool:
        return self._client is not None

    def hurry(self) -> None:
        """Connect at once: there is something to do."""
        self._wanted.set()

    def _connect(self) -> None:
        address = os.environ.get(SCHEDULER_VARIABLE)
        if not address:
            self._wanted.wait(GRACE_SECONDS)
        try:
            if not self._closed.is_set():
                self._start(address)
        except ForecastError as error:
            self.failure = error
        except Exception as error:  # whatever Dask raises, a page must be able to say it
            log.exception("The workers could not be started")
            self.failure = EngineError(
                "The training process could not be started.",
                received=f"{type(error).__name__}: {error}",
                fix="Start the app again.",
            )
        finally:
            self._on_ready()
            if self._closed.is_set():  # meanwhile: what has been started ends here
                self.close()

    def _start(self, address: str | None) -> None:
        from distributed import Client

        from forecast import worker
        from forecast.cluster import EmbeddedCluster

        security = None
        if not address:
            self.cluster = EmbeddedCluster(self.n_workers, self._home)
            self.cluster.start()
            address, security = self.cluster.address, self.cluster.security
        client = Client(address, security=security, set_as_default=False, timeout=30)
        client.subscribe_topic(TOPIC, lambda event: self._on_message(event[1]))
        client.register_plugin(worker.TrainingPlugin(TOPIC))
        self._client = client

    @property
    def lost(self) -> bool:
        """True once the embedded cluster's scheduler has died."""
        return self._client is not None and self.cluster is not None and not self.cluster.alive

    def send(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        prefer: str | None = None,
        priority: int = 0,
    ) -> Future:
        """Run ``function`` on a worker, on ``prefer`` (an address) if that one is there.

        Of tasks that wait, those of a higher ``priority`` come first.
        """
        assert self._client is not None
        where = {"workers": [prefer], "allow_other_workers": True} if prefer else {}
        return self._client.submit(function, *arguments, pure=False, priority=priority, **where)

    def tell_all(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Run ``function`` on every worker at once, beside its task; does not wait."""
        client = self._client
        if client is None:
            return
        threading.Thread(
            target=client.run, args=(function, *arguments), name="engine-tell", daemon=True
        ).start()

    def ask(
        self, function: Callable[..., Any], *arguments: Any, busy: set[str], seconds: float
    ) -> Any:
        """Run a coroutine function on one worker at once, beside its task, and wait for its answer.

        Args:
            busy: addresses of workers that have a task; another one is asked where there is one.

        Raises:
            EngineError: no worker is there, or none answered in ``seconds``.
            ForecastError: what the function itself raised.
        """
        client = self._client
        workers = list(client.scheduler_info(n_workers=-1)["workers"]) if client else []
        if client is None or not workers:
            raise self.failure or EngineError(
                "The training process is not ready yet.", fix="Try again in a few seconds."
            )
        chosen = next((address for address in workers if address not in busy), workers[0])
        asked = ThreadPoolExecutor(1, "engine-ask")
        future = asked.submit(client.run, function, *arguments, workers=[chosen])
        asked.shutdown(wait=False)
        try:
            return future.result(timeout=seconds)[chosen]
        except TimeoutError as error:
            raise EngineError(
                "The training process did not answer in time.",
                expected=f"an answer within {seconds:g} seconds",
                received="none",
                fix="Try again; a worker that has just started needs some seconds.",
            ) from error
        except ForecastError:
            raise
        except Exception as error:  # whatever Dask raises, a page must be able to say it
            log.exception("A worker could not answer")
            raise in_words(error) from error

    def n_known(self) -> int:
        """How many workers there are to be used at once."""
        if self.cluster is not None or self._client is None:
            return self.n_workers
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def close(self) -> None:
        """End the workers; connects no more."""
        self._closed.set()
        self.hurry()
        if self._client is not None:
            self._client.close(timeout=2)
        if self.cluster is not None:
            self.cluster.close()


def died(error: BaseException) -> bool:
    """Whether a task failed because its worker is gone."""
    return type(error).__name__ in ("KilledWorker", "FutureCancelledError", "CancelledError")


def in_words(error: BaseException) -> ForecastError:
    """An error of the workers as a person can read it."""
    if isinstance(error, ForecastError):
        return error
    if died(error):
        return EngineError(
            "The training process ended unexpectedly several times, most often for lack of memory.",
            fix="Use fewer rows or smaller layers, and train again.",
        )
    return EngineError(
        "The training process met an error.",
        received=f"{type(error).__name__}: {error}",
        fix="Train again, or change the last setting you changed.",
    )
