"""Large files, in proportion. Times are the processor's own, as other work may share it."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from forecast.errors import DataError
from forecast.reading import read

_ROWS = 100_000


def minutes(layout: str, delimiter: str, decimal: str, n_rows: int = _ROWS) -> bytes:
    when = pd.date_range("2020-01-01", periods=n_rows, freq="min")
    walk = 100 + np.cumsum(np.random.default_rng(1).normal(0, 0.01, n_rows))
    frame = pd.DataFrame({"Date": when.strftime(layout), "Close": walk, "High": walk + 1})
    text = frame.to_csv(index=False, sep=delimiter, decimal=decimal, float_format="%.5f")
    return text.encode()


@pytest.mark.parametrize(
    ("layout", "delimiter", "decimal"),
    [("%Y-%m-%d %H:%M:%S", ",", "."), ("%m/%d/%Y %H:%M", ",", "."), ("%d.%m.%Y %H:%M", ";", ",")],
)
def test_reading_takes_at_most_four_times_as_long_as_pandas_alone(
    layout: str, delimiter: str, decimal: str
) -> None:
    data = minutes(layout, delimiter, decimal)
    ours, theirs = [], []
    for _ in range(3):
        start = time.process_time()
        reading = read(data)
        ours.append(time.process_time() - start)
        start = time.process_time()
        pd.read_csv(io.BytesIO(data), sep=delimiter, decimal=decimal, parse_dates=["Date"],
                    date_format=layout, dtype={"Close": "float64", "High": "float64"})  # fmt: skip
        theirs.append(time.process_time() - start)
    assert len(reading.series) == _ROWS
    # A tenth of a second is what looking at the file costs, however small it is.
    assert min(ours) < 4 * min(theirs) + 0.1


@pytest.mark.parametrize(
    "unit", [b"1\n", b",", b'"', b"\n", b"1,", b"a b ", b"2020-01-01,1\n", b'","\n']
)
def test_ten_megabytes_of_anything_end_within_five_seconds(unit: bytes) -> None:
    data = unit * (10_000_000 // len(unit))
    start = time.process_time()
    with pytest.raises(DataError):
        read(data)
    assert time.process_time() - start < 5


MEMORY = """
import psutil
from forecast import memory
from forecast.reading import read
from tests.reading.test_large import minutes

def taken():
    return psutil.Process().memory_info().rss / 2**20

read(minutes("%Y-%m-%d %H:%M:%S", ",", ".", n_rows=1_000))
data = minutes("%Y-%m-%d %H:%M:%S", ",", ".", n_rows=500_000)
memory.give_back()
before = taken()
reading = read(data)
kept = taken() - before
memory.give_back()
print(kept, taken() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give pages back by themselves")
def test_what_reading_took_is_given_back() -> None:
    """In a process of its own: what other tests left behind would blur the figures."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True
    )
    kept, left = map(float, done.stdout.split())
    assert left < 60, "half a million rows of two columns and their dates are 12 MB"
    assert left < kept / 2
