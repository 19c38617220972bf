"""Prices from Yahoo Finance by ticker symbol: download, download_many, suggest, last_good.

    request = TickerRequest("AMZN", period="5y")
    try:
        result = download(request)
    except SourceError as error:          # str(error) is for the screen; codes: see failures.py
        result = last_good(request)       # the last good copy from disk, or None

yfinance does the downloading in a child process (see ``courier.py`` for why) and is never imported
here. A success is kept on disk before it is returned.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import ConfigError, SourceError
from forecast.sources.courier import Courier
from forecast.sources.failures import failure
from forecast.sources.keep import default_folder, keep, last_good
from forecast.sources.ticker import (
    INTERVALS,
    MAX_SYMBOLS,
    PERIODS,
    Download,
    Suggestion,
    TickerRequest,
    is_symbol,
    parse_symbols,
    periods_for,
)

__all__ = [
    "INTERVALS",
    "MAX_SYMBOLS",
    "PERIODS",
    "Download",
    "Progress",
    "Suggestion",
    "TickerRequest",
    "default_folder",
    "download",
    "download_many",
    "last_good",
    "parse_symbols",
    "periods_for",
    "suggest",
]

_log = logging.getLogger(__name__)

_PRICES = ["Open", "High", "Low", "Close"]
_COLUMNS = [*_PRICES, "Adj Close", "Volume"]

# After one of these the next symbol would fare the same, and asking on makes a limit last longer.
_HOPELESS = ("no_network", "rate_limit", "stopped")
_MAX_TIMEOUTS = 2  # of one download_many; then the rest is not asked for either

# After these the cookies may be to blame. yfinance keeps them on disk and takes them up again, so a
# bad one would fail each later download too.
_DOUBTFUL_COOKIES = ("consent", "malformed", "unavailable")


@dataclass(frozen=True)
class Progress:
    """One step of ``download_many``: a symbol begins (``outcome`` None) or has ended."""

    symbol: str
    n_done: int
    n_total: int
    outcome: Download | SourceError | None = None


def download(
    request: TickerRequest, *, deadline_seconds: float = 15.0, folder: Path | None = None
) -> Download:
    """Download one series, and keep it on disk as the last good copy.

    Args:
        request: what to download.
        deadline_seconds: when to give up; it holds even where yfinance's own limits do not.
        folder: where copies are kept; None is ``default_folder()``.

    Raises:
        SourceError: with one of ``failures.CODES``.
    """
    folder = folder or default_folder()
    with Courier(_cache(folder)) as courier:
        return _fetch(courier, request, deadline_seconds, folder)


def download_many(
    requests: Iterable[TickerRequest],
    *,
    deadline_seconds: float = 15.0,
    folder: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> dict[str, Download | SourceError]:
    """Download several series, one after the other; a failure of one does not stop the others.

    Only where the next would fail the same way (no network, a rate limit, two time-outs) the rest
    is not asked for and gets the same error.

    Args:
        requests: up to ``MAX_SYMBOLS``, each symbol once.
        deadline_seconds: for each symbol.
        folder: where copies are kept; None is ``default_folder()``.
        on_progress: called in this thread as each symbol begins and ends; what it raises ends the
            downloading and passes through.
        stop: when set, from any thread, the downloading ends at once; what has not come by then
            gets the error ``stopped``.

    Returns:
        By symbol, in the order asked: the Download, or the SourceError that came instead.

    Raises:
        ConfigError: for too many requests, or two with the same symbol but other settings.
    """
    wanted = _each_once(requests)
    folder = folder or default_folder()
    results: dict[str, Download | SourceError] = {}
    tell = on_progress or (lambda progress: None)
    hopeless: SourceError | None = None
    n_timeouts = 0
    with Courier(_cache(folder), stop) as courier:
        for n_done, request in enumerate(wanted):
            tell(Progress(request.symbol, n_done, len(wanted)))
            outcome: Download | SourceError
            try:
                if hopeless is not None:
                    raise hopeless
                outcome = _fetch(courier, request, deadline_seconds, folder)
            except SourceError as error:
                outcome = error
                n_timeouts += error.code == "timeout"
                if error.code in _HOPELESS or n_timeouts >= _MAX_TIMEOUTS:
                    hopeless = error
            results[request.symbol] = outcome
            tell(Progress(request.symbol, n_done + 1, len(wanted), outcome))
    return results


def suggest(
    text: str, *, deadline_seconds: float = 5.0, folder: Path | None = None
) -> list[Suggestion]:
    """Search symbols by a company's name; finding none is an empty list, not an error.

    Args:
        text: "amazon"; blank text finds nothing and asks nobody.
        deadline_seconds: when to give up.
        folder: as for ``download``; yfinance's cookies lie in it.

    Raises:
        SourceError: when Yahoo could not be asked.
    """
    text = " ".join(text.split())[:80]
    if not text:
        return []
    folder = folder or default_folder()
    with Courier(_cache(folder)) as courier:
        answer = _ask(courier, {"kind": "search", "text": text}, deadline_seconds, folder)
    found = [_suggestion(quote) for quote in answer["quotes"] if isinstance(quote, dict)]
    return [suggestion for suggestion in found if is_symbol(suggestion.symbol)]


def _fetch(
    courier: Courier, request: TickerRequest, deadline_seconds: float, folder: Path
) -> Download:
    path = courier.scratch / "table.parquet"
    job = {
        "kind": "history",
        "symbol": request.symbol,
        "period": request.period,
        "interval": request.interval,
        "adjusted": request.adjusted,
        "path": str(path),
    }
    answer = _ask(courier, job, deadline_seconds, folder)
    table, n_missing, n_repeated = _tidy(pd.read_parquet(path), request.symbol)
    result = Download(
        request=request,
        table=table,
        currency=answer["currency"],
        exchange=answer["exchange"],
        name=answer["name"],
        fetched_at=datetime.now(UTC),
        kept=False,
        n_missing=n_missing,
        timezone=answer["timezone"],
        n_repeated=n_repeated,
    )
    try:
        keep(result, folder)
    except OSError as error:  # a full disk is no reason to withhold what was downloaded
        _log.warning("The download of %s could not be kept: %s", request.symbol, error)
    return result


def _ask(
    courier: Courier, job: dict[str, Any], deadline_seconds: float, folder: Path
) -> dict[str, Any]:
    """The child's answer to a job, its failures as SourceError."""
    answer = courier.ask(job, deadline_seconds)
    if answer["code"] == "ok":
        return answer
    if answer["code"] in _DOUBTFUL_COOKIES:
        _forget_cookies(_cache(folder))
    raise failure(
        answer["code"],
        subject=job.get("symbol", f"“{job.get('text', '')}”"),
        detail=answer["detail"],
        seconds=answer["seconds"],
    )


