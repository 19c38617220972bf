"""The font of the PDF, and text it can write."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
MISSING = "□"  # stands for a letter the font does not have, as in Chinese names or emoji


@cache
def _known() -> frozenset[int]:
    """What both weights can write."""
    with TTFont(REGULAR) as regular, TTFont(BOLD) as bold:
        return frozenset(regular.getBestCmap()) & frozenset(bold.getBestCmap())


def writable(text: str) -> str:
    """``text`` on one line, with a box for each letter that the font does not have.

    >>> writable("€ 5 – Łódź 🚀"), writable("a\\nb")
    ('€ 5 – Łódź □', 'a b')
    """
    known = _known()
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace():
            letters.append(" ")
        elif unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me") and ord(letter) not in known:
            continue  # marks that change the letter before them: skin tones, joiners, controls
        else:
            letters.append(letter if ord(letter) in known else MISSING)
    return "".join(letters)
