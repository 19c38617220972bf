"""Saved forecasts, held against what came when newer data of the same series are loaded.

A diary is a folder a browser, an entry is a JSON file in it. Whether newer data are of the same
series is decided by the data: the column has the same name, and the values that were known when
the forecast was saved are still there. The past may be revised a little; what was revised is
counted and said.
"""

from __future__ import annotations

import json
import math
import re
import time
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast import evaluation, folders
from forecast.errors import ForecastError
from forecast.evaluation import StepScore
from forecast.runs import Run, now
from forecast.store import TRASH_SECONDS, home

MOST_ENTRIES = 200  # of one browser
ROWS_KEPT = 60  # of the history, to know the series again by
FEWEST_SHARED = 5  # rows that newer data must share with those
MOST_REVISED = 0.5  # share of them that may have other values
SAME = 1e-4  # a relative difference below this is rounding
_WORD = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Entry:
    """A saved forecast and what is known of how it went."""

    id: str
    saved: str  # when, as ISO 8601
    run: str  # the id of the run that made it
    name: str  # of the data
    column: str
    unit: str
    numbered: bool  # rows have numbers instead of dates
    history: dict[str, float]  # the last known rows: date or number → value
    steps: tuple[dict[str, Any], ...]  # rows of ``Run.forecast``, the date as text
    actual: dict[str, float]  # what came, of the dates in ``steps``
    revised: int = 0  # rows of ``history`` that have other values in the newer data

    @property
    def last_known(self) -> Any:
        """The date or row number the forecast was made at."""
        return _label(list(self.history)[-1], self.numbered)

    @property
    def rows(self) -> pd.Index:
        """The dates or numbers of the last rows known then and of the steps after them."""
        keys = [*self.history, *(step["date"] for step in self.steps)]
        found: pd.Index = pd.Index([_label(key, self.numbered) for key in keys])
        return found

    def table(self) -> pd.DataFrame:
        """The forecast with a column ``actual``, empty where it is not known yet."""
        table = pd.DataFrame(list(self.steps))
        actual = [self.actual.get(date, math.nan) for date in table["date"]]
        dates = [_label(date, self.numbered) for date in table["date"]]
        return table.assign(date=dates, actual=actual)

    def score(self) -> StepScore:
        """How it went, over the steps that are known by now."""
        return evaluation.step_score(self.table())


def entry_of(run: Run, table: pd.DataFrame) -> Entry:
    """The run's forecast ``table`` as a new entry."""
    history = run.series.iloc[-ROWS_KEPT:]
    dated = isinstance(history.index, pd.DatetimeIndex)
    numbered = not isinstance(table["date"].iloc[0], pd.Timestamp)
    if numbered and dated:  # a dated series whose rows are counted on
        history = run.series.reset_index(drop=True).iloc[-ROWS_KEPT:]
    steps = [
        {str(column): value for column, value in row.items()} | {"date": _key(row["date"])}
        for row in table.to_dict("records")
    ]
    return Entry(
        id=uuid.uuid4().hex,
        saved=now(),
        run=run.id,
        name=run.origin.name,
        column=str(run.series.name),
        unit=run.origin.unit,
        numbered=numbered,
        history={_key(date): float(value) for date, value in history.items()},
        steps=tuple(steps),
        actual={},
    )


def compared(entry: Entry, series: pd.Series) -> Entry:
    """The entry with what ``series`` tells of its steps; the same entry where that is nothing.

    Nothing is taken from another series: one of another column, one that does not share
    ``FEWEST_SHARED`` of the rows known then, or one with other values in most of them.
    """
    if str(series.name) != entry.column:
        return entry
    if entry.numbered and isinstance(series.index, pd.DatetimeIndex):
        series = series.reset_index(drop=True)
    past = [_label(date, entry.numbered) for date in entry.history]
    if _kind(series.index[0]) != _kind(past[0]):
        return entry
    ahead = [_label(step["date"], entry.numbered) for step in entry.steps]
    found = series.reindex(past).to_numpy(dtype="float64")
    shared = np.isfinite(found)
    fewest = min(FEWEST_SHARED, len(past))
    kept = np.array(list(entry.history.values()))
    revised = int((~np.isclose(found, kept, rtol=SAME, atol=0.0) & shared).sum())
    if shared.sum() < fewest or revised > MOST_REVISED * shared.sum():
        return entry
    came = series.reindex(ahead)
    actual = {_key(date): float(value) for date, value in came.items() if math.isfinite(value)}
    if not actual:
        return entry
    return replace(entry, actual={**entry.actual, **actual}, revised=revised)


