"""Each way a download fails, in plain words with the way out.

Codes of SourceError raised by ``forecast.sources.yahoo``:

bad_symbol      not a symbol at all; nothing was sent (raised by ``ticker.py``)
no_network      Yahoo cannot be reached from here
timeout         no answer before the deadline
stopped         a person stopped the download
rate_limit      Yahoo asks us to wait; says until when
unknown_symbol  Yahoo has no such symbol
empty           the symbol exists, but has no prices for this period and interval
consent         a web page (cookie consent, as a rule) instead of data
malformed       an answer that cannot be understood
unavailable     Yahoo itself, or the downloader, is out of order
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from forecast.errors import SourceError

CODES = (
    "bad_symbol",
    "no_network",
    "timeout",
    "stopped",
    "rate_limit",
    "unknown_symbol",
    "empty",
    "consent",
    "malformed",
    "unavailable",
)

# Yahoo seldom says how long its limit lasts; a quarter of an hour is what usually passes.
DEFAULT_WAIT_SECONDS = 15 * 60

_MEANWHILE = "Meanwhile use the last download, upload a CSV file or take a sample."
# code → (what happened, what to do)
_WORDS = {
    "no_network": (
        "Yahoo Finance cannot be reached from this computer.",
        f"Check the internet connection, then try again. {_MEANWHILE}",
    ),
    "stopped": ("The download was stopped.", "Press Download to start it again."),
    "unknown_symbol": (
        "Yahoo Finance does not know {subject}, or no longer lists it.",
        "Check the spelling, add the exchange's ending (such as .L, .DE or .HK), "
        "or search by the company's name.",
    ),
    "empty": (
        "Yahoo Finance has no prices of {subject} for this period and interval.",
        "Choose a longer period, another interval or another symbol.",
    ),
    "consent": (
        "Yahoo Finance sent a web page, as a rule its cookie-consent page, instead of data.",
        f"Try again in a few minutes. {_MEANWHILE}",
    ),
    "malformed": (
        "Yahoo Finance's answer about {subject} could not be understood.",
        f"Try again; if it happens each time, update yfinance. {_MEANWHILE}",
    ),
    "unavailable": (
        "Yahoo Finance is out of order at the moment.",
        f"Try again in a few minutes. {_MEANWHILE}",
    ),
}


def failure(
    code: str,
    *,
    subject: str = "this symbol",
    detail: str = "",
    seconds: float | None = None,
) -> SourceError:
    """The SourceError for a code.

    Args:
        code: one of ``CODES`` but ``bad_symbol``, whose words ``ticker.py`` has.
        subject: the symbol asked for.
        detail: what was received, if it helps; a phrase.
        seconds: for ``timeout`` the deadline, for ``rate_limit`` how long Yahoo asks us to wait.
    """
    if code == "timeout":
        return SourceError(
            code,
            f"Yahoo Finance did not answer within {seconds or 0:g} seconds.",
            fix=f"Try again, or ask for a shorter period. {_MEANWHILE}",
        )
    if code == "rate_limit":
        return _rate_limit(seconds)
    what, fix = _WORDS[code]
    return SourceError(code, what.format(subject=subject), received=detail, fix=fix)


def _rate_limit(seconds: float | None) -> SourceError:
    wait = timedelta(seconds=DEFAULT_WAIT_SECONDS if seconds is None else seconds)
    minutes = max(1, round(wait.total_seconds() / 60))
    # The clock time too: the sentence may stay on screen for a while.
    until = datetime.now(UTC) + wait
    plural = "" if minutes == 1 else "s"
    says = "" if seconds is not None else " Yahoo does not say how long; this is the usual time."
    return SourceError(
        "rate_limit",
        "Yahoo Finance has had too many requests from this address and asks to wait.",
        fix=f"Try again in about {minutes} minute{plural} (after {until:%H:%M} UTC).{says} "
        f"{_MEANWHILE}",
    )
