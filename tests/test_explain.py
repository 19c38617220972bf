"""The verdict: one epoch against "same as today", in words."""

from __future__ import annotations

import math

import pytest

from forecast.explain import result, verdict
from forecast.history import EpochMetrics

dollars = "${:.2f}".format


def judged(error, naive=2.0, epoch=14):
    metrics = EpochMetrics(epoch, 0.1, 0.1, 0.2, 0.2, 0.01, val_error=error)
    return verdict(metrics, naive, dollars)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (1.88, "better", "Epoch 14: beats “same as today” by 6 %"),
        (2.01, "tie", "Epoch 14: about as good as “same as today”"),
        (2.5, "worse", "Epoch 14: worse than “same as today” by 25 %"),
        (14.0, "worse", "worse than “same as today” (7 times its error)"),
    ],
)
def test_the_verdict_compares_with_same_as_today(error, kind, words):
    got = judged(error)
    assert got.kind == kind
    assert words in got.sentence
    assert f"off by ${error:.2f} on average, that by $2.00" in got.sentence


def test_the_verdict_before_the_first_epoch_says_what_has_to_be_beaten():
    got = verdict(None, 2.0, dollars)
    assert got.kind == "unknown"
    assert "$2.00" in got.sentence
    assert "$" not in verdict(None, math.nan, dollars).sentence


def test_the_verdict_of_a_run_without_errors_in_the_unit_names_its_loss():
    assert judged(math.nan).sentence == "Epoch 14: validation loss 0.1."


def test_the_verdict_where_same_as_today_makes_no_error():
    assert judged(0.5, naive=0.0).kind == "worse"
    assert judged(0.0, naive=0.0).kind == "tie"


def test_the_verdict_of_a_broken_epoch():
    broken = EpochMetrics(3, math.nan, math.inf, 0, 0, 0.1, val_error=math.nan)
    assert "no number" in verdict(broken, 2.0, dollars).sentence


def test_the_mean_of_several_networks_has_no_epoch_of_its_own():
    alone = result(62, 0.49, 1.64, 2.0, dollars).headline
    kept, beats = "epoch 62, followed 49 % of the way", "beats “same as today” by 18 %"
    assert alone == f"Kept: {kept}. The forecast {beats}."
    mean = result(0, 0.49, 1.64, 2.0, dollars, 3).headline
    assert mean == alone.replace("epoch 62", "the mean of 3 networks")


def test_where_the_last_epoch_is_kept_it_is_said_to_be_the_last():
    assert result(150, 1.0, 2.2, 2.0, dollars, last=True).headline.startswith(
        "Kept: epoch 150, the last. The forecast is worse"
    )
