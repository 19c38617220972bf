"""How digits, thousands and the decimal mark are written, as patterns for whole columns."""

from __future__ import annotations

_GROUP = r"[ '_]"  # blanks, Swiss apostrophes and underscores only ever group digits
# The patterns name "." the decimal mark; the same with "." and "," exchanged serve the other.
_CERTAIN = (
    r"\d+\.(?:\d{0,2}|\d{4,})",  # 1.5, 12., 1.2345
    r"0+\.\d+|\.\d+|\d{4,}\.\d+",  # 0.125, .5, 1234.567
    r"\d{1,3}(?:,\d{2,3})*,\d{3}\.\d*",  # 1,234.567 and 12,34,567.5
    r"\d{1,3}(?:,\d{2,3})+,\d{3}",  # 1,234,567 and 12,34,567
    rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+\.\d*",  # 1 234.567
)
_UNCLEAR = r"[1-9]\d{0,2}\.\d{3}"  # 1.234: thousands, if "," is the decimal mark
LONG = r"\d{4,}"  # 1500: who writes this does not group thousands
_VALID = (
    rf"\d+(?:\.\d*)?|\.\d+|\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?|\d{{1,2}}(?:,\d{{2}})*,\d{{3}}(?:\.\d*)?"
    rf"|\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:\.\d*)?"
)


def _exchange(pattern: str) -> str:
    marks = {r"\.": ",", ",": r"\."}
    out, place = "", 0
    while place < len(pattern):
        piece = pattern[place : place + 2] if pattern[place] == "\\" else pattern[place]
        inside = out.rfind("{") > out.rfind("}")  # the comma of {2,3} is no mark
        out += piece if inside else marks.get(piece, piece)
        place += len(piece)
    return out


PATTERNS = {
    ".": {
        "certain": "^[-+]?(?:" + "|".join(_CERTAIN) + ")$",
        "unclear": f"^[-+]?(?:{_UNCLEAR})$",
        "valid": f"^(?:{_VALID})$",
    },
    ",": {
        "certain": "^[-+]?(?:" + "|".join(map(_exchange, _CERTAIN)) + ")$",
        "unclear": "^[-+]?(?:" + _exchange(_UNCLEAR) + ")$",
        "valid": "^(?:" + _exchange(_VALID) + ")$",
    },
}
