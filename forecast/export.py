"""Tables as CSV files that a spreadsheet opens as what they are: data, not formulas."""

from __future__ import annotations

import re

import pandas as pd

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(\d[\d.,' ]*|\.\d+)([eE][+-]?\d+)?\s?%?")


def forecast_table(table: pd.DataFrame) -> pd.DataFrame:
    """A forecast as people keep it: "same as today" by its name, and no more digits than it has.

    Args:
        table: as ``Run.forecast`` gives it.
    """
    named = table.rename(columns={"naive": "same as today"})
    return named.map(lambda cell: float(f"{cell:.7g}") if isinstance(cell, float) else cell)


def to_csv(table: pd.DataFrame, *, index: bool = True, decimal: str = ".") -> bytes:
    """The table as UTF-8, with a byte-order mark by which spreadsheets know it.

    Text that a spreadsheet would run as a formula gets an apostrophe before it, headers and index
    included; numbers stay numbers. With a comma as the decimal mark, semicolons part the cells, as
    spreadsheets of those countries write and read them.
    """
    safe = table.set_axis([harmless(str(name)) for name in table.columns], axis=1)
    for i, kind in enumerate(safe.dtypes):
        if not (pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind)):
            safe = _replaced(safe, i)
    if index:
        names = [None if name is None else harmless(str(name)) for name in safe.index.names]
        safe.index = safe.index.set_names(names)
        if not isinstance(safe.index, pd.DatetimeIndex | pd.RangeIndex):
            safe.index = safe.index.map(harmless)
    # The line ends of RFC 4180, by which a lone carriage return within a cell is put in quotes too.
    sign = ";" if decimal == "," else ","
    text = safe.to_csv(index=index, sep=sign, decimal=decimal, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def harmless(cell: object) -> object:
    """The cell, with an apostrophe before it if it is text that would run as a formula.

    >>> harmless("=1+1"), harmless("-5.2"), harmless(-5.2), harmless("@me")
    ("'=1+1", '-5.2', -5.2, "'@me")
    """
    if not isinstance(cell, str):
        return cell
    # Blanks before the sign do not stop every spreadsheet.
    runs = cell.startswith(_RUNS) or cell.lstrip(" \u00a0\ufeff").startswith(_RUNS)
    return f"'{cell}" if runs and not _NUMBER.fullmatch(cell.strip()) else cell


def _replaced(table: pd.DataFrame, i: int) -> pd.DataFrame:
    columns = [table.iloc[:, k] for k in range(table.shape[1])]
    columns[i] = table.iloc[:, i].map(harmless)
    return pd.concat(columns, axis=1)
