"""The recorded runs that the tour shows, read once for the whole server."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from forecast import recordings
from forecast.runs import Run
from forecast.sources.samples import SAMPLES, Sample
from ui import datasets

CLASSIC, RECOMMENDED = "Classic", "Recommended"


@dataclass(frozen=True)
class Pair:
    """Both presets on one sample."""

    sample: Sample
    classic: Run
    recommended: Run

    @property
    def unit(self) -> str:
        return self.sample.unit


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(sample: Sample) -> Pair:
    series = datasets.from_sample(sample).series
    return Pair(
        sample,
        recordings.load(sample, CLASSIC, series),
        recordings.load(sample, RECOMMENDED, series),
    )


def shares() -> Pair:
    """On share prices, which wander.

    Raises:
        RunError: a recording is missing or belongs to other values.
    """
    return _load(SAMPLES[0])


def electricity() -> Pair:
    """On demand for electricity, which has a rhythm.

    Raises:
        RunError: as ``shares``.
    """
    return _load(SAMPLES[1])
