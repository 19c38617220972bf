"""Runs side by side: what was set, what came out, and what was different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from forecast.config import SETTINGS, Config
from forecast.errors import ForecastError
from forecast.runs import Origin
from forecast.store import Label, RunStore

MOST_TOLD = 3  # settings in a name


@dataclass(frozen=True)
class Summary:
    """One run in a line."""

    id: str
    label: Label
    origin: Origin
    config: Config
    status: str
    created: str
    epochs: int
    seconds: float
    mae: float | None  # on the validation windows, in the unit of the series
    naive_mae: float | None
    skill: float | None
    column: str = ""  # of the table, the one that is forecast
    data: str = ""  # the fingerprint of its rows

    @property
    def name(self) -> str:
        """What its owner calls it, else preset and start."""
        return self.label.name or self.begun

    @property
    def begun(self) -> str:
        """Preset and start: "Classic, 25 Nov 23:58"."""
        begun = pd.Timestamp(self.created[:16])
        return f"{self.config.preset}, {begun.day} {begun:%b %H:%M}"


def summaries(store: RunStore, owner: str) -> tuple[list[Summary], list[str]]:
    """The runs of ``owner``, newest first, and the names of folders that cannot be read."""
    records, damaged = store.records()
    found = []
    for record in records:
        if record.get("owner") != owner:
            continue
        try:
            found.append(_summary(store, record))
        except (ForecastError, KeyError, TypeError):
            damaged.append(str(record.get("id")))
    return found, damaged


def _summary(store: RunStore, record: dict[str, Any]) -> Summary:
    scores = record.get("scores") or {}
    return Summary(
        id=record["id"],
        label=store.label(record["id"]),
        origin=Origin(**record["origin"]),
        config=Config.from_dict(record["config"]),
        status=record["status"],
        created=record["created"],
        epochs=int(record.get("epochs", 0)),
        seconds=float(record.get("seconds", 0.0)),
        mae=scores.get("mae"),
        naive_mae=scores.get("naive_mae"),
        skill=scores.get("skill"),
        column=str(record.get("series_name", "")),
        data=str(record.get("fingerprint", "")),
    )


def side_by_side(runs: Sequence[Summary], shown: str | None) -> list[Summary]:
    """The two runs to look at first: the one on show, and the newest other one on the same data.

    Args:
        runs: newest first.
        shown: the id of the run on show; where it is none of ``runs``, the newest stands for it.
    """
    if not runs:
        return []
    first = next((run for run in runs if run.id == shown), runs[0])
    about = (first.origin, first.column)
    others = [run for run in runs if run != first and (run.origin, run.column) == about]
    return [first, *others[:1]]


def names(runs: Sequence[Summary], words: Mapping[str, str]) -> dict[str, str]:
    """What to call each run, by its id: its name, and where others share it what sets it apart.

    That is "… · past steps 14, epochs 300"; where nothing was set differently the second it began
    in, and at last a number.

    Args:
        words: what a setting is called on screen, such as "Past steps (n_steps_in)".
    """
    sharing: dict[str, list[Summary]] = {}
    for run in runs:
        sharing.setdefault(run.name, []).append(run)
    found = {run.id: run.name for run in runs}
    for same in sharing.values():
        if len(same) > 1:
            found |= _told_apart(same, words)
    return found


def _told_apart(same: Sequence[Summary], words: Mapping[str, str]) -> dict[str, str]:
    """Runs of one name, each with what is different about it."""
    table = differences({run.id: run for run in same}).head(MOST_TOLD)
    called = [words.get(name, name).split(" (")[0].lower() for name in table.index]
    found = {}
    for run in same:
        told = [
            value if what == "data" else f"{what} {value}"
            for what, value in zip(called, table[run.id], strict=True)
        ]
        found[run.id] = f"{run.name} · {', '.join(told)}" if told else run.name
    found = _if_shared(found, {run.id: f" · {run.created[11:19]}" for run in same})
    return _if_shared(found, {run.id: f" ({i})" for i, run in enumerate(same, start=1)})


def _if_shared(names: dict[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Add ``more`` to the names that several have."""
    counts = Counter(names.values())
    return {run: name + (more[run] if counts[name] > 1 else "") for run, name in names.items()}


def differences(runs: dict[str, Summary]) -> pd.DataFrame:
    """In what these runs differ: their data, where those do, and their settings."""
    changed = changed_settings({name: run.config for name, run in runs.items()})
    data = {name: run.origin.name for name, run in runs.items()}
    if len(set(data.values())) == 1:
        return changed
    return pd.concat([pd.DataFrame([data], index=["Data"]), changed])


def changed_settings(configs: dict[str, Config]) -> pd.DataFrame:
    """The settings in which these runs differ: one row a setting, one column a run.

    >>> changed_settings({"a": Config(), "b": Config().but(epochs=20)})
              a   b
    epochs  150  20
    """
    rows = {
        name: {run: _plain(config.value(name)) for run, config in configs.items()}
        for name in SETTINGS
        if len({config.value(name) for config in configs.values()}) > 1
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(configs))


def in_short(config: Config) -> str:
    """The settings that people vary most, in a line.

    >>> in_short(Config())
    '30 → 7 steps, 500 rows, LSTM 30, mse, adam 0.001, batch 30'
    """
    window, train, rows = config.window, config.train, config.data.n_rows
    averaged = ", averaged" if train.average_weights else ""
    inputs = f", with {_plain(config.data.inputs)}" if config.data.inputs else ""
    return (
        f"{window.n_steps_in} → {window.n_steps_out} steps, "
        f"{'all' if rows is None else f'{rows:,}'} rows, LSTM {_plain(config.model.units)}, "
        f"{train.loss}, {train.optimizer} {train.learning_rate:g}{averaged}, "
        f"batch {train.batch_size}{inputs}"
    )


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        named = any(isinstance(part, str) for part in value)
        return (", " if named else "-").join(map(str, value)) or "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    return "–" if value is None else str(value)