class Diary:
    """The entries of one browser. Nobody else's can be reached through it."""

    def __init__(self, owner: str, root: Path | None = None) -> None:
        """``owner`` is what ``identity.digest`` makes of a browser's word.

        Raises:
            ForecastError: it is not of that form, so that no name leads out of the folder.
        """
        if not _WORD.fullmatch(owner):
            raise ForecastError("This diary has no owner.", expected="32 hexadecimal characters")
        self._folder = (root or home() / "diary") / owner
        self._trash = self._folder / ".trash"

    def save(self, entry: Entry) -> None:
        """Keep an entry.

        Raises:
            ForecastError: the diary is full, holds this forecast already, or cannot be written.
        """
        entries = self.entries()
        if self.holds(entry):
            raise ForecastError("This forecast is in the diary already.")
        if len(entries) >= MOST_ENTRIES:
            raise ForecastError(
                "The diary is full.",
                expected=f"at most {MOST_ENTRIES} saved forecasts",
                received=f"{len(entries)}",
                fix="Delete some that you no longer need.",
            )
        self._empty_trash()
        self._write(entry)

    def entries(self) -> list[Entry]:
        """All entries, the newest first; a file that cannot be read is left out."""
        return _read_all(self._folder)

    def holds(self, entry: Entry) -> bool:
        """Whether this very forecast is saved already."""
        return any((entry.run, entry.steps) == (kept.run, kept.steps) for kept in self.entries())

    def deleted(self) -> Entry | None:
        """The entry that was deleted last, while it can be brought back."""
        trashed = list(self._trash.glob("*.json"))
        latest = max(trashed, key=lambda path: path.stat().st_mtime, default=None)
        return _read(latest) if latest else None

    def compare(self, series: pd.Series) -> int:
        """Hold all entries against newer data; returns how many learnt something from them."""
        changed = 0
        for entry in self.entries():
            after = compared(entry, series)
            if after != entry:
                self._write(after)
                changed += 1
        return changed

    def delete(self, entry_id: str) -> None:
        """Put an entry aside; ``bring_back`` undoes it for a day."""
        path = self._path(entry_id)
        if path.exists():
            self._trash.mkdir(exist_ok=True)
            path.replace(self._trash / path.name)
            (self._trash / path.name).touch()

    def bring_back(self, entry_id: str) -> None:
        """Undo ``delete``."""
        trashed = self._trash / self._path(entry_id).name
        if trashed.exists():
            trashed.replace(self._path(entry_id))

    def _path(self, entry_id: str) -> Path:
        if not _WORD.fullmatch(entry_id):
            raise ForecastError("There is no such entry.", received=repr(entry_id[:40]))
        return self._folder / f"{entry_id}.json"

    def _write(self, entry: Entry) -> None:
        content = json.dumps(asdict(entry), ensure_ascii=False).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            folders.write_file(self._path(entry.id), content)
        except OSError as error:
            raise ForecastError(
                "The forecast could not be saved.",
                expected="room on the disk, and a folder that can be written to",
                received=str(error),
                fix="Free some room and try again.",
            ) from error

    def _empty_trash(self) -> None:
        for path in self._trash.glob("*.json"):
            if time.time() - path.stat().st_mtime > TRASH_SECONDS:
                path.unlink(missing_ok=True)


def _read_all(folder: Path) -> list[Entry]:
    read = [_read(path) for path in folder.glob("*.json")]
    return sorted((entry for entry in read if entry), key=lambda e: (e.saved, e.id), reverse=True)


def _read(path: Path) -> Entry | None:
    """The entry of a file; None where it is damaged or has just been put aside."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Entry(**{**values, "steps": tuple(values["steps"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _kind(label: Any) -> tuple[bool, bool]:
    """Whether it is a date, and whether that has a time zone: only equal kinds are comparable."""
    dated = isinstance(label, pd.Timestamp)
    return dated, dated and label.tzinfo is not None


def _key(date: Any) -> str:
    """A date or row number as the text it is kept under."""
    return date.isoformat() if isinstance(date, pd.Timestamp) else str(int(date))


def _label(key: str, numbered: bool) -> Any:
    """The inverse of ``_key``."""
    return int(key) if numbered else pd.Timestamp(key)
