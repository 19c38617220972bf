"""The four charts that draw themselves, and the slider that goes back through the epochs."""

from __future__ import annotations

import math

import streamlit as st

from forecast import forming, live
from forecast.views import JobView
from pages.train.shown import Shown, kept_epoch, resting_epoch
from ui import formats, state
from ui.components.live_chart import live_chart

IN_UNIT, LOSS = "Error", "Loss"


def chosen_epoch(job: JobView | None) -> int | None:
    """The epoch that a person looks at after the run; None for the one that is kept."""
    if job is None or job.live or job.replay:
        return None
    return state.chosen_epoch(job.id, len(job.history), resting_epoch(job))


def draw(shown: Shown) -> None:
    """Error or loss beside the forecast that forms; below them the two shares."""
    first, second = st.columns(2), st.columns(2)
    # The keys are for presenter mode, which shows one of them at a time.
    with first[0], st.container(key="chart-1"):
        _error(shown)
    with first[1], st.container(key="chart-2"):
        _forming(shown)
    with second[0], st.container(key="chart-3"):
        st.subheader(
            f"Accuracy: picked the right peak {shown.noun}",
            anchor=False,
            help="How often the network picked the right one of the next steps as the highest.",
        )
        chart = live.accuracy(shown.course, shown.config.window.n_steps_out)
        label = _label(shown, "accuracy", f"Right peak {shown.noun}")
        live_chart(chart, key="live-accuracy", label=label)
    with second[1], st.container(key="chart-4"):
        st.subheader(
            "Got the direction right",
            anchor=False,
            help="How often the last step of the horizon went up or down as the network said. "
            "A thrown coin gets one in two.",
        )
        chart = live.direction(shown.course)
        live_chart(chart, key="live-direction", label=_label(shown, "direction", "Direction"))


def _error(shown: Shown) -> None:
    """The error in the user's unit over the line to beat; the scaled loss one click away."""
    st.subheader(
        "How far it is off",
        anchor=False,
        help="Error: by how much the network is off on average on the validation windows, in the "
        "unit of the data. Loss: what training makes small, on scaled values, for the training "
        "and the validation windows.",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="look-how"):
        what = st.segmented_control(
            "What to draw",
            [IN_UNIT, LOSS],
            default=IN_UNIT,
            required=True,
            key="live-what",
            label_visibility="collapsed",
            format_func=lambda what: _name(what, shown.unit),
        )
        log_axis = st.toggle("Logarithmic axis", key=state.LOG_LOSS)
    # Runs from before errors were kept in the unit have their loss alone.
    known = shown.epoch is None or math.isfinite(shown.epoch.val_error)
    if what == LOSS or not known:
        chart = live.loss(shown.course, log_axis=log_axis)
        live_chart(chart, key="live-loss", label=_label(shown, "loss", "Loss"))
        return
    line = f"same as today: {shown.amount(shown.naive_error)}"
    chart = live.error(shown.course, shown.naive_error, shown.unit, line, log_axis=log_axis)
    live_chart(chart, key="live-loss", label=f"{_label(shown, 'error', 'Error')} {line}.")


def _name(what: str, unit: str) -> str:
    if what == LOSS:
        return "Loss (scaled)"
    return formats.dollars_safe(f"Error in {unit}") if unit else "Error"


def _forming(shown: Shown) -> None:
    """The forecast of the latest known window, redrawn with each epoch, and its slider."""
    st.subheader(
        "The forecast takes shape",
        anchor=False,
        help="The latest window whose answer is known, and which training never sees: what the "
        "network says after each epoch, beside what really came.",
    )
    with st.container(key="look-at"):
        _slider(shown)
    preview = shown.epoch.preview if shown.epoch else ()
    number = len(shown.course.history)
    chart = forming.chart(shown.course.run, shown.window, preview, shown.unit, number)
    says = f"in epoch {shown.epoch.epoch:,}" if shown.epoch else "not yet trained"
    label = f"The forecast of the latest known window, {says}, beside what came."
    live_chart(chart, key="live-forming", label=label)


def _slider(shown: Shown) -> None:
    """Back and forth through the epochs once nothing is live any more; room for it before."""
    job, n = shown.job, len(shown.course.history)
    if job is None or job.live or job.replay or n < 2:
        st.caption("Redrawn with every epoch. After the run you can go back through them here.")
        return
    at = resting_epoch(job)
    way = "" if kept_epoch(job) is None else f" At {at:,} the result that is kept is on show."
    # Its place is its default: set beforehand it gets lost where a page is drawn twice at once.
    st.slider(
        "Look at epoch",
        1,
        n,
        at,
        key=state.chosen_epoch_key(job.id, n, at),
        help=f"Goes back to any epoch.{way}",
    )


def _label(shown: Shown, what: str, name: str) -> str:
    epoch = shown.epoch
    if epoch is None:
        return f"{name} by epoch; nothing trained yet."
    says = {
        "loss": f"training {epoch.loss:.4g}, validation {epoch.val_loss:.4g}",
        "error": shown.amount(epoch.val_error),
        "accuracy": f"training {formats.percent(epoch.accuracy)}, "
        f"validation {formats.percent(epoch.val_accuracy)}",
        "direction": formats.percent(epoch.val_direction),
    }[what]
    return f"{name} by epoch. Epoch {epoch.epoch:,}: {says}."
