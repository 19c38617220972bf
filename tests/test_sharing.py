"""A link's settings come back as they went out; a changed link is refused in words."""

from __future__ import annotations

import base64
import json
import zlib
from xml.etree import ElementTree

import pytest

from forecast import presets, sharing
from forecast.config import Config
from forecast.errors import ForecastError
from forecast.sharing import Shared

FULL = Config().but(
    n_rows=None,
    scaler="robust",
    n_steps_in=44,
    n_steps_out=3,
    units=(30, 20, 10),
    activation="relu",
    epochs=12,
    learning_rate=0.0123,
    loss="huber",
    optimizer="adamw",
    patience=9,
    restore_best=True,
    shuffle=False,
    seed=123,
)
AMAZON = "sample:amazon-daily.csv"


@pytest.mark.parametrize("config", [make() for make in presets.PRESETS.values()] + [FULL])
@pytest.mark.parametrize("source", [AMAZON, "ticker:^GSPC:10y:1d:raw", ""])
def test_what_goes_into_a_link_comes_out_of_it(config, source):
    shared = Shared(config, source, "Adj Close")
    assert sharing.decode(sharing.encode(shared)) == shared


def test_a_word_is_short_and_needs_no_escaping():
    word = sharing.encode(Shared(presets.classic(), AMAZON, "Close"))
    assert len(word) < 150
    assert set(word) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


WORD = sharing.encode(Shared(FULL, AMAZON, "Close"))


@pytest.mark.parametrize(
    "word",
    ["", "x", "???", "é" * 20, WORD[:-5], WORD + "AAAA", WORD[::-1], "A" * 3_000, WORD.swapcase()],
)
def test_a_changed_link_is_refused_in_words(word):
    with pytest.raises(ForecastError, match=r"This link cannot be read.*Copy the whole link again"):
        sharing.decode(word)


def test_no_single_changed_letter_goes_unnoticed():
    """Spare bits lie in the last letter and before the check sum; a change there means the same."""
    intact = sharing.decode(WORD)
    for i, letter in enumerate(WORD):
        changed = WORD[:i] + ("A" if letter != "A" else "B") + WORD[i + 1 :]
        try:
            assert sharing.decode(changed) == intact
            assert i in (len(WORD) - 1, len(WORD) - 7)  # the check sum is four bytes
        except ForecastError:
            continue


def packed(content):
    """A word as somebody might make it by hand: whole, but with what they like in it."""
    packer = zlib.compressobj(9, zdict=sharing._USUAL)
    data = packer.compress(json.dumps(content).encode()) + packer.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def forged(**changes):
    content = {"config": Config().to_dict(), "source": AMAZON, "column": "Close", **changes}
    return packed(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"config": []},
        {"config": {"train": 5}},
        {"config": {**Config().to_dict(), "train": {"epochs": 10**9}}},
        {"config": {**Config().to_dict(), "model": {"units": "many"}}},
        {"config": {**Config().to_dict(), "model": {"units": [[[]]]}}},
        {"config": {**Config().to_dict(), "window": {"n_steps_in": 30, "danger": 1}}},
        {"source": "sample:../../etc/passwd"},
        {"source": "file:/etc/passwd"},
        {"source": "ticker:../../x:5y:1d:raw"},
        {"source": "ticker:AMZN:for ever:1d:raw"},
        {"source": "ticker:AMZN"},
        {"source": 7},
        {"column": ["Close"]},
    ],
)
def test_what_somebody_wrote_into_a_link_is_checked_as_if_typed_in(changes):
    with pytest.raises(ForecastError):
        sharing.decode(forged(**changes))


def test_a_link_cannot_put_words_of_its_own_on_the_screen():
    nasty = {**Config().to_dict(), "preset": "![x](http://example.org/x.png)"}
    assert sharing.decode(forged(config=nasty)).config.preset == ""


def test_a_short_word_cannot_fill_the_memory():
    with pytest.raises(ForecastError, match="cannot be read"):
        sharing.decode(packed({"config": "0" * 30_000_000})[: sharing.LONGEST])
    assert len(packed({"config": "0" * 1_000_000})) < sharing.LONGEST
    with pytest.raises(ForecastError, match="cannot be read"):
        sharing.decode(packed({"config": "0" * 1_000_000}))


def test_the_qr_code_is_an_svg_with_nothing_from_elsewhere():
    svg = sharing.qr_code("http://192.168.1.20:8501/train?run=" + "a" * 32)
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert root.get("viewBox")
    assert "href" not in svg
