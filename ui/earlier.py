"""On data that go on where those of an earlier run of this browser ended: its settings again."""

from __future__ import annotations

import streamlit as st

from forecast import comparing, earlier
from forecast.comparing import Summary
from forecast.config import Config
from ui import datasets, formats, state

_LOOKED_INTO = "looked_into"  # the series that earlier runs were held against last
_CONTINUED, _BEFORE = "continued_run", "before_continued"


def take_in() -> None:
    """Look for such a run, once each time other data come into use."""
    series = state.dataset().series
    if state.recall(_LOOKED_INTO) is series:
        return
    state.keep(_LOOKED_INTO, series)
    store = state.engine().store
    runs, _ = comparing.summaries(store, state.owner())
    state.keep(_CONTINUED, earlier.last_part_of(series, runs, store))
    state.keep(_BEFORE, None)


def offer() -> None:
    """Say which run that is, with its settings at a click and the way back; nothing if none is."""
    found: tuple[Summary, int] | None = state.recall(_CONTINUED)
    if found is None:
        return
    run, n_known = found
    before: tuple[Config, str] | None = state.recall(_BEFORE)
    name = f"**{formats.plain(run.name)}**"
    with st.container(border=True, key="continued"):
        if before:
            st.markdown(f"The settings of your run {name} are in use, for these newer data.")
            st.button("Undo", key="undo-continued", on_click=_put_back)
        elif _asked_for(run, n_known) == (state.config(), state.dataset().unit):
            st.markdown(
                f"These data go on where those of your run {name} ended; its settings are in use."
            )
        else:
            st.markdown(f"These data go on where those of your run {name} ended.")
            st.button("Use its settings again", key="use-continued", on_click=_use, args=found)


def _asked_for(run: Summary, n_known: int) -> tuple[Config, str]:
    """Its settings, with all rows where it used all of its own; its unit if the file names none."""
    data, rows = state.dataset(), run.config.data.n_rows or n_known
    n_rows = len(data.series) if rows >= n_known else min(rows, len(data.series))
    return run.config.but(n_rows=n_rows), data.unit or run.origin.unit


def _use(run: Summary, n_known: int) -> None:
    config, unit = _asked_for(run, n_known)
    state.keep(_BEFORE, (state.config(), state.dataset().unit))
    state.set_config(config)
    _set_unit(unit)


def _put_back() -> None:
    config, unit = state.recall(_BEFORE)
    state.keep(_BEFORE, None)
    state.set_config(config)
    _set_unit(unit)


def _set_unit(unit: str) -> None:
    """The series stays the very same object, which says that nothing is new here."""
    if unit != state.dataset().unit:
        state.keep(state.DATASET, datasets.with_unit(state.dataset(), unit))
