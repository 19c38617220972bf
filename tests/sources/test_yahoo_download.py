"""Downloads that bring data: unmodified yfinance over TLS against a stand-in on the loopback."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from yahoo_environment import running
from yahoo_standin import CRUMB, Answer, Bar, Standin, chart, consent_redirect, days

from forecast.errors import ConfigError, SourceError
from forecast.sources import yahoo as source
from forecast.sources.yahoo import (
    Download,
    Progress,
    TickerRequest,
    download,
    download_many,
    last_good,
)

Shared = tuple[dict[str, Download | SourceError], Standin, list[Progress], Path]

HOURS = [
    Bar(datetime(2024, 3, 8, 9, 30) + timedelta(days=day, hours=hour), 50.0 + day + hour / 8)
    for day in (0, 3, 4)  # New York's clocks go forward on the 10th, a Sunday
    for hour in range(7)
]
# London's clocks go back on 27 October 2024 at 2:00: 1:00 comes twice.
CLOCK_BACK = [
    Bar(datetime(2024, 10, 27, 0), 1.29, 0),
    Bar(datetime(2024, 10, 27, 1), 1.30, 0),
    Bar(datetime(2024, 10, 27, 1), 1.31, 0, fold=1),
    Bar(datetime(2024, 10, 27, 2), 1.32, 0),
]
HOLES = [
    bar if k not in (3, 7) else Bar(bar.time, None, None) for k, bar in enumerate(days(10))
]  # two days as null
ZEROS = {
    "open": [9.0, 0, 9.5],
    "high": [11.0, 0, 11.5],
    "low": [8.0, 0, 8.5],
    "close": [10.0, 0, 10.5],
    "volume": [5, 0, None],
}  # how some markets write a day without trade


def chart_of(quote: dict[str, list[float | None]]) -> Answer:
    """A chart of the given columns, one row a day."""
    content = json.loads(chart(days(len(quote["close"]))).body)
    content["chart"]["result"][0]["indicators"] = {"quote": [quote]}
    return Answer(json.dumps(content))


@pytest.fixture(scope="module")
def shared(
    authority: tuple[Path, ssl.SSLContext], tmp_path_factory: pytest.TempPathFactory
) -> Shared:
    """Several symbols in one go, as one child process brings them."""
    standin = Standin(
        charts={
            "AMZN": chart(days(60, 100.0), longName="Amazon.com, Inc.", split_adjustment=0.5),
            "MSFT": chart(days(40, 400.0), split_adjustment=0.5),
            "^GSPC": chart(HOURS),
            "GBPUSD=X": chart(CLOCK_BACK, zone="Europe/London", longName=None, currency=None),
            "HOLES": chart(HOLES),
            "ZEROS": chart_of(ZEROS),
            "M&M.NS": chart(days(3), zone="Asia/Kolkata", currency="INR"),
        }
    )
    folder = tmp_path_factory.mktemp("kept")
    steps: list[Progress] = []
    requests = [
        TickerRequest("AMZN"),
        TickerRequest("MSFT", adjusted=True),
        TickerRequest("^GSPC", period="2y", interval="1h"),
        TickerRequest("GBPUSD=X", period="max", interval="1h"),
        TickerRequest("HOLES", period="1y"),
        TickerRequest("M&M.NS", period="1mo"),
        TickerRequest("ZEROS"),
    ]
    with running(standin, authority):
        results = download_many(
            requests, deadline_seconds=30, folder=folder, on_progress=steps.append
        )
    return results, standin, steps, folder


def got(shared: Shared, symbol: str) -> Download:
    result = shared[0][symbol]
    assert isinstance(result, Download), result
    return result


def test_daily_bars_arrive_with_dates_prices_and_facts(shared: Shared) -> None:
    result = got(shared, "AMZN")
    expected = days(60, 100.0)
    assert list(result.table.columns) == ["Open", "High", "Low", "Close", "Adj Close", "Volume"]
    assert result.table.index.name == "Date"
    assert result.table.index.tz is None
    assert list(result.table.index) == [bar.time.replace(hour=0, minute=0) for bar in expected]
    assert list(result.table["Close"]) == [bar.close for bar in expected]
    assert list(result.table["High"]) == [bar.close + 2 for bar in expected if bar.close]
    assert (result.currency, result.exchange, result.name, result.timezone) == (
        "USD",
        "NasdaqGS",
        "Amazon.com, Inc.",
        "America/New_York",
    )
    assert not result.kept
    assert datetime.now(UTC) - result.fetched_at < timedelta(minutes=5)


def test_raw_prices_come_with_the_adjusted_close_beside_them(shared: Shared) -> None:
    table = got(shared, "AMZN").table
    assert list(table["Adj Close"]) == [close / 2 for close in table["Close"]]


def test_adjusted_prices_replace_the_raw_ones(shared: Shared) -> None:
    table = got(shared, "MSFT").table
    assert list(table.columns) == ["Open", "High", "Low", "Close", "Volume"]
    assert table["Close"].iloc[0] == 200.0  # 400 · 0.5
    assert table["Open"].iloc[0] == pytest.approx(199.5)


def test_hourly_bars_keep_the_exchange_s_wall_time_across_summer_time(shared: Shared) -> None:
    table = got(shared, "^GSPC").table
    assert list(table.index) == [bar.time for bar in HOURS]
    assert list(table["Close"]) == [bar.close for bar in HOURS]
    assert shared[1].chart_calls("^GSPC")[-1].query["range"] == "2y"
    assert shared[1].chart_calls("^GSPC")[-1].query["interval"] == "1h"


def test_the_hour_that_comes_twice_is_left_out_once_and_counted(shared: Shared) -> None:
    result = got(shared, "GBPUSD=X")
    assert list(result.table["Close"]) == [1.29, 1.30, 1.32]
    assert (result.n_repeated, result.n_missing) == (1, 0)
    assert "1 repeated when summer time ended left out" in result.sentence


def test_what_yahoo_does_not_say_is_left_blank_and_the_symbol_serves_as_name(
    shared: Shared,
) -> None:
    result = got(shared, "GBPUSD=X")
    assert (result.currency, result.name) == ("", "GBPUSD=X")


def test_rows_without_a_close_are_left_out_and_counted(shared: Shared) -> None:
    result = got(shared, "HOLES")
    assert result.n_missing == 2
    assert list(result.table["Close"]) == [bar.close for bar in HOLES if bar.close is not None]
    assert "2 without a closing price left out" in result.sentence


def test_days_without_trade_written_as_zeros_are_left_out_and_counted(shared: Shared) -> None:
    result = got(shared, "ZEROS")
    assert list(result.table["Close"]) == [10.0, 10.5]
    assert list(result.table["Volume"]) == [5, 0]
    assert result.n_missing == 1


def test_symbols_with_special_characters_reach_their_own_address(shared: Shared) -> None:
    assert got(shared, "M&M.NS").currency == "INR"
    assert [call.host for call in shared[1].chart_calls("M&M.NS")] == [
        "query2.finance.yahoo.com"
    ] * 2


def test_several_symbols_share_one_cookie_and_one_crumb(shared: Shared) -> None:
    calls = shared[1].calls
    assert sum(call.host == "fc.yahoo.com" for call in calls) == 1
    assert sum(call.path == "/v1/test/getcrumb" for call in calls) == 1
    assert all(call.query["crumb"] == CRUMB for call in calls if "/chart/" in call.path)


def test_progress_tells_each_beginning_and_each_end(shared: Shared) -> None:
    results, _, steps, _ = shared
    assert [step.symbol for step in steps[::2]] == list(results)
    assert [step.n_done for step in steps] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]
    assert {step.n_total for step in steps} == {7}
    assert all(step.outcome is None for step in steps[::2])
    assert [step.outcome for step in steps[1::2]] == list(results.values())


def test_each_success_is_offered_later_as_the_last_good_copy(shared: Shared) -> None:
    for fresh in shared[0].values():
        assert isinstance(fresh, Download)
        kept = last_good(fresh.request, shared[3])
        assert kept is not None
        assert kept.kept
        assert kept.table.equals(fresh.table)
        assert kept.fetched_at == fresh.fetched_at


def test_yfinance_keeps_its_files_in_our_folder(shared: Shared) -> None:
    assert {"cookies.db", "tkr-tz.db"} <= {file.name for file in (shared[3] / "yfinance").iterdir()}


def test_what_progress_raises_ends_the_downloading(tmp_path: Path, yahoo: Standin) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download_many([TickerRequest("AMZN")], folder=tmp_path, on_progress=stop)
    assert yahoo.calls == []


def test_a_rate_limit_on_the_crumb_does_not_stop_nor_poison_the_prices(
    tmp_path: Path, yahoo: Standin
) -> None:
    yahoo.crumb = Answer("Too Many Requests\r\n", status=429, kind="text/plain")
    yahoo.charts = {"AMZN": chart(days(5)), "MSFT": chart(days(6))}
    results = download_many([TickerRequest("AMZN"), TickerRequest("MSFT")], folder=tmp_path)
    assert all(isinstance(result, Download) for result in results.values()), results
    assert [call.query.get("crumb") for call in yahoo.calls if "/chart/" in call.path] == [None] * 4


def test_a_cookie_host_that_hangs_costs_part_of_the_deadline_not_all(
    tmp_path: Path, yahoo: Standin
) -> None:
    yahoo.cookie = Answer(delay_seconds=30)  # as behind an ad blocker
    yahoo.charts = {"AMZN": chart(days(5))}
    assert len(download(TickerRequest("AMZN"), deadline_seconds=12, folder=tmp_path).table) == 5


def test_a_consent_page_that_lets_itself_be_accepted_is_passed(
    tmp_path: Path, yahoo: Standin
) -> None:
    yahoo.charts = {
        "AMZN": lambda call: chart(days(5)) if "accepted" in call.query else consent_redirect()
    }
    back = "https://query2.finance.yahoo.com/v8/finance/chart/AMZN?accepted=1"
    yahoo.accepted = Answer(status=302, headers=(("Location", back),))
    assert len(download(TickerRequest("AMZN"), folder=tmp_path).table) == 5


def test_a_useless_cookie_on_disk_does_not_fail_the_next_download(
    tmp_path: Path, yahoo: Standin
) -> None:
    yahoo.charts = {"AMZN": chart(days(5))}
    good = yahoo.cookie
    yahoo.cookie = Answer(headers=(("Set-Cookie", "GUC=x; Domain=.yahoo.com; Path=/; Secure"),))
    with pytest.raises(SourceError):
        download(TickerRequest("AMZN"), folder=tmp_path)
    yahoo.cookie = good
    assert len(download(TickerRequest("AMZN"), folder=tmp_path).table) == 5


def test_a_full_disk_does_not_withhold_the_download(
    tmp_path: Path, yahoo: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(source, "keep", full)
    yahoo.charts = {"AMZN": chart(days(5))}
    assert len(download(TickerRequest("AMZN"), folder=tmp_path).table) == 5
    assert last_good(TickerRequest("AMZN"), tmp_path) is None


def test_one_symbol_with_two_settings_is_refused_before_anything_is_sent(yahoo: Standin) -> None:
    with pytest.raises(ConfigError, match="cannot be downloaded together"):
        download_many([TickerRequest("AMZN"), TickerRequest("AMZN", period="1y")])
    assert yahoo.calls == []


def test_importing_the_source_does_not_import_yfinance() -> None:
    code = "import sys, forecast.sources.yahoo; print('yfinance' in sys.modules)"
    root = Path(source.__file__).parents[2]
    printed = subprocess.check_output([sys.executable, "-c", code], cwd=root, text=True)
    assert printed.strip() == "False"


def test_every_exported_name_is_there() -> None:
    assert [name for name in source.__all__ if not hasattr(source, name)] == []
