"""Tables with time across the top, turned into tables with a row for each date.

Climate and statistics offices publish a row for each year and a column for each month; read as it
stands, January would be taken for the series. Banks, shops and spreadsheets also write a row for
each series and a column for each date: these become series below each other.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from forecast.reading.across import dates_across, plain
from forecast.reading.dates import sample_of
from forecast.reading.grid import Grid
from forecast.reading.spelling import find_shapes
from forecast.reading.words import MONTHS, normal

DATE, VALUE = "Month", "Value"
_MOST_CELLS = 4_000_000  # of a table with dates across, labels repeated


def unfold(grid: Grid) -> Grid:
    """The grid with its columns of months or dates below each other; as it is if it has none."""
    across = dates_across(grid.names)
    return _below_each_other(grid, across) if across else _months(grid)


def _below_each_other(grid: Grid, across: tuple[int, ...]) -> Grid:
    """One row for each series and date, unless rows have dates of their own.

    A table of futures has trading days down and months of delivery across: it stays. Empty cells
    make no rows: there is no 29 February in most years, and headings have no values.
    """
    labels = [column for column in range(len(grid.names)) if column not in across]
    samples = [sample_of(grid.columns[column]) for column in labels]
    n_cells = grid.n_rows * len(across) * (len(labels) + 2)
    if n_cells > _MOST_CELLS or any(map(_are_dates, samples)):
        return grid
    repeated = [pa.concat_arrays([grid.columns[column]] * len(across)) for column in labels]
    dates = [plain(grid.names[column]) for column in across for _ in range(grid.n_rows)]
    values = pa.concat_arrays([grid.columns[column] for column in across])
    # Beside a column of months, years are dated together with it.
    name = "Year" if all(len(date) == 4 for date in dates) else "Date"
    filled = pc.not_equal(values, "")
    if not pc.any(filled).as_py():
        return grid
    columns = (*repeated, pa.array(dates, pa.string()), values)
    return replace(
        grid,
        names=(*(grid.names[column] for column in labels), name, VALUE),
        columns=tuple(column.filter(filled) for column in columns),
    )


def _are_dates(sample: list[str]) -> bool:
    shapes = find_shapes(sample)
    return bool(shapes) and not shapes[0].weak


def _months(grid: Grid) -> Grid:
    """Twelve columns of months, one row for each year."""
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
