"""What is on stage: the run as it is or in a replay, and presenter mode.

What is kept between two script runs lies with ``ui.state``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from forecast import presets
from forecast import replay as replaying
from forecast.config import Config
from forecast.replay import Replay
from forecast.sources.samples import SAMPLES
from forecast.views import JobView
from ui import datasets, state
from ui.datasets import Dataset

# Replay


def replay() -> Replay | None:
    """The replay of the run on show, if there is one; none while that run is under way."""
    chosen: Replay | None = state.recall(state.REPLAY)
    shown = state.job() if chosen and chosen.run == state.run_id() else None
    return chosen if shown is not None and shown.history and not shown.live else None


def set_replay(chosen: Replay | None) -> None:
    """Show the run on show as a replay, or as it is again."""
    state.keep(state.REPLAY, chosen)


def on_show() -> JobView | None:
    """What the live charts draw: the run as it is, or as it stands in its replay at this moment."""
    shown, chosen = state.job(), replay()
    return replaying.view(shown, chosen, time.time()) if shown and chosen else shown


# Presenter mode


def presenting() -> bool:
    """Whether Train shows one chart at a time, in large."""
    return bool(state.recall(state.PRESENTING))


def present(on: bool) -> None:
    """Take the stage, or leave it; a replay on it ends with it."""
    if presenting() and not on:
        set_replay(None)
    state.keep(state.PRESENTING, on)


@dataclass(frozen=True)
class _Before:
    """What "Reset demo" put away, and the data that it put in place."""

    dataset: Dataset
    config: Config
    cleaning: Any
    replay: Replay | None
    run: str | None  # its id
    times: int  # how often it was pressed since
    put: Dataset  # while it is in use and no run is on show, nothing has been begun since


def reset() -> None:
    """The app as it first opened: the sample, the default preset, no run on show. Runs are kept."""
    put = datasets.from_sample(SAMPLES[0])
    before = state.recall(state.BEFORE_RESET) if can_undo_reset() else _now()
    state.keep(state.BEFORE_RESET, replace(before, times=before.times + 1, put=put))
    state.use_dataset(put)
    default = presets.recommended()
    n_rows = min(default.data.n_rows or len(put.series), len(put.series))
    state.set_config(default.but(n_rows=n_rows))
    state.keep(state.CLEANING, None)
    set_replay(None)
    state.show_run(None)
    st.toast(
        f"Back to the sample {put.name}, and the default settings; all runs are kept. "
        "*Undo* is beside *Reset demo*."
    )


def _now() -> _Before:
    cleaning, chosen = state.recall(state.CLEANING), state.recall(state.REPLAY)
    data = state.dataset()
    return _Before(data, state.config(), cleaning, chosen, state.run_id(), times=0, put=data)


def n_resets() -> int:
    """How often "Reset demo" was pressed, since it can be undone; 0 where it cannot."""
    before: _Before | None = state.recall(state.BEFORE_RESET)
    return before.times if before and can_undo_reset() else 0


def can_undo_reset() -> bool:
    """Whether no other data and no run have come on show since "Reset demo"."""
    before: _Before | None = state.recall(state.BEFORE_RESET)
    return before is not None and state.dataset() is before.put and state.run_id() is None


def undo_reset() -> None:
    """Data, settings and run as they were before "Reset demo"."""
    before: _Before | None = state.recall(state.BEFORE_RESET)
    if before is None:
        return
    state.use_dataset(before.dataset)
    state.set_config(before.config)
    state.keep(state.CLEANING, before.cleaning)
    set_replay(before.replay)
    state.show_run(before.run)
    state.keep(state.BEFORE_RESET, None)
