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
from itertools import pairwise

from forecast.errors import DataError
from forecast.reading.kinds import bare_width, is_typed, kind

CANDIDATES = (",", ";", "\t", "|", " ", "")  # " " any run of blanks, "" one column
MAX_CELL = 200_000
_ROWS_LOOKED_AT = 80
_DAY_AND_VALUE = 2  # cells
_ROWS_OF_ONE = 10  # lines of one number that leave no doubt
_ONE_DECIMAL = re.compile(r"-?(\d{1,9}),\d\d")
_DAY_AND_COMMA = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]),")
# DE39 5298 1103 5412 6329 61 and 1234 5678 9012 3456 as cells of their own: no blank parts them.
_IN_FOURS = re.compile(
    r"(?<=[,;\t|\"])(?:[A-Z]{2}\d{2}(?: [\dA-Z]{4}){2,7}(?: [\dA-Z]{1,4})?|\d{4}(?: \d{4}){3})"
    r"(?!\w| \d)"
)
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
    sample = _IN_FOURS.sub(lambda found: found[0].replace(" ", ""), sample)
    lines = sample.split("\n")
    if sum(line.startswith("#") for line in lines[:_ROWS_LOOKED_AT]) > 1:
        # Comments have no cells; a header among them is known by standing last.
        last = max(i for i, line in enumerate(lines[:_ROWS_LOOKED_AT]) if line.startswith("#"))
        lines = lines[last:]
    if _is_decimal_column(lines):
        return ""
    best, best_score = "", -1.0
    first = _header_of_one(lines)
    is_decimal = any(_outdoes_comma(lines, sign) for sign in (";", "\t", "|"))
    is_signed = _has_tabs(lines) or any(_cuts_words(lines, sign) for sign in (",", ";", "|"))
    for candidate in CANDIDATES:
        if candidate and candidate not in sample:
            continue
        if (candidate == "," and is_decimal) or (candidate == " " and is_signed):
            continue
        if candidate == "" and _begin_with_days(lines):
            continue
        score = _score(lines, candidate)
        if candidate and _is_between_quotes(lines, candidate):
            score *= 1.3
        if candidate and _names_columns(first, lines, candidate):
            score *= 1.05
        # Under a header of one word, "104,22" is one number with a decimal comma.
        if candidate == "" and not any(sign and sign in first for sign in CANDIDATES):
            score *= 1.05
        if score > best_score + 1e-9:
            best, best_score = candidate, score
    if best == "":
        return " " if _is_blank_table(lines) else _uneven_sign(lines)
    if best == " " and " " not in next((line for line in lines if line.strip()), " "):
        return _uneven_sign(lines) or best  # the blank stands between day and time
    return best


def _is_decimal_column(lines: list[str]) -> bool:
    """Whether every line is one number with a decimal comma: ``1066,28``, two digits each.

    ``1,52`` over ``2,48`` and ``3,51`` counts its rows instead.
    """
    found = [
        _ONE_DECIMAL.fullmatch(line.strip()) for line in lines[:_ROWS_LOOKED_AT] if line.strip()
    ]
    if len(found) < _ROWS_OF_ONE or not all(found):
        return False
    whole = [int(one[1]) for one in found if one is not None]
    return any(b - a != whole[1] - whole[0] for a, b in pairwise(whole))


def _begin_with_days(lines: list[str]) -> bool:
    """Whether nearly every line is ``20200101,1706``: a day and a count, no decimal comma."""
    last = [line for line in lines if line.strip()][-_ROWS_LOOKED_AT:]
    return sum(bool(_DAY_AND_COMMA.match(line)) for line in last) > 0.9 * len(last)


def _header_of_one(lines: list[str]) -> str:
    """The line above the first that would be a number or a date as a whole; else the first."""
    filled = [line for line in lines[: 3 * _ROWS_LOOKED_AT] if line.strip()]
    for above, line in pairwise(filled):
        if is_typed(kind(line)):
            return above
    return filled[0] if filled else ""


