"""The coach, on histories written by hand."""

from __future__ import annotations

import math
import string
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import coaching, presets
from forecast.coaching import RULES, coach
from forecast.evidence import Evidence, is_traded
from forecast.history import EpochMetrics
from forecast.windows import plan
from tests.data import trading_days

dollars = "${:.2f}".format


def history(losses, val_losses, errors=None):
    """Epochs with these figures; the error in the unit is ten times the validation loss."""
    errors = [10 * loss for loss in val_losses] if errors is None else errors
    return tuple(
        EpochMetrics(i, loss, val_loss, 0.2, 0.2, 0.01, val_error=error)
        for i, (loss, val_loss, error) in enumerate(
            zip(losses, val_losses, errors, strict=True), start=1
        )
    )


def evidence(epochs, n_rows=500, over=True, **more):
    config = more.pop("config", presets.classic()).but(**more.pop("changes", {}))
    figures = {"naive_error": 100.0, "n_known": n_rows, "over": over, **more}
    return Evidence(config, plan(n_rows, config), epochs, **figures)


def codes(given):
    return [advice.code for advice in coach(given, dollars)]


def only(given):
    (advice,) = coach(given, dollars)
    return advice


# A curve that falls and flattens, on both parts: nothing to mend.
FLATTENS = [0.1 + 0.9 * math.exp(-i / 5) for i in range(60)]
HEALTHY = history(FLATTENS, [1.1 * loss for loss in FLATTENS])


def test_a_healthy_run_gets_no_advice():
    assert codes(evidence(HEALTHY)) == []


def test_a_healthy_run_with_noise_gets_no_advice():
    noise = np.random.default_rng(1).normal(1, 0.06, (2, 60))
    noisy = history(FLATTENS * noise[0], 1.1 * np.array(FLATTENS) * noise[1])
    assert codes(evidence(noisy)) == []


def test_before_the_first_epoch_there_is_no_advice_on_curves():
    assert codes(evidence((), over=False)) == []
    assert codes(evidence(HEALTHY[:3])) == []


def test_a_good_network_on_windows_that_are_one_test_is_told_to_take_more_rows():
    given = evidence(HEALTHY, n_known=4_000, config=presets.recommended().but(n_steps_out=48))
    given = replace(given, naive_error=10.0)
    advice = next(one for one in coach(given, dollars) if one.code == "unproven")
    assert "43 validation windows of 48 steps" in advice.reason
    assert advice.changes == {"n_rows": 2_477}  # 5 · 48 / 0.1 + 30 + 47
    few = replace(given, n_known=500)
    advice = next(one for one in coach(few, dollars) if one.code == "unproven")
    assert advice.changes == {"n_steps_out": 7}
    assert "unproven" not in codes(evidence(HEALTHY, config=presets.recommended()))


# Memorising


def memorising(best=20, n=60):
    losses = [1 / i for i in range(1, n + 1)]
    rising = [1 / i if i <= best else 1 / best + 0.002 * (i - best) for i in range(1, n + 1)]
    return history(losses, rising)


def test_memorising_is_seen_with_its_epoch_and_numbers():
    advice = only(evidence(memorising()))
    assert advice.code == "memorising"
    assert "Since epoch 20" in advice.sentence
    # Epoch 20 has a loss of 1/20; the median of the last five is 1/58: 66 % less.
    assert "fell by 66 %" in advice.reason
    # Ten times 0.05, and ten times 0.05 + 0.002 · 40.
    assert "from $0.50 to $1.30" in advice.reason
    assert advice.changes == {"patience": 15, "restore_best": True}


def test_memorising_without_errors_in_the_unit_speaks_of_the_loss():
    without = tuple(EpochMetrics(e.epoch, e.loss, e.val_loss, 0.2, 0.2, 0.01) for e in memorising())
    # Medians of five: lowest 0.05, at the end 0.05 + 0.002 · 38 = 0.126.
    assert "validation loss rose by 1" in only(evidence(without)).reason


def test_memorising_is_said_while_the_run_is_under_way():
    assert codes(evidence(memorising(), over=False)) == ["memorising"]


def test_memorising_does_no_harm_where_the_best_epoch_is_kept():
    guarded = {"patience": 40, "restore_best": True}
    assert codes(evidence(memorising(), changes=guarded)) == []


# The learning rate


def test_a_jumping_loss_means_a_rate_that_is_too_high():
    losses = [0.5 + 0.4 * (-1) ** i for i in range(30)]
    advice = only(evidence(history(losses, losses)))
    assert advice.code == "rate_too_high"
    assert "In 14 of 30 epochs" in advice.reason
    assert advice.changes == {"learning_rate": 0.0003}


def test_a_loss_that_is_no_number_means_a_breakdown():
    broken = (*HEALTHY[:4], EpochMetrics(5, math.nan, math.nan, 0, 0, 0.01))
    advice = only(evidence(broken))
    assert advice.code == "broke_down"
    assert "epoch 5" in advice.sentence
    assert advice.changes == {"learning_rate": 0.0001}
    assert only(evidence(broken, changes={"activation": "relu"})).changes == {"activation": "tanh"}
    assert only(evidence(broken, changes={"scaler": "none"})).changes == {"scaler": "minmax"}


def test_a_straight_short_slope_means_a_rate_that_is_too_low():
    slope = [1 - 0.003 * i for i in range(40)]
    advice = only(evidence(history(slope, slope)))
    assert advice.code == "rate_too_low"
    assert "fell by 11.7 %" in advice.reason
    assert advice.changes == {"learning_rate": 0.003}


