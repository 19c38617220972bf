"""A run: what was trained, on what, how it went, and what it says. On disk a run is a folder.

=============== ================================================================================
run.json         format, id, status, settings, scaler, best epoch, where the data came from
epochs.jsonl    one line of ``EpochMetrics`` an epoch, only ever appended to
series.parquet  the series and its inputs as they were, so that nobody needs the file again
state.npz       where to go on from: weights, optimiser, best weights; renewed while training
weights.npz     the weights the forecast is made with, one network after the other
outlook.npz     the network's forecast and its validation predictions, before the gate
model.keras     the whole run as one network of plain Keras layers: values in, forecast out
=============== ================================================================================

Every file is written under a temporary name and renamed, so a reader sees the old or the new one.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast import calendars, folders, gating, intervals, windows
from forecast import inputs as columns
from forecast.calendars import Calendar
from forecast.config import Config
from forecast.errors import ForecastError, RunError
from forecast.history import EpochMetrics, Outlook, Result, Weights, pack, unpack
from forecast.inputs import Rows
from forecast.intervals import Bands
from forecast.scaling import Array, Scaler
from forecast.series import fingerprint
from forecast.sizes import n_networks


@dataclass(frozen=True)
class Origin:
    """Where a run's data came from, and how to name and show them."""

    name: str = "data"  # "Amazon, daily" or a file's name
    unit: str = ""  # "$", "MW" …


@dataclass(frozen=True)
class Run:
    """A trained network with everything needed to use it and to judge it."""

    config: Config
    series: pd.Series = field(repr=False)  # the whole series it was given
    history: tuple[EpochMetrics, ...] = field(repr=False)
    weights: Weights = field(repr=False)  # of several networks one after the other
    scaler: Scaler
    best_epoch: int  # 0: the start, where no epoch was better than an untrained network
    outlook: Outlook = field(repr=False)  # the networks' own word, before the gate
    origin: Origin = Origin()
    status: str = "finished"
    id: str = field(default_factory=lambda: new_id())
    created: str = field(default_factory=lambda: now())
    versions: dict[str, str] = field(default_factory=lambda: versions(), repr=False)
    gate: float = 1.0  # how far the forecast follows the network away from the last value: 0 to 1
    model: bytes = field(default=b"", repr=False)  # a .keras file; empty in runs of older versions
    inputs: pd.DataFrame | None = field(default=None, repr=False)  # further columns, if any

    @classmethod
    def of(cls, result: Result, **more: Any) -> Run:
        """A run from what a worker gave back."""
        return cls(
            weights=result.weights,
            scaler=result.scaler,
            outlook=result.outlook,
            best_epoch=result.best_epoch,
            gate=result.gate,
            model=result.model,
            **{**more, "history": tuple(more["history"])},
        )

    @property
    def rows(self) -> Rows:
        """The whole series with its inputs: all that the network may look at."""
        return columns.beside(self.series, self.inputs)

    @property
    def n_networks(self) -> int:
        """How many networks the forecast is the mean of: as asked for, or those that had begun."""
        return n_networks(self.config, self.weights)

    @property
    def recent(self) -> pd.Series:
        """The rows that the run used."""
        return self.series.iloc[-(self.config.data.n_rows or len(self.series)) :]

    @property
    def validation(self) -> Array:
        """The forecasts for the latest validation windows, (n, n_steps_out), after the gate."""
        return self.gated(self.recent, self.outlook).validation

    def gated(self, history: pd.Series, outlook: Outlook) -> Outlook:
        """The forecasts that come of the network's word at the end of ``history`` and before."""
        used = history.iloc[-(self.config.data.n_rows or len(history)) :]
        values = used.to_numpy(dtype="float64")
        n, n_steps_out = outlook.validation.shape
        ends = len(values) - n_steps_out - n + np.arange(n)
        least = gating.floor(values)
        ahead = gating.apply(self.gate, outlook.next_steps[None], values[-1:], least[-1:])
        return Outlook(
            next_steps=ahead[0],
            validation=gating.apply(self.gate, outlook.validation, values[ends], least[ends]),
        )

    def forecast(
        self,
        history: pd.Series | None = None,
        calendar: Calendar | None = None,
        inputs: pd.DataFrame | None = None,
    ) -> pd.DataFrame:
        """The next ``n_steps_out`` steps after the run's series, or after another ``history``.

        Args:
            calendar: gives the dates; without it the one that the dates of the history follow.
            inputs: a table with the run's inputs by the dates of ``history``; without it the run's
                own, which know nothing of later dates.

        Returns:
            one row a step with the columns ``step`` (1 …), ``date`` (or row number), ``forecast``,
            ``naive`` and ``network`` (its own word, before the gate), and for each level of
            ``intervals.LEVELS`` that the history is long enough for ``lower_50``, ``upper_50`` and
            so on, all in the unit of the series.

        Raises:
            ConfigError: ``history`` is shorter than one window.
            DataError: ``history`` is not a clean series, or an input is not there.
        """
        outlook = self.outlook
        if history is not None:
            from forecast import predict  # TensorFlow: only when there is something new to compute

            table = self.inputs if inputs is None else inputs
            rows, n_past = columns.join(history, table, self.config), self.unseen(history.index)
            outlook = predict.answers(self.config, self.weights, self.scaler, rows, n_past)
        return self.table(self.series if history is None else history, outlook, calendar)

    def table(
        self, history: pd.Series, outlook: Outlook, calendar: Calendar | None = None
    ) -> pd.DataFrame:
        """As ``forecast``, from what the network said at the end of ``history`` and before it."""
        n = self.config.window.n_steps_out
        found, gated = self.bands(history, outlook), self.gated(history, outlook)
        follows = calendar or calendars.infer(history.index)
        last = calendars.placed(history, follows).index[-1]
        columns: dict[str, Any] = {
            "step": np.arange(1, n + 1),
            "date": follows.next_dates(last, n),
            "forecast": gated.next_steps,
            "naive": float(history.iloc[-1]),
            "network": outlook.next_steps,
        }
        for level, lower, upper in zip(found.levels, found.lower, found.upper, strict=True):
            columns |= {f"lower_{level}": lower, f"upper_{level}": upper}
        return pd.DataFrame(columns)

    def bands(self, history: pd.Series | None = None, outlook: Outlook | None = None) -> Bands:
        """The bands around the forecast, with a sentence where a level is missing."""
        history = self.series if history is None else history
        outlook = self.outlook if outlook is None else outlook
        recent = history.iloc[-(self.config.data.n_rows or len(history)) :]
        values = recent.to_numpy(dtype="float64")
        gated = self.gated(history, outlook)
        return intervals.around(gated.next_steps, values, gated.validation)

    def remembered(self, n_known: int) -> Outlook | None:
        """What the network said when only the first ``n_known`` rows of its series were known.

        None where the kept validation windows do not hold it, and it would have to be computed.
        """
        n_steps_out, validation = self.config.window.n_steps_out, self.outlook.validation
        if n_known == len(self.series):
            return self.outlook
        window = n_known - (len(self.series) - n_steps_out) + len(validation) - 1
        if not 0 <= window < len(validation):
            return None
        return Outlook(validation[window], validation[: max(window - n_steps_out + 1, 0)])

    def unseen(self, index: pd.Index) -> int:
        """How many rows of a history came after those that the network was trained on."""
        seen = windows.plan(len(self.series), self.config).n_rows_seen
        last_seen = self.recent.index[seen - 1]
        if isinstance(index, pd.DatetimeIndex) != isinstance(last_seen, pd.Timestamp):
            return len(index)
        return int((index > last_seen).sum())

    def save(self, folder: str | Path) -> Path:
        """Write the run as a folder, all at once; an older run of that name is replaced.

        Raises:
            RunError: the folder cannot be written.
        """
        target = Path(folder)
        draft = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            draft.mkdir(parents=True)
            folders.write_rows(draft, self.rows)
            folders.append_epochs(draft, self.history)
            write_result(draft, self)
            if target.exists():
                old = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.old")
                target.rename(old)
                draft.rename(target)
                shutil.rmtree(old)
            else:
                draft.rename(target)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise folders.unwritable(target, error) from error
        return target

    @classmethod
    def load(cls, folder: str | Path) -> Run:
        """Read a run back.

        Raises:
            RunError: the folder is missing, incomplete, damaged or of a newer format; it is named.
        """
        folder = Path(folder)
        record = folders.read_record(folder)
        if "scaler" not in record:
            raise RunError(
                "This run has no result yet.",
                expected="a run that was finished or stopped",
                received=f"one that is {record.get('status')}",
                fix="Let it go on to its end, or stop it.",
            )
        try:
            next_steps, validation = unpack((folder / "outlook.npz").read_bytes())
            rows = folders.read_rows(folder, record)
            return cls(
                config=Config.from_dict(record["config"]),
                series=columns.target(rows),
                inputs=columns.others(rows),
                history=tuple(folders.read_epochs(folder)),
                weights=unpack((folder / "weights.npz").read_bytes()),
                scaler=_scaler(record["scaler"]),
                best_epoch=record["best_epoch"],
                outlook=Outlook(next_steps, validation),
                origin=Origin(**record["origin"]),
                status=record["status"],
                id=record["id"],
                created=record["created"],
                versions=record["versions"],
                gate=float(record.get("gate", 1.0)),
                model=folders.read_if_there(folder / "model.keras"),
            )
        except (OSError, ValueError, KeyError, TypeError, ForecastError) as error:
            raise folders.damaged(folder, error) from error


