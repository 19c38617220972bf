"""Long files: several series below each other, told apart by a column such as Symbol or Store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from forecast.reading.numbers import Bools
from forecast.reading.stamps import Stamps
from forecast.reading.units import is_currency, unit_of
from forecast.reading.words import ENTITIES, tokens

ALL_TOGETHER = "All together, added up"  # the answer that makes one series of all of them
_FEW_DATES = 0.2  # of the file's: a series with so few is one of many kinds of expense, say
_MOST_ROWS_SHARE = 0.5  # an entity repeats: labels that differ in every row are comments
_NAMES = frozenset(
    {"symbol", "ticker", "name", "stock", "company", "isin", "wkn", "名称", "종목", "銘柄"}
)
_CURRENCY_COLUMNS = frozenset({"currency", "währung", "devise", "moneda", "valuta", "waluta"})
_SIGN = " · "


@dataclass(frozen=True)
class Entities:
    """The series in a file."""

    columns: tuple[int, ...]  # the columns whose cells together name a series
    labels: tuple[str, ...]  # in the order in which they appear
    codes: Any = field(repr=False)  # position in ``labels`` for each row; None if there is one

    def likeliest(self) -> str:
        """The series with the most rows, the first of them if several have as many."""
        counts = np.bincount(self.codes, minlength=len(self.labels))
        return self.labels[int(counts.argmax())]

    def are_sparse(self, stamps: Stamps, ok: Bools) -> bool:
        """Whether even the series with the most rows has few of the file's dates."""
        counts = np.bincount(self.codes[ok], minlength=len(self.labels))
        return bool(counts.max() < _FEW_DATES * len(np.unique(stamps[ok])))


def find_entities(
    names: Sequence[str], cells: Sequence[Any], possible: Sequence[int], stamps: Stamps, ok: Bools
) -> Entities | None:
    """Find the column that makes the dates of a file unique.

    Args:
        names: headers.
        cells: the columns as text.
        possible: columns that may name series: words, or small whole numbers.
        stamps: the rows' dates.
        ok: rows that have one.

    Returns:
        The series, or None if dates do not repeat or no column explains why they do.
    """
    days = _codes(stamps[ok])
    n_repeats = len(days) - int(days.max(initial=-1)) - 1
    if n_repeats == 0:
        return None
    coded = {}
    for column in possible:
        labels = cells[column].dictionary_encode()
        if 2 <= len(labels.dictionary) <= max(_MOST_ROWS_SHARE * len(stamps), 2):
            coded[column] = np.asarray(labels.indices).astype(np.int64)
    ranked = sorted(coded, key=lambda column: (not tokens(names[column]) & ENTITIES, column))
    # A few repeated dates are an accident, unless a column is named as one that tells series apart.
    often = n_repeats >= 0.2 * len(days)
    for size in (1, 2, 3):
        for group in combinations(ranked[:8], size):
            if not often and not all(tokens(names[column]) & ENTITIES for column in group):
                continue
            joint = _joint([coded[column] for column in group])
            left = len(days) - len(np.unique(days * (int(joint.max()) + 1) + joint[ok]))
            if left <= 0.02 * n_repeats:
                return _entities(group, cells, joint)
    return None


def constant_entity(names: Sequence[str], cells: Sequence[Any], possible: Sequence[int]) -> str:
    """The one symbol or name that every row repeats, or ""."""
    for column in possible:
        if tokens(names[column]) & _NAMES:
            labels = cells[column].dictionary_encode().dictionary.to_pylist()
            filled = [label for label in labels if label]
            if len(filled) == 1:
                return str(filled[0])
    return ""


def constant_currency(names: Sequence[str], cells: Sequence[Any]) -> str:
    """The unit of the one currency that a column of that name repeats in every row, or "".

    Args:
        cells: the columns as text.
    """
    for name, column in zip(names, cells, strict=True):
        if tokens(name) & _CURRENCY_COLUMNS:
            kinds = column.dictionary_encode().dictionary.to_pylist()
            found = {unit_of(str(kind).upper()) for kind in kinds if kind}
            if len(found) == 1 and is_currency(unit := found.pop()):
                return unit
    return ""


def _codes(stamps: Stamps) -> Any:
    return np.unique(stamps, return_inverse=True)[1].astype(np.int64)


def _joint(columns: list[Any]) -> Any:
    joint = columns[0]
    for column in columns[1:]:
        joint = np.unique(joint * (int(column.max()) + 1) + column, return_inverse=True)[1]
    return joint


def _entities(group: tuple[int, ...], cells: Sequence[Any], joint: Any) -> Entities:
    kinds, first, codes = np.unique(joint, return_index=True, return_inverse=True)
    appearance = np.argsort(first)
    place = np.empty(len(kinds), dtype=np.int64)
    place[appearance] = np.arange(len(kinds))
    labels = tuple(
        _SIGN.join(str(cells[column][int(row)].as_py()) for column in group)
        for row in first[appearance]
    )
    return Entities(group, labels, place[codes])
