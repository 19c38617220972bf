"""Bands around a forecast that held the stated share of past values: conformal prediction.

How wide a band must be is taken from what happened before. Each past row is treated as if it were
today, and each score says how far the series had moved ``h`` steps later, in units of how lively
it was then::

    score = |log y[t+h] − log y[t]| / σ[t]
    σ²    = ½ · (volatility of the 30 rows up to t)² + ½ · (volatility of all rows)²

The band of a level at step ``h`` is ``ŷ · exp(±q · factor · σ now)``, where ``q`` is the score
that the level's share of past scores did not exceed, with the correction for a finite sample
(Vovk et al., *Algorithmic Learning in a Random World*, 2005). ``factor`` is what the network saves
(or costs) against "same as today" on windows it was not trained on: its error over the naive
error, moved towards 1 by its standard error, so that a saving seen on a few hours is not relied
on. Where a value is 0 or below, differences take the place of the logarithms; while none is below
0, no band is either.

Everything is a function of values up to the origin; nothing after it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np

from forecast.gating import floor
from forecast.scaling import Array

LEVELS = (50, 80, 95)  # per cent
RECENT = 30  # rows whose volatility says how lively the series is now
MOST_ROWS = 5_000  # the latest rows that are scored: more change nothing but the time it takes
MOST_OF_IT = 0.5  # of the naive error, and of a usual move
FEWEST_BLOCKS = 3  # of past windows, for a standard error that means something


@dataclass(frozen=True)
class Bands:
    """The bands that could be drawn; ``lower`` and ``upper`` have the shape (level, step)."""

    levels: tuple[int, ...]  # per cent, a part of LEVELS
    lower: Array  # in the unit of the series
    upper: Array
    n_scores: int  # past rows that the bands come from
    note: str = ""  # why a level is missing, in a sentence


def around(predicted: Array, history: Array, past: Array) -> Bands:
    """The bands around a forecast made at the end of ``history``.

    Args:
        predicted: shape (n_steps_out,), the forecast, in the unit of the series.
        history: shape (n_rows,), the values up to the last known one.
        past: shape (n_past, n_steps_out), what the network said for the latest ``n_past`` windows
            with known answers; the last one is about the last ``n_steps_out`` rows of ``history``.
            Only windows that the network was not trained on; may be empty.
    """
    n_steps_out = len(predicted)
    history = history[-MOST_ROWS:]
    n_scores = max(len(history) - RECENT - n_steps_out + 1, 0)
    past = past.reshape(-1, n_steps_out)[max(len(past) - n_scores, 0) :]
    logs = bool(min(history.min(), predicted.min(), past.min(initial=np.inf)) > 0)
    values = np.log(history) if logs else history
    levels = tuple(level for level in LEVELS if n_scores >= least_scores(level))
    spread = float(np.diff(values).std()) if len(values) > 1 else 0.0
    if not levels or spread == 0:
        nothing = np.empty((0, n_steps_out))
        return Bands((), nothing, nothing, n_scores, _why_none(n_scores))
    lively = _liveliness(values)
    moves = _moves(values, n_steps_out)
    scores = np.abs(moves) / lively[:n_scores, None]
    past = np.log(past) if logs else past
    steps = (np.log(predicted) if logs else predicted) - values[-1]
    if _saves_beyond_proof(values, past, moves) and _far(steps, moves):
        nothing = np.empty((0, n_steps_out))
        return Bands((), nothing, nothing, n_scores, _why_unproven(len(past), n_steps_out))
    error = np.abs(_came(values, past) - past)
    factor = _factor(error, np.abs(moves[len(moves) - len(past) :]), n_steps_out)
    width = np.stack([quantile(scores, level) for level in levels]) * factor * lively[-1]
    lower, upper = _edges(predicted, width, history, logs=logs)
    return Bands(levels, lower, upper, n_scores, _why_missing(levels, n_scores))


def together(predicted: Array, history: Array, past: Array) -> Bands:
    """The bands around the sum of all steps, of shape (level, 1); arguments as for ``around``.

    Made in the same way, with the mean of the steps in the place of a step: misses to either side
    partly make up for each other, so the edges of the steps cannot be added up. None where
    ``around`` makes none.
    """
    each, n_steps_out = around(predicted, history, past), len(predicted)
    if not each.levels:
        return Bands((), np.empty((0, 1)), np.empty((0, 1)), each.n_scores, each.note)
    history = history[-MOST_ROWS:]
    past = past.reshape(-1, n_steps_out)[max(len(past) - each.n_scores, 0) :]
    logs = bool(min(history.min(), predicted.min(), past.min(initial=np.inf)) > 0)
    scale = np.log if logs else np.asarray
    values = scale(history)
    lively = _liveliness(values)
    windows = np.lib.stride_tricks.sliding_window_view(history[RECENT - 1 :], n_steps_out + 1)
    means = scale(windows[:, 1:].mean(axis=1, keepdims=True))
    moves = np.abs(means - scale(windows[:, :1]))
    n_past = len(past)
    error = np.abs(means[len(means) - n_past :] - scale(past.mean(axis=1, keepdims=True)))
    factor = _factor(error, moves[len(moves) - n_past :], n_steps_out)
    scores = moves / lively[: len(moves), None]
    width = np.stack([quantile(scores, level) for level in each.levels]) * factor * lively[-1]
    mean = np.array([predicted.mean()])
    lower, upper = (n_steps_out * edge for edge in _edges(mean, width, history, logs=logs))
    return Bands(each.levels, lower, upper, each.n_scores, each.note)


def _edges(predicted: Array, width: Array, history: Array, *, logs: bool) -> tuple[Array, Array]:
    if logs:
        return predicted * np.exp(-width), predicted * np.exp(width)
    return np.maximum(predicted - width, floor(history)[-1]), predicted + width


def least_scores(level: int) -> int:
    """How many past scores a level needs: with fewer, no score is high enough to stand for it.

    >>> [least_scores(level) for level in (50, 80, 95)]
    [1, 4, 19]
    """
    return ceil(level / (100 - level))


def quantile(scores: Array, level: int) -> Array:
    """The score that ``level`` per cent do not exceed, with the finite-sample correction.

    Of ``n`` scores it is the ``⌈(n + 1) · level / 100⌉``-th smallest.

    >>> float(quantile(np.array([0.4, 0.1, 0.3, 0.2]), 80))
    0.4

    Args:
        scores: shape (n_scores,) or (n_scores, n_steps_out); at least ``least_scores(level)``.
    """
    rank = -(-(len(scores) + 1) * level // 100)  # in whole numbers: 20 · 0.95 is not 19 in floats
    found: Array = np.sort(scores, axis=0)[rank - 1]
    return found


def volatility(values: Array) -> Array:
    """The standard deviation of the changes within the ``RECENT`` rows up to each row.

    Returns:
        shape (n_rows − RECENT + 1,): the first is that of the row ``RECENT − 1``.
    """
    changes = np.lib.stride_tricks.sliding_window_view(np.diff(values), RECENT - 1)
    spread: Array = changes.std(axis=1)
    return spread


def _liveliness(values: Array) -> Array:
    """σ of the module's formula at each row from ``RECENT`` on."""
    found: Array = np.sqrt(0.5 * volatility(values) ** 2 + 0.5 * np.diff(values).var())
    return found


