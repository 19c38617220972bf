"""The last good download of each request, on disk, to offer when Yahoo cannot be reached.

A request has one small JSON file, which names the parquet file of its table. The table is written
first, under a new name; the JSON file, renamed into place last, makes it count. So a reader, or a
crash at any moment, meets the old pair or the new one and never half of each.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import platformdirs

from forecast.sources.ticker import Download, TickerRequest

_log = logging.getLogger(__name__)

_VERSION = 1
# An older table stays this long: somebody may be about to read it, or, having written it at the
# same moment as we ours, to let their card point to it.
_GRACE_SECONDS = 60.0
_MAX_KEPT = 200  # requests; the oldest go first (5 years of days are about 60 kB)


def default_folder() -> Path:
    """Where downloads are kept unless the caller says otherwise: the user's cache folder."""
    return Path(platformdirs.user_cache_dir("forecast-studio")) / "tickers"


def keep(download: Download, folder: Path | None = None) -> None:
    """Write a download to disk, replacing the earlier one of the same request.

    Args:
        download: what to keep.
        folder: where; None is ``default_folder()``. Made if it is not there.

    Raises:
        OSError: when the folder cannot be written.
    """
    folder = folder or default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stem = _stem(download.request)
    fresh = f"{stem}.{uuid.uuid4().hex}"
    table = folder / f"{fresh}.parquet"
    scratch = folder / f"{fresh}.tmp"
    try:
        download.table.to_parquet(table)
        scratch.write_text(json.dumps(_facts(download, table.name), indent=1), encoding="utf-8")
        scratch.replace(folder / f"{stem}.json")
    except BaseException:
        table.unlink(missing_ok=True)
        scratch.unlink(missing_ok=True)
        raise
    _tidy(folder, stem, table.name)


def last_good(request: TickerRequest, folder: Path | None = None) -> Download | None:
    """The kept copy of a request, or None when there is none that can be read.

    Args:
        request: what was asked; period, interval and adjustment have to be the same.
        folder: where to look; None is ``default_folder()``.
    """
    folder = folder or default_folder()
    card = folder / f"{_stem(request)}.json"
    if not card.is_file():
        return None
    try:
        return _load(card, request)
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("The kept copy %s cannot be read: %s", card.name, error)
        return None


def _facts(download: Download, table_name: str) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "request": asdict(download.request),
        "table": table_name,
        "currency": download.currency,
        "exchange": download.exchange,
        "name": download.name,
        "timezone": download.timezone,
        "fetched_at": download.fetched_at.isoformat(),
        "n_missing": download.n_missing,
        "n_repeated": download.n_repeated,
    }


def _load(card: Path, request: TickerRequest) -> Download:
    facts = json.loads(card.read_text(encoding="utf-8"))
    if facts["version"] != _VERSION:
        raise ValueError(f"written by another version: {facts['version']}")
    if facts["request"] != asdict(request):
        raise ValueError("it belongs to another request")
    table = pd.read_parquet(card.with_name(Path(facts["table"]).name))
    if "Close" not in table.columns or not isinstance(table.index, pd.DatetimeIndex):
        raise ValueError("its table has no Close or no dates")
    return Download(
        request=request,
        table=table,
        currency=str(facts["currency"]),
        exchange=str(facts["exchange"]),
        name=str(facts["name"]),
        fetched_at=datetime.fromisoformat(facts["fetched_at"]).astimezone(UTC),
        kept=True,
        n_missing=int(facts["n_missing"]),
        timezone=str(facts["timezone"]),
        n_repeated=int(facts["n_repeated"]),
    )


def _stem(request: TickerRequest) -> str:
    # Symbols hold characters that file systems treat differently ("^", "=", "&", and "CON" is a
    # device on Windows), and BRK.B must not meet BRK-B: a readable part, then a digest of it all.
    digest = hashlib.sha256(repr(request).encode()).hexdigest()[:12]
    readable = re.sub(r"[^A-Z0-9]+", "-", request.symbol).strip("-")
    return f"{readable}_{request.period}_{request.interval}_{digest}"


def _tidy(folder: Path, stem: str, current: str) -> None:
    """Remove the tables that nothing points to any more, and the oldest copies beyond the limit."""
    try:
        for old in folder.glob(f"{stem}.*"):
            aged = time.time() - old.stat().st_mtime >= _GRACE_SECONDS
            if aged and old.suffix != ".json" and old.name != current:
                old.unlink(missing_ok=True)
        cards = sorted(folder.glob("*.json"), key=lambda card: card.stat().st_mtime)
        for card in cards[:-_MAX_KEPT]:
            card.unlink(missing_ok=True)
            for table in folder.glob(f"{card.stem}.*.parquet"):
                table.unlink(missing_ok=True)
    except OSError as error:  # somebody else tidies the same folder; the copy itself is safe
        _log.info("Old copies could not be removed: %s", error)
