"""Cells such as ``($1,234.50)`` or ``1,2 Mio. €`` → sign and magnitude, digits, unit.

A column has many numbers but few forms: with every run of digits and marks replaced by one sign,
``$1,234.50`` is ``$#``. Only the distinct forms are analysed; the digits are what is left when the
forms' letters are trimmed off. The few cells for which that could go wrong are matched one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.remarks import are_remarks, looks_numbered, unmarked
from forecast.reading.units import NUMBER, factor_of, is_currency, number_regex, unit_of

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Floats = np.ndarray[Any, np.dtype[np.float64]]

_RUN = r"[\d.,' _]*\d[\d.,' _]*"
_DEBIT = re.compile(r"(?<=#)\s*[Dd][Rr]\.?$")
_CREDIT = re.compile(r"(?<=#)\s*[Cc][Rr]\.?$")
_BELOW = 0.5  # of the limit: what statistics put for "<1", which is any value below it
_GROUPS = ("bound", "open", "sign", "pre", "sign2", "body", "exp", "suf", "minus", "close")


@dataclass(frozen=True)
class Pieces:
    """What the cells of a column are made of."""

    body: Any  # pyarrow strings: digits and marks; "" where there is no number
    factor: Floats  # sign × K, M, Cr …
    exponent: Any  # pyarrow strings such as "E+05"; None if no cell has one
    unit: str  # the commonest
    remarked: Bools  # cells with a mark such as "p" beside the number
    bounded: Bools  # cells that only say a limit: "<1"
    mixed: str = ""  # another currency that cells name, too


@dataclass(frozen=True)
class _Form:
    factor: float = 1.0
    unit: str = ""
    good: bool = True  # a number at all
    simple: bool = True  # trimming its letters leaves the digits
    remarked: bool = False  # with a mark beside the number that is no part of it
    bounded: bool = False  # a limit, not a value


def cut(cells: Any) -> Pieces:
    """Take a column of cells apart.

    Args:
        cells: a pyarrow string array, trimmed and tidied, without nulls.
    """
    forms = pc.replace_substring_regex(cells, _RUN, "#").dictionary_encode()
    codes = np.asarray(forms.indices)
    words = forms.dictionary.to_pylist()
    known = _with_remarks(_with_signs(words), codes, cells)
    factor = np.array([form.factor for form in known] or [1.0])[codes]
    letters = "".join(sorted(set("".join(words)) - {"#"})) + " "
    body = pc.utf8_trim(cells, letters)
    good = np.array([form.good for form in known] or [False])[codes]
    simple = np.array([form.simple for form in known] or [True])[codes]
    # "Rs.12" is 12 rupees, not 0.12: whose full stop it is, only the whole cell tells.
    led = np.asarray(pc.match_substring_regex(body, r"^[.,]"))
    bare = np.array([word in ("#", "-#", "+#") for word in words] or [True])[codes]
    body = pc.if_else(pa.array(good), body, "")
    hard = np.flatnonzero(good & (~simple | (led & ~bare)))
    exponent = None
    if len(hard):
        body, exponent, factor = _one_by_one(cells, hard, body, factor)
    counts = np.bincount(codes, minlength=len(words))
    shown: dict[str, int] = {}
    for form, count in zip(known, counts, strict=True):
        if form.unit:
            shown[form.unit] = shown.get(form.unit, 0) + int(count)
    remarked = np.array([form.remarked for form in known] or [False])[codes]
    bounded = np.array([form.bounded for form in known] or [False])[codes]
    unit = max(shown, key=lambda unit: shown[unit], default="")
    others = [other for other in shown if other != unit and is_currency(other)]
    mixed = others[0] if others and is_currency(unit) else ""
    return Pieces(body, factor, exponent, unit, remarked, bounded, mixed)


def _with_signs(words: Sequence[str]) -> list[str]:
    """Forms of a statement's column, in which Dr and Cr say debit and credit, not crore."""
    if not any(_DEBIT.search(word) for word in words):
        return list(words)
    return [_CREDIT.sub("", _DEBIT.sub("-", word)) for word in words]


def _with_remarks(words: Sequence[str], codes: np.ndarray[Any, Any], cells: Any) -> list[_Form]:
    """The forms of a column; those that are another's with a mark beside it are read like it."""
    known = [_analyse(word) for word in words]
    bare = [unmarked(word.replace("#", "1")).replace("1", "#") for word in words]
    plain = {word for word, form in zip(words, known, strict=True) if form.good}
    places = [i for i, word in enumerate(words) if bare[i] != word and bare[i] in plain]
    if not places:
        return known
    marked = np.isin(codes, places)
    numbered = np.array(["#" in word for word in words])[codes]
    some = cells.filter(pa.array(marked)).to_pylist()
    if not are_remarks(marked[numbered], any(map(looks_numbered, some))):
        return known
    for place in places:
        form = known[place] if known[place].good else _analyse(bare[place])
        known[place] = replace(form, unit="", remarked=True)
    return known


def _analyse(form: str) -> _Form:
    if "#" not in form:
        return _Form(good=False)
    digits = form.replace("#", "1")
    found = number_regex().match(digits)
    if found is None:
        return _Form(good=False)
    said = {name: found.group(name) or "" for name in _GROUPS}
    n_signs = sum(bool(said[name]) for name in ("open", "sign", "sign2", "minus"))
    if n_signs > 1 or bool(said["open"]) != bool(said["close"]):
        return _Form(good=False)
    unit = unit_of(said["pre"]) or unit_of(said["suf"])
    simple, bounded = form.count("#") == 1, bool(said["bound"])
    return _Form(_factor(said), unit, simple=simple, bounded=bounded)


def _factor(said: dict[str, str]) -> float:
    n_minus = [said["sign"], said["sign2"], said["minus"]].count("-") + (said["open"] == "(")
    share = _BELOW if said["bound"].startswith(("<", "≤")) else 1.0
    return share * factor_of(said["pre"]) * factor_of(said["suf"]) * (-1.0) ** n_minus


def _one_by_one(
    cells: Any, hard: np.ndarray[Any, Any], body: Any, factor: Floats
) -> tuple[Any, Any, Floats]:
    """Match the cells for which trimming is not safe against the whole pattern."""
    found = pc.extract_regex(cells.take(pa.array(hard)), NUMBER)
    columns = {name: pc.fill_null(pc.struct_field(found, name), "").to_pylist() for name in _GROUPS}
    said = [dict(zip(_GROUPS, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    mask = np.zeros(len(cells), dtype=np.bool_)
    mask[hard] = True
    new_body = pa.array([cell["body"].rstrip() for cell in said], pa.string())
    body = pc.replace_with_mask(body, pa.array(mask), new_body)
    blank = pa.array([""] * len(cells), pa.string())
    exponents = pa.array([cell["exp"] for cell in said], pa.string())
    exponent = pc.replace_with_mask(blank, pa.array(mask), exponents)
    factor = factor.copy()
    factor[hard] = [_factor(cell) for cell in said]
    return body, exponent, factor
