"""What reading a file takes and gives: Answers in; Reading, Receipt, Question out.

``forecast.read(source, name=..., answers=...)`` never guesses in silence. Where two readings of a
file fit, it takes the likelier, says so in the receipt, and adds a ``Question`` whose options carry
the ``Answers`` that would choose each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from forecast.errors import ConfigError

# What to make of rows that share a date with different values, in words.
DUPLICATES = {
    "sum": "add them up",
    "mean": "take their average",
    "first": "keep the first",
    "last": "keep the last",
}


_CHOICES = {
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal": (".", ","),
    "delimiter": (",", ";", "\t", "|", " ", ""),  # "": one column
    "duplicates": tuple(DUPLICATES),
}


ALL_SHEETS = "*"  # the answer that puts sheets below each other; no sheet can have this name


@dataclass(frozen=True)
class Answers:
    """What a person has said about their file; every field may stay open."""

    date_column: str | int | None = None  # name or 0-based position
    target_column: str | int | None = None  # name or 0-based position
    date_order: str | None = None  # "dmy", "mdy" or "ymd"
    entity: str | None = None  # one symbol of a long file, or ``entities.ALL_TOGETHER``
    decimal: str | None = None  # "." or ","
    sheet: str | None = None  # a workbook's sheet
    delimiter: str | None = None  # what stands between cells: "," ";" "\t" "|" " "
    duplicates: str | None = None  # rows of one date that differ: a key of DUPLICATES

    def __post_init__(self) -> None:
        for name, allowed in _CHOICES.items():
            given = getattr(self, name)
            if given is not None and given not in allowed:
                raise ConfigError(
                    "This answer about the file is not one of those that can be given.",
                    expected="one of " + ", ".join(map(repr, allowed)),
                    received=f"{name}={given!r}",
                    fix="Choose one of them.",
                )


@dataclass(frozen=True)
class Option:
    """One reading that fits, with what the series would start and end with under it."""

    label: str
    answers: Answers
    first: str = ""  # "2 Jan 2014 (112.30)"
    last: str = ""


@dataclass(frozen=True)
class Question:
    """Asked only where two readings fit; ``chosen`` is the option the reading took."""

    field: str  # the field of Answers it sets
    text: str
    options: tuple[Option, ...]
    chosen: int


@dataclass(frozen=True)
class Warning:
    """Something worth knowing that did not stop the reading."""

    code: str
    text: str
    column: str = ""  # a column that would not have it, offered instead of the target


@dataclass(frozen=True)
class Receipt:
    """What was understood, in words and in values that can be corrected."""

    n_rows: int  # rows of the series
    n_rows_read: int  # rows of the table before any were left out
    date_column: str | None  # None: numbered rows
    target_column: str
    columns: tuple[str, ...]  # all columns of the table
    value_columns: tuple[str, ...]  # the columns that could be the target
    encoding: str
    delimiter: str  # "," ";" "\t" "|" or "" for a workbook
    decimal: str
    date_order: str | None
    frequency: str  # "trading days", "every day", "weekly", "every 30 minutes", "numbered rows" …
    n_missing: int  # rows left out: no value
    n_duplicates: int  # rows left out: same date, same value
    unit: str  # "$", "€", "MW" … where the file shows one, else ""
    sentence: str
    entity: str | None = None
    entities: tuple[str, ...] = ()
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A file understood: the series to forecast, the whole table, and how it was understood."""

    series: pd.Series = field(repr=False)  # float64; DatetimeIndex, or RangeIndex without dates
    table: pd.DataFrame = field(repr=False)  # the cleaned table, indexed like the series
    receipt: Receipt
    questions: tuple[Question, ...] = ()
