"""The data a person works with, made from a sample, a file, a ticker or a run. Holds no state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import streamlit as st

import forecast
from forecast.jobs import JobView
from forecast.reading import Answers, Reading
from forecast.runs import Origin
from forecast.sources import yahoo
from forecast.sources.samples import SAMPLES, Sample

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True)
class Dataset:
    """The data a person is working with."""

    name: str
    unit: str
    series: pd.Series = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    reading: Reading | None = field(default=None, repr=False)  # None: from a run or a download
    content: bytes = field(default=b"", repr=False)  # to read again with other answers
    answers: Answers = Answers()
    about: str = ""
    sample: str = ""  # the file of a bundled sample

    @property
    def origin(self) -> Origin:
        return Origin(name=self.name, unit=self.unit)


@st.cache_resource(show_spinner=False, max_entries=len(SAMPLES))
def _sample_reading(sample: Sample) -> Reading:
    return forecast.read(sample.read_bytes(), name=sample.file)


def from_sample(sample: Sample) -> Dataset:
    """A bundled sample."""
    reading = _sample_reading(sample)
    return Dataset(
        name=sample.name,
        unit=sample.unit,
        series=reading.series,
        table=reading.table,
        reading=reading,
        content=sample.read_bytes(),
        about=sample.about,
        sample=sample.file,
    )


def from_file(content: bytes, name: str) -> Dataset:
    """An uploaded file.

    Raises:
        DataError: as ``forecast.read``.
    """
    reading = forecast.read(content, name=name)
    return Dataset(
        name=name,
        unit=reading.receipt.unit,
        series=reading.series,
        table=reading.table,
        reading=reading,
        content=content,
    )


def from_ticker(symbol: str, period: str) -> Dataset:
    """A ticker's daily prices, with its close to forecast.

    Raises:
        SourceError: the symbol or the answer was of no use.
    """
    got = yahoo.download(yahoo.TickerRequest(symbol=symbol.strip().upper(), period=period))
    return Dataset(
        name=got.request.symbol,
        unit=CURRENCY_SIGNS.get(got.currency, got.currency),
        series=got.table["Close"].astype("float64"),
        table=got.table,
        about=f"{got.name or got.request.symbol} from Yahoo Finance, "
        f"downloaded {got.fetched_at:%d %b %Y}",
    )


def from_run(run: JobView) -> Dataset:
    """The data a run was trained on: the sample itself where it is one."""
    for sample in SAMPLES:
        if sample.name == run.origin.name and _sample_reading(sample).series.equals(run.series):
            return from_sample(sample)
    return Dataset(
        name=run.origin.name,
        unit=run.origin.unit,
        series=run.series,
        table=run.series.to_frame(),
        about="Taken from the run that this link leads to",
    )


def read_again(dataset: Dataset, answers: dict[str, Any]) -> Dataset:
    """The same file read with other answers.

    Raises:
        DataError: it cannot be read that way.
    """
    given = replace(dataset.answers, **answers)
    reading = forecast.read(dataset.content, name=dataset.name, answers=given)
    # Another column may be in another unit; prices of one file are all in the same.
    before, after = str(dataset.series.name), str(reading.series.name)
    same_unit = before == after or "vol" not in (before + after).lower()
    return replace(
        dataset,
        series=reading.series,
        table=reading.table,
        reading=reading,
        answers=given,
        unit=dataset.unit if same_unit else reading.receipt.unit,
    )
