"""Which sign stands between the cells of a text file.

Every candidate is tried with the standard library's ``csv`` on the first lines. The right one cuts
the rows into equally many cells that are numbers and dates; a wrong one leaves "5;12" and the like.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from forecast.errors import DataError
from forecast.reading.kinds import bare_width, is_typed, kind

CANDIDATES = (",", ";", "\t", "|", " ", "")  # " " any run of blanks, "" one column
MAX_CELL = 200_000
_ROWS_LOOKED_AT = 80
_SEP = re.compile(r'\s*"?sep=(.|\\t)"?[,;\s]*', re.I)

csv.field_size_limit(MAX_CELL)


def declared(line: str) -> str:
    """The delimiter in a first line such as ``sep=;`` (Excel's way), or ""."""
    match = _SEP.fullmatch(line)
    if match is None:
        return ""
    return "\t" if match.group(1) == "\\t" else match.group(1)


def split_rows(lines: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    """Rows of cells.

    Raises:
        DataError: ``unclosed-quote`` if a quoted cell grows beyond any sensible size.
    """
    if delimiter == "":
        return ([line.strip("\r\n").strip('"')] for line in lines)
    if delimiter == " ":
        return ([cell for cell in line.strip().split(" ") if cell] for line in lines)
    return _guarded(csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t"))


def _guarded(reader: Iterable[list[str]]) -> Iterable[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise unclosed_quote() from error


def unclosed_quote() -> DataError:
    """The error for a quote that opens and never closes."""
    return DataError(
        "unclosed-quote",
        "A quotation mark in this file is opened and never closed.",
        expected='quotation marks in pairs: "1,234"',
        received="a cell that swallows the rows after it",
        fix="Remove the stray quotation mark in a text editor, or export the file again.",
    )


def refuse_open_end(body: bytes, delimiter: str) -> None:
    """Refuse a text that ends inside quotation marks.

    Raises:
        DataError: ``unclosed-quote``.
    """
    if delimiter in ("", " ") or body.count(b'"') % 2 == 0:
        return
    text = io.StringIO(body.decode("utf-8", errors="replace"), newline="\n")
    try:
        for _ in csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error) or "limit" in str(error):
            raise unclosed_quote() from error


def sniff(sample: str) -> str:
    """The delimiter of a text, from its first lines.

    >>> sniff("day;value\\n1.2.2020;1,5\\n2.2.2020;2,25\\n")
    ';'
    """
    lines = sample.split("\n")
    best, best_score = "", -1.0
    first = next((line for line in lines if line.strip()), "")
    for candidate in CANDIDATES:
        if candidate and candidate not in sample:
            continue
        score = _score(lines, candidate)
        # Under a header of one word, "104,22" is one number with a decimal comma.
        if candidate == "" and not any(sign and sign in first for sign in CANDIDATES):
            score *= 1.05
        if score > best_score + 1e-9:
            best, best_score = candidate, score
    return best


def _score(lines: list[str], delimiter: str) -> float:
    try:
        rows = [row for row in split_rows(io.StringIO("\n".join(lines)), delimiter) if any(row)]
    except DataError:
        return 0.0
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    # Trailing delimiters, present in some rows only, do not count against a candidate.
    bare = Counter(bare_width(row) for row in rows)
    width = max(widths, key=lambda w: (widths[w] * (1.0 if w > 1 else 0.5), w))
    share = max(widths[width], bare[width]) / len(rows)
    body = [row for row in rows if len(row) == width][-_ROWS_LOOKED_AT:]
    found = [kind(cell) for row in body for cell in row if cell.strip()]
    typed = sum(map(is_typed, found)) + 0.5 * found.count("empty")
    # Blanks also stand inside dates and names, so they must do clearly better.
    share *= 0.85 if delimiter == " " else 1.0
    has_date = 1.1 if "date" in found else 1.0
    return (
        share * (0.1 + 0.9 * typed / max(len(found), 1)) * has_date * (1 + 0.002 * min(width, 20))
    )
