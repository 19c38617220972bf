"""The data a person works with, made from a sample, a file, a ticker or a run. Holds no state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import forecast
from forecast import inputs, memory
from forecast.config import Config
from forecast.exploring import advice
from forecast.exploring.moments import days_of_moments
from forecast.inputs import Rows
from forecast.quality import Quality, describe, preview, quality, types
from forecast.reading import Answers, Cleaned, Cleaning, Reading, Warning, clean
from forecast.reading.cleaning import OUTLIER_COLUMN, count_gaps
from forecast.reading.frequency import IRREGULAR
from forecast.runs import Origin
from forecast.sources import tables
from forecast.sources.samples import SAMPLES, Sample
from forecast.sources.ticker import Download, Suggestion
from forecast.sources.yahoo import suggest
from forecast.store import home
from forecast.views import JobView
from ui.uploads import Upload


@dataclass(frozen=True)
class Dataset:
    """The data a person is working with: as they came, or cleaned."""

    name: str
    unit: str
    series: pd.Series = field(repr=False)  # what is trained on
    table: pd.DataFrame = field(repr=False)  # all columns, indexed like the series
    reading: Reading | None = field(default=None, repr=False)  # None: from a run or a download
    source: Sample | Upload | None = field(default=None, repr=False)  # to read again
    answers: Answers = Answers()
    about: str = ""
    warnings: tuple[Warning, ...] = ()
    downloads: tuple[Download, ...] = field(default=(), repr=False)  # the first is in use
    cleaning: Cleaning = field(default_factory=Cleaning)
    as_it_was: Dataset | None = field(default=None, repr=False)  # None: nothing was cleaned

    @property
    def origin(self) -> Origin:
        cleaned = f" ({self.cleaning.short})" if self.as_it_was else ""
        return Origin(name=self.name + cleaned, unit=self.unit)

    @property
    def sample(self) -> str:
        """The file of the bundled sample this is, or ""."""
        return self.source.file if isinstance(self.source, Sample) else ""

    @property
    def before(self) -> Dataset:
        """These data without any cleaning."""
        return self.as_it_was or self

    def fitting(self, config: Config) -> Config:
        """The settings with those of their inputs that these data have."""
        there = tuple(name for name in config.data.inputs if name in self.further)
        return config.but(inputs=there)

    def rows(self, config: Config) -> Rows:
        """What is trained on: the series with the inputs of ``config``.

        Raises:
            DataError: a column cannot be an input.
        """
        return inputs.join(self.series, self.table, config)

    # A million rows take a while to describe, and every click draws the page anew.

    @cached_property
    def further(self) -> tuple[str, ...]:
        """The columns that could be inputs; marks of outliers are made with a look ahead."""
        names = inputs.offered(self.table, str(self.series.name))
        return tuple(name for name in names if name != OUTLIER_COLUMN)

    @cached_property
    def facts(self) -> Quality:
        return quality(self.series, self.reading, filled=self.is_filled)

    @cached_property
    def is_filled(self) -> bool:
        """Whether gaps were filled, and all of them."""
        return self.cleaning.gaps != "leave" and count_gaps(self.series) == 0

    @cached_property
    def blanks(self) -> advice.Blanks | None:
        """Blank dates that break the rhythm of the series; None where there are none."""
        return advice.blanks(self.series)

    @cached_property
    def n_days_of_moments(self) -> int:
        """Days on which the single moments of the series lie; 0 where its rows keep a pace."""
        if self.reading and not self.as_it_was and self.reading.receipt.frequency != IRREGULAR:
            return 0
        return days_of_moments(self.series)

    @cached_property
    def known(self) -> tuple[Warning, ...]:
        """What is worth knowing about the series in use; what was filled is not missing."""
        gone = ("gaps", "missing-values") if self.is_filled else ()
        return tuple(warning for warning in self.warnings if warning.code not in gone)

    @cached_property
    def types(self) -> pd.DataFrame:
        return types(self.table)

    @cached_property
    def figures(self) -> pd.DataFrame:
        return describe(self.table)

    @cached_property
    def preview(self) -> pd.DataFrame:
        return preview(self.table, self.filled_in)

    @property
    def filled_in(self) -> pd.Index | None:
        """The rows that cleaning added; None where rows are no longer those of the file."""
        if self.cleaning.gaps == "leave" or self.cleaning.frequency is not None:
            return None
        return self.series.index.difference(self.before.series.index)


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
        source=sample,
        about=sample.about,
        warnings=reading.receipt.warnings,
    )


def _read(source: Sample | Upload, name: str, answers: Answers) -> Reading:
    """Read a file, and keep no more memory than what was read takes."""
    reading = forecast.read(source.read_bytes(), name=name, answers=answers)
    memory.give_back_soon()
    return reading


def from_file(upload: Upload, name: str, answers: Answers | None = None) -> Dataset:
    """An uploaded file.

    Raises:
        DataError: as ``forecast.read``.
    """
    answers = answers or Answers()
    reading = _read(upload, name, answers)
    return Dataset(
        name=name,
        unit=reading.receipt.unit,
        series=reading.series,
        table=reading.table,
        reading=reading,
        source=upload,
        answers=answers,
        warnings=reading.receipt.warnings,
    )


def from_downloads(downloads: Sequence[Download], symbol: str, column: str = "Close") -> Dataset:
    """Downloaded prices: one column of one ticker to forecast, the other tickers beside it."""
    first = next(got for got in downloads if got.request.symbol == symbol)
    others = tuple(got for got in downloads if got is not first)
    table, notes = tables.beside(first, others)
    series = table[column].dropna().astype("float64")
    return Dataset(
        name=symbol,
        unit=tables.unit_of(first, column),
        series=series,
        table=table.loc[series.index],
        about=first.sentence,
        warnings=(*tables.warnings(series, table), *notes),
        downloads=(first, *others),
    )


def reference(dataset: Dataset, series: pd.Series) -> tuple[str, str]:
    """How a link can name the data of ``series``, and its column; empty where it cannot.

    Only samples and tickers can be had again by their name, and only if ``dataset`` is that data.
    """
    if not dataset.series.equals(series):
        return "", ""
    column = str(series.name)
    if dataset.sample:
        return f"sample:{dataset.sample}", column
    if dataset.downloads:
        asked = dataset.downloads[0].request
        adjusted = "adjusted" if asked.adjusted else "raw"
        return f"ticker:{asked.symbol}:{asked.period}:{asked.interval}:{adjusted}", column
    return "", ""


def from_run(run: JobView) -> Dataset:
    """The data a run was trained on: the sample itself where it is one."""
    for sample in SAMPLES:
        if sample.name == run.origin.name and _sample_reading(sample).series.equals(run.series):
            return from_sample(sample)
    return Dataset(
        name=run.origin.name,
        unit=run.origin.unit,
        series=run.series,
        table=pd.DataFrame(inputs.beside(run.series, run.inputs)),
        about=f"The column {run.series.name} of {run.origin.name}, as the run on show was trained "
        "on it. For another column upload the file again.",
    )


def read_again(dataset: Dataset, answers: dict[str, Any]) -> Dataset:
    """The same file read with other answers, and cleaned again as it was.

    Raises:
        DataError: it cannot be read or cleaned that way.
    """
    assert dataset.source is not None  # only readings are corrected, and they have a source
    given = replace(dataset.answers, **answers)
    reading = _read(dataset.source, dataset.name, given)
    # Another column may be in another unit; prices of one file are all in the same.
    before, after = str(dataset.series.name), str(reading.series.name)
    same_unit = before == after or "vol" not in (before + after).lower()
    fresh = replace(
        dataset.before,
        series=reading.series,
        table=reading.table,
        reading=reading,
        answers=given,
        unit=dataset.unit if same_unit else reading.receipt.unit,
        warnings=reading.receipt.warnings,
    )
    return cleaned(fresh, dataset.cleaning) if dataset.as_it_was else fresh


def try_cleaning(dataset: Dataset, cleaning: Cleaning) -> Cleaned:
    """What a cleaning would make of the data as they came; nothing is changed.

    Raises:
        DataError: too little would be left.
    """
    before = dataset.before
    return clean(before.series, before.table, cleaning)


def cleaned(dataset: Dataset, cleaning: Cleaning) -> Dataset:
    """The data as they came, with this cleaning instead of any other.

    Raises:
        DataError: too little would be left.
    """
    before = dataset.before
    if cleaning == Cleaning():
        return before
    done = try_cleaning(dataset, cleaning)
    return replace(
        before, series=done.series, table=done.table, cleaning=cleaning, as_it_was=before
    )


def with_unit(dataset: Dataset, unit: str) -> Dataset:
    """The same data in another unit, as they came and cleaned."""
    was = dataset.as_it_was
    return replace(dataset, unit=unit, as_it_was=replace(was, unit=unit) if was else None)


def download_folder() -> Path:
    """Where downloads are kept: with the runs."""
    return home() / "tickers"


@st.cache_data(show_spinner=False, ttl=3600, max_entries=200)
def suggestions(text: str) -> list[Suggestion]:
    """Tickers whose names match; the same words are asked once an hour at the most.

    Raises:
        SourceError: Yahoo could not be asked.
    """
    return suggest(text, folder=download_folder())
