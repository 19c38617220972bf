"""Where runs are kept: one folder a run, under one root. See ``runs`` for what is in a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import platformdirs

from forecast import calendars, folders, runs, servers, states, zones
from forecast.calendars import Calendar
from forecast.errors import ForecastError, RunError
from forecast.history import EpochMetrics, TrainingState
from forecast.inputs import Rows
from forecast.runs import Run

HOME_VARIABLE = "FORECAST_HOME"
TRASH_SECONDS = 24 * 3600  # a deleted run can be brought back for a day
_ID = re.compile(r"[0-9a-f]{32}")


def home() -> Path:
    """The app's own folder on this machine: ``$FORECAST_HOME``, else the system's usual place."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given) if given else Path(platformdirs.user_data_dir("forecast-studio", False))


@dataclass(frozen=True)
class Label:
    """What a person has written on a run."""

    name: str = ""
    note: str = ""
    star: bool = False


class RunStore:
    """Creates, extends, finishes, finds and deletes run folders below ``root``."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or home() / "runs"

    def folder(self, run_id: str) -> Path:
        """A run's folder, in the trash if that is where it is.

        Raises:
            RunError: ``run_id`` is no id, so that no link can lead out of the root.
        """
        if not _ID.fullmatch(run_id):
            raise RunError(
                "This link does not name a run.",
                expected="the 32 characters that the app put into the link",
                received=repr(run_id[:40]),
                fix="Copy the whole link again.",
            )
        trashed = self._trash / run_id
        return trashed if trashed.exists() else self.root / run_id

    @property
    def _trash(self) -> Path:
        return self.root / ".trash"

    # Writing

    def create(self, record: dict[str, Any], rows: Rows) -> None:
        """Begin a run's folder; nobody finds it before its record is whole."""
        folder = self.folder(record["id"])
        folder.mkdir(parents=True)
        folders.write_rows(folder, rows)
        folders.append_epochs(folder, [])
        folders.write_record(folder, record)

    def append(
        self, run_id: str, epochs: list[EpochMetrics], state: bytes | None, number: int = 1
    ) -> None:
        """Add epochs of one of a run's networks, and where it could go on from if that is new."""
        folder = self.folder(run_id)
        folders.append_epochs(folder, epochs, number)
        if state is not None:
            folders.write_file(folder / folders.numbered("state.npz", number), state)

    def finish(self, run: Run, record: dict[str, Any]) -> None:
        """Write a run's result and its record."""
        runs.write_result(self.folder(run.id), run, record)

    def mark(self, record: dict[str, Any]) -> None:
        """Write a run's record anew, as when its status changes."""
        folders.write_record(self.folder(record["id"]), record)

    def write_label(self, run_id: str, label: Label) -> None:
        """Keep what a person has written on a run."""
        content = json.dumps(asdict(label), ensure_ascii=False).encode()
        folders.write_file(self.folder(run_id) / "label.json", content)

    # Reading

    def record(self, run_id: str) -> dict[str, Any]:
        """A run's record.

        Raises:
            RunError: there is no such run, or it is damaged.
        """
        return folders.read_record(self.folder(run_id))

    def label(self, run_id: str) -> Label:
        """What a person has written on a run; empty where that is nothing, or cannot be read."""
        try:
            content = (self.folder(run_id) / "label.json").read_text(encoding="utf-8")
            return Label(**json.loads(content))
        except (OSError, ValueError, TypeError):
            return Label()

    def write_calendar(self, run_id: str, choice: str, zone: str) -> None:
        """Keep which of ``calendars.choices`` a person has taken for a run, and whose clocks.

        Raises:
            RunError: the run's folder cannot be written.
        """
        content = json.dumps({"choice": choice, "zone": zone}).encode()
        folder = self.folder(run_id)
        try:
            folders.write_file(folder / "calendar.json", content)
        except OSError as error:
            raise folders.unwritable(folder, error) from error

    def calendar(self, run_id: str, index: pd.Index) -> tuple[str, Calendar]:
        """The calendar of a run by its name and itself: the one found, until a person chose one."""
        offered = calendars.choices(index)
        try:
            kept = json.loads((self.folder(run_id) / "calendar.json").read_text(encoding="utf-8"))
            return kept["choice"], replace(offered[kept["choice"]], zone=zones.known(kept["zone"]))
        except (OSError, ValueError, KeyError, TypeError):
            return "found", offered["found"]

    def load(self, run_id: str) -> Run:
        """A run that has a result.

        Raises:
            RunError: as ``Run.load``.
        """
        return Run.load(self.folder(run_id))

    def rows(self, run_id: str) -> Rows:
        """The series of a run, with its inputs.

        Raises:
            RunError: the folder is missing or damaged.
        """
        folder = self.folder(run_id)
        record = folders.read_record(folder)
        try:
            return folders.read_rows(folder, record)
        except (OSError, ValueError, KeyError) as error:
            raise folders.damaged(folder, error) from error

    def history(self, run_id: str, number: int = 1) -> list[EpochMetrics]:
        """The epochs of one of a run's networks.

        Raises:
            RunError: the folder is missing or damaged.
        """
        folder = self.folder(run_id)
        try:
            return folders.read_epochs(folder, number)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise folders.damaged(folder, error) from error

    def state(self, run_id: str, number: int = 1) -> TrainingState | None:
        """Where one of a run's networks could go on from; None where nothing usable was kept."""
        path = self.folder(run_id) / folders.numbered("state.npz", number)
        try:
            return TrainingState.unpack(path.read_bytes())
        except (OSError, ValueError):
            return None

    def records(self) -> tuple[list[dict[str, Any]], list[str]]:
        """All runs' records, newest first, and the names of the folders that cannot be read."""
        found, damaged = [], []
        for folder in self.root.glob("*") if self.root.exists() else ():
            if not _ID.fullmatch(folder.name):
                continue
            try:
                found.append(folders.read_record(folder))
            except ForecastError:
                # No record at all is a run that is being created this very moment, or never was.
                if (folder / "run.json").exists():
                    damaged.append(folder.name)
        found.sort(key=lambda record: str(record.get("created", "")), reverse=True)
        return found, damaged

    # Deleting and tidying

    def delete(self, run_id: str) -> None:
        """Move a run to the trash."""
        folder = self.folder(run_id)
        if folder.parent != self._trash and folder.exists():
            self._trash.mkdir(exist_ok=True)
            os.utime(folder)  # the trash goes by the time of deletion
            folder.rename(self._trash / run_id)

    def restore(self, run_id: str) -> None:
        """Bring a run back from the trash."""
        folder = self.folder(run_id)
        if self.is_deleted(run_id):
            folder.rename(self.root / run_id)

    def is_deleted(self, run_id: str) -> bool:
        return self.folder(run_id).parent == self._trash

    def forget(self, run_id: str) -> None:
        """Remove what there is of a run's folder, to write it anew."""
        shutil.rmtree(self.folder(run_id), ignore_errors=True)

    def tidy(self) -> None:
        """Empty the trash of what is older than a day; mark runs whose server is gone."""
        for folder in self._trash.glob("*"):
            if time.time() - folder.stat().st_mtime > TRASH_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        for record in self.records()[0]:
            if record.get("status") in states.LIVE and not servers.is_alive(record.get("server")):
                epochs = len(self.history(record["id"]))
                self.mark({**record, "status": "interrupted", "epochs": epochs})
