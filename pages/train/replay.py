"""A recorded run played again on the live charts: its banner and its buttons."""

from __future__ import annotations

import time

import streamlit as st

from forecast import presets
from forecast import replay as replaying
from forecast.replay import SLOW_ENOUGH, SPEEDS, Replay
from forecast.views import JobView
from ui import formats, stage, state
from ui.components.into_view import into_view


def begin(run_id: str) -> None:
    """Play a run from its start; on stage at a speed that leaves time to watch."""
    chosen = Replay(run_id, SLOW_ENOUGH) if stage.presenting() else Replay(run_id)
    stage.set_replay(chosen.restart(time.time()))


def controls() -> None:
    """Say that this is a replay, and of what; speed, play, pause, restart, and the way out."""
    chosen, job = stage.replay(), state.job()
    if chosen is None or job is None:
        return
    playing = chosen.playing(time.time(), replaying.total(job))
    with st.container(border=True, key="replay-bar"):
        st.markdown(_banner(chosen, job))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if playing:
                st.button("Pause replay", key="replay-pause", on_click=pause)
            else:
                st.button("Play", key="replay-play", type="primary", on_click=play)
            st.button("Restart", key="replay-restart", on_click=begin_again)
            st.segmented_control(
                "Speed",
                list(SPEEDS),
                required=True,
                key=state.widget_key("replay-speed", chosen.speed),
                label_visibility="collapsed",
                on_change=_change_speed,
            )
            st.button("Leave replay", key="replay-leave", on_click=stage.set_replay, args=(None,))
        into_view("replay-bar")  # Replay is pressed at the foot of the page


def _banner(chosen: Replay, job: JobView) -> str:
    speed = chosen.speed if SPEEDS[chosen.speed] else chosen.speed.lower()
    return (
        f"**Replay of run {job.id[:6]}, {speed}** · {formats.plain(job.origin.name)} · "
        f"{formats.plain(presets.named(job.config))} · recorded in "
        f"{formats.joined(formats.duration(replaying.total(job)))}. Nothing is being trained."
    )


def sentence(job: JobView, epochs: int) -> str:
    """ "Replay ×4 · epoch 66 of 150 · 3 s into the run" """
    done = len(job.history)
    head = {"running": "Replay", "paused": "Replay, at rest,"}.get(
        job.status, "Replay, at its end,"
    )
    return (
        f"{head} {job.replay.lower()} · epoch {done:,} of {epochs:,} · "
        f"{formats.duration(job.elapsed)} into the run"
    )


def play() -> None:
    if chosen := stage.replay():
        stage.set_replay(chosen.play(time.time(), _total()))


def pause() -> None:
    if chosen := stage.replay():
        stage.set_replay(chosen.pause(time.time(), _total()))


def begin_again() -> None:
    if chosen := stage.replay():
        stage.set_replay(chosen.restart(time.time()))


def _change_speed() -> None:
    if chosen := stage.replay():
        speed = state.widget_value("replay-speed")
        stage.set_replay(chosen.with_speed(speed, time.time(), _total()))


def _total() -> float:
    job = state.job()
    return replaying.total(job) if job else 0.0
