"""Headers of statistics offices, in which rows between names and values say more of each series.

::

    "";BBEX3.D.USD.EUR.BB.AC.000;BBEX3.D.USD.EUR.BB.AC.000_FLAGS
    "";Euro reference exchange rate;
    unit;USD;
    last update;2024-01-12 10:02:11;
    2024-01-02;1.0956;
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMAT = re.compile(r"\d+[snd]")  # of USGS: "14n" below the name of each column
_UNITS = {"einheit", "unit", "units"}
_NAMES = {"", "title"}
_SAID = _UNITS | {
    "dimension", "stand vom", "unit multiplier", "last update", "last updated", "sourcekey",
    "cdid", "source dataset id", "preunit", "release date", "next release", "important notes",
}  # fmt: skip


def described(rows: Sequence[Sequence[str]], first: int) -> list[Sequence[str]]:
    """The rows that name the columns, the unit in brackets below them; none in any other header.

    Args:
        first: index of the first row of data.
    """
    if first > 1 and all(_FORMAT.fullmatch(cell.strip()) for cell in rows[first - 1]):
        return [rows[first - 2]]
    heads = [row[0].strip().lower() if row else "" for row in rows[:first]]
    index = first - 1
    if index > 0 and heads[index] not in _SAID and heads[index - 1] in _SAID:
        return [rows[index]]
    units: list[Sequence[str]] = []
    while index >= 0 and heads[index] in _SAID:
        if heads[index] in _UNITS:
            units = [["", *(f"[{cell}]" if cell.strip() else "" for cell in rows[index][1:])]]
        index -= 1
    names: list[Sequence[str]] = []
    while 0 <= index < first - 1 and heads[index] in _NAMES and any(rows[index]):
        names.insert(0, ["", *rows[index][1:]])
        index -= 1
    return [*names, *units] if names else []
