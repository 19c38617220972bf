"""Marks beside what a cell says: provisional, revised, estimated (``101.7 p``, ``Nov 2019*``).

Statistics offices put them on their newest figures, which nobody wants to lose. The list is short
and closed, and a mark counts only where the rest of the cell reads as the rest of its column does:
letters behind digits are as often part of a name, such as a house number's.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

Bools = np.ndarray[Any, np.dtype[np.bool_]]

_LETTERS = "prebsucdf"  # provisional, revised, estimated, break, Eurostat, uncertain, …
_APART = rf"(?:\s*(?:\*{{1,2}}|†|#|\([{_LETTERS}{_LETTERS.upper()}]\))|\s+[{_LETTERS}])"
_REMARK = re.compile(rf"^(.*\d.*?){_APART}$|^(.*\d)[{_LETTERS}]$")
_NOTES = re.compile(r"^[*†‡]\s*(?=\S)|(?<=\d)\s*(?:\[[a-z\d]{1,2}\]|[¹²³⁰-⁹])+$")
_NUMBERED = re.compile(rf"^\d+[{_LETTERS}]$")
_ENDS = (*_LETTERS, *"*†#)]¹²³⁰⁴⁵⁶⁷⁸⁹")  # looked at first: most cells end in none of them
_STARTS = tuple("*†‡")
_LONGEST = 80  # letters of a cell that may be a date or a number
_MOST = 0.5  # of a column's cells that may bear marks


def unmarked(cell: str) -> str:
    """A cell without the mark at its end, or the footnote's sign at either.

    >>> [unmarked(cell) for cell in ("101.7 (p)", "2019 november*", "101.7b", "97 Mio", "(p)")]
    ['101.7', '2019 november', '101.7', '97 Mio', '(p)']
    >>> [unmarked(cell) for cell in ("† 119.20", "121.2¹", "121.2[1]")]
    ['119.20', '121.2', '121.2']
    """
    if len(cell) > _LONGEST or not (cell.endswith(_ENDS) or cell.startswith(_STARTS)):
        return cell
    cell = _NOTES.sub("", cell)
    found = _REMARK.match(cell)
    return (found[1] or found[2]) if found is not None else cell


def looks_numbered(cell: str) -> bool:
    """Whether a cell with a mark may as well be a name, as ``12b`` is one of a house."""
    return _NUMBERED.match(cell) is not None


def are_remarks(marked: Bools, may_be_names: bool) -> bool:
    """Whether marks on some cells of a column are remarks.

    Args:
        marked: for each filled cell, in the file's order, whether it bears one.
        may_be_names: some of them are like ``12b``. Then all have to stand together at one end.
    """
    n_marked = int(marked.sum())
    if not 0 < n_marked <= _MOST * len(marked):
        return False
    return not may_be_names or bool(marked[:n_marked].all() or marked[-n_marked:].all())
