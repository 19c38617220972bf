"""The run on show: progress, figures, and two charts that draw themselves."""

from __future__ import annotations

import math

import streamlit as st

from forecast import live
from forecast.config import Config
from forecast.jobs import JobView
from pages.train import replay
from ui import errors, formats, layout, state
from ui.components.live_chart import live_chart

PACE = 0.3  # seconds between two looks at a live run

WORDS = {
    "queued": "Waiting",
    "running": "Training",
    "pausing": "Pausing",
    "paused": "Paused",
    "stopping": "Stopping",
    "finished": "Finished",
    "stopped": "Stopped",
    "failed": "Failed",
    "interrupted": "Interrupted",
}


def panel(config: Config, every: float | None) -> None:
    """Draw the run on show, or the empty charts of the next one; redraw while it is live."""
    st.fragment(_draw, run_every=every)(config, was_live=every is not None)


def _draw(config: Config, was_live: bool) -> None:
    job = state.on_show()
    if was_live and (job is None or not job.live):
        st.rerun()  # once more as a whole, without the clock
    shown = job.config if job else config
    history = job.history if job else ()
    run, epochs = (job.id if job else "none"), shown.train.epochs
    # Always the same elements in the same places: a chart below one that comes or goes is replaced.
    if job is None:
        st.caption("No run yet: this is where it will draw itself.")
    else:
        st.caption(
            f"This run: **{formats.plain(job.origin.name)}** · "
            f"{formats.plain(str(job.series.name))} · {formats.plain(job.config.preset)}"
        )
    _progress(job, epochs)
    _figures(job)
    loss, accuracy = st.columns(2)
    with loss:
        st.subheader("Loss", anchor=False, help="Mean error of the scaled windows.")
        live_chart(
            live.loss(
                run, history, epochs, log_axis=state.log_loss(), gaps=job.gaps if job else ()
            ),
            key="live-loss",
            label=_label("Loss", job),
        )
        st.toggle("Logarithmic axis", key=state.LOG_LOSS)
    with accuracy:
        st.subheader(
            "Accuracy: picked the right peak day",
            anchor=False,
            help="How often the network picked the right one of the next steps as the highest.",
        )
        live_chart(
            live.accuracy(run, history, epochs, shown.window.n_steps_out),
            key="live-accuracy",
            label=_label("Accuracy", job),
        )


def _progress(job: JobView | None, epochs: int) -> None:
    engine = state.engine()
    bar, messages = st.empty(), st.container()
    if job is None:
        text = "Ready to train." if engine.ready else "Warming up: loading TensorFlow …"
        if engine.failure:
            with messages:
                errors.show(engine.failure)
            text = "Not ready."
        bar.progress(0.0, text=text)
        return
    share = 1.0 if job.ended_early else min(len(job.history) / epochs, 1.0)
    bar.progress(share, text=_sentence(job, epochs))
    if job.error:
        with messages:
            errors.show(job.error)
    if job.disk_trouble:
        messages.warning(
            f"The run goes on, but it cannot be written to the disk ({job.disk_trouble}). "
            "Free some room, or it will be gone when the app is closed."
        )


def _sentence(job: JobView, epochs: int) -> str:
    """ "Training · epoch 66 of 150 · 3 s · about 3 s left" """
    if job.replay:
        return replay.sentence(job, epochs)
    if job.place:
        return (
            f"Waiting: number {job.place} in line, "
            f"about {formats.duration(max(job.wait, 1))} until its turn"
        )
    if job.status == "queued":
        return "Getting ready: the first run of a shape of network compiles for a moment …"
    done = len(job.history)
    if not done:
        return f"{WORDS[job.status]}: it ends after its first epoch, which is still being compiled."
    if job.ended_early:
        return (
            f"Finished early at epoch {done:,}: {job.config.train.patience} epochs without a "
            f"better validation loss · {formats.duration(job.elapsed)}"
        )
    parts = [WORDS[job.status], f"epoch {done:,} of {epochs:,}", formats.duration(job.elapsed)]
    if job.remaining is not None:
        parts.append(f"about {formats.duration(job.remaining)} left")
    return " · ".join(parts)


def _figures(job: JobView | None) -> None:
    last = job.history[-1] if job and job.history else None
    layout.figures(
        "run",
        [
            ("Epoch", f"{last.epoch:,}" if last else "–", ""),
            ("Training loss", _loss(last.loss if last else None), ""),
            ("Validation loss", _loss(last.val_loss if last else None), ""),
            (
                "Best epoch",
                f"{job.best_epoch:,}" if job and job.best_epoch else "–",
                "The lowest validation loss.",
            ),
            (
                "Right peak day",
                formats.percent(last.val_accuracy) if last else "–",
                "On the validation windows, in the latest epoch.",
            ),
        ],
    )


def _loss(value: float | None) -> str:
    return f"{value:.4g}" if value is not None and math.isfinite(value) else "–"


def _label(what: str, job: JobView | None) -> str:
    if job is None or not job.history:
        return f"{what} by epoch; nothing trained yet."
    last = job.history[-1]
    pair = (last.loss, last.val_loss) if what == "Loss" else (last.accuracy, last.val_accuracy)
    return f"{what} by epoch {last.epoch}: training {pair[0]:.4g}, validation {pair[1]:.4g}."