def _tidy(raw: pd.DataFrame, symbol: str) -> tuple[pd.DataFrame, int, int]:
    """Bring yfinance's table into the shape that ``Download`` promises.

    Returns:
        The table, and how many rows were left out: without a closing price, and repeated.

    Raises:
        SourceError: ``malformed`` for a table of another shape, ``empty`` when no row is left.
    """
    if not isinstance(raw.index, pd.DatetimeIndex) or not {*_PRICES, "Volume"} <= set(raw.columns):
        raise failure("malformed", subject=symbol, detail=f"columns {list(raw.columns)}")
    table = raw[[column for column in _COLUMNS if column in raw.columns]].sort_index()
    # Yahoo gives days without trade as null or, in some markets, as zeros in all four prices.
    usable = np.isfinite(table["Close"]) & (table[_PRICES] != 0).any(axis="columns")
    n_missing = int((~usable).sum())
    table = table[usable]
    # Wall time: the day and the hour that people at the exchange would name.
    table.index = table.index.tz_localize(None).rename("Date")
    repeated = table.index.duplicated(keep="first")
    table = table[~repeated]
    if table.empty:
        raise failure("empty", subject=symbol, detail=f"{n_missing} rows, none with a price")
    return table, n_missing, int(repeated.sum())


def _each_once(requests: Iterable[TickerRequest]) -> list[TickerRequest]:
    wanted = list(dict.fromkeys(requests))
    symbols = [request.symbol for request in wanted]
    if len(symbols) > MAX_SYMBOLS or len(set(symbols)) < len(symbols):
        raise ConfigError(
            "These symbols cannot be downloaded together.",
            expected=f"up to {MAX_SYMBOLS} symbols, each with one period and one interval",
            received=", ".join(symbols[: MAX_SYMBOLS + 1]),
            fix="Download them in two goes.",
        )
    return wanted


def _suggestion(quote: dict[str, Any]) -> Suggestion:
    def first(*keys: str) -> str:
        return next((str(quote[key]) for key in keys if quote.get(key)), "")

    return Suggestion(
        symbol=first("symbol").upper(),
        name=first("longname", "shortname", "symbol"),
        exchange=first("exchDisp", "exchange"),
        kind=first("typeDisp", "quoteType"),
    )


def _cache(folder: Path) -> Path:
    """Where yfinance keeps its own files; below ours, not in its place for all programs."""
    return folder / "yfinance"


def _forget_cookies(cache: Path) -> None:
    for file in cache.glob("cookies.db*"):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:  # another download has it open, on Windows
            _log.info("Cookies could not be removed: %s", error)
