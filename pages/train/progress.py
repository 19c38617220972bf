"""How far the run has come: the bar with its sentence, and the cards."""

from __future__ import annotations

import streamlit as st

from forecast.history import EpochMetrics
from forecast.views import JobView
from pages.train import replay
from pages.train.shown import Shown
from ui import errors, formats, layout, state

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


def bar(job: JobView | None) -> None:
    """The bar, and whatever has gone wrong below it."""
    engine = state.engine()
    if job is None:
        text = "Ready to train." if engine.ready else "Warming up: loading TensorFlow …"
        st.progress(0.0, text="Not ready." if engine.failure else text)
    else:
        st.progress(job.share, text=formats.joined(_sentence(job, job.config.train.epochs)))
    # In a container of its own: a chart below an element that comes or goes is replaced.
    with st.container():
        if error := engine.failure if job is None else job.error:
            errors.show(error)
        if job is not None and job.disk_trouble:
            st.warning(
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
    done = len(job.history)
    if job.status == "queued":
        ready = (
            f"Going on from epoch {done:,}: getting ready for a moment …"
            if done
            else "Getting ready: the first epoch takes a moment …"
        )
        return f"{ready} · {formats.duration(job.asked)}"
    if done and job.networks:
        return _several(job, epochs)
    if not done:
        return f"{WORDS[job.status]}: it ends after its first epoch, which is still getting ready."
    if job.ended_early:
        return (
            f"Finished early at epoch {done:,}: {job.config.train.patience} epochs without a "
            f"better validation loss · {formats.duration(job.elapsed)}"
        )
    parts = [WORDS[job.status], f"epoch {done:,} of {epochs:,}", formats.duration(job.elapsed)]
    if job.remaining is not None:
        parts.append(f"about {formats.duration(job.remaining)} left")
    return " · ".join(parts)


def _several(job: JobView, epochs: int) -> str:
    """ "Training · network 2 of 5 still trains: epoch 80 of 150 · 9 s · about 12 s left" """
    done, n, n_ended = len(job.history), len(job.networks), sum(o.ended for o in job.networks)
    parts = [WORDS[job.status]]
    if job.ended_early:
        parts[0] = f"Finished early: {n} networks, the first at epoch {done:,}"
    elif not job.live:
        parts += [f"{n} networks", f"epoch {done:,} of {epochs:,} of the first"]
    elif job.leads:
        parts += [f"network 1 of {n}, epoch {done:,} of {epochs:,}"]
        parts += [f"{n_ended} already done"] if n_ended else []
    elif n_ended == n:
        parts += [f"all {n} networks done, taking their mean"]
    else:
        parts += [_still(job, n, epochs)]
    parts.append(formats.duration(job.elapsed))
    if job.remaining:
        parts.append(f"about {formats.duration(max(job.remaining, 1))} left")
    return " · ".join(parts)


def _still(job: JobView, n: int, epochs: int) -> str:
    """ "network 2 of 5 still trains: epoch 80 of 150" """
    number, network = next(
        ((i, one) for i, one in enumerate(job.networks, start=1) if one.training),
        next((i, one) for i, one in enumerate(job.networks, start=1) if not one.ended),
    )
    if not network.training:
        return f"network {number} of {n} waits for a free worker"
    return f"network {number} of {n} still trains: epoch {network.n_epochs:,} of {epochs:,}"


def _best(job: JobView | None) -> str:
    if job is None or not job.history:
        return "–"
    return f"{job.best_epoch:,}" if job.best_epoch else "start"


def _right_peak(shown: Shown, epoch: EpochMetrics | None) -> str:
    if shown.scores:
        return formats.percent(shown.scores.peak_accuracy)
    return formats.percent(epoch.val_accuracy) if epoch else "–"


def figures(shown: Shown) -> None:
    """What is kept, or the epoch on show, in six cards of equal size."""
    job, epoch, number = shown.job, shown.epoch, "–"
    if shown.kept == 0:  # no epoch has its figures
        epoch, number = None, "start"
    elif epoch:
        number = f"{epoch.epoch:,}"
    several = f"mean of {shown.run.n_networks}" if shown.run and shown.run.n_networks > 1 else ""
    layout.figures(
        "run",
        [
            ("Epoch", several or number, ""),
            (
                "Typical error",
                shown.amount(shown.error),
                "Mean absolute error on the validation windows, from which nothing is learnt. Of a "
                "run that has ended it is that of its forecast, the same as on the Forecast page.",
            ),
            (
                "Same as today",
                shown.amount(shown.naive_error),
                "The typical error of repeating the last known value, on the same windows.",
            ),
            (
                "Best epoch",
                _best(job),
                "The lowest validation loss. “start”: before any training it was lower than after. "
                "*Classic* keeps the last epoch all the same, as the notebook does. "
                "Of several networks it is the first one’s.",
            ),
            (
                "Right peak",
                _right_peak(shown, epoch),
                "How often it picked the right step as the highest, on the validation windows. Of "
                "a run that has ended it is that of its forecast.",
            ),
            (
                "Right direction",
                formats.percent(epoch.val_direction) if epoch else "–",
                "How often the last step went up or down as predicted, on the validation windows. "
                "Of several networks it is the first one’s.",
            ),
        ],
    )
