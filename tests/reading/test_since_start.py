"""Days, weeks and months counted from a start that stands above the table."""

from __future__ import annotations

import pytest

from forecast.reading import read


def report(n_rows: int, start: str, end: str, unit: str = "Nth day") -> bytes:
    rows = [f"{i:04d},{100 + i % 7}" for i in range(n_rows)]
    head = [f"# Start date: {start}", f"# End date: {end}", f"{unit},Sessions"]
    return "\n".join([*head, *rows]).encode()


@pytest.mark.parametrize(
    ("content", "first", "last"),
    [
        (report(90, "20240301", "20240529"), "2024-03-01", "2024-05-29"),
        (report(53, "20240103", "20250101", "Nth week"), "2024-01-01", "2024-12-30"),
        (report(14, "20230115", "20240220", "Nth month"), "2023-01-01", "2024-02-01"),
    ],
)
def test_what_agrees_with_both_ends_is_dated(content: bytes, first: str, last: str) -> None:
    reading = read(content)
    assert [f"{reading.series.index[i]:%Y-%m-%d}" for i in (0, -1)] == [first, last]
    assert reading.receipt.date_column == "Date"
    assert "counts from" in " ".join(warning.text for warning in reading.receipt.warnings)


def test_counts_that_do_not_come_to_the_end_stay_numbers() -> None:
    reading = read(report(40, "20240301", "20240529"))
    assert reading.receipt.date_column is None
