"""Any bytes give a Reading or a DataError, soon and without warnings from below."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.errors import DataError
from forecast.reading import read
from forecast.reading.dates import parse, sample_of
from forecast.reading.grid import to_grid
from forecast.reading.kinds import kind
from forecast.reading.layout import find_layout
from forecast.reading.numbers import finish, take_apart
from forecast.reading.spelling import find_shapes
from forecast.reading.text import to_text
from tests.corpus.cases import bars
from tests.corpus.exchanges import nse
from tests.corpus.vendors import investing_es, yahoo, yfinance_multi_level

_FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_SIGNS = st.sampled_from([*"0123456789.,;:-/ \t\n\"'$%()eEKM+TZ|_#", "2020", "Jan", "null", "é"])
_CELLS = st.lists(st.lists(_SIGNS, max_size=14).map("".join), min_size=1, max_size=30)
_GOOD = [
    write(bars(30)).text.encode() for write in (yahoo, yfinance_multi_level, investing_es, nse)
]


def survives(data: bytes) -> None:
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            reading = read(data)
        except DataError as error:
            refused = bool(error.code and error.what)
        else:
            refused = True
            series = reading.series
            assert series.index.is_unique
            assert series.index.is_monotonic_increasing
            assert np.isfinite(series.to_numpy()).all()
            assert reading.table.index.equals(series.index)
    assert refused
    assert time.process_time() - start < 5


@_FEW
@given(st.binary(max_size=3000))
def test_any_bytes(data: bytes) -> None:
    survives(data)


@_FEW
@given(st.lists(_SIGNS, max_size=600).map("".join))
def test_any_text_of_signs_that_tables_are_made_of(text: str) -> None:
    survives(text.encode())


@_FEW
@given(st.lists(_CELLS, max_size=25), st.sampled_from(",;\t|"))
def test_any_table(rows: list[list[str]], delimiter: str) -> None:
    survives("\n".join(delimiter.join(row) for row in rows).encode())


@_FEW
@given(
    st.sampled_from(_GOOD),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=9)), max_size=5),
)
def test_any_damage_to_a_good_file(good: bytes, wounds: list[tuple[int, bytes]]) -> None:
    data = bytearray(good)
    for place, splinter in wounds:
        data[place : place + len(splinter)] = splinter
    survives(bytes(data))


@_FEW
@given(st.binary(max_size=200))
def test_any_bytes_behind_the_mark_of_a_workbook(data: bytes) -> None:
    survives(b"PK\x03\x04" + data)
    survives(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)


@_FEW
@given(_CELLS)
def test_every_stage_takes_any_cells(cells: list[str]) -> None:
    column = pa.array(cells, pa.string())
    for cell in cells:
        assert kind(cell) in {"empty", "number", "date", "clock", "text"}
    shapes = find_shapes(sample_of(column))
    if shapes:
        assert len(parse(column, shapes).stamps) == len(cells)
    apart = take_apart(column)
    for decimal in ".,":
        assert len(finish(apart, decimal).values) == len(cells)
    find_layout([cells, cells])


@_FEW
@given(st.binary(max_size=1500))
def test_text_and_grid_refuse_or_return(data: bytes) -> None:
    try:
        grid = to_grid(to_text(data))
    except DataError:
        return
    assert len(grid.names) == len(grid.columns)
    assert len(set(grid.names)) == len(grid.names)
    assert len({len(column) for column in grid.columns}) == 1
