"""What a report says, as plain values that are ready to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from forecast import presets
from forecast.config import SETTINGS, Config
from forecast.runs import Run

DISCLAIMER = "A forecast is an estimate from past values alone. This is no financial advice."


@dataclass(frozen=True)
class Table:
    """A table of words; numbers come formatted."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, title: str, frame: pd.DataFrame) -> Table:
        """A frame whose cells are ready to be read."""
        rows = tuple(tuple(str(cell) for cell in row) for row in frame.itertuples(index=False))
        return cls(title, tuple(str(column) for column in frame.columns), rows)


@dataclass(frozen=True)
class Chart:
    """A Plotly figure, or its plain values, and what it shows for those who cannot see it."""

    title: str
    figure: Any = field(repr=False)
    says: str = ""


@dataclass(frozen=True)
class Report:
    """From the top to the foot of the page."""

    title: str
    subtitle: str
    sentences: tuple[str, ...]  # plain text
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    disclaimer: str = DISCLAIMER


def of(
    run: Run, sentences: Sequence[str], charts: Sequence[Chart], tables: Sequence[Table]
) -> Report:
    """A report of ``run``: what is given, then its settings and what it takes to get it again."""
    return Report(
        title=f"Forecast of {run.origin.name}",
        subtitle=f"{run.series.name} · {_rows(run)} · trained {run.created[:10]}",
        sentences=tuple(sentences),
        charts=tuple(charts),
        tables=(*tables, settings(run.config), provenance(run)),
    )


def settings(config: Config) -> Table:
    """Every setting by the name it has in the code."""
    rows = [("preset", presets.named(config) or "–")]
    rows += [(name, _words(config.value(name))) for name in SETTINGS]
    return Table("Settings", ("Setting", "Value"), tuple(rows))


def provenance(run: Run) -> Table:
    """What makes the same run again: the same data, seed and versions."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    epochs = "Epochs" if run.n_networks <= 1 else "Epochs of the first network"
    rows = (
        ("Run", run.id),
        ("Status", run.status),
        (epochs, f"{len(run.history):,}, the best one was {run.best_epoch:,}"),
        ("Seed", str(run.config.train.seed)),
        ("Networks", str(run.n_networks)),
        ("Versions", versions),
    )
    return Table("How to get this again", ("What", "Value"), rows)


def _rows(run: Run) -> str:
    used = run.recent
    first, last = used.index[0], used.index[-1]
    if isinstance(used.index, pd.DatetimeIndex):
        return f"{len(used):,} rows from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return f"{len(used):,} rows, {int(first) + 1:,} to {int(last) + 1:,}"


def _words(value: Any) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        named = any(isinstance(part, str) for part in value)
        return (", " if named else " – ").join(str(part) for part in value)
    return f"{value:,}" if isinstance(value, int) else str(value)
