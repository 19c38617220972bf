"""The run on show, redrawn while it is live: verdict, progress, figures, curves, advice."""

from __future__ import annotations

import streamlit as st

from forecast import comparing, presets
from forecast.config import Config
from forecast.glossary import GLOSSARY
from pages.train import coach, curves, progress
from pages.train.shown import Shown
from ui import formats, layout, stage, state

PACE = 0.3  # seconds between two looks at a live run
WARMING = 1.0  # and at workers that are getting ready
RESTING = 2.0  # and at a run that somebody else, or another window, may take up again


def panel(config: Config) -> None:
    """Draw the run on show, or the empty charts of the next one; redraw while anything goes on."""
    every = _pace()
    st.fragment(_draw, run_every=every)(config, every)


def follow() -> None:
    """Wake the page when a run at rest goes on or ends elsewhere; draws nothing."""
    job = state.job()
    # What has ended only its owner takes up again; that page needs no clock.
    if job is None or job.live or (state.owns(job) and job.status != "paused"):
        return
    st.fragment(_wake, run_every=RESTING)(job.id, job.status)


def _wake(run: str, status: str) -> None:
    job = state.engine().job(run)
    if job is None or job.status != status:
        st.rerun()


def _pace() -> float | None:
    """Seconds from one look to the next; None where nothing will change by itself."""
    job, engine = stage.on_show(), state.engine()
    if job is not None:
        return PACE if job.live else None
    return None if engine.ready or engine.failure else WARMING


def _draw(config: Config, every: float | None) -> None:
    if every is not None and _pace() != every:
        st.rerun()  # once more as a whole, without the clock
    job = stage.on_show()
    # Always the same elements in the same places: a chart below one that comes or goes is replaced.
    verdict, bar, cards = st.container(key="verdict", gap=None), st.container(), st.container()
    shown = Shown.of(job, config, curves.chosen_epoch(job))
    with verdict:
        _verdict(shown, config)
    with bar:
        progress.bar(job)
    with cards:
        progress.figures(shown)
    curves.draw(shown)
    if job is not None:
        with st.container(key="coach"):
            coach.panel(job, shown)


def _verdict(shown: Shown, config: Config) -> None:
    """The sentence on what is on show, and which run, data and settings that is."""
    said, job = shown.said, shown.job
    trusted_in_part = shown.run is not None and shown.run.gate < 1
    st.markdown(
        formats.dollars_safe(f"**{said.headline}** {said.detail}"),
        help=f"{GLOSSARY['gate']} The curves below show the network itself."
        if trusted_in_part
        else None,
    )
    if job is None:
        st.caption("No run yet: this is where it will draw itself.")
        return
    if not state.of_these_data():
        then, now = layout.then_and_now()
        once = " once it has ended" if job.live else ""  # Train is disabled until then
        st.markdown(f"⚠ This run is about {then}. Press Train for one on {now}{once}.")
        return
    further = formats.further(len(job.config.data.inputs))
    named = state.engine().store.label(job.id).name
    name = f"**{formats.plain(named)}** · " if named else ""
    data, column = formats.plain(job.origin.name), formats.plain(str(job.series.name))
    data = data if named else f"**{data}**"
    others = not comparing.changed_settings({"run": job.config, "page": config}).empty
    with st.container(key="run-line", horizontal=True, gap="small"):
        st.caption(
            f"This run: {name}{data} · {column}"
            f"{' with ' + further if further else ''} · {formats.plain(presets.named(job.config))}"
            + (". **The settings now chosen are not those of this run.**" if others else ""),
            width="content",
        )
        if shown.kept is not None:
            layout.page_link("forecast", "See the forecast")
