"""Downloads that fail: each with its code, in plain words, with the way out, and in time."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from yahoo_environment import running
from yahoo_standin import (
    CONSENT_PAGE,
    Answer,
    Bar,
    Call,
    Standin,
    chart,
    chart_error,
    consent_redirect,
    days,
    make_authority,
)

from forecast.errors import SourceError
from forecast.sources.failures import CODES, failure
from forecast.sources.yahoo import Download, TickerRequest, download, download_many

GONE = chart_error(404, "Not Found", "No data found, symbol may be delisted")
TOO_FAR = chart_error(
    422, "Unprocessable Entity", "1h data not available. Only the last 730 days can be requested."
)


def edited(**changes: object) -> Answer:
    """A good chart with parts of its result replaced."""
    content = json.loads(chart(days(5)).body)
    content["chart"]["result"][0].update(changes)
    return Answer(json.dumps(content))


def quote(**columns: object) -> dict[str, object]:
    return {"quote": [dict(columns)]}


SYMBOLS: dict[str, tuple[str, Answer | Callable[[Call], Answer]]] = {
    # symbol → the code it has to end with, what Yahoo answers
    "GONE": ("unknown_symbol", GONE),
    "TOOFAR": ("empty", TOO_FAR),
    "LATER": ("empty", lambda call: TOO_FAR if call.query["range"] == "5y" else chart(days(1))),
    "NOTHING": ("empty", edited(timestamp=None, indicators=quote())),
    "NOBARS": (
        "empty",
        edited(timestamp=[], indicators=quote(open=[], high=[], low=[], close=[], volume=[])),
    ),
    "ALLNULL": ("empty", chart([Bar(bar.time, None, None) for bar in days(5)])),
    "CUT": ("malformed", Answer('{"chart": {"result": [')),
    "LIST": ("malformed", Answer("[1, 2, 3]")),
    "UNEVEN": ("malformed", edited(timestamp=[1704205800])),
    "NOCLOSE": ("malformed", edited(indicators=quote(open=[1.0] * 5))),
    "BINARY": ("malformed", Answer(b"\x00\xff\xfe" * 50, kind="application/octet-stream")),
    "WALL": ("consent", Answer(CONSENT_PAGE, kind="text/html; charset=utf-8")),
    "DETOUR": ("consent", consent_redirect()),
    "DOWN": ("unavailable", Answer("<html>Will be right back</html>", 200, "text/html")),
    "BROKEN": ("unavailable", Answer("<html>Bad gateway</html>", 502, "text/html")),
    "REFUSED": ("unavailable", chart_error(401, "Unauthorized", "Invalid Crumb")),
    "GOOD": ("", chart(days(5))),
}


@pytest.fixture(scope="module")
def outcomes(
    authority: tuple[Path, ssl.SSLContext], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Download | SourceError]]:
    """All of SYMBOLS, one after the other, by one child process."""
    standin = Standin(charts={symbol: answer for symbol, (_, answer) in SYMBOLS.items()})
    with running(standin, authority):
        yield download_many(
            [TickerRequest(symbol) for symbol in SYMBOLS],
            deadline_seconds=30,
            folder=tmp_path_factory.mktemp("kept"),
        )


def failing(request: TickerRequest, folder: Path, deadline_seconds: float = 15.0) -> SourceError:
    """The error of a download that has to fail."""
    with pytest.raises(SourceError) as caught:
        download(request, deadline_seconds=deadline_seconds, folder=folder)
    return caught.value


@pytest.mark.parametrize("symbol", [symbol for symbol, (code, _) in SYMBOLS.items() if code])
def test_each_bad_answer_has_its_code(
    outcomes: dict[str, Download | SourceError], symbol: str
) -> None:
    error = outcomes[symbol]
    assert isinstance(error, SourceError), error
    assert error.code == SYMBOLS[symbol][0], str(error)
    assert error.fix


def test_a_good_symbol_after_all_the_bad_ones_still_arrives(
    outcomes: dict[str, Download | SourceError],
) -> None:
    assert isinstance(outcomes["GOOD"], Download), outcomes["GOOD"]


def test_an_unknown_symbol_is_named_and_the_way_out_given(
    outcomes: dict[str, Download | SourceError],
) -> None:
    assert str(outcomes["GONE"]) == (
        "Yahoo Finance does not know GONE, or no longer lists it. Check the spelling, add the "
        "exchange's ending (such as .L, .DE or .HK), or search by the company's name."
    )


@pytest.mark.parametrize("symbol", ["TOOFAR", "LATER"])
def test_yahoo_s_own_reason_for_having_no_prices_is_passed_on(
    outcomes: dict[str, Download | SourceError], symbol: str
) -> None:
    assert "Only the last 730 days can be requested”. Choose" in str(outcomes[symbol])


def test_prices_that_are_all_missing_are_said_to_be_so(
    outcomes: dict[str, Download | SourceError],
) -> None:
    assert "5 rows, none with a price" in str(outcomes["ALLNULL"])


def test_a_rate_limit_says_when_to_try_again_and_the_rest_is_not_asked_for(
    tmp_path: Path, yahoo: Standin
) -> None:
    limited = Answer("Too Many Requests", 429, "text/plain", (("Retry-After", "300"),))
    yahoo.charts = {"AMZN": limited, "MSFT": chart(days(5))}
    results = download_many([TickerRequest("AMZN"), TickerRequest("MSFT")], folder=tmp_path)
    error = results["AMZN"]
    assert isinstance(error, SourceError)
    assert error.code == "rate_limit"
    assert re.search(r"Try again in about 5 minutes \(after \d\d:\d\d UTC\)", str(error))
    assert results["MSFT"] is error
    assert yahoo.chart_calls("MSFT") == []


def test_a_rate_limit_on_everything_is_told_from_a_consent_page(
    tmp_path: Path, yahoo: Standin
) -> None:
    limited = Answer("<html>Too Many Requests</html>", 429, "text/html")
    yahoo.crumb = limited
    yahoo.charts = {"AMZN": limited}
    error = failing(TickerRequest("AMZN"), tmp_path)
    assert error.code == "rate_limit"
    assert "about 15 minutes" in str(error)


def test_the_deadline_holds_where_yahoo_is_slow_and_a_late_answer_is_nobody_s(
    tmp_path: Path, yahoo: Standin
) -> None:
    yahoo.charts = {
        "SLOW": Answer(chart(days(50)).body, delay_seconds=6.0),
        "AMZN": chart(days(5)),
    }
    began = time.monotonic()
    results = download_many(
        [TickerRequest("SLOW"), TickerRequest("AMZN")], deadline_seconds=5, folder=tmp_path
    )
    took = time.monotonic() - began
    slow, quick = results["SLOW"], results["AMZN"]
    assert isinstance(slow, SourceError)
    assert slow.code == "timeout"
    assert "within 5 seconds" in str(slow)
    assert isinstance(quick, Download), quick
    assert len(quick.table) == 5
    assert took < 10.5


def test_after_two_time_outs_the_rest_is_not_asked_for(tmp_path: Path, yahoo: Standin) -> None:
    slow = Answer(delay_seconds=20)
    yahoo.charts = {"A": slow, "B": slow, "C": chart(days(5))}
    began = time.monotonic()
    results = download_many(
        [TickerRequest(symbol) for symbol in "ABC"], deadline_seconds=1, folder=tmp_path
    )
    assert time.monotonic() - began < 4
    assert [isinstance(r, SourceError) and r.code for r in results.values()] == ["timeout"] * 3


@pytest.mark.usefixtures("no_network")
def test_no_network_is_said_at_once_for_all_symbols(tmp_path: Path) -> None:
    results = download_many([TickerRequest("AMZN"), TickerRequest("MSFT")], folder=tmp_path)
    assert [isinstance(r, SourceError) and r.code for r in results.values()] == ["no_network"] * 2
    assert "Check the internet connection" in str(results["AMZN"])


def test_a_proxy_that_is_not_trusted_is_explained(
    tmp_path: Path, yahoo: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger, _ = make_authority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(stranger))
    error = failing(TickerRequest("AMZN"), tmp_path)
    assert error.code == "no_network"
    assert "CURL_CA_BUNDLE" in str(error)


@pytest.mark.parametrize("code", CODES[1:])
def test_every_code_has_words_and_a_way_out(code: str) -> None:
    error = failure(code, subject="AMZN", seconds=12)
    assert error.code == code
    assert error.what.endswith(".")
    assert error.fix.endswith(".")
    assert "{" not in str(error)
