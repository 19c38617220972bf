"""The coach: from a run's evidence to short advice.

Its rules are data: what must hold, what is said, why, and what to change. They stand in the order
of their weight, and only the first few that hold are said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forecast import diagnosis
from forecast.config import Config
from forecast.evidence import Evidence
from forecast.explain import TIE, Amount, percent
from forecast.history import EpochMetrics
from forecast.presets import PRESETS
from forecast.windows import rows_for

MOST_ADVICE = 3
PLAINLY = 0.3  # of the naive error gone: more than chance looks like
FEW_WINDOWS = 100  # training windows below which a network learns little but chance
MOST_EPOCHS = 1_000  # more than that is no longer a matter of "a few more"
PATIENCE = 15  # as the recommended settings have it
RECOMMENDED = "Recommended"

Changes = Mapping[str, Any]  # settings by name, for ``Config.but``


@dataclass(frozen=True)
class Rule:
    """One thing the coach knows. Its sentences are templates over ``_words``."""

    code: str
    holds: Callable[[Evidence], bool]
    sentence: str
    reason: str
    changes: Callable[[Evidence], Changes] = field(default=lambda _: {})
    preset: str = ""  # a whole set of settings to use instead
    live: bool = False  # worth saying while the run is still under way


@dataclass(frozen=True)
class Advice:
    """What the coach says of one run."""

    code: str
    sentence: str
    reason: str
    changes: Changes  # for ``Config.but``; empty where no setting would help
    preset: str = ""  # the preset to use instead, or none


def is_applied(advice: Advice, config: Config) -> bool:
    """True when these settings are already as the advice would have them."""
    if advice.preset:
        return config.preset == advice.preset
    return all(config.value(name) == value for name, value in advice.changes.items())


def coach(
    evidence: Evidence, amount: Amount, rules: Sequence[Rule] | None = None
) -> tuple[Advice, ...]:
    """What to change, most important first, ``MOST_ADVICE`` at the most.

    Args:
        amount: writes a number in the unit of the series.
        rules: ``RULES`` unless others are given.
    """
    words = _words(evidence, amount)
    found = []
    for rule in RULES if rules is None else rules:
        if (evidence.over or rule.live) and rule.holds(evidence):
            offered = rule.preset in PRESETS and evidence.config.preset != rule.preset
            advice = Advice(
                rule.code,
                rule.sentence.format_map(words),
                rule.reason.format_map(words),
                rule.changes(evidence),
                rule.preset if offered else "",
            )
            found.append(advice)
    return tuple(found[:MOST_ADVICE])


def _words(evidence: Evidence, amount: Amount) -> dict[str, str]:
    """All that the templates may speak of."""
    best, last = evidence.best, evidence.finite[-1] if evidence.finite else None
    enough, train = evidence.enough, evidence.config.train
    return {
        "last": f"{evidence.history[-1].epoch:,}" if evidence.history else "0",
        "best": f"{best.epoch:,}" if best else "–",
        "best_error": amount(best.val_error) if best else "–",
        "naive": amount(evidence.naive_error),
        "validation_rose": _validation_rose(best, last, evidence, amount) if enough else "",
        "fell_since_best": percent(evidence.fall_since_best) if enough else "–",
        "total_fall": f"{evidence.total_fall * 100:.1f} %" if enough else "–",
        "late_fall": f"{evidence.late_fall * 100:.1f} %" if enough else "–",
        "jumps": f"{evidence.jumps:,}",
        "epochs": f"{len(evidence.history):,}",
        "learning_rate": f"{train.learning_rate:g}",
        "patience": f"{train.patience}",
        "batch_size": f"{train.batch_size:,}",
        "n_batches": f"{evidence.plan.n_batches:,}",
        "n_train": f"{evidence.plan.n_train:,}",
        "n_validation": f"{evidence.plan.n_validation:,}",
        "n_rows": f"{evidence.plan.n_rows:,}",
        "n_steps_out": f"{evidence.config.window.n_steps_out:,}",
        "more_tests": "More rows, or a shorter horizon, give more of them."
        if _more_tests(evidence)
        else "Only more rows give more of them.",
        "band": amount(evidence.band),
        "spread": amount(evidence.spread),
        "cause": diagnosis.likely(evidence.config).cause,
        "normal": " For traded prices this is normal." if evidence.traded else "",
        "may_help": ""
        if evidence.traded
        else " Past steps that cover a whole season, more rows, or further columns may help.",
    }


def _validation_rose(
    best: EpochMetrics | None, last: EpochMetrics | None, evidence: Evidence, amount: Amount
) -> str:
    """In the user's unit where it is known and shows the same."""
    if best and last and last.val_error > best.val_error:
        return f"the error on the validation windows rose from {amount(best.val_error)} to " + (
            amount(last.val_error)
        )
    return f"the validation loss rose by {percent(evidence.rise)}"


# What must hold


def _memorises(e: Evidence) -> bool:
    guarded = e.config.train.patience is not None and e.config.train.restore_best
    waited = e.best is not None and len(e.finite) - e.finite.index(e.best) > 10
    return e.enough and not guarded and waited and e.rise >= 0.1 and e.fall_since_best >= 0.05


def _rate_too_high(e: Evidence) -> bool:
    return e.enough and not e.diverged and e.jumps >= max(3, 0.1 * len(e.finite))


def _rate_too_low(e: Evidence) -> bool:
    """A short way down a straight, steady slope that goes for the validation windows as well."""
    straight = e.enough and e.steadiness >= 0.9 and e.evenness >= 0.6
    return straight and 0 < e.total_fall < 0.3 and e.best_is_late and not _batch_too_large(e)


