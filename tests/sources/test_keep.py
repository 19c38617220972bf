"""The last good copy: there when needed, never half, never somebody else's."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from forecast.sources import keep as module
from forecast.sources.keep import keep, last_good
from forecast.sources.ticker import Download, TickerRequest

REQUEST = TickerRequest("^GSPC", period="1y")


def fresh(request: TickerRequest = REQUEST, close: float = 10.0) -> Download:
    index = pd.DatetimeIndex(["2024-01-02", "2024-01-03"], name="Date")
    return Download(
        request=request,
        table=pd.DataFrame({"Close": [close, close + 1], "Volume": [1, 2]}, index=index),
        currency="USD",
        exchange="SNP",
        name="S&P 500",
        fetched_at=datetime(2026, 11, 3, 14, 5, tzinfo=UTC),
        kept=False,
        n_missing=3,
        timezone="America/New_York",
        n_repeated=1,
    )


def test_what_is_kept_comes_back_equal_and_marked_as_kept(tmp_path: Path) -> None:
    keep(fresh(), tmp_path / "new" / "folder")
    back = last_good(REQUEST, tmp_path / "new" / "folder")
    assert back == replace(fresh(), kept=True)
    assert back is not None
    pd.testing.assert_frame_equal(back.table, fresh().table)
    assert "last good copy of 3 Nov 2026, 14:05 UTC" in back.sentence


def test_nothing_kept_is_none(tmp_path: Path) -> None:
    assert last_good(REQUEST, tmp_path) is None
    assert last_good(REQUEST, tmp_path / "not there") is None


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, period="2y"),
        replace(REQUEST, interval="1wk"),
        replace(REQUEST, adjusted=True),
        replace(REQUEST, symbol="GSPC"),
    ],
)
def test_a_copy_of_another_request_is_not_offered(tmp_path: Path, other: TickerRequest) -> None:
    keep(fresh(), tmp_path)
    assert last_good(other, tmp_path) is None


def test_symbols_that_look_alike_as_file_names_do_not_meet(tmp_path: Path) -> None:
    dot, dash = TickerRequest("BRK.B"), TickerRequest("BRK-B")
    keep(fresh(dot, 1.0), tmp_path)
    keep(fresh(dash, 2.0), tmp_path)
    assert [
        copy and copy.table["Close"].iloc[0]
        for copy in (last_good(dot, tmp_path), last_good(dash, tmp_path))
    ] == [1.0, 2.0]


def aged(folder: Path) -> None:
    """Let all files be a day old."""
    for file in folder.iterdir():
        os.utime(file, (time.time() - 86_400,) * 2)


def test_a_newer_copy_replaces_the_older_and_leaves_nothing_behind(tmp_path: Path) -> None:
    for close in (1.0, 2.0, 3.0):
        keep(fresh(close=close), tmp_path)
        (tmp_path / f"{next(tmp_path.glob('*.json')).stem}.cut{close}.tmp").touch()  # of a crash
        aged(tmp_path)
    keep(fresh(close=4.0), tmp_path)
    back = last_good(REQUEST, tmp_path)
    assert back is not None
    assert back.table["Close"].iloc[0] == 4.0
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".parquet"]


def test_two_who_keep_the_same_at_once_do_not_remove_each_other_s_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into_place = Path.replace

    def somebody_is_quicker(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", into_place)
        keep(fresh(close=1.0), tmp_path)
        return into_place(self, target)

    monkeypatch.setattr(Path, "replace", somebody_is_quicker)
    keep(fresh(close=2.0), tmp_path)
    back = last_good(REQUEST, tmp_path)
    assert back is not None
    assert back.table["Close"].iloc[0] == 2.0


def test_a_crash_between_table_and_card_leaves_the_older_copy_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(fresh(close=1.0), tmp_path)

    def crash(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(OSError, match="power cut"):
        keep(fresh(close=2.0), tmp_path)
    monkeypatch.undo()
    back = last_good(REQUEST, tmp_path)
    assert back is not None
    assert back.table["Close"].iloc[0] == 1.0
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"version": 99}', '{"version": 1}'])
def test_a_damaged_card_is_no_copy_rather_than_an_error(tmp_path: Path, damage: str) -> None:
    keep(fresh(), tmp_path)
    next(tmp_path.glob("*.json")).write_text(damage)
    assert last_good(REQUEST, tmp_path) is None


@pytest.mark.parametrize("damage", [None, b"", b"PAR1 and no more"])
def test_a_damaged_table_is_no_copy_rather_than_an_error(
    tmp_path: Path, damage: bytes | None
) -> None:
    keep(fresh(), tmp_path)
    table = next(tmp_path.glob("*.parquet"))
    table.unlink() if damage is None else table.write_bytes(damage)
    assert last_good(REQUEST, tmp_path) is None


def test_a_card_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    keep(fresh(), folder)
    card, table = next(folder.glob("*.json")), next(folder.glob("*.parquet"))
    table.rename(tmp_path / "outside.parquet")
    card.write_text(json.dumps({**json.loads(card.read_text()), "table": "../outside.parquet"}))
    assert last_good(REQUEST, folder) is None


def test_the_oldest_copies_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_KEPT", 2)
    requests = [TickerRequest(symbol) for symbol in ("AAA", "BBB", "CCC")]
    for request in requests:
        keep(fresh(request), tmp_path)
    assert [last_good(request, tmp_path) is not None for request in requests] == [False, True, True]
    assert len(list(tmp_path.iterdir())) == 4
