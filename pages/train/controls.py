"""The buttons of a run: train, pause, stop, go on, discard, undo."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from forecast.config import Config
from forecast.errors import ForecastError
from forecast.sizes import n_parameters
from forecast.views import JobView
from forecast.windows import Plan, checked, fitting, n_features, plan
from pages.train import replay, settings
from ui import errors, formats, layout, stage, state, widgets


def start(config: Config) -> None:
    """Train, Pause and Stop, with what the settings amount to, or why they cannot work."""
    buttons, words = st.columns([4, 10], gap="large")
    with words, st.container(key="what-it-amounts-to"):
        counts = _plan(config)
        settings.whole_one(config)
    with buttons:
        _buttons(config, counts)


def _plan(config: Config) -> Plan | None:
    """Say how many windows these settings give, or why they cannot work, while a slider moves."""
    data = state.dataset()
    try:
        counts = plan(len(data.series), config)
        if config.data.inputs:
            checked(data.rows(config), config)
        parameters = n_parameters(config, n_features(data.series, config))
    except ForecastError as error:
        errors.show(error)
        if fits := fitting(len(data.series), config):
            st.button("Use settings that fit", on_click=state.set_config, args=(fits,))
        return None
    seconds = max(state.engine().seconds(config, counts), 1)
    further = formats.further(len(config.data.inputs))
    st.caption(
        f"About {formats.joined(formats.duration(seconds))} once it is ready · "
        f"**{counts.n_windows:,} windows** from {counts.n_rows:,} rows: "
        f"{counts.n_train:,} for training, {counts.n_validation:,} for validation · "
        f"{counts.n_batches:,} batches an epoch · {parameters:,} parameters{_times(config)}"
        f"{' · ' + further if further else ''}"
    )
    if wanted := state.made_to_fit():
        st.caption(
            f"Made to fit these {len(data.series):,} rows: {widgets.changes(wanted, config)}."
        )
    if missing := set(state.config().data.inputs) - set(config.data.inputs):
        names = ", ".join(formats.plain(name) for name in sorted(missing))
        st.caption(f"Left out: {names}. These data have no such column beside what is forecast.")
    state.engine().prepare(config, counts.n_rows)
    return counts


def _times(config: Config) -> str:
    n = config.train.n_networks
    return f" in each of {n} networks" if n > 1 else ""


def _buttons(config: Config, counts: Plan | None) -> None:
    job = state.job()
    live = job is not None and job.live
    mine = job is not None and state.owns(job)
    resting = job is not None and job.status == "paused" and mine
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Train",
            type="secondary" if resting else "primary",
            key="train",
            disabled=counts is None or live,
            width="stretch",
            on_click=_begin,
            args=(config,),
        )
        if job is not None and job.status == "paused":
            st.button(
                "Resume",
                type="primary" if resting else "secondary",
                key="resume",
                width="stretch",
                on_click=_go_on,
                disabled=not mine,
            )
        else:
            st.button(
                "Pause",
                key="pause",
                disabled=not (live and mine),
                width="stretch",
                help="Rests after the epoch it is in; Resume goes on from there.",
                on_click=_tell("pause"),
            )
        st.button(
            "Stop",
            key="stop",
            disabled=not (mine and (live or (job and job.status == "paused"))),
            width="stretch",
            help="Ends after the epoch it is in and keeps the best weights so far.",
            on_click=_tell("stop"),
        )
    if live and not mine:
        st.caption("You are watching somebody else's run.")
    if error := errors.take_start_error():
        errors.show(error)


def rest(job: JobView | None) -> None:
    """What can be done with a run that is not live; and the undo of a discarded one."""
    if job is None:
        if state.discarded():
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown("The run was discarded.")
                st.button("Undo", key="undo", on_click=state.bring_back)
        return
    if job.has_result and not job.live:
        layout.next_step(("forecast", "See the forecast"))
    if job.history and not job.live and stage.replay() is None:
        st.button(
            "Replay",
            key="replay",
            on_click=replay.begin,
            args=(job.id,),
            help="Plays the recorded run again on these charts, at any speed. Nothing is trained.",
        )
    if not state.owns(job):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if job.status in ("finished", "stopped") and job.can_go_on:
            more = st.number_input("More epochs", 1, 10_000, 50, key="more-epochs", width=140)
            st.button(
                f"Train {more:,} more",
                key="train-more",
                on_click=_go_on,
                args=(more,),
                help="Goes on from where it ended, on the same chart.",
            )
        if job.status in ("interrupted", "failed") and (
            job.can_go_on or job.status == "interrupted"
        ):
            st.button("Resume", key="resume-later", type="primary", on_click=_go_on)
        st.button(
            "Discard",
            key="discard",
            on_click=state.discard,
            args=(job.id,),
            help="Deletes this run. It can be brought back.",
        )


def _begin(config: Config) -> None:
    data = state.dataset()
    try:
        run = state.engine().submit(data.rows(config), config, data.origin, state.owner())
    except ForecastError as error:
        errors.start_failed(error)
    else:
        state.show_run(run)


def _go_on(more_epochs: int = 0) -> None:
    if run_id := state.run_id():
        try:
            state.engine().go_on(run_id, more_epochs)
        except ForecastError as error:
            errors.start_failed(error)


def _tell(wish: str) -> Callable[[], None]:
    def tell() -> None:
        if run_id := state.run_id():
            getattr(state.engine(), wish)(run_id)

    return tell
