"""An embedded Dask cluster: one scheduler and a few workers as subprocesses on this machine.

They listen on 127.0.0.1 only and speak TLS with a certificate made for this start and kept in
files that only this user can read: a Dask scheduler runs whatever code a client sends it, so
without that any local user could run code as this one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from distributed.security import Security

from forecast import compiled
from forecast.errors import EngineError
from forecast.lifeline import FOLDER_VARIABLE
from forecast.threads import ONE_THREAD

START_SECONDS = 60.0  # a slow laptop with a cold disk takes about ten
DEATH_SECONDS = 60  # a worker without its scheduler ends; a loaded machine needs 20 to connect
LOG_EVENTS_KEPT = 50  # events the scheduler keeps; some carry weights, and nobody asks for old ones


class EmbeddedCluster:
    """Starts with ``start``, ends with ``close``, or by itself when this process dies."""

    def __init__(self, n_workers: int, home: Path) -> None:
        """
        Args:
            home: where logs and compiled programs are kept.
        """
        self.n_workers = n_workers
        self.address = ""
        self.security: Security | None = None
        self.compiled = compiled.folder_below(home / "compiled")
        self._log_folder = home / "logs"
        self._folder: Path | None = None
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start scheduler and workers; returns once the scheduler answers, before workers are warm.

        Raises:
            EngineError: the scheduler did not come up.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="forecast-cluster-"))
        self._log_folder.mkdir(parents=True, exist_ok=True)
        compiled.tidy(self.compiled.parent)
        self.security = Security.temporary()
        environment = self._environment(_write_certificate(self._folder, self.security))
        contact = self._folder / "scheduler.json"
        self._launch(
            "scheduler",
            ["--scheduler-file", str(contact), "--preload", "forecast.lifeline"],
            environment,
        )
        self.address = self._wait_for(contact)
        self._launch(
            "worker",
            [
                self.address,
                "--nworkers",
                str(self.n_workers),
                "--nthreads",
                "1",
                "--memory-limit",
                "0",
                "--death-timeout",
                str(DEATH_SECONDS),
                "--local-directory",
                str(self._folder),
                "--preload-nanny",
                "forecast.lifeline",
            ],
            environment,
        )

    @property
    def alive(self) -> bool:
        """Whether scheduler and workers' parent are still there."""
        return all(process.poll() is None for process in self._processes)

    def close(self) -> None:
        """End all processes and remove the certificates."""
        for process in self._processes:
            if process.stdin:
                process.stdin.close()  # the lifeline: they end by themselves
        for process in self._processes:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
        self._processes.clear()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _launch(self, role: str, arguments: list[str], environment: dict[str, str]) -> None:
        log: IO[bytes] = (self._log_folder / f"{role}.log").open("wb")
        command = [sys.executable, "-m", "dask", role, "--host", "127.0.0.1", "--no-dashboard"]
        if role == "scheduler":
            command += ["--port", "0", "--protocol", "tls"]
        with log:
            self._processes.append(
                subprocess.Popen(
                    command + arguments,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    # A Ctrl-C in the terminal goes to the app, which then ends its workers.
                    start_new_session=True,
                )
            )

    def _environment(self, certificate: dict[str, str]) -> dict[str, str]:
        root = str(Path(__file__).parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **ONE_THREAD,
            **os.environ,
            **certificate,
            FOLDER_VARIABLE: str(self._folder),
            compiled.VARIABLE: str(self.compiled),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONUNBUFFERED": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "KERAS_BACKEND": "tensorflow",
            # Networks of this size are faster on a CPU core than on a graphics card.
            "CUDA_VISIBLE_DEVICES": "-1",
            # A killed worker must be told to the engine at once, not tried again in silence.
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
            "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": str(LOG_EVENTS_KEPT),
        }

    def _wait_for(self, contact: Path) -> str:
        deadline, scheduler = time.monotonic() + START_SECONDS, self._processes[0]
        while time.monotonic() < deadline and scheduler.poll() is None:
            try:
                return str(json.loads(contact.read_text())["address"])
            except (FileNotFoundError, ValueError):
                time.sleep(0.02)  # not there yet, or half written
        self.close()
        raise EngineError(
            "The training process could not be started.",
            expected=f"an answer within {START_SECONDS:.0f} seconds",
            received="none",
            fix=f"Start the app again; details are in {self._log_folder / 'scheduler.log'}.",
        )


def _write_certificate(folder: Path, security: Security) -> dict[str, str]:
    """Write the key and certificate for the subprocesses; give the settings that name them."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    for path, content in (
        (key, security.tls_client_key),
        (certificate, security.tls_client_cert),
    ):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
    prefix = "DASK_DISTRIBUTED__COMM__"
    settings = {
        f"{prefix}REQUIRE_ENCRYPTION": "true",
        f"{prefix}TLS__CA_FILE": str(certificate),
    }
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"{prefix}TLS__{role}__KEY"] = str(key)
        settings[f"{prefix}TLS__{role}__CERT"] = str(certificate)
    return settings
