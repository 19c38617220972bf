"""The coach: what to change after this run, why, and one click that does it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import coaching, evidence
from forecast.coaching import Advice
from forecast.errors import ForecastError
from forecast.views import JobView
from pages.train.shown import Shown
from ui import formats, state, widgets

MOST_LIVE = 1  # while the curves are the show


def panel(job: JobView, shown: Shown) -> None:
    """The advice on the run on show; while it is live the most pressing one alone."""
    if not job.history:
        return
    seen = evidence.gather(job, shown.naive_error, _table(job))
    found = coaching.coach(seen, shown.amount)
    if job.live:
        found = found[:MOST_LIVE]
        if not found:
            return
    st.subheader(
        "Coach",
        anchor=False,
        help="Short advice from the curves of this run. Apply puts a change into the settings; "
        "it counts from the next run on.",
    )
    if not found:
        st.markdown(
            "Nothing to mend: the curves of this run look healthy."
            if seen.enough
            else f"Too early to tell: curves say something from {evidence.ENOUGH} epochs on."
        )
    for advice in found:
        with st.container(border=True, key=f"advice-{advice.code}"):
            _advice(advice, job)


def _table(job: JobView) -> pd.DataFrame | None:
    """The run's forecast, for the width of its bands; None while there is none."""
    if job.live or not job.has_result:
        return None
    try:
        return state.engine().run(job.id).forecast()
    except ForecastError:  # a damaged folder is told where runs are opened
        return None


def _advice(advice: Advice, job: JobView) -> None:
    st.markdown(formats.dollars_safe(f"**{advice.sentence}**"))
    st.caption(formats.dollars_safe(advice.reason))
    if not advice.changes and not advice.preset:
        return
    now = state.config()
    with st.container(horizontal=True, vertical_alignment="center"):
        if coaching.is_applied(advice, now):
            st.markdown(f":green[✓] Set for the next run: {_what(advice)}. Press **Train** to try.")
            return
        if st.button("Apply", key=f"apply-{advice.code}"):
            state.apply(advice.changes, advice.preset)
            st.rerun()
        st.markdown(_what(advice, job))


def _what(advice: Advice, job: JobView | None = None) -> str:
    """ "Epochs 150 → 230"; without a run only what it is set to."""
    if advice.preset:
        return f"the preset {advice.preset}"
    parts = []
    for name, value in advice.changes.items():
        before = f"{widgets.written(job.config.value(name))} → " if job else ""
        parts.append(f"{widgets.LABELS[name]} {before}**{widgets.written(value)}**")
    return " · ".join(parts)