def new_id() -> str:
    """An id that nobody can guess: whoever has it may look at the run."""
    return uuid.uuid4().hex


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> dict[str, str]:
    """The versions that decide a run's figures, without importing TensorFlow."""
    from importlib.metadata import version

    return {name: version(name) for name in ("tensorflow", "keras", "numpy", "pandas")}


def base_record(run: Any) -> dict[str, Any]:
    """What run.json says of a run from its start on.

    Args:
        run: a ``Run`` or a ``jobs.Job``; both carry these fields.
    """
    return {
        "id": run.id,
        "status": run.status,
        "created": run.created,
        "origin": asdict(run.origin),
        "config": run.config.to_dict(),
        "fingerprint": fingerprint(run.rows),
        "series_name": str(run.series.name),
        "versions": versions(),
    }


def write_result(folder: Path, run: Run, more: dict[str, Any] | None = None) -> None:
    """Write what is known only at the end of a run; run.json last, as it says that all is there."""
    outlook = run.outlook
    folders.write_file(folder / "outlook.npz", pack([outlook.next_steps, outlook.validation]))
    folders.write_file(folder / "weights.npz", pack(run.weights))
    if run.model:
        folders.write_file(folder / "model.keras", run.model)
    result = {
        "scaler": asdict(run.scaler),
        "best_epoch": run.best_epoch,
        "gate": run.gate,
        "networks": run.n_networks,
    }
    folders.write_record(folder, {**base_record(run), **result, **(more or {})})


def _scaler(values: dict[str, Any]) -> Scaler:
    center, scale, floor = (tuple(values.get(part, ())) for part in ("center", "scale", "floor"))
    return Scaler(values["kind"], center, scale, floor, values.get("cycle", ""))
