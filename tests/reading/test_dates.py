"""Cells → dates."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from forecast.errors import DataError
from forecast.reading import read
from forecast.reading.dates import ParsedDates, parse
from forecast.reading.shapes import BY_NAME, SHAPES
from forecast.reading.spelling import find_shapes
from forecast.reading.stamps import _split_by_pattern, _split_fixed


def parsed(*cells: str, order: str | None = None, hint: str = "dmy") -> ParsedDates:
    return parse(pa.array(cells), find_shapes(cells), order, hint)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-03-04", "2020/3/4", "2020.03.04", "20200304", "4 March 2020", "4-Mar-20",
        "Mar 4, 2020",
        "Wed, 04 Mar 2020", "March 4th, 2020", "4. März 2020", "4 de marzo de 2020", "2020年3月4日",
        "2020년 03월 04일", "2020- 03- 04", "2020. 03. 04.", "04 mars 2020", "2020-03-04T00:00:00Z",
        "2020-03-04 00:00:00-05:00", "20200304 000000", "1583280000", "1583280000000",
        "1583280000000000", "2020-Mar-04", "2020-03-04 12:00 AM",
        "04.03.2020 00:00 - 04.03.2020 01:00",
        "Wed Mar  4 00:00:00 2020",
    ],
)  # fmt: skip
def test_a_day_is_the_same_day_in_every_layout(cell: str) -> None:
    found = parsed(cell, cell.replace("not", "there"), order="dmy")
    assert found.ok.all()
    assert found.stamps[0] == np.datetime64("2020-03-04")


@pytest.mark.parametrize(
    "cell",
    ["KW 02/2022", "KW02/2022", "KW2 2022", "KW 2/22", "2022-W02", "2022W02", "W02 2022",
     "2022 KW 02", "Week 2, 2022", "2022-W02-1", "Woche 2/2022", "KW. 02-2022"],
)  # fmt: skip
def test_a_week_is_its_monday(cell: str) -> None:
    found = parsed(cell, cell)
    assert found.ok.all()
    assert found.stamps[0] == np.datetime64("2022-01-10")


@pytest.mark.parametrize(
    "cells", [("2/2022", "13/2022"), ("02.2022", "13.2022"), ("202202", "202213")]
)
@pytest.mark.parametrize("header", ["KW", "Woche", "Week", "Kalenderwoche"])
def test_a_header_makes_two_numbers_a_week(cells: tuple[str, str], header: str) -> None:
    found = parse(pa.array(cells), find_shapes(cells, header))
    assert found.stamps.tolist() == [dt.datetime(2022, 1, 10), dt.datetime(2022, 3, 28)]


def test_without_such_a_header_it_is_a_month() -> None:
    assert parsed("2/2022", "3/2022").stamps[0] == np.datetime64("2022-02-01")


def test_a_week_53_that_the_year_lacks_is_impossible() -> None:
    found = parsed("KW 53/2020", "KW 53/2021")
    assert found.ok.tolist() == [True, False]
    assert found.impossible.tolist() == [False, True]


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2020-03-04 15:30", "15:30"), ("2020-03-04T15:30:01", "15:30:01"),
        ("03/04/2020 3:30 PM", "15:30"), ("04.03.2020 15:30 Uhr", "15:30"),
        ("2020-03-04 03-PM", "15:00"), ("20200304153000", "15:30"), ("20200304 1530", "15:30"),
        ("2020-03-04 15:30:00.250", "15:30:00.250"), ("2020-03-04 15h30", "15:30"),
        ("2020-03-04 15:30:00 America/New_York", "15:30"), ("1583335800", "15:30"),
    ],
)  # fmt: skip
def test_times_of_day_are_kept_as_written(cell: str, time: str) -> None:
    order = "mdy" if cell.startswith("03/") else "dmy"
    assert parsed(cell, cell, order=order).stamps[0] == np.datetime64(f"2020-03-04T{time}")


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("2020-03", "2020-03-01"), ("Mar-20", "2020-03-01"), ("März 2020", "2020-03-01"),
        ("2020M03", "2020-03-01"), ("03/2020", "2020-03-01"), ("2020Q2", "2020-04-01"),
        ("Q2 2020", "2020-04-01"), ("2020-W10", "2020-03-02"), ("2020", "2020-01-01"),
        ("43894", "2020-03-04"),
    ],
)  # fmt: skip
def test_a_period_is_its_first_day(cell: str, first: str) -> None:
    assert parsed(cell, cell).stamps[0] == np.datetime64(first)


def test_days_above_twelve_decide_which_number_is_the_day() -> None:
    assert parsed("01/02/2020", "13/02/2020").stamps[0] == np.datetime64("2020-02-01")
    assert parsed("01/02/2020", "02/13/2020").stamps[0] == np.datetime64("2020-01-02")


def test_the_order_that_runs_on_wins_where_no_day_is_above_twelve() -> None:
    days = [dt.date(2019, month, day) for month in range(1, 7) for day in (1, 5, 9, 12)]
    for layout, order in (("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy")):
        choice = parsed(*[day.strftime(layout) for day in days]).choice
        assert choice is not None
        assert (choice.order, choice.also) == (order, ())


def test_where_both_orders_run_on_the_other_is_named() -> None:
    choice = parsed(*[f"01/{month:02d}/2020" for month in range(1, 13)]).choice
    assert choice is not None
    assert {choice.order, *choice.also} == {"dmy", "mdy"}


def test_a_persons_answer_is_taken() -> None:
    assert parsed("01/02/2020", "01/03/2020", order="mdy").stamps[0] == np.datetime64("2020-01-02")


def test_two_orders_in_one_column_are_noticed() -> None:
    choice = parsed("13/02/2020", "02/14/2020", "15/02/2020").choice
    assert choice is not None
    assert choice.mixed


def test_days_that_do_not_exist_are_noticed() -> None:
    found = parsed("2020-02-29", "2021-02-29", "2020-04-31")
    assert found.impossible.tolist() == [False, True, True]


def test_years_outside_history_are_absurd() -> None:
    assert parsed("2020-01-01", "0001-01-01", "9999-12-31").absurd.tolist() == [False, True, True]


def test_years_of_two_digits_lie_near_the_present() -> None:
    found = parsed("31.12.99", "31.12.24", "31.12.65")
    assert [str(day)[:4] for day in found.stamps] == ["1999", "2024", "1965"]


def test_two_layouts_may_share_a_column() -> None:
    found = parsed("2020-01-01 03-PM", "2020-01-01 16:00:00", "1 Jan 2020 17:00")
    assert found.ok.all()


def test_days_without_a_year_are_no_months() -> None:
    cells = [f"Jan {day:02d}" for day in range(1, 32)] + [f"Feb {day:02d}" for day in range(1, 29)]
    assert not parsed(*cells).ok.any()


def test_plain_numbers_and_words_are_no_dates() -> None:
    for sample in (["12.5", "13.25"], ["Close", "Open"], ["5", "6"], ["1,234", "1,235"], [""]):
        shapes = find_shapes(sample)
        assert not shapes or shapes[0].weak


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("ymd", ["2020-01-02 10:11:12.5", "2021-12-31 23:59:59.1"]),
        ("num", ["01/02/2020", "31/12/1999"]),
        ("compact", ["20200102", "19991231"]),
        ("epoch", ["1577836800", "1577836860"]),
        ("serial", ["43831.25", "43832.50"]),
    ],
)
def test_the_fast_way_and_the_pattern_read_the_same_parts(name: str, cells: list[str]) -> None:
    fast, slow = (
        _split_fixed(pa.array(cells), BY_NAME[name]),
        _split_by_pattern(pa.array(cells), BY_NAME[name]),
    )
    assert fast is not None
    assert {key: list(values) for key, values in fast[0].items()} == {
        key: list(values) for key, values in slow[0].items()
    }


def test_patterns_hold_no_literal_digits_where_dates_are_cut_by_position() -> None:
    import re

    for shape in SHAPES:
        bare = re.sub(r"\\d|\{[^}]*\}|\\x..|\[0\]", "", shape.pattern)
        assert not re.search(r"\d", bare), shape.name


def test_a_dozen_days_without_a_year_are_no_months() -> None:
    days = [f"{day:02d}/05" for day in range(1, 13)]
    assert not find_shapes(days, "Date")
    assert [shape.name for shape in find_shapes(days, "Month")] == ["m/yy"]
    assert [shape.name for shape in find_shapes([*days, "01/06"], "Date")] == ["m/yy"]
    assert not find_shapes([*days, "01/06"], "Ratio")


def test_the_commoner_fault_of_the_dates_is_named_with_the_count_of_all() -> None:
    first_year = [f"0001-02-{day:02},{day % 7}.5" for day in range(1, 31)]
    with pytest.raises(DataError, match=r"0001-02-01.*and 29 more rows") as caught:
        read("\n".join(["date,value", *first_year]).encode())
    assert caught.value.code == "absurd-dates"
    assert caught.value.expected.startswith("a date between the years 1200 and 2300")


def test_among_history_the_last_year_accepted_lies_nearer() -> None:
    rows = [f"2023-01-{day:02},{day % 7}.5" for day in range(1, 31)]
    with pytest.raises(DataError) as caught:
        read("\n".join(["date,value", *rows, "2203-01-31,4.5"]).encode())
    assert f"1200 and {dt.date.today().year + 50} " in caught.value.expected