def _moves(values: Array, n_steps_out: int) -> Array:
    """What "same as today" missed: actual − last, from each row with RECENT rows behind it."""
    windows = np.lib.stride_tricks.sliding_window_view(values[RECENT - 1 :], n_steps_out + 1)
    moves: Array = windows[:, 1:] - windows[:, :1]
    return moves


def _saves_beyond_proof(values: Array, past: Array, moves: Array) -> bool:
    """Whether the network saves most of the naive error, on too few windows to count on it.

    Neither its own misses nor those of "same as today" then say how wide a band has to be: the
    ones are not proven, and around a forecast of a whole day's rise and fall the others are absurd.
    """
    n_past, n_steps_out = past.shape
    if not 0 < -(-n_past // n_steps_out) < FEWEST_BLOCKS:
        return False
    error = np.abs(_came(values, past) - past).sum()
    return bool(error < MOST_OF_IT * np.abs(moves[-n_past:]).sum())


def _far(steps: Array, moves: Array) -> bool:
    """Whether a forecast goes so far from the last value that naive misses say nothing of it."""
    return bool(np.abs(steps).mean() > MOST_OF_IT * np.abs(moves).mean())


def _came(values: Array, past: Array) -> Array:
    """What came in the latest windows, of the shape of ``past``."""
    windows = np.lib.stride_tricks.sliding_window_view(values, past.shape[1])
    came: Array = windows[len(windows) - len(past) :]
    return came


def _why_unproven(n_past: int, n_steps_out: int) -> str:
    return (
        f"There is no band: {n_past} past windows are too few to tell how far off a forecast of "
        f"{n_steps_out} steps usually is. More rows on Data bring one, or a shorter horizon."
    )


def _factor(error: Array, naive: Array, n_steps_out: int) -> Array:
    """The network's error over the naive error, a number a step, moved one standard error to 1.

    Windows overlap, so their errors come in runs: the standard error is taken over blocks of
    ``n_steps_out`` windows. Without blocks enough, the network is taken to save nothing.

    Args:
        error: how far off it was, of shape (n_past, n).
        naive: how far off "same as today" was in the same windows.
    """
    n_past, n = error.shape
    n_blocks = -(-n_past // n_steps_out)
    if n_blocks < FEWEST_BLOCKS:
        return np.ones(n)
    known = np.where(naive.sum(axis=0) > 0, naive.sum(axis=0), np.inf)
    ratio = error.sum(axis=0) / known
    starts = np.arange(0, n_past, n_steps_out)
    blocks = np.add.reduceat(error - ratio * naive, starts, axis=0)
    doubt = np.sqrt(n_blocks / (n_blocks - 1) * np.sum(blocks**2, axis=0)) / known
    towards = np.clip(1.0, ratio - doubt, ratio + doubt)
    return np.where(np.isfinite(known), towards, 1.0)


def _why_none(n_scores: int) -> str:
    if n_scores > 0:
        return "The values never changed, so nothing says how wide a band would have to be."
    return (
        f"There are too few rows for a band: it needs {RECENT} rows to see how lively the series "
        "is, and at least one past window after them."
    )


def _why_missing(levels: tuple[int, ...], n_scores: int) -> str:
    missing = [level for level in LEVELS if level not in levels]
    if not missing:
        return ""
    needed = " and ".join(f"{least_scores(level)} for the {level} % band" for level in missing)
    windows = "one past window" if n_scores == 1 else f"{n_scores} past windows"
    return (
        f"There {'is' if n_scores == 1 else 'are'} only {windows} to judge by; it takes {needed}."
    )


@dataclass(frozen=True)
class Coverage:
    """How often past values ended inside bands made before them."""

    n_origins: int  # past rows from which it was checked
    levels: tuple[int, ...]  # per cent
    inside: Array  # shape (level, step): the share of origins, 0 to 1


def at_past_origins(history: Array, past: Array, most: int = 60) -> Iterator[tuple[int, Bands]]:
    """The bands as they would have been at past origins, each from what was known by then.

    Args:
        history, past: as for ``around``.
        most: the latest origins.

    Yields:
        the number of rows known at an origin, and the bands made there.
    """
    n_past, n_steps_out = past.shape
    for back in range(min(most, n_past), 0, -1):
        origin = len(history) - n_steps_out - back + 1
        known = past[: max(n_past - back - n_steps_out + 1, 0)]  # whose answers were known by then
        yield origin, around(past[-back], history[:origin], known)


def coverage(history: Array, past: Array, most: int = 60) -> Coverage:
    """Make the bands again at past origins and count how often they held what came.

    Args:
        history, past, most: as for ``at_past_origins``.
    """
    n_steps_out = past.shape[1]
    inside = []
    for origin, made in at_past_origins(history, past, most):
        if made.levels == LEVELS:
            actual = history[origin : origin + n_steps_out]
            inside.append((made.lower <= actual) & (actual <= made.upper))
    if not inside:
        return Coverage(0, (), np.empty((0, n_steps_out)))
    return Coverage(len(inside), LEVELS, np.mean(inside, axis=0))
