"""What is asked of a ticker source and what comes back: TickerRequest in; Download, Suggestion out.

Nothing here touches the network or yfinance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from forecast.errors import ConfigError, SourceError

# The choices on screen: Yahoo's own spelling, then plain words.
PERIODS = {
    "5d": "5 days",
    "1mo": "1 month",
    "3mo": "3 months",
    "6mo": "6 months",
    "1y": "1 year",
    "2y": "2 years",
    "5y": "5 years",
    "10y": "10 years",
    "ytd": "since 1 January",
    "max": "everything",
}
INTERVALS = {
    "1m": "1 minute",
    "5m": "5 minutes",
    "15m": "15 minutes",
    "30m": "30 minutes",
    "1h": "1 hour",
    "1d": "1 day",
    "1wk": "1 week",
    "1mo": "1 month",
    "3mo": "3 months",
}
# Yahoo keeps 8 days of minutes, 60 days of the other minute bars and 730 days of hours;
# "max" asks for just that.
_MINUTES = ("5d", "1mo", "max")
_PERIODS_OF = {
    "1m": ("5d", "max"),
    "5m": _MINUTES,
    "15m": _MINUTES,
    "30m": _MINUTES,
    "1h": ("5d", "1mo", "3mo", "6mo", "1y", "2y", "ytd", "max"),
}

MAX_SYMBOLS = 20  # one download of several: keeps the waiting, and Yahoo's patience, bounded

# yfinance puts the symbol into a URL as it stands ("../../x" became another address), so nothing
# passes that could leave its place: no slash, percent sign, question mark, blank or leading dot.
_SYMBOL = re.compile(r"\^?[A-Z0-9][A-Z0-9.&=_-]{0,24}")


@dataclass(frozen=True)
class TickerRequest:
    """One series to download; the symbol is put into Yahoo's spelling ("$msft " → "MSFT").

    Raises:
        SourceError: code ``bad_symbol``, when the symbol cannot be one of Yahoo's.
        ConfigError: for a period or an interval that Yahoo does not have, alone or together.
    """

    symbol: str  # "AMZN", "^GSPC", "EURUSD=X", "BTC-USD", "0700.HK"
    period: str = "5y"  # how far back; a key of PERIODS
    interval: str = "1d"  # time between rows; a key of INTERVALS
    adjusted: bool = False  # True: prices corrected for splits and dividends

    def __post_init__(self) -> None:
        object.__setattr__(self, "symbol", _symbol(self.symbol))
        if self.interval not in INTERVALS:
            raise ConfigError(
                "This interval is not available.",
                expected="one of " + ", ".join(INTERVALS),
                received=f"interval={self.interval!r}",
                fix="Choose another interval.",
            )
        if self.period not in PERIODS:
            raise ConfigError(
                "This period is not available.",
                expected="one of " + ", ".join(PERIODS),
                received=f"period={self.period!r}",
                fix="Choose another period.",
            )
        if self.period not in periods_for(self.interval):
            raise ConfigError(
                f"Yahoo does not keep bars of {INTERVALS[self.interval]} that far back.",
                expected="one of " + ", ".join(periods_for(self.interval)),
                received=f"period={self.period!r} with interval={self.interval!r}",
                fix="Choose a shorter period or a longer interval.",
            )


@dataclass(frozen=True)
class Download:
    """A table from Yahoo, fresh or (``kept``) the last good copy from disk."""

    request: TickerRequest
    # Index "Date": naive wall time of the exchange, rising, no repeats. Columns Open, High, Low,
    # Close, Adj Close (raw prices only), Volume. No row without a closing price.
    table: pd.DataFrame = field(repr=False, compare=False)
    currency: str  # "USD"; "GBp" is pence; "" when Yahoo does not say
    exchange: str  # "NasdaqGS"
    name: str  # "Amazon.com, Inc."; the symbol when Yahoo does not say
    fetched_at: datetime  # UTC
    kept: bool  # True: the last good copy from disk
    n_missing: int  # rows left out: no closing price
    timezone: str = ""  # of the index, "America/New_York"
    n_repeated: int = 0  # rows left out: the hour that comes twice when summer time ends

    @property
    def sentence(self) -> str:
        """What was downloaded, in words; shown under the table."""
        parts = [f"{len(self.table):,} rows of {self.name}"]
        parts += [part for part in (self.exchange, self.currency) if part]
        parts.append("adjusted for splits and dividends" if self.request.adjusted else "raw prices")
        source = "last good copy of" if self.kept else "downloaded"
        moment = f"{self.fetched_at.day} {self.fetched_at:%b %Y, %H:%M}"
        parts.append(f"{source} {moment} UTC")
        if self.n_missing:
            parts.append(f"{self.n_missing:,} without a closing price left out")
        if self.n_repeated:
            parts.append(f"{self.n_repeated:,} repeated when summer time ended left out")
        return " · ".join(parts)


@dataclass(frozen=True)
class Suggestion:
    """One answer to a search by name."""

    symbol: str
    name: str
    exchange: str
    kind: str  # "Equity", "ETF", "Index" … in Yahoo's words


def periods_for(interval: str) -> tuple[str, ...]:
    """The periods that Yahoo has for an interval.

    >>> periods_for("1m")
    ('5d', 'max')
    """
    return _PERIODS_OF.get(interval, tuple(PERIODS))


def parse_symbols(text: str) -> tuple[str, ...]:
    """Split what a person typed into symbols, each once, in the order typed.

    >>> parse_symbols("AMZN, msft; $amzn ^GSPC")
    ('AMZN', 'MSFT', '^GSPC')

    Raises:
        SourceError: code ``bad_symbol``, when there is none, too many, or one that cannot be.
    """
    symbols = tuple(dict.fromkeys(_symbol(word) for word in re.split(r"[\s,;]+", text) if word))
    if not symbols:
        raise SourceError(
            "bad_symbol",
            "No ticker symbol was typed.",
            fix="Type one, for example AMZN, or several with commas between them.",
        )
    if len(symbols) > MAX_SYMBOLS:
        raise SourceError(
            "bad_symbol",
            "That is too many symbols at once.",
            expected=f"up to {MAX_SYMBOLS}",
            received=f"{len(symbols)}",
            fix="Take some out and download them afterwards.",
        )
    return symbols


def is_symbol(text: str) -> bool:
    """Whether this could be a symbol of Yahoo's, in Yahoo's spelling."""
    return _SYMBOL.fullmatch(text) is not None


def _symbol(text: str) -> str:
    symbol = text.strip().removeprefix("$").upper()
    if is_symbol(symbol):
        return symbol
    raise SourceError(
        "bad_symbol",
        "This is not a ticker symbol.",
        expected="letters, digits and . - = ^ & only, such as AMZN, ^GSPC or EURUSD=X",
        received=repr(text[:40]),
        fix="Check the spelling, or search by the company's name.",
    )
