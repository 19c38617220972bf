"""A stand-in for Yahoo Finance on the loopback: a CONNECT proxy with its own CA.

yfinance, unmodified, is told by HTTPS_PROXY to go through it and by REQUESTS_CA_BUNDLE and
CURL_CA_BUNDLE to trust it. It speaks the cookie, crumb, consent, chart and search endpoints; what
the chart endpoint answers depends on the symbol (see ``Standin.charts``).
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CRUMB = "a.B/c12dEf3"
COOKIE = "A3=d=stand-in; Domain=.yahoo.com; Path=/; Secure; Expires=Fri, 01 Jan 2038 00:00:00 GMT"
CONSENT_PAGE = (
    "<!DOCTYPE html><html><title>Yahoo is part of the Yahoo family of brands</title><body>"
    '<form method="post" action="/v2/collectConsent?sessionId=s1">'
    '<input type="hidden" name="csrfToken" value="t1"><input name="sessionId" value="s1">'
    "<button>Accept all</button></form></body></html>"
)


@dataclass(frozen=True)
class Answer:
    """One HTTP response."""

    body: str | bytes = ""
    status: int = 200
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    delay_seconds: float = 0.0


@dataclass(frozen=True)
class Call:
    """One HTTP request as it came in."""

    host: str
    path: str
    query: dict[str, str]


@dataclass(frozen=True)
class Bar:
    """One row of prices at a wall time of the exchange."""

    time: datetime  # naive
    close: float | None
    volume: int | None = 1000
    fold: int = 0  # 1: the second time this wall time comes, when summer time ends


def days(n: int, first_close: float = 100.0) -> list[Bar]:
    """n weekdays from 2 January 2024, closing a quarter higher each day."""
    dates = [datetime(2024, 1, 2) + timedelta(days=k) for k in range(2 * n)]
    weekdays = [date for date in dates if date.weekday() < 5][:n]
    return [
        Bar(date.replace(hour=9, minute=30), first_close + 0.25 * k)
        for k, date in enumerate(weekdays)
    ]


def chart(
    bars: list[Bar],
    *,
    zone: str = "America/New_York",
    split_adjustment: float = 1.0,
    **meta: object,
) -> Answer:
    """What /v8/finance/chart answers; opens one below and highs two above the close."""
    stamps = [
        int(bar.time.replace(tzinfo=ZoneInfo(zone), fold=bar.fold).timestamp()) for bar in bars
    ]

    def column(difference: float = 0.0, factor: float = 1.0) -> list[float | None]:
        return [None if bar.close is None else bar.close * factor + difference for bar in bars]

    # One whole day for each day of the bars: nothing falls outside trading hours.
    dates = sorted({bar.time.date() for bar in bars})
    midnights = [datetime(d.year, d.month, d.day, tzinfo=ZoneInfo(zone)) for d in dates]
    periods = [
        [
            {
                "timezone": "X",
                "gmtoffset": 0,
                "start": int(midnight.timestamp()),
                "end": int((midnight + timedelta(days=1)).timestamp()),
            }
        ]
        for midnight in midnights
    ]
    result = {
        "meta": {
            "currency": "USD",
            "exchangeName": "NMS",
            "fullExchangeName": "NasdaqGS",
            "instrumentType": "EQUITY",
            "exchangeTimezoneName": zone,
            "longName": "Stand-in, Inc.",
            "priceHint": 2,
            "validRanges": ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"],
            "tradingPeriods": periods,
            **meta,
        },
        "timestamp": stamps,
        "indicators": {
            "quote": [
                {
                    "open": column(-1.0),
                    "high": column(2.0),
                    "low": column(-2.0),
                    "close": column(),
                    "volume": [bar.volume for bar in bars],
                }
            ],
            "adjclose": [{"adjclose": column(factor=split_adjustment)}],
        },
    }
    return Answer(json.dumps({"chart": {"result": [result], "error": None}}))


def chart_error(status: int, code: str, description: str) -> Answer:
    """How Yahoo refuses a chart."""
    error = {"code": code, "description": description}
    return Answer(json.dumps({"chart": {"result": None, "error": error}}), status)


def consent_redirect() -> Answer:
    """Yahoo's detour over its consent page."""
    return Answer(status=302, headers=(("Location", "https://consent.yahoo.com/v2/collect?s=1"),))


@dataclass
class Standin:
    """What each endpoint answers, and what was asked."""

    charts: dict[str, Answer | Callable[[Call], Answer]] = field(default_factory=dict)
    cookie: Answer = Answer(kind="text/plain", status=404, headers=(("Set-Cookie", COOKIE),))
    crumb: Answer = Answer(CRUMB, kind="text/plain")
    search: Answer = Answer(json.dumps({"quotes": []}))
    consent: Answer = Answer(CONSENT_PAGE, kind="text/html")
    accepted: Answer = Answer(CONSENT_PAGE, kind="text/html")  # what sending its form leads to
    calls: list[Call] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def answer(self, call: Call) -> Answer:
        """Find the answer to a request."""
        self.calls.append(call)
        if call.host == "fc.yahoo.com":
            return self.cookie
        if call.path == "/v1/test/getcrumb":
            return self.crumb
        if call.path == "/v1/finance/search":
            return self.search
        if call.path.startswith("/v8/finance/chart/"):
            found = self.charts[call.path.rsplit("/", 1)[1]]
            return found if isinstance(found, Answer) else found(call)
        if call.path == "/v2/collectConsent":
            return self.accepted
        if call.host.endswith(".finance.yahoo.com"):  # yfinance's last resort: quoteSummary, quote
            return Answer('{"finance": {"error": {"code": "Not Found"}}}', status=404)
        return self.consent  # guce.yahoo.com and consent.yahoo.com

    def chart_calls(self, symbol: str) -> list[Call]:
        """The chart requests for a symbol."""
        return [call for call in self.calls if call.path == f"/v8/finance/chart/{symbol}"]


class _Handler(BaseHTTPRequestHandler):
    """CONNECT turns the connection into TLS; the loop of the base class goes on inside it."""

    protocol_version = "HTTP/1.1"
    standin: Standin
    tls: ssl.SSLContext
    host = ""

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.host = self.path.split(":")[0]
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        self.close_connection = False

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        answer = self.standin.answer(Call(self.host, unquote(parts.path), query))
        self.standin.closing.wait(answer.delay_seconds)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in (*answer.headers, ("Content-Type", answer.kind)):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that was killed at its deadline leaves a broken connection; that is the test."""


class Proxy:
    """The stand-in, listening."""

    def __init__(self, standin: Standin, tls: ssl.SSLContext) -> None:
        handler = type("Handler", (_Handler,), {"standin": standin, "tls": tls})
        self._standin = standin
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop listening and let slow answers end."""
        self._standin.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


def make_authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a CA for this test run.

    Returns:
        Its certificate as a file, and a TLS context that answers as the hosts of Yahoo.
    """
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stand-in CA of a test")])
    ca = _certificate(ca_name, ca_name, ca_key, ca_key, ca=True)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "yahoo.com")])
    leaf = _certificate(name, ca_name, key, ca_key, ca=False)
    bundle, chain = folder / "ca.crt", folder / "server.txt"
    bundle.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + leaf.public_bytes(serialization.Encoding.PEM)
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(chain)
    return bundle, tls


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    hosts = [x509.DNSName("*.yahoo.com"), x509.DNSName("*.finance.yahoo.com")]
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([*hosts, x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
