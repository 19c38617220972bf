"""What a person does to choose their data: upload, correct, clean, download.

What is kept between two script runs lies with ``ui.state``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forecast.errors import ForecastError
from forecast.reading import Answers, Cleaning
from forecast.sources.errand import Errand
from ui import datasets, state
from ui.datasets import Dataset
from ui.uploads import Upload


@dataclass(frozen=True)
class Refused:
    """An upload that could not be used, kept so that it can be read again with an answer."""

    upload: Upload
    name: str
    error: ForecastError


def is_new_upload(file_id: str) -> bool:
    """True once for each uploaded file, so that a file is not read anew with every click."""
    new = state.recall(state.UPLOAD) != file_id
    state.keep(state.UPLOAD, file_id)
    return new


def take_upload(upload: Upload, name: str, **answers: Any) -> None:
    """Use an uploaded file; if it is refused, remember why for as long as it is in the uploader."""
    try:
        state.use_dataset(datasets.from_file(upload, name, Answers(**answers)))
    except ForecastError as error:
        state.keep(state.REFUSED, Refused(upload, name, error))
    else:
        state.keep(state.REFUSED, None)


def refused() -> Refused | None:
    """The last upload, if it could not be used."""
    return state.recall(state.REFUSED)


def correct(**answers: Any) -> None:
    """Read the chosen file again with other answers.

    Raises:
        DataError: it cannot be read that way; the data stay as they were.
    """
    _exchange(datasets.read_again(state.dataset(), answers))


def clean(cleaning: Cleaning) -> None:
    """Use the data cleaned like this; the default cleaning gives them back as they were.

    Raises:
        DataError: too little would be left; the data stay as they were.
    """
    _exchange(datasets.cleaned(state.dataset(), cleaning))


def choose_download(symbol: str, column: str) -> None:
    """Forecast another ticker, or another column, of those that were downloaded."""
    state.use_dataset(datasets.from_downloads(state.dataset().downloads, symbol, column))


def set_unit(unit: str) -> None:
    state.keep(state.DATASET, datasets.with_unit(state.dataset(), unit.strip()))


def _exchange(chosen: Dataset) -> None:
    """Put another version of the same data in place; the rows to use stay, if there are as many."""
    before = len(state.dataset().series)
    state.keep(state.DATASET, chosen)
    n_rows = state.config().data.n_rows or before
    n_rows = len(chosen.series) if n_rows == before else min(n_rows, len(chosen.series))
    state.set_config(state.config().but(n_rows=n_rows))


def errand() -> Errand | None:
    """The download under way, or the last one until another begins or its word was heard."""
    return state.recall(state.ERRAND)


def is_news(done: Errand) -> bool:
    """True once for each download that has ended."""
    new = state.recall(state.HEARD) is not done
    state.keep(state.HEARD, done)
    return new


def symbols_key() -> str:
    """The key of the field for ticker symbols."""
    return state.SYMBOLS


def add_symbol(symbol: str) -> None:
    """Write a symbol into that field, after those that stand there."""
    typed = [word for word in (state.recall(state.SYMBOLS) or "").replace(",", " ").split() if word]
    state.keep(state.SYMBOLS, ", ".join(dict.fromkeys([*typed, symbol])))


def set_errand(chosen: Errand | None) -> None:
    state.keep(state.ERRAND, chosen)
