"""Which columns move together, and whether one moves first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.exploring import needs
from forecast.exploring.overview import changes

Array = npt.NDArray[np.float64]
MOST_ROWS = 200_000  # the latest
MOST_COLUMNS = 12
LEAST_ROWS = 20
SAME = 0.9995


@dataclass(frozen=True)
class Pair:
    one: str
    other: str
    correlation: float


@dataclass(frozen=True)
class Together:
    """Correlations between the changes of columns; the series to forecast stands first."""

    names: tuple[str, ...]
    correlation: Array  # (n_columns, n_columns); NaN where too few rows have both
    strongest: Pair  # of all that are not the same thing twice
    weakest: Pair
    same: tuple[Pair, ...]  # columns that repeat each other
    first: Pair | None  # the column whose last change goes best with the next one of the series;
    # none that repeats the series: a copy knows nothing new
    chance: float  # |correlation| that chance stays below in 95 of 100 cases
    n_left_out: int  # columns beyond the first twelve
    n_used: int


def together(table: pd.DataFrame, series: pd.Series) -> Together:
    """Correlate changes rather than levels: two series that both grow always correlate.

    Raises:
        DataError: fewer than two columns with numbers that vary, or fewer than 20 rows.
    """
    moves, n_left_out = _moves(table, series)
    needs.rows(len(moves), LEAST_ROWS, "Comparing columns")
    needs.rows(moves.shape[1], 2, "Comparing columns", of="columns with numbers that vary", fix="")
    names = tuple(str(name) for name in moves.columns)
    matrix = moves.corr(min_periods=LEAST_ROWS).to_numpy()
    pairs = [
        Pair(names[i], names[j], float(matrix[i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if np.isfinite(matrix[i, j])
    ]
    needs.rows(len(pairs), 1, "Comparing columns", of="pairs of columns with 20 rows in common")
    apart = [pair for pair in pairs if abs(pair.correlation) < SAME] or pairs
    return Together(
        names=names,
        correlation=matrix,
        strongest=max(apart, key=lambda pair: abs(pair.correlation)),
        weakest=min(apart, key=lambda pair: abs(pair.correlation)),
        same=tuple(pair for pair in pairs if pair.correlation >= SAME),
        first=_first(moves, matrix[0]),
        chance=float(1.96 / np.sqrt(len(moves))),
        n_left_out=n_left_out,
        n_used=len(moves),
    )


def _moves(table: pd.DataFrame, series: pd.Series) -> tuple[pd.DataFrame, int]:
    """Changes of the series and of the other columns with numbers that vary."""
    target = needs.latest(series, MOST_ROWS)
    others = table.reindex(target.index) if not table.index.equals(series.index) else table
    others = needs.latest(others, MOST_ROWS)
    columns = {str(series.name): changes(target)}
    for i, name in enumerate(others.columns):
        column = others.iloc[:, i]
        numbers = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        if str(name) in columns or not numbers:
            continue
        values = column.astype("float64").replace([np.inf, -np.inf], np.nan)
        if values.nunique() > 1 and values.notna().sum() > LEAST_ROWS:
            columns[str(name)] = changes(values)
    varying = {name: moves for name, moves in columns.items() if moves.nunique() > 1}
    shown = dict(list(varying.items())[:MOST_COLUMNS])
    return pd.DataFrame(shown), len(varying) - len(shown)


def _first(moves: pd.DataFrame, alike: Array) -> Pair | None:
    """The other column whose change the row before goes best with the change of the first.

    Args:
        alike: (n_columns,), the correlation of each column with the first.
    """
    target = moves.iloc[:, 0]
    found = [
        Pair(str(name), str(target.name), float(moves[name].shift(1).corr(target)))
        for name, same_row in zip(moves.columns[1:], alike[1:], strict=True)
        if not same_row >= SAME  # NaN stays in
    ]
    usable = [pair for pair in found if np.isfinite(pair.correlation)]
    return max(usable, key=lambda pair: abs(pair.correlation), default=None)
