"""The series on show and what has been found in it, so that a click does not compute it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from forecast import exploring
from forecast.errors import ForecastError
from forecast.exploring import Rhythm
from forecast.series import fingerprint
from ui import formats, layout, state
from ui.datasets import Dataset

Found = TypeVar("Found")


@st.cache_data(show_spinner=False, max_entries=256, ttl=3600)
def _kept(_compute: Callable[[], Any], key: tuple[str, ...]) -> Any:
    """Findings are small, as their lines are thinned: 256 of them take some 20 MB."""
    return _compute()


@dataclass(frozen=True)
class Look:
    """The data chosen, and a digest by which findings are kept."""

    data: Dataset
    key: str

    @property
    def series(self) -> pd.Series:
        return self.data.series

    @property
    def unit(self) -> str:
        return self.data.unit

    @property
    def rhythm(self) -> Rhythm:
        found: Rhythm = _kept(lambda: exploring.rhythm(self.series.index), ("rhythm", self.key))
        return found

    def find(self, function: Callable[..., Found], *given: Any) -> Found:
        """``function(series, *given)``, from memory where it was found before.

        Raises:
            ForecastError: as ``function``.
        """
        name = f"{function.__module__}.{function.__qualname__}"
        found: Found = _kept(lambda: function(self.series, *given), (name, self.key, repr(given)))
        return found


def take() -> Look:
    """The data chosen on the Data page."""
    data = state.dataset()
    return Look(data, fingerprint(data.series))


def finding(title: str, draw: Callable[[], None], word: str = "") -> None:
    """A heading and what belongs to it; or a sentence on what the data are too little for."""
    st.subheader(title, anchor=False, help=word or None)
    try:
        draw()
    except ForecastError as error:
        st.info(formats.plain(f"{error.what} {error.fix}".strip()))


def say(text: str) -> None:
    """A sentence from the data."""
    st.markdown(formats.dollars_safe(text))


def plot(figure: Any, name: str) -> None:
    """A chart without Plotly's own buttons, which cover it on a phone."""
    layout.chart(
        figure,
        key=f"explore-{name}",
        label=f"Chart: {name.replace('-', ' ')}. The sentence beside it says what it shows.",
        config={"displayModeBar": False},
    )
