"""The child process: killed when late, gone when we are, its answers never mixed up."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from forecast.errors import SourceError
from forecast.sources import courier as module
from forecast.sources.courier import CHILD, Courier
from forecast.sources.yahoo_child import is_crumb, wait_seconds

# A child that echoes the job's word after so many seconds, or dies of it.
ECHO = """
import json, sys, time
for line in sys.stdin:
    job = json.loads(line)
    if job["word"] == "die":
        sys.exit("a last word")
    time.sleep(job.get("nap", 0))
    print(json.dumps({"word": job["word"]}), flush=True)
"""


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = tmp_path / "echo.py"
    script.write_text(ECHO)
    monkeypatch.setattr(module, "CHILD", script)
    return tmp_path


def test_a_late_child_is_killed_at_the_deadline_and_its_answer_never_arrives(echo: Path) -> None:
    with Courier(echo) as courier:
        courier.ask({"word": "first"}, 5)
        child = courier._child
        began = time.monotonic()
        with pytest.raises(SourceError) as caught:
            courier.ask({"word": "late", "nap": 0.6}, 0.3)
        assert caught.value.code == "timeout"
        assert time.monotonic() - began < 1
        assert child is not None
        assert child.poll() is not None
        time.sleep(0.5)  # the late answer would be there by now
        assert courier.ask({"word": "next"}, 5) == {"word": "next"}


def test_a_child_that_dies_is_an_error_in_words_and_the_next_job_has_a_new_one(
    echo: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Courier(echo) as courier:
        with pytest.raises(SourceError) as caught:
            courier.ask({"word": "die"}, 5)
        assert caught.value.code == "unavailable"
        assert "a last word" in caplog.text
        assert courier.ask({"word": "next"}, 5) == {"word": "next"}


def test_leaving_ends_the_child_and_removes_its_files(echo: Path) -> None:
    with Courier(echo) as courier:
        courier.ask({"word": "first"}, 5)
        child, scratch = courier._child, courier.scratch
        assert scratch.is_dir()
    assert child is not None
    assert child.poll() is not None
    assert not scratch.exists()


def test_the_child_leaves_by_itself_when_the_server_is_gone(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-P", str(CHILD), str(tmp_path)],
        stdin=subprocess.DEVNULL,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.B/c12dEf3", True),
        ("Too Many Requests\r\n", False),
        ("<!DOCTYPE html>", False),
        ('{"finance":{"error":{}}}', False),
        ("", False),
        (None, False),
    ],
)
def test_a_crumb_is_told_from_an_error_message(text: object, expected: bool) -> None:
    assert is_crumb(text) is expected


def test_retry_after_is_understood_as_seconds_or_as_a_date() -> None:
    assert wait_seconds("120") == 120.0
    assert wait_seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert wait_seconds("Wed, 21 Oct 2115 07:28:00 GMT") == wait_seconds("9" * 400) == 86_400.0
    assert wait_seconds("") is None
    assert wait_seconds("soon") is None
