"""The word behind every number of a column, whatever it is: ``64人``, ``17 guests``, ``3 чел.``

Units that are known are read cell by cell (``units``). Any other word is one all the same where it
stands behind each number of a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow.compute as pc

from forecast.reading.months import MONTHS
from forecast.reading.numbers import Cells, is_empty, is_numeric, take_apart

_COUNTED = re.compile(r"[-+−]?\d[\d.,'  ]*?\s?([^\W\d_][^\W\d_]{0,15}\.?(?:/[^\W\d_]{1,10})?)")
_FEWEST = 3  # cells, and different ones
# Behind a number these make a date, a time, a place in a row or a house's number of it.
_OTHERS = frozenset("年月日時时分秒点點周週季号號년월일시분초번") | {
    "st",
    "nd",
    "rd",
    "th",
    "am",
    "pm",
    "uhr",
}


def counted_in(sample: Sequence[str]) -> str:
    """The word behind every number of a sample of cells; "" if there is none.

    >>> counted_in(["64人", "72人", "73人"]), counted_in(["1 guest", "2 guests", "7 guests"])
    ('人', 'guests')
    >>> counted_in(["12b", "14b", "17b"]), counted_in(["1月", "2月", "3月"])
    ('', '')
    """
    cells = {cell for cell in sample if not is_empty(cell)}
    found = [_COUNTED.fullmatch(cell) for cell in cells]
    if len(cells) < _FEWEST or not all(found):
        return ""
    words = sorted({one[1] for one in found if one is not None}, key=len)
    longest = words[-1]
    is_one = len(words) == 1 or (len(words) == 2 and longest.startswith(words[0]))
    bare = longest.lower().strip(".")
    is_label = len(bare) == 1 and bare.isascii()
    return "" if not is_one or is_label or bare in _OTHERS or bare in MONTHS else longest


def without_word(cells: Any, word: str) -> Cells | None:
    """A column's numbers without that word, which becomes their unit; None if others are left."""
    bare = pc.replace_substring_regex(cells, r"\s*[^\d\s.,][^\d]*$", "")
    filled = [str(cell) for cell in bare.to_pylist() if cell]
    if not is_numeric(filled[:: max(1, len(filled) // 200)]):
        return None
    return replace(take_apart(bare), unit=word)
