"""Start, Stop, and how far the backtest is."""

from __future__ import annotations

import streamlit as st

from forecast.backtest import BacktestConfig
from forecast.errors import ForecastError
from forecast.runs import Run
from forecast.trial import TrialView
from ui import errors, formats, state
from ui.components.into_view import into_view

PACE = 0.5  # seconds between two looks at a live backtest


def panel(run: Run, plan: BacktestConfig | None, mine: bool) -> None:
    """The buttons, and below them the progress, redrawn while there is any."""
    trial = state.engine().backtests.view(run.id)
    live = trial is not None and trial.live
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Start",
            type="primary",
            key="backtest-start",
            disabled=plan is None or live or not mine,
            on_click=_start,
            args=(run, plan),
            width=140,
        )
        st.button(
            "Stop",
            key="backtest-stop",
            disabled=not (live and mine),
            on_click=state.engine().backtests.stop,
            args=(run.id,),
            help="Ends it at once. The result of an earlier backtest stays.",
            width=140,
        )
    if not mine:
        st.caption("This is somebody else's run: you can look at its backtest.")
    if error := errors.take_start_error():
        errors.show(error)
    with st.container(key="backtest-progress"):
        st.fragment(_draw, run_every=PACE if live else None)(run.id, was_live=live)
        if live:
            into_view("backtest-progress")  # on a phone Start is pressed at the foot of the screen


def _start(run: Run, plan: BacktestConfig) -> None:
    try:
        state.engine().backtests.start(run.id, run.rows, run.config, plan)
    except ForecastError as error:
        errors.start_failed(error)


def _draw(run_id: str, was_live: bool) -> None:
    trial = state.engine().backtests.view(run_id)
    if was_live and (trial is None or not trial.live):
        st.rerun()  # once more as a whole, without the clock
    if trial is None:
        return
    if trial.live or trial.status == "stopped":
        st.progress(min(trial.share, 1.0), text=_sentence(trial))
    if trial.error:
        errors.show(trial.error)
    if trial.disk_trouble:
        st.warning(
            f"The result cannot be written to the disk ({trial.disk_trouble}). It will be gone "
            "when the app is closed; download it, or free some room and start again."
        )


def _sentence(trial: TrialView) -> str:
    done = f"{formats.percent(min(trial.share, 1.0))} done"
    if not trial.live:
        return f"Stopped after {formats.duration(trial.elapsed)} · {done}"
    if not trial.n_out:
        return f"Waiting until a training process is free · {done}"
    parts = ["Testing", done, formats.duration(trial.elapsed)]
    if trial.remaining is not None:
        parts.append(f"about {formats.duration(trial.remaining)} left")
    return " · ".join(parts)
