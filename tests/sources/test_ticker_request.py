"""What may be asked for: symbols, periods, intervals."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import ConfigError, SourceError
from forecast.sources.ticker import (
    INTERVALS,
    MAX_SYMBOLS,
    PERIODS,
    TickerRequest,
    parse_symbols,
    periods_for,
)

REAL = "AMZN BRK-B ^GSPC EURUSD=X BTC-USD GC=F 0700.HK M&M.NS DX-Y.NYB 1COV.DE ^TA125.TA"


@pytest.mark.parametrize("symbol", REAL.split())
def test_symbols_that_yahoo_really_has_are_taken(symbol: str) -> None:
    assert TickerRequest(symbol).symbol == symbol


@pytest.mark.parametrize(
    "symbol",
    [
        "../../x",
        "..",
        ".",
        "",
        " ",
        "A/B",
        "A%2FB",
        "A?x=1",
        "A#b",
        "A B",
        "A\nB",
        "Ä",
        "A" * 40,
        "-A",
        "=X",
        "^",
        "^^A",
        "A\\B",
        "A:B",
        "<b>",
        "A\x00",
        "ＡＭＺＮ",
    ],
)
def test_what_could_leave_its_place_in_the_address_is_refused(symbol: str) -> None:
    with pytest.raises(SourceError) as caught:
        TickerRequest(symbol)
    assert caught.value.code == "bad_symbol"


@given(st.text(max_size=30))
def test_any_text_is_refused_or_stays_one_part_of_the_address(text: str) -> None:
    with suppress(SourceError):
        symbol = TickerRequest(text).symbol
        parts = urlsplit(f"https://host/chart/{symbol}")
        assert parts.path == f"/chart/{symbol}"
        assert parts.path.count("/") == 2
        assert not symbol.startswith(".")


def test_a_symbol_is_put_into_yahoo_s_spelling() -> None:
    assert TickerRequest(" $msft ") == TickerRequest("MSFT")


def test_several_symbols_may_be_separated_in_any_usual_way() -> None:
    assert parse_symbols("AMZN, msft;$nvda\n ^GSPC,,amzn") == ("AMZN", "MSFT", "NVDA", "^GSPC")


@pytest.mark.parametrize(
    "text", ["", " , ;", "AMZN, ../../x", ",".join(f"A{k}" for k in range(30))]
)
def test_none_a_bad_one_or_too_many_symbols_are_refused(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_symbols(text)
    assert caught.value.code == "bad_symbol"


def test_as_many_symbols_as_promised_are_taken() -> None:
    assert len(parse_symbols(",".join(f"A{k}" for k in range(MAX_SYMBOLS)))) == MAX_SYMBOLS


@pytest.mark.parametrize(
    ("period", "interval"),
    [("3y", "1d"), ("", "1d"), ("5y", "2h"), ("5y", "1h"), ("1y", "15m"), ("1mo", "1m")],
)
def test_a_period_that_yahoo_does_not_have_is_refused(period: str, interval: str) -> None:
    with pytest.raises(ConfigError, match="Choose"):
        TickerRequest("AMZN", period=period, interval=interval)


@pytest.mark.parametrize("interval", INTERVALS)
def test_each_period_offered_for_an_interval_can_be_asked_for(interval: str) -> None:
    offered = periods_for(interval)
    assert set(offered) <= set(PERIODS)
    for period in offered:
        assert TickerRequest("AMZN", period=period, interval=interval).period == period