def _still_falling(e: Evidence) -> bool:
    cut_off = e.enough and not e.diverged and not e.ended_early and e.best_is_late
    return cut_off and e.late_fall >= 0.02 and not _rate_too_low(e)


def _batch_too_large(e: Evidence) -> bool:
    few = e.plan.n_batches <= 3 and e.plan.n_train >= 30
    return few and e.enough and e.best_is_late and e.late_fall >= 0.005


def _impatient(e: Evidence) -> bool:
    patience = e.config.train.patience
    return e.ended_early and patience is not None and patience < 5


def _too_few_windows(e: Evidence) -> bool:
    return e.plan.n_train < FEW_WINDOWS


def _unproven(e: Evidence) -> bool:
    """Good on windows that overlap so much that they count as two tests at most."""
    overlap = e.plan.n_validation <= 2 * e.config.window.n_steps_out
    return e.enough and e.config.train.gate and overlap and e.skill > PLAINLY


def _no_better_than_naive(e: Evidence) -> bool:
    return e.enough and e.skill < TIE


def _bands_too_wide(e: Evidence) -> bool:
    return e.band > e.spread > 0


# What to change


def _rate(factor: float) -> Callable[[Evidence], Changes]:
    def changes(e: Evidence) -> Changes:
        rate = float(f"{e.config.train.learning_rate * factor:.0e}")
        return {"learning_rate": min(max(rate, 1e-7), 1.0)}

    return changes


def _more_epochs(e: Evidence) -> Changes:
    epochs = min(-(-e.config.train.epochs * 15 // 100) * 10, MOST_EPOCHS)
    return {"epochs": epochs} if epochs > e.config.train.epochs else {}


def _more_windows(e: Evidence) -> Changes:
    if e.n_known > e.plan.n_rows:
        return {"n_rows": min(e.n_known, max(2 * e.plan.n_rows, 500))}
    n_steps_in = e.config.window.n_steps_in
    return {"n_steps_in": n_steps_in // 2} if n_steps_in >= 8 else {}


def _more_tests(e: Evidence) -> Changes:
    n_steps_in, n_steps_out = e.config.window.n_steps_in, e.config.window.n_steps_out
    needed = rows_for(n_steps_in, n_steps_out, e.config.window.validation_split)
    if e.n_known > e.plan.n_rows:
        return {"n_rows": min(e.n_known, needed)}
    return {"n_steps_out": 7} if n_steps_out > 7 else {}


RULES = (
    Rule(
        "broke_down",
        lambda e: e.diverged,
        "Training broke down in epoch {last}: its error is no number any more.",
        "Most likely because {cause}.",
        lambda e: diagnosis.likely(e.config).changes,
        live=True,
    ),
    Rule(
        "rate_too_high",
        _rate_too_high,
        "The learning rate looks too high: the loss jumps instead of falling.",
        "In {jumps} of {epochs} epochs the training loss rose by a quarter or more "
        "at a learning rate of {learning_rate}.",
        _rate(1 / 3),
        live=True,
    ),
    Rule(
        "memorising",
        _memorises,
        "Since epoch {best} it memorises: better on what it has seen, worse on what it has not.",
        "Since then the training loss fell by {fell_since_best} while {validation_rose}. Stop when "
        "nothing improves any more, and forecast with the best epoch.",
        lambda _: {"patience": PATIENCE, "restore_best": True},
        live=True,
    ),
    Rule(
        "too_few_windows",
        _too_few_windows,
        "There are few windows to learn from.",
        "{n_rows} rows give {n_train} training windows; below a hundred, chance weighs more than "
        "any pattern. More rows, or fewer past steps, give more windows.",
        _more_windows,
        live=True,
    ),
    Rule(
        "unproven",
        _unproven,
        "The network looks good, but too few windows show it to be trusted.",
        "At its best it was off by {best_error}, “same as today” by {naive}; but the "
        "{n_validation} validation windows of {n_steps_out} steps overlap and count as one or two "
        "tests. {more_tests}",
        _more_tests,
    ),
    Rule(
        "no_better_than_naive",
        _no_better_than_naive,
        "The network is no better than “same as today”.{normal}",
        "At its best, in epoch {best}, it was off by {best_error} on average on the validation "
        "windows; “same as today” by {naive}.{may_help}",
        preset=RECOMMENDED,
    ),
    Rule(
        "rate_too_low",
        _rate_too_low,
        "The learning rate looks too low: the loss hardly falls.",
        "In {epochs} epochs the training loss fell by {total_fall}, at the end as slowly as at the "
        "start, at a learning rate of {learning_rate}.",
        _rate(3),
    ),
    Rule(
        "batch_too_large",
        _batch_too_large,
        "The batches are large: the network is corrected only rarely.",
        "{n_train} training windows in batches of {batch_size} are {n_batches} corrections an "
        "epoch, and the error was still falling.",
        lambda e: {"batch_size": max(e.plan.n_train // 15, 1)},
    ),
    Rule(
        "still_falling",
        _still_falling,
        "It was still improving when it ended: give it more epochs.",
        "Over the last tenth of the epochs the validation loss fell by another {late_fall}.",
        _more_epochs,
    ),
    Rule(
        "impatient",
        _impatient,
        "It stopped at the first hesitation: give it more patience.",
        "It ended after {patience} epochs without a better validation loss; curves pause for "
        "longer than that and then go on falling.",
        lambda _: {"patience": PATIENCE},
    ),
    Rule(
        "bands_too_wide",
        _bands_too_wide,
        "The 80 % band is too wide to be of use at the last step.",
        "It spans {band} there; 80 % of all values used lie within {spread}. A shorter horizon is "
        "surer than {n_steps_out} steps.",
        lambda e: {"n_steps_out": max(e.config.window.n_steps_out // 2, 1)},
    ),
)