def _names_columns(header: str, lines: list[str], sign: str) -> bool:
    """Whether the header has the sign as often as the last lines: ``Date,Users`` over ``1,2``."""
    n = header.count(sign)
    last = [line for line in lines if line.strip()][-_ROWS_LOOKED_AT:]
    return n > 0 and sum(line.count(sign) == n for line in last) > 0.9 * len(last)


def _outdoes_comma(lines: list[str], sign: str) -> bool:
    """Whether commas can only be decimal marks: several signs in the header as in every row.

    ``Branch;Item;Group;Day;Sales`` over ``Mitte;Brot;Waren;30.01.2023;20,00``: cut at the comma,
    the last cell would look as good as a number, and the words before it as one.
    """
    header = _header_as_even(lines, sign, fewest=1 if sign == "\t" else 2)
    return header is not None and "," not in header


def _header_as_even(lines: list[str], sign: str, fewest: int = 2) -> str | None:
    """The first line with as many of the sign as nearly every last line has."""
    filled = [line for line in lines if line.strip()]
    last = filled[-_ROWS_LOOKED_AT:]
    n, n_lines = Counter(line.count(sign) for line in last).most_common(1)[0] if last else (0, 0)
    if n < fewest or n_lines <= 0.9 * len(last):
        return None
    return next(line for line in filled if line.count(sign) == n)


def _has_tabs(lines: list[str]) -> bool:
    """Whether nearly every line has equally many tabs: blanks only fill its cells up."""
    counts = Counter(line.count("\t") for line in lines if line.strip())
    n_tabs, n_lines = counts.most_common(1)[0] if counts else (0, 0)
    return n_tabs > 1 and n_lines > 0.9 * counts.total()


def _cuts_words(lines: list[str], sign: str) -> bool:
    """Whether the sign stands as often in a header of words as in every row.

    ``Time,Site,Status,Reading`` over ``1/1/2023 12:00:00 AM,Roof,OK,8.5``: cut at the blanks, date
    and time would look better than the cells do.
    """
    header = _header_as_even(lines, sign)
    return header is not None and not any(is_typed(kind(cell)) for cell in header.split(sign))


def _is_between_quotes(lines: list[str], sign: str) -> bool:
    """Whether nearly every line holds the sign between two quoted cells."""
    filled = [line for line in lines if line.strip()]
    return sum(f'"{sign}"' in line for line in filled) > 0.8 * len(filled)


def _is_blank_table(lines: list[str]) -> bool:
    """Whether ``2020-01-01  12.50`` below ``Date  Close`` is a date and a number, not a time."""
    filled = [line for line in lines if line.strip() and not line.startswith("#")]
    rows = [line.split() for line in filled]
    width = len(rows[0]) if rows else 0
    if width == _DAY_AND_VALUE and kind(rows[0][0]) == "date":  # no header, and wide apart
        apart = sum("  " in line.strip() for line in filled) > 0.9 * len(filled)
        return apart and all(len(row) == width and kind(row[-1]) == "number" for row in rows)
    body = rows[1 : 1 + _ROWS_LOOKED_AT]
    if width < 2 or len(body) < 3 or any(is_typed(kind(word)) for word in rows[0]):
        return False
    return all(len(row) == width and kind(row[-1]) == "number" for row in body)


def _uneven_sign(lines: list[str]) -> str:
    """The sign that parts a header's words and most rows, though never as often; else ""."""
    filled = [line for line in lines if line.strip()]
    for sign in (";", "\t", ",", "|"):
        counts = [line.count(sign) for line in filled]
        is_common = sum(n > 0 for n in counts) > 0.5 * len(counts) > 2
        words = filled[0].split(sign) if filled else []
        if is_common and counts[0] > 1 and not any(is_typed(kind(word)) for word in words):
            return sign
    return ""


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
