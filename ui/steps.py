"""The bar above every page: the steps with their state, and what is in use, in one line.

Streamlit's own navigation knows no "done" and no "locked", and on a phone folds into a button
without words; so it is hidden, and these links take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from forecast import presets
from forecast.views import JobView
from ui import formats, state

PACE = 2.0  # seconds between two looks at a run that trains while another page is open
STATUS = {
    "queued": "under way",
    "running": "under way",
    "pausing": "pausing",
    "paused": "paused",
    "stopping": "stopping",
    "finished": "finished",
    "stopped": "stopped",
    "failed": "failed",
    "interrupted": "interrupted",
}


def bar(pages: Sequence[Any], here: Any) -> None:
    """Links to all ``pages`` with their states, and the line of what is in use.

    Args:
        pages: what ``st.navigation`` was given. A title "3 · Train" makes a page a step; others
            stand apart, at the end.
        here: the page that is open.
    """
    job = state.job()
    state.see(_name(here))
    next_one = _next(job)
    with st.container(key="bar"):
        with st.container(key="steps", horizontal=True, gap=None):
            for page in pages:
                kind, why = _state(_name(page), job, next_one)
                current = "-here" if page == here else ""
                with st.container(key=f"step-{_name(page)}-{kind}{current}", width="content"):
                    st.page_link(page, label=_label(page.title), help=why)
        with st.container(key="context", horizontal=True, gap="small"):
            _in_use()
            live = job is not None and job.live and _name(here) != "train"
            st.fragment(_run, run_every=PACE if live else None)(was_live=live)


def of_these_settings() -> bool:
    """Whether training once more would give the run on show, but for its number of epochs."""
    shown = state.job()
    if shown is None or not state.owns(shown):
        return True
    next_one = state.dataset().fitting(state.config())
    return shown.config.but(epochs=next_one.train.epochs, preset=next_one.preset) == next_one


def keep_up(drawn_for: bool) -> None:
    """Draw the bar again where the page, which comes after it, made its steps untrue.

    Args:
        drawn_for: what ``of_these_settings`` said before the page.
    """
    if of_these_settings() != drawn_for:
        st.rerun()


def tell_what_ended(here: Any) -> None:
    """Say once that a run ended while another page was open."""
    job = state.take_ended()
    if job is None or _name(here) == "train":
        return
    name = formats.plain(job.origin.name)
    if job.status == "finished":
        st.toast(f"The run on {name} has finished. Its forecast is ready.", icon="✅")
    else:
        st.toast(f"The run on {name} has {_ended(job.status)}. Train shows what it left.")


def _ended(status: str) -> str:
    return {"failed": "failed", "stopped": "been stopped"}.get(status, "been interrupted")


def _name(page: Any) -> str:
    """The page's name as in ``layout.PAGES``; the default page's address is empty."""
    return page.url_path or "data"


def _label(title: str) -> str:
    """ "3 · Train" so that the style sheet can draw the number as a badge; no step has a "?"."""
    number, dot, words = title.partition(" · ")
    return f"**{number}** *·* {words}" if dot else f"**?** {title}"


def _next(job: JobView | None) -> str:
    """The step to take next, by what there is already."""
    if job is None or not job.has_result or not _up_to_date():
        return "train"
    if not state.seen("forecast"):
        return "forecast"
    return "compare" if state.engine().backtests.tested(job.id) else "backtest"


def _state(name: str, job: JobView | None, next_one: str) -> tuple[str, str]:
    """Done, next, open, busy or locked; and why, in a sentence."""
    result = (job is not None and job.has_result) or (job is None and state.run_id() is not None)
    if name == "learn":
        return "aside", "New to this? A tour of three minutes, and lessons with your own numbers."
    if name == "data":
        return "done", "Done: a series is chosen. Choose another one here."
    if name == "explore":
        return ("done", "Done: you have looked at it.") if state.seen(name) else ("open", "")
    if name == "train":
        if job is not None and job.live:
            return "busy", "A network is being trained."
        if not result or not state.of_these_data():
            return "next", "Next: train a network on these data."
        if not of_these_settings():
            return "next", "Next: train again, as the settings were changed since the last run."
        return "done", "Done: there is a trained network. Train another one here."
    if result and not state.of_these_data() and name != "compare":
        return "open", "Still shows the run on other data."
    if name == "forecast":
        if not result:
            live = job is not None and job.live
            return "locked", "Locked: " + (
                "the network is still training." if live else "train a network first."
            )
        if state.seen(name):
            return "done", "Done: you have seen the forecast."
    if name == "backtest" and job is not None and state.engine().backtests.tested(job.id):
        return "done", "Done: this run was tested at past moments."
    if name == next_one and result:
        return "next", "Next"
    return "open", ""


def _up_to_date() -> bool:
    return state.of_these_data() and of_these_settings()


def _in_use() -> None:
    """Data, column, rows and preset of the next run."""
    data, config = state.dataset(), state.config()
    n_rows = min(config.data.n_rows or len(data.series), len(data.series))
    name, column = formats.plain(data.origin.name), formats.plain(str(data.series.name))
    if further := formats.further(len(data.fitting(config).data.inputs)):
        column += f" with {further}"
    with st.container(key="in-use"):
        n = len(data.series)
        rows = f"all {n:,} rows" if n_rows == n else f"last {n_rows:,} of {n:,} rows"
        st.caption(f"**{name}** · {column} · {rows} · {formats.plain(presets.named(config))}")


def _run(was_live: bool) -> None:
    """The run on show, as a link to it; looked at again while it is live."""
    job = state.job()
    if was_live and (job is None or not job.live):
        st.rerun()  # once more as a whole, without the clock
    if job is None:
        none = "run discarded" if state.discarded() else "no run yet"
        st.caption(none if state.run_id() is None else "a run of before")
        return
    epochs = f"epoch {len(job.history):,} of {job.config.train.epochs:,}"
    status = "waiting" if job.place else STATUS[job.status]
    # On Train nothing redraws this line while a run is live: it says what stays true meanwhile.
    status = STATUS["running"] if job.live and not was_live else status
    words = f"run {status}" + (f", {epochs}" if was_live and job.history else "")
    if not state.of_these_data():
        words += ", of other data"
    elif not (job.live or of_these_settings()):
        words += ", with other settings"
    st.page_link("pages/train/page.py", label=words, help="Shows the run on Train.")
