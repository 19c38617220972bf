"""A column of cells → numbers: signs, units, thousands and the decimal mark, verified cell by cell.

``1.234`` and ``1,234`` mean two things. A column says which where it can (``1,5`` has a decimal
comma; ``1,234,567`` has a thousands comma); where it cannot, the file's other columns decide, then
the delimiter; what decided is reported, so that a person can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.notation import LONG, PATTERNS
from forecast.reading.pieces import cut
from forecast.reading.remarks import are_remarks, looks_numbered, unmarked
from forecast.reading.units import ACCOUNTS, number_regex
from forecast.reading.words import NULLS

_DEBIT = re.compile(r"(?<=\d)\s*[Dd][Rr]\.?$")  # 1,250.00 Dr, beside amounts with Cr
Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Marks:
    """How many cells of a column speak for which decimal mark."""

    point: int = 0  # can only be read with a decimal point
    comma: int = 0  # can only be read with a decimal comma
    unclear_point: int = 0  # like 1.234
    unclear_comma: int = 0  # like 1,234
    long: int = 0  # four digits and more without any mark

    @property
    def verdict(self) -> str:
        """ "." or "," where the column itself decides, else ""."""
        if self.point or self.comma:
            return "." if self.point >= self.comma else ","
        # 1500 beside 1.234 shows that thousands are not marked, so the mark is the decimal one.
        if self.long and self.unclear_point and not self.unclear_comma:
            return "."
        if self.long and self.unclear_comma and not self.unclear_point:
            return ","
        if self.unclear_comma and self.unclear_point:
            return ""
        return ""

    @property
    def unclear(self) -> bool:
        """Whether both marks would fit, with different values."""
        return not self.verdict and bool(self.unclear_point or self.unclear_comma)


@dataclass(frozen=True)
class Cells:
    """A column taken apart, before its decimal mark is decided."""

    body: Any  # pyarrow strings: digits and marks only, "" where there is no number
    factor: Floats  # sign × K, M, Cr …
    exponent: Any  # pyarrow strings such as "E+05", or ""; None if no cell has one
    empty: Bools
    unit: str
    marks: Marks
    plain: Floats | None = None  # the numbers already, if they are all plain
    plain_mark: str = "."  # the decimal mark that ``plain`` was read with
    remarked: Bools | None = None  # cells with a mark such as "p" beside the number
    mixed: str = ""  # another currency in the same column
    n_bounded: int = 0  # cells that only say a limit: "<1"


@dataclass(frozen=True)
class ParsedNumbers:
    """A column of numbers."""

    values: Floats  # NaN where there is no number
    empty: Bools  # no cell, a word for "nothing", or an infinite number
    bad: Bools  # something is written there, but no number
    decimal: str
    marks: Marks
    unit: str
    mixed: str = ""  # another currency in the same column
    n_bounded: int = 0  # cells that only say a limit: half of it, where it is an upper one
    stand_in: float | None = None  # a number that stood for "no data" and was taken out
    n_stand_ins: int = 0
    durations: bool = False  # "1:30:00", given in hours


def looks_like_number(cell: str) -> bool:
    """Whether one cell is a number in some notation."""
    bare = _DEBIT.sub("", cell)
    found = number_regex().match(bare) if len(cell) <= 60 else None
    return found is not None and any(
        re.match(PATTERNS[decimal]["valid"], found.group("body").rstrip()) for decimal in ".,"
    )


def is_empty(cell: str) -> bool:
    """Whether one cell says that there is nothing."""
    return cell.strip().lower() in NULLS


def is_numeric(sample: Sequence[str]) -> bool:
    """Whether a sample of cells is mostly numbers."""
    cells = [cell for cell in sample if not is_empty(cell)]
    numbers = [looks_like_number(cell) for cell in cells]
    if not cells or sum(numbers) >= 0.9 * len(cells):
        return bool(cells)
    marked = [
        not number and looks_like_number(unmarked(cell))
        for cell, number in zip(cells, numbers, strict=True)
    ]
    if sum(numbers) + sum(marked) < 0.9 * len(cells):
        return False
    return are_remarks(np.array(marked), any(map(looks_numbered, cells)))


def take_apart(cells: Any) -> Cells:
    """Separate signs, units and words for "nothing" from the digits of a column.

    Args:
        cells: a pyarrow string array, trimmed, without nulls.
    """
    plain, empty = _plain(cells)
    if plain is not None:
        marks = _marks(cells, only_points=True)
        return Cells(cells, np.ones(0), None, empty, "", marks, plain)
    comma = _plain_comma(cells, empty)
    if comma is not None:
        return comma
    pieces = cut(_tidy(cells))
    marks = _marks(pieces.body)
    return Cells(
        pieces.body,
        pieces.factor,
        pieces.exponent,
        empty,
        pieces.unit,
        marks,
        remarked=pieces.remarked,
        mixed=pieces.mixed,
        n_bounded=int(pieces.bounded.sum()),
    )


def _plain_comma(cells: Any, empty: Bools) -> Cells | None:
    """Numbers plain but for their decimal comma, if the first rows leave no doubt of it."""
    head = cells[:2000]
    sure = _count(head, PATTERNS[","]["certain"])
    if not sure or pc.any(pc.match_substring(cells, ".")).as_py():
        return None
    swapped = pc.replace_substring(cells, ",", ".")
    values, nothing = _plain(swapped)
    if values is None:
        return None
    marks = Marks(comma=sure, unclear_comma=_count(head, PATTERNS[","]["unclear"]))
    return Cells(cells, np.ones(0), None, empty | nothing, "", marks, values, ",")


def _plain(cells: Any) -> tuple[Floats | None, Bools]:
    """Numbers as computers write them, which Arrow reads by itself; and which cells are empty."""
    nothing = np.zeros(len(cells), dtype=np.bool_)
    try:
        values = np.asarray(pc.cast(cells, pa.float64()))
        return _finite(values, nothing)
    except pa.ArrowInvalid:
        empty = pc.is_in(pc.utf8_lower(cells), value_set=pa.array(sorted(NULLS)))
    nothing = np.asarray(empty)
    if not nothing.any():
        return None, nothing
    try:
        held = pc.if_else(empty, pa.scalar(None, pa.string()), cells)
        values = np.asarray(pc.fill_null(pc.cast(held, pa.float64()), float("nan")))
        return _finite(values, nothing)
    except pa.ArrowInvalid:
        return None, nothing


def _finite(values: Floats, empty: Bools) -> tuple[Floats, Bools]:
    finite = np.isfinite(values)
    if finite.all():
        return values, empty
    return np.where(finite, values, np.nan), empty | ~finite


def _tidy(cells: Any) -> Any:
    """One kind of minus, blank and apostrophe."""
    for pattern, plain in (("[−–‒]", "-"), ("[\u00a0\u202f\u2007\u2009\t]", " "), ("[’ʼ´`‘]", "'")):
        if pc.any(pc.match_substring_regex(cells, pattern)).as_py():
            cells = pc.replace_substring_regex(cells, pattern, plain)
    for pattern, plain in ACCOUNTS:
        if pc.any(pc.match_substring_regex(cells, pattern)).as_py():
            cells = pc.replace_substring_regex(cells, pattern, plain)
    if pc.any(pc.match_substring(cells, "]")).as_py():
        cells = pc.replace_substring_regex(cells, r"(\d)\s*\[[a-z\d]{1,2}\]$", r"\1")  # 12.5[3]
    return cells


def _count(body: Any, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(body, pattern)).as_py() or 0)


def _marks(body: Any, only_points: bool = False) -> Marks:
    # A slice usually settles it, and costs nothing.
    head = body[:2000]
    n_point = _count(head, PATTERNS["."]["certain"])
    if only_points and (n_point or len(body) == len(head)):
        return Marks(
            n_point, 0, _count(head, PATTERNS["."]["unclear"]), 0, _count(head, "^[-+]?\\d{4,}$")
        )
    n_point = _count(body, PATTERNS["."]["certain"])
    n_unclear = _count(body, PATTERNS["."]["unclear"])
    n_long = _count(body, f"^[-+]?{LONG}$")
    if only_points:
        return Marks(n_point, 0, n_unclear, 0, n_long)
    n_comma = _count(body, PATTERNS[","]["certain"])
    return Marks(n_point, n_comma, n_unclear, _count(body, PATTERNS[","]["unclear"]), n_long)


def finish(cells: Cells, decimal: str) -> ParsedNumbers:
    """Read a column taken apart with the decimal mark it turned out to have."""
    if cells.plain is not None and (decimal == cells.plain_mark or not _has_points(cells)):
        bad = np.zeros(len(cells.plain), dtype=np.bool_)
        mark = cells.plain_mark
        return ParsedNumbers(cells.plain, cells.empty, bad, mark, cells.marks, cells.unit)
    body, factor = cells.body, cells.factor
    if cells.plain is not None:
        # Points that turn out to group thousands: signs are still in the cells.
        negative = pc.starts_with(body, "-")
        factor = np.where(np.asarray(negative), -1.0, 1.0)
        body = pc.utf8_ltrim(body, "+-")
    valid = pc.match_substring_regex(body, PATTERNS[decimal]["valid"])
    digits = pc.replace_substring_regex(body, r"[, '_]" if decimal == "." else r"[. '_]", "")
    if decimal == ",":
        digits = pc.replace_substring(digits, ",", ".")
    if cells.exponent is not None:
        digits = pc.binary_join_element_wise(digits, cells.exponent, "")
    held = pc.if_else(valid, digits, pa.scalar(None, pa.string()))
    values = np.asarray(pc.fill_null(pc.cast(held, pa.float64()), float("nan"))) * factor
    flags = _flags(values, factor)
    if cells.remarked is not None:
        values = np.where(flags & cells.remarked, values / np.abs(factor), values)
        flags = flags & ~cells.remarked
    good = np.asarray(valid) & ~flags
    values = np.where(good, values, np.nan)
    values, empty = _finite(values, cells.empty)
    return ParsedNumbers(
        values,
        empty & ~np.isfinite(values),
        ~good & ~cells.empty,
        decimal,
        cells.marks,
        cells.unit,
        cells.mixed,
        cells.n_bounded,
    )


def _flags(values: Floats, factor: Floats) -> Bools:
    """Cells whose letter is a remark, not a magnitude: ``12.5 b`` (break in series) among 12.4.

    Real magnitudes shorten: beside plain numbers, ``1.2K`` stands for more than they do. Remarks
    stand beside numbers of the same size.
    """
    scaled = np.isfinite(values) & (np.abs(factor) > 1)
    plain = np.isfinite(values) & (np.abs(factor) == 1) & (values != 0)
    if not scaled.any() or plain.sum() <= scaled.sum():
        return np.zeros(len(values), dtype=np.bool_)
    raw = float(np.median(np.abs(values[scaled] / factor[scaled])))
    usual = float(np.median(np.abs(values[plain])))
    return scaled if 0.1 < raw / usual < 10 else np.zeros(len(values), dtype=np.bool_)


def _has_points(cells: Cells) -> bool:
    marks = cells.marks
    return bool(marks.point or marks.unclear_point or marks.comma or marks.unclear_comma)