def test_a_loss_that_cannot_fall_is_not_blamed_on_the_rate():
    """Pure chance in the data: the loss wavers about its level from the start."""
    level = 1 + 0.01 * np.random.default_rng(3).normal(size=60)
    assert codes(evidence(history(level, level))) == []


# Epochs, batches, patience, windows


def test_a_run_that_still_improved_gets_half_as_many_epochs_again():
    falling = [1 / i for i in range(1, 31)]
    advice = only(evidence(history(falling, falling)))
    assert advice.code == "still_falling"
    assert advice.changes == {"epochs": 230}  # half of 150 more, in tens
    # Means of epochs 25–27 and 28–30: 1 − 0.034506 / 0.038493 = 10.4 %.
    assert "another 10.4 %" in advice.reason


def test_still_falling_is_said_only_at_the_end():
    falling = [1 / i for i in range(1, 31)]
    assert codes(evidence(history(falling, falling), over=False)) == []


def test_beyond_a_thousand_epochs_no_more_are_offered():
    falling = [1 / i for i in range(1, 31)]
    assert only(evidence(history(falling, falling), changes={"epochs": 1_000})).changes == {}


def test_two_corrections_an_epoch_are_few():
    falling = [1 / i for i in range(1, 31)]
    found = coach(evidence(history(falling, falling), changes={"batch_size": 256}), dollars)
    assert [advice.code for advice in found] == ["batch_too_large", "still_falling"]
    assert "417 training windows in batches of 256 are 2 corrections" in found[0].reason
    assert found[0].changes == {"batch_size": 27}


def test_stopping_at_the_first_hesitation_is_impatient():
    epochs = history([*FLATTENS[:20], 0.11], [*FLATTENS[:20], 0.2])
    advice = only(evidence(epochs, changes={"patience": 1, "restore_best": True}))
    assert advice.code == "impatient"
    assert advice.changes == {"patience": 15}


def test_few_windows_are_widened_by_more_rows_where_there_are_some():
    short = {"n_rows": 100}
    advice = only(evidence(HEALTHY, n_rows=2_000, changes=short))
    assert advice.code == "too_few_windows"
    assert "100 rows give 57 training windows" in advice.reason
    assert advice.changes == {"n_rows": 500}


def test_few_windows_are_widened_by_fewer_past_steps_where_there_are_no_more_rows():
    assert only(evidence(HEALTHY, n_rows=100)).changes == {"n_steps_in": 15}
    tiny = evidence(HEALTHY, n_rows=60, changes={"n_steps_in": 4, "batch_size": 8})
    assert only(tiny).changes == {}


# Against "same as today"


def test_no_better_than_naive_is_said_and_offers_the_recommended_preset(monkeypatch):
    monkeypatch.setitem(coaching.PRESETS, "Recommended", presets.classic)
    # The best validation loss is 0.11, so the best error is $1.10.
    advice = only(evidence(HEALTHY, naive_error=1.0))
    assert advice.code == "no_better_than_naive"
    assert "For traded prices this is normal." not in advice.sentence + advice.reason
    assert "off by $1.10" in advice.reason
    assert "by $1.00" in advice.reason
    assert advice.preset == "Recommended"
    recommended = presets.classic().but(preset="Recommended")
    assert only(evidence(HEALTHY, config=recommended, naive_error=1.0)).preset == ""


def test_only_of_what_is_traded_it_is_called_normal():
    traded = only(evidence(HEALTHY, naive_error=1.0, traded=True))
    assert "For traded prices this is normal." in traded.sentence
    other = only(evidence(HEALTHY, naive_error=1.0))
    assert "normal" not in other.sentence
    assert "further columns" in other.reason


@pytest.mark.parametrize(
    ("index", "unit", "traded"),
    [
        (trading_days(300), "", True),
        (pd.bdate_range("2024-01-01", periods=300), "$", True),
        (pd.bdate_range("2024-01-01", periods=300), "rentals", False),
        (pd.date_range("2024-01-01", periods=300, freq="30min"), "MW", False),
        (pd.date_range("2024-01-01", periods=300, freq="D"), "€", False),
        (pd.RangeIndex(300), "$", False),
    ],
)
def test_what_is_traded_is_known_by_its_days(index, unit, traded):
    assert is_traded(index, unit) == traded


def test_a_clear_win_needs_no_word_on_naive():
    assert codes(evidence(HEALTHY, naive_error=1.3)) == []


def test_bands_wider_than_the_series_itself_are_of_no_use():
    advice = only(evidence(HEALTHY, band=50.0, spread=40.0))
    assert advice.code == "bands_too_wide"
    assert "spans $50.00" in advice.reason
    assert advice.changes == {"n_steps_out": 3}
    assert codes(evidence(HEALTHY, band=30.0, spread=40.0)) == []


# All rules


def test_three_at_the_most_the_weightiest_first():
    losses = [1 + 0.9 * (-1) ** i + i / 50 for i in range(60)]
    given = evidence(history(losses, losses), n_rows=100, naive_error=0.1, band=9.0, spread=1.0)
    assert codes(given) == ["rate_too_high", "too_few_windows", "no_better_than_naive"]


def test_every_rule_is_named_once_and_every_template_can_be_filled():
    assert len({rule.code for rule in RULES}) == len(RULES)
    words = coaching._words(evidence(HEALTHY), dollars)
    for rule in RULES:
        for template in (rule.sentence, rule.reason):
            fields = {name for _, name, _, _ in string.Formatter().parse(template) if name}
            assert fields <= set(words), f"{rule.code} speaks of {fields - set(words)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_suggestion_is_a_valid_setting(rule):
    changes = rule.changes(evidence(HEALTHY))
    assert presets.classic().but(**changes) is not None
