"""The program the courier starts: does one job after another with yfinance, and says how it went.

    python -P yahoo_child.py CACHE_FOLDER

Each line of standard input is a job, each line of standard output its answer, both JSON:

    {"kind": "history", "symbol", "period", "interval", "adjusted", "path", "seconds"}
        → {"code": "ok", "currency", "exchange", "name", "timezone"}, the table as parquet in path
    {"kind": "search", "text", "seconds"}
        → {"code": "ok", "quotes": [...]}
    either, when it fails
        → {"code": one of failures.CODES, "detail": what was received, "seconds": to wait, or null}

It imports nothing of this project, and leaves when its input ends.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import re
import sys
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger("yahoo_child")

# Where data come from. Other answers (crumbs, consent, yfinance's last resort for a symbol that it
# does not find) say nothing about why data did not come.
_DATA_PATHS = ("/v8/finance/chart/", "/v1/finance/search")
# Where only cookies come from; prices come without them too.
_COOKIE_HOSTS = ("fc.yahoo.com", "guce.yahoo.com")
_COOKIE_SHARE = 0.2  # of the deadline, for each of these hosts
_DAY_SECONDS = 86_400.0

_UNTRUSTED = (
    "a connection that cannot be trusted; behind a company's proxy, set REQUESTS_CA_BUNDLE and "
    "CURL_CA_BUNDLE to the file of its certificate"
)


class Witness:
    """Stands beside yfinance's session and sees what Yahoo really answered.

    yfinance turns every kind of bad answer into a few exceptions; the status and the first
    characters of the last answer with data tell them apart. On the way it mends three habits:

    - it leaves out a crumb that is none ("Too Many Requests", a web page), which yfinance sends
      along with every later request once it has been given it;
    - it shortens the 30 s that yfinance allows for a cookie, which would outlast our deadline;
    - a cookie host that did not answer once is not asked again.
    """

    def __init__(self, session: Any) -> None:
        self.session = session
        self._send: Callable[..., Any] = session.request
        session.request = self.request
        self._silent: dict[str, Exception] = {}  # cookie hosts that did not answer, and how
        self.begin(30.0)

    def begin(self, seconds: float) -> None:
        """Forget the last answer; a job with this deadline starts."""
        self.seconds = seconds
        self.status = 0
        self.start = ""  # of the body
        self.is_html = False
        self.retry_after = ""

    def request(self, method: str, url: str, **options: Any) -> Any:
        """Take the place of ``Session.request``."""
        host = urlsplit(url).hostname or ""
        if host in self._silent:
            raise self._silent[host]
        params = options.get("params")
        if params and "crumb" in params and not is_crumb(params["crumb"]):
            options["params"] = {key: value for key, value in params.items() if key != "crumb"}
        limit = self.seconds * _COOKIE_SHARE if host in _COOKIE_HOSTS else self.seconds
        options["timeout"] = min(options.get("timeout") or limit, limit)
        try:
            answer = self._send(method=method, url=url, **options)
        except Exception as error:
            if host in _COOKIE_HOSTS:
                self._silent[host] = error
            raise
        if any(path in url for path in _DATA_PATHS):
            self._remember(answer)
        return answer

    def _remember(self, answer: Any) -> None:
        self.status = answer.status_code
        self.start = answer.text[:400]
        kind = answer.headers.get("content-type", "")
        self.is_html = "html" in kind or self.start.lstrip().startswith("<")
        self.retry_after = answer.headers.get("retry-after", "")


def is_crumb(text: object) -> bool:
    """Whether this can be one of Yahoo's crumbs: a short word such as ``a.B/c12dEf3``."""
    return isinstance(text, str) and re.fullmatch(r"[^\s<>{}]{1,40}", text) is not None


def wait_seconds(header: str) -> float | None:
    """What a Retry-After header says (seconds or a date), in seconds from now; None if unclear.

    At most a day: more is a slip, and no use to anybody.
    """
    if header.strip().isdecimal():
        return min(float(header), _DAY_SECONDS)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _DAY_SECONDS)


def diagnose(error: Exception, witness: Witness) -> dict[str, Any]:
    """Say which of the failures this is, from what yfinance raised and what Yahoo answered."""
    from curl_cffi.requests import exceptions as http
    from yfinance import exceptions as yahoo

    _log.info("Failed", exc_info=error)  # into stderr, for whoever looks after a crash
    if isinstance(error, yahoo.YFRateLimitError) or witness.status == 429:
        return failed("rate_limit", seconds=wait_seconds(witness.retry_after))
    if isinstance(error, http.Timeout):
        return failed("timeout", seconds=witness.seconds)
    if isinstance(error, http.TooManyRedirects):
        return failed("consent", "a page that leads back to itself")
    if isinstance(error, _lost_connections()):
        return failed("no_network", _UNTRUSTED if isinstance(error, http.SSLError) else "")
    return _by_answer(error, witness)


