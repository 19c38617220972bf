"""The search by name, over TLS against the stand-in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from yahoo_standin import CONSENT_PAGE, Answer, Standin

from forecast.errors import SourceError
from forecast.sources.yahoo import suggest


def test_names_are_found_and_what_is_no_symbol_is_left_out(tmp_path: Path, yahoo: Standin) -> None:
    quotes = [
        {
            "symbol": "AMZN",
            "longname": "Amazon.com, Inc.",
            "exchDisp": "NASDAQ",
            "typeDisp": "Equity",
        },
        {
            "symbol": "AMZ.DE",
            "shortname": "AMAZON.COM INC",
            "exchange": "GER",
            "quoteType": "EQUITY",
        },
        {"symbol": "../../x", "shortname": "not a symbol"},
        {"name": "a private company without a symbol"},
    ]
    yahoo.search = Answer(json.dumps({"quotes": quotes}))
    found = suggest("  amazon ", deadline_seconds=15, folder=tmp_path)
    assert [(s.symbol, s.name, s.exchange, s.kind) for s in found] == [
        ("AMZN", "Amazon.com, Inc.", "NASDAQ", "Equity"),
        ("AMZ.DE", "AMAZON.COM INC", "GER", "EQUITY"),
    ]
    assert [c.query["q"] for c in yahoo.calls if c.path == "/v1/finance/search"] == ["amazon"]


def test_finding_no_name_is_an_empty_list(tmp_path: Path, yahoo: Standin) -> None:
    assert suggest("zzzzzz", deadline_seconds=15, folder=tmp_path) == []


def test_a_blank_search_asks_nobody(tmp_path: Path, yahoo: Standin) -> None:
    assert suggest(" \n", folder=tmp_path) == []
    assert yahoo.calls == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(CONSENT_PAGE, kind="text/html"), "consent"),
        (Answer("Too Many Requests", 429, "text/plain"), "rate_limit"),
        (Answer('{"finance": {"error": {"code": "Not Found"}}}', 404), "unavailable"),
    ],
)
def test_a_search_that_could_not_be_made_is_not_taken_for_finding_nothing(
    tmp_path: Path, yahoo: Standin, answer: Answer, code: str
) -> None:
    yahoo.search = answer
    with pytest.raises(SourceError) as caught:
        suggest("amazon", deadline_seconds=15, folder=tmp_path)
    assert caught.value.code == code
