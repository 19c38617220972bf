"""Further columns beside the target, of which the network sees the past steps.

From a page to a worker and into a run's folder the target and its inputs travel as one table, the
target first, so that whoever cuts rows cuts them all: *rows*. Without inputs, rows are the series.

Nothing of the future is needed, and none is used: a missing value is the last one known before it,
and before the first known one the network is shown 0 (see ``scaling``).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import series as checks
from forecast.config import Config
from forecast.errors import ConfigError, DataError

Rows = pd.Series | pd.DataFrame


def target(rows: Rows) -> pd.Series:
    """The series to forecast."""
    return rows if isinstance(rows, pd.Series) else rows.iloc[:, 0]


def others(rows: Rows) -> pd.DataFrame | None:
    """The columns beside it; None where there are none."""
    return None if isinstance(rows, pd.Series) else rows.iloc[:, 1:]


def beside(series: pd.Series, columns: pd.DataFrame | None) -> Rows:
    """The inverse of ``target`` and ``others``."""
    if columns is None:
        return series
    rows = columns.copy()
    rows.insert(0, series.name, series.to_numpy(), allow_duplicates=True)
    return rows


def join(series: pd.Series, table: pd.DataFrame | None, config: Config) -> Rows:
    """The series with the columns of ``table`` that the settings name, as known at each row.

    >>> days = pd.date_range("2024-01-01", periods=4)
    >>> table = pd.DataFrame({"rain": [np.nan, 3.0, np.nan, 5.0]}, index=days)
    >>> join(pd.Series([1.0, 2, 3, 4], days, name="v"), table, Config().but(inputs=("rain",)))
                  v  rain
    2024-01-01  1.0   NaN
    2024-01-02  2.0   3.0
    2024-01-03  3.0   3.0
    2024-01-04  4.0   5.0

    Args:
        table: has a row for the rows of ``series``, by their dates or numbers; it may have more.

    Raises:
        ConfigError: there is no table, or the target itself is to be an input.
        DataError: a column is not there, holds no numbers, or never changes.
    """
    names = config.data.inputs
    if not names:
        return series
    if table is None:
        raise ConfigError(
            "These settings show the network further columns, and none were given.",
            expected="a table with " + ", ".join(names),
            received="the series alone",
            fix="Give the table as inputs=…, or take the inputs out of the settings.",
        )
    if str(series.name) in names:
        raise ConfigError(
            f"{series.name} is what is forecast: the network sees its past anyway.",
            expected="other columns as further inputs",
            received=f"inputs={names!r}",
            fix="Take it out of the further inputs.",
        )
    if not table.index.equals(series.index):
        table = table[~table.index.duplicated(keep="last")].reindex(series.index)
    return beside(series, pd.DataFrame({name: _column(table, name) for name in names}))


def offered(table: pd.DataFrame, target: str) -> tuple[str, ...]:
    """The columns of ``table`` that could be inputs: numbers that change, beside the target."""
    names = []
    for i, name in enumerate(map(str, table.columns)):
        column = table.iloc[:, i]
        fresh = bool(name) and name != target and name not in names
        if fresh and pd.api.types.is_numeric_dtype(column) and column.nunique() > 1:
            names.append(name)
    return tuple(names)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    """One column as numbers, each missing one replaced by the last known before it."""
    found = [i for i, column in enumerate(table.columns) if str(column) == name]
    if not found:
        raise DataError(
            "no_column",
            f"These data have no column {name!r} to show the network.",
            expected="one of " + ", ".join(str(column) for column in table.columns),
            received=name,
            fix="Choose other inputs, or other data.",
        )
    column = table.iloc[:, found[0]]
    if not pd.api.types.is_numeric_dtype(column):
        raise DataError(
            "not_numbers",
            f"The column {name!r} does not hold numbers.",
            expected="a column of numbers to show the network",
            received=str(column.dtype),
            fix="Choose another input.",
        )
    values = column.astype("Float64").astype("float64")
    values = values.where(np.isfinite(values)).ffill()
    if values.nunique() < 2:
        raise _still(name, int(values.notna().any()), "the data")
    return values


def check(rows: Rows, config: Config) -> Rows:
    """The rows with their target checked (see ``series.check``) and as many inputs as are set.

    Raises:
        DataError: the target is not a clean series.
        ConfigError: the inputs are not those of the settings.
    """
    n_inputs = 0 if isinstance(rows, pd.Series) else rows.shape[1] - 1
    if n_inputs != len(config.data.inputs):
        raise ConfigError(
            "The network is to see other columns than it was given.",
            expected=", ".join(config.data.inputs) or "the series alone",
            received=f"{n_inputs} further columns",
            fix="Give the table as inputs=…",
        )
    return beside(checks.check(target(rows)), others(rows))


def refuse_still(seen: Rows, config: Config) -> None:
    """A column that does not change in the training rows ``seen`` teaches a network nothing.

    Raises:
        DataError: there is one; it is named.
    """
    columns = others(seen)
    if columns is None:
        return
    for name, n_values in zip(config.data.inputs, columns.nunique(), strict=True):
        if n_values < 2:
            raise _still(name, n_values, f"the {len(seen):,} rows that are trained on")


def without_still(rows: Rows, seen: Rows, config: Config) -> tuple[Rows, Config]:
    """Rows and settings without the inputs that never change in ``seen``, the training rows."""
    columns, further = others(seen), others(rows)
    if columns is None or further is None:
        return rows, config
    moving = (columns.nunique() > 1).to_numpy()
    names = tuple(name for name, moves in zip(config.data.inputs, moving, strict=True) if moves)
    kept = further.loc[:, moving] if names else None
    return beside(target(rows), kept), config.but(inputs=names)


def _still(name: str, n_values: int, where: str) -> DataError:
    """One value in all rows, or none."""
    return DataError(
        "still_input",
        f"The column {name!r} never changes in {where}."
        if n_values
        else f"The column {name!r} holds no number in {where}.",
        expected="a column with at least two different numbers",
        received="the same number in every row" if n_values else "none",
        fix="Choose another input, or more rows.",
    )