def _by_answer(error: Exception, witness: Witness) -> dict[str, Any]:
    """Yahoo was reached: what did it say?"""
    from yfinance import exceptions as yahoo

    out_of_order = witness.status >= 500 or "Will be right back" in witness.start
    if out_of_order or witness.status in (401, 403):
        return failed("unavailable", f"HTTP status {witness.status}")
    if isinstance(error, yahoo.YFTzMissingError) or witness.status == 404 or "ISIN" in str(error):
        return failed("unknown_symbol")
    if witness.is_html:
        return failed("consent", "a web page")
    reason = re.search(r'"description"\s*:\s*"([^"]+)"', witness.start)
    if witness.status >= 400 or isinstance(error, yahoo.YFPricesMissingError):
        return failed("empty", f"“{reason[1].rstrip('.')}”" if reason else "no rows")
    return failed("malformed", f"{type(error).__name__}: {error}"[:200])


def _lost_connections() -> tuple[type[Exception], ...]:
    from curl_cffi.requests import exceptions as http

    return (
        http.ConnectionError,  # DNS and TLS failures among them
        http.ProxyError,
        http.ChunkedEncodingError,
        http.IncompleteRead,
    )


def failed(code: str, detail: str = "", seconds: float | None = None) -> dict[str, Any]:
    """The answer to a job that failed."""
    return {"code": code, "detail": detail, "seconds": seconds}


def history(job: Mapping[str, Any], session: Any) -> dict[str, Any]:
    """Download one table and leave it as parquet."""
    import yfinance as yf

    ticker = yf.Ticker(job["symbol"], session=session)
    table = ticker.history(
        period=job["period"],
        interval=job["interval"],
        auto_adjust=job["adjusted"],
        actions=False,
        # Rows without a price are ours to leave out and count. Not for 30 minutes: yfinance makes
        # these from 15, and a row for each half hour of the night and the weekend with them.
        keepna=job["interval"] != "30m",
        timeout=job["seconds"],
    )
    if table.empty:
        return failed("empty", "no rows")
    table.to_parquet(job["path"])
    about = ticker.history_metadata
    return {
        "code": "ok",
        "currency": about.get("currency") or "",
        "exchange": about.get("fullExchangeName") or about.get("exchangeName") or "",
        "name": about.get("longName") or about.get("shortName") or ticker.ticker,
        "timezone": about.get("exchangeTimezoneName") or "",
    }


def search(job: Mapping[str, Any], session: Any, witness: Witness) -> dict[str, Any]:
    """Look for symbols by name."""
    import yfinance as yf

    found = yf.Search(
        job["text"],
        max_results=10,
        news_count=0,
        lists_count=0,
        include_cb=False,
        recommended=0,
        enable_fuzzy_query=True,
        session=session,
        timeout=job["seconds"],
    )
    if witness.status >= 400:  # yfinance takes an error in JSON for "nothing found"
        return failed("unavailable", f"HTTP status {witness.status}")
    return {"code": "ok", "quotes": found.quotes}


def work(job: Mapping[str, Any], witness: Witness) -> dict[str, Any]:
    """Do one job; whatever happens becomes an answer."""
    witness.begin(float(job["seconds"]))
    try:
        if job["kind"] == "search":
            return search(job, witness.session, witness)
        return history(job, witness.session)
    except Exception as error:  # its boundary: an exception in here would be a silent child
        return diagnose(error, witness)


def main(cache: str) -> None:
    """Answer jobs until the input ends."""
    # Answers have standard output to themselves; a stray print of a library goes to stderr.
    answers, sys.stdout = sys.stdout, sys.stderr
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    import yfinance as yf
    from curl_cffi.requests import Session

    yf.config.debug.hide_exceptions = False
    yf.set_tz_cache_location(cache)
    witness = Witness(Session(impersonate="chrome"))
    for line in sys.stdin:
        job = json.loads(line)
        # If the server dies while we wait for Yahoo, nobody kills us: leave by ourselves.
        faulthandler.dump_traceback_later(float(job["seconds"]) + 5.0, exit=True)
        answer = work(job, witness)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
