"""Dates across the top become dates down a column, where they can be nothing else."""

from __future__ import annotations

import pytest

from forecast.errors import DataError
from forecast.reading import read, wide
from forecast.reading.across import dates_across, heads

_MONTHS = [f"2023-{month:02d}-01" for month in range(1, 13)]


def across(*names: str) -> bytes:
    rows = [
        ",".join([name, *(str(10 * place + month * 3 % 7) for month in range(12))])
        for place, name in enumerate(names)
    ]
    return "\n".join([",".join(["Item", *_MONTHS]), *rows]).encode()


def test_each_row_is_a_series_and_a_person_is_asked_which() -> None:
    reading = read(across("Tea", "Oil", "Gas"))
    (question,) = reading.questions
    assert question.field == "entity"
    assert [option.label for option in question.options[:3]] == ["Tea", "Oil", "Gas"]
    gas = read(across("Tea", "Oil", "Gas"), answers=question.options[2].answers).series
    assert [*gas] == [20 + month * 3 % 7 for month in range(12)]
    assert gas.index[-1].strftime("%Y-%m-%d") == _MONTHS[-1]


def test_months_of_delivery_over_trading_days_stay_columns() -> None:
    rows = [f"2023-05-{day:02d},{day % 7},{day % 5},{day % 3}" for day in range(1, 29)]
    reading = read("\n".join(["Date,Jan-24,Feb-24,Mar-24", *rows]).encode())
    assert reading.receipt.value_columns == ("Jan-24", "Feb-24", "Mar-24")


def test_a_table_too_large_to_turn_is_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wide, "_MOST_CELLS", 10)
    with pytest.raises(DataError) as caught:
        read(across("Tea", "Oil", "Gas"))
    assert caught.value.code == "no-dates"
    assert "across the top" in caught.value.what
    assert "a row of each date" in caught.value.fix


@pytest.mark.parametrize(
    "cells",
    [
        ["Start", "2023-01-01", "End", "2023-02-01", "2023-03-01"],
        ["a", "2000", "2004", "2003"],
        ["Item", "2023-01-01", "2023-02-01"],
        ["Date", "Open", "High", "Low", "Close"],
    ],
)
def test_dates_apart_or_in_disorder_run_across_nothing(cells: list[str]) -> None:
    assert dates_across(cells) == ()


def test_years_over_years_and_dates_over_dates_are_rows_of_data() -> None:
    assert heads(["id", "2015", "2016", "2017"], ["7", "12", "2016", "40"])
    assert not heads(["a", "2000", "2001", "2002"], ["b", "2004", "2001", "2009"])
    assert not heads(["a", *_MONTHS[:3]], ["b", *_MONTHS[3:6]])


def test_headers_of_dates_without_any_value_are_refused() -> None:
    rows = [f"{place},,,," for place in range(20)]
    with pytest.raises(DataError):
        read("\n".join(["id,2015,2016,2017,2018", *rows]).encode())
