"""A download beside its caller: it is done by itself, and stops when told to."""

from __future__ import annotations

import time
from pathlib import Path

from yahoo_standin import Answer, Standin, chart, days

from forecast.errors import SourceError
from forecast.sources.errand import Errand
from forecast.sources.ticker import Download, TickerRequest


def test_what_came_and_what_did_not_are_both_there_in_the_end(
    yahoo: Standin, tmp_path: Path
) -> None:
    yahoo.charts = {"GOOD": chart(days(30)), "NONE": Answer("{}", status=404)}
    errand = Errand([TickerRequest("GOOD"), TickerRequest("NONE")], folder=tmp_path)
    assert not errand.is_done
    errand.wait(60)
    assert errand.is_done
    assert isinstance(errand.outcomes["GOOD"], Download)
    assert isinstance(errand.outcomes["NONE"], SourceError)
    assert errand.progress.n_done == 2


def test_a_stop_ends_a_slow_download_at_once(yahoo: Standin, tmp_path: Path) -> None:
    yahoo.charts = {"SLOW": Answer("{}", delay_seconds=50), "NEXT": chart(days(30))}
    requests = [TickerRequest("SLOW"), TickerRequest("NEXT")]
    errand = Errand(requests, deadline_seconds=50, folder=tmp_path)
    until = time.monotonic() + 40
    while not yahoo.chart_calls("SLOW") and time.monotonic() < until:
        time.sleep(0.02)
    errand.stop()
    began = time.monotonic()
    errand.wait(20)
    assert time.monotonic() - began < 5
    codes = {symbol: getattr(error, "code", "") for symbol, error in errand.outcomes.items()}
    assert codes == {"SLOW": "stopped", "NEXT": "stopped"}
    assert not yahoo.chart_calls("NEXT")
