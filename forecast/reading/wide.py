"""Tables with a row for each year and a column for each month, turned into one row for each month.

Climate and statistics offices publish such tables; read as they stand, January would be taken for
the series.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from forecast.reading.dates import sample_of
from forecast.reading.grid import Grid
from forecast.reading.spelling import find_shapes
from forecast.reading.words import MONTHS, normal

DATE, VALUE = "Month", "Value"


def unfold(grid: Grid) -> Grid:
    """The grid with its twelve month columns below each other; as it is if it has none."""
    months = {
        MONTHS[normal(name)]: c for c, name in enumerate(grid.names) if normal(name) in MONTHS
    }
    if sorted(months) != list(range(1, 13)):
        return grid
    rest = [column for column in range(len(grid.names)) if column not in months.values()]
    years = [column for column in rest if _is_year(grid, column)]
    if len(years) != 1:
        return grid
    texts = {column: grid.columns[column].to_pylist() for column in (*years, *months.values())}
    dates, values = [], []
    for row, year in enumerate(texts[years[0]]):
        for month in range(1, 13):
            dates.append(f"{year.removesuffix('.0')}-{month:02d}" if year else "")
            values.append(texts[months[month]][row])
    columns = (pa.array(dates, pa.string()), pa.array(values, pa.string()))
    return replace(grid, names=(DATE, VALUE), columns=columns)


def _is_year(grid: Grid, column: int) -> bool:
    shapes = find_shapes(sample_of(grid.columns[column]))
    return bool(shapes) and shapes[0].name == "year"
