"""What an address brings along: data and settings that somebody shared, or a run."""

from __future__ import annotations

import streamlit as st

from forecast import sharing
from forecast.errors import ForecastError
from forecast.sources.errand import Errand
from forecast.sources.samples import SAMPLES
from ui import choosing, datasets, stage, state

_STARTED = "started"


def open_shared() -> ForecastError | None:
    """Take up data and settings from the address, once.

    Returns:
        what is wrong with them, if they cannot be used.
    """
    if state.take_parameter(state.PRESENT_PARAMETER):
        stage.present(True)
    word = state.take_parameter(state.SET_PARAMETER)
    if not word:
        return None
    try:
        shared = sharing.decode(word)
        kind, _, reference = shared.source.partition(":")
        if kind == "sample":
            sample = next(sample for sample in SAMPLES if sample.file == reference)
            state.use_dataset(datasets.from_sample(sample))
            if shared.column not in ("", str(state.dataset().series.name)):
                choosing.correct(target_column=shared.column)
    except ForecastError as error:
        return error
    state.set_config(shared.config)
    if shared.request:
        choosing.set_errand(Errand([shared.request], folder=datasets.download_folder()))
        st.toast(
            f"The link's settings are in place. {shared.request.symbol} is being downloaded: "
            "the Data page takes it up."
        )
    elif kind:
        st.toast("Data and settings from the link are in place.")
    else:
        st.toast(
            "The link's settings are in place. It names no data: upload the file for them on Data."
        )
    return None


def open_run() -> ForecastError | None:
    """Called first in every script run: take the run from the address, or put it back there.

    In a new session the run's own data and settings are taken up too, so that a refresh after an
    upload does not show another series than the one that was trained on.

    Returns:
        what is wrong with the link, if it leads nowhere.
    """
    linked, shown = state.linked_run(), state.run_id()
    if linked and linked != shown:
        try:
            _adopt(linked)
        except ForecastError as error:
            state.take_parameter(state.RUN_PARAMETER)
            return error
        state.show_run(linked)
    elif shown and not linked:
        state.show_run(shown)
    state.keep(_STARTED, True)
    return None


def _adopt(linked: str) -> None:
    found = state.engine().view(linked)
    if not state.recall(_STARTED):
        state.keep(state.DATASET, datasets.from_run(found))
        state.set_config(found.config)
