"""Which column dates the rows, and which is forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.errors import DataError
from forecast.reading import NUMBERED_ROWS, Answers, read
from forecast.reading.entities import ALL_TOGETHER
from forecast.reading.targets import is_amount, rank

_DAYS = [f"2020-01-{day:02d}" for day in range(1, 31)]


def csv(header: str, *columns: list[str]) -> bytes:
    return "\n".join([header, *(",".join(row) for row in zip(*columns, strict=True))]).encode()


def walk(scale: float = 1.0) -> list[str]:
    return [f"{scale * (100 + (7 * i) % 11):.2f}" for i in range(30)]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("Open,High,Low,Close,Adj Close,Volume", "Close"),
        ("Adj Close,Open,Volume", "Adj Close"),
        ("Price,Open,High,Low,Vol.,Change %", "Price"),
        ("open,last,settle", "settle"),
        ("Volume,value", "value"),
        ("Prev Close,Close Price", "Close Price"),
        ("Schlusskurs,Hoch,Tief", "Schlusskurs"),
        ("id,sales", "sales"),
        ("Std,Number of Sunspots,Observations", "Number of Sunspots"),
        ("rentals,temp,humidity %", "rentals"),
        ("PM2.5,PM10,TEMP", "PM2.5"),
    ],
)
def test_headers_say_what_people_forecast(header: str, chosen: str) -> None:
    columns = [walk(i + 1) for i in range(len(header.split(",")))]
    reading = read(csv("Date," + header, _DAYS, *columns))
    assert reading.receipt.target_column == chosen
    assert reading.series.name == chosen


def test_a_close_outranks_an_adjusted_close_outranks_a_price_outranks_a_volume() -> None:
    names = ("Close", "Adj Close", "Price", "value", "foo", "Open", "Volume", "id")
    assert [*sorted(names, key=rank, reverse=True)] == [*names]


def test_an_epoch_beside_dates_is_neither_date_nor_target() -> None:
    epochs = [str(1577836800 + 86400 * i) for i in range(30)]
    receipt = read(csv("unix,date,foo", epochs, _DAYS, walk())).receipt
    assert (receipt.date_column, receipt.target_column) == ("date", "foo")
    assert receipt.value_columns == ("foo",)


@pytest.mark.parametrize("name", ["Time (s)", "Elapsed (ms)", "Time"])
def test_a_time_that_dates_nothing_is_no_target(name: str) -> None:
    seconds = [f"{0.5 * i}" for i in range(30)]
    reading = read(csv(f"{name},Voltage", seconds, walk()))
    assert reading.series.name == "Voltage"
    assert name in reading.receipt.value_columns


def test_a_time_that_does_not_run_on_is_a_value() -> None:
    reading = read(csv("Date,Response time (ms),Threads", _DAYS, walk(), walk(2)))
    assert reading.series.name == "Response time (ms)"


def test_cases_up_to_a_date_are_a_value() -> None:
    sums = [str(i * i) for i in range(30)]
    reading = read(csv("Date,Cases to date,Tests", _DAYS, sums, walk()))
    assert reading.series.name == "Cases to date"


def test_a_large_volume_is_no_date() -> None:
    volume = [str(1577836800 + i * 7919 % 10**8) for i in range(30)]
    receipt = read(csv("Date,Close,Volume", _DAYS, walk(), volume)).receipt
    assert (receipt.date_column, receipt.target_column) == ("Date", "Close")


def test_row_numbers_like_day_numbers_are_no_dates() -> None:
    reading = read(csv("id,price", [str(40001 + i) for i in range(30)], walk()))
    assert reading.receipt.date_column is None
    assert reading.series.name == "price"


def test_several_values_without_a_word_for_it_are_asked_about() -> None:
    reading = read(csv("Date,DE,FR,NL", _DAYS, walk(), walk(2), walk(3)))
    (question,) = reading.questions
    assert question.field == "target_column"
    assert [option.label for option in question.options] == ["DE", "FR", "NL"]
    assert question.options[1].first == "1 Jan 2020 (200)"
    assert (
        read(
            csv("Date,DE,FR,NL", _DAYS, walk(), walk(2), walk(3)),
            answers=question.options[2].answers,
        ).series.name
        == "NL"
    )


@pytest.mark.parametrize(
    "header",
    ["Interest rate,Balance", "Inflation (% yoy),Policy rate", "% WEIGHTED ILI,TOTAL PATIENTS"],
)
def test_a_percentage_ahead_of_another_value_is_asked_about(header: str) -> None:
    (question,) = read(csv("Date," + header, _DAYS, walk(), walk(2))).questions
    assert question.field == "target_column"
    assert [option.label for option in question.options] == header.split(",")


def test_a_percentage_of_a_total_is_no_total() -> None:
    assert rank("% of total") == rank("pct_of_total") == rank("Visitors") < rank("Total")


def test_a_discount_behind_the_sales_raises_no_question() -> None:
    assert read(csv("Date,Sales,Discount %", _DAYS, walk(), walk(2))).questions == ()


def test_a_variables_value_is_no_variation() -> None:
    assert rank("VarValue") > rank("Tank") > rank("Var. %")


def test_series_below_each_other_are_told_apart_and_asked_about() -> None:
    data = csv("date,close,Name", _DAYS * 2, walk() + walk(3), ["AAA"] * 30 + ["BBB"] * 30)
    reading = read(data)
    assert reading.receipt.entities == ("AAA", "BBB")
    assert reading.receipt.entity == "AAA"
    assert len(reading.series) == 30
    (question,) = reading.questions
    other = read(data, answers=question.options[1].answers)
    assert other.receipt.entity == "BBB"
    assert other.series.iloc[0] == 300
    assert question.options[1].first == "1 Jan 2020 (300)"


def test_series_below_each_other_can_be_added_up() -> None:
    data = csv("Date,Shop,Takings", _DAYS * 2, ["A"] * 30 + ["B"] * 30, walk() + walk(3))
    (question,) = read(data).questions
    assert [option.label for option in question.options] == ["A", "B", ALL_TOGETHER]
    together = read(data, answers=question.options[2].answers)
    assert together.receipt.entity == ALL_TOGETHER
    assert together.series.iloc[0] == 400
    assert together.table["Takings"].iloc[0] == 400
    assert question.options[2].first == "1 Jan 2020 (400)"
    prices = csv("Date,Name,Close", _DAYS * 2, ["A"] * 30 + ["B"] * 30, walk() + walk(3))
    assert ALL_TOGETHER not in read(prices).receipt.entities


def test_many_kinds_of_few_rows_are_added_up_unless_one_is_chosen() -> None:
    days = [f"2020-{1 + i // 28:02d}-{1 + i % 28:02d}" for i in range(120)]
    amounts = [str(10 + i % 7) for i in range(240)]
    kinds = [f"Shop {i % 12}" for i in range(120)] + [f"Shop {(i + 1) % 12}" for i in range(120)]
    data = csv("Date,Description,Amount", days * 2, kinds, amounts)
    reading = read(data)
    assert reading.receipt.entity == ALL_TOGETHER
    assert len(reading.series) == 120
    assert reading.series.iloc[0] == 10 + 11  # rows 0 and 120
    (question,) = reading.questions
    assert question.options[question.chosen].label == ALL_TOGETHER
    one = read(data, answers=Answers(entity="Shop 3"))
    assert len(one.series) == 20
    assert one.series.iloc[0] == 10 + 122 % 7


def test_row_numbers_are_no_target_whatever_they_are_called() -> None:
    data = csv("n,measurement", [str(i + 1) for i in range(30)], walk())
    assert read(data).receipt.target_column == "measurement"


def test_numbered_stores_are_told_apart() -> None:
    data = csv("Store,Date,Weekly_Sales", ["1"] * 30 + ["2"] * 30, _DAYS * 2, walk() + walk(3))
    assert read(data).receipt.entities == ("1", "2", ALL_TOGETHER)


def test_numbers_without_dates_become_numbered_rows() -> None:
    reading = read(b"load\n" + "\n".join(walk()).encode())
    assert reading.receipt.frequency == "numbered rows"
    assert reading.series.index[0] == 0
    assert "no-dates" in [warning.code for warning in reading.receipt.warnings]


def test_words_and_numbers_without_dates_need_a_persons_word() -> None:
    data = csv("fruit,price", [f"kind {i % 7}" for i in range(30)], walk())
    with pytest.raises(DataError) as caught:
        read(data)
    assert caught.value.code == "no-dates"
    assert len(read(data, answers=Answers(date_column=NUMBERED_ROWS)).series) == 30


def test_a_persons_choice_of_columns_is_taken_by_name_or_place() -> None:
    data = csv("Date,Open,Close", _DAYS, walk(), walk(2))
    assert read(data, answers=Answers(target_column="open")).series.name == "Open"
    assert read(data, answers=Answers(target_column=1)).series.name == "Open"
    with pytest.raises(DataError) as caught:
        read(data, answers=Answers(target_column="Mid"))
    assert caught.value.code == "unknown-column"


def test_two_columns_of_dates_are_asked_about() -> None:
    shipped = [f"2020-02-{1 + i % 28:02d}" for i in range(30)]
    shipped = sorted(shipped)
    ordered = [f"2020-01-{day:02d}" for day in range(1, 31)]
    reading = read(csv("Order Date,Ship Date,Sales", ordered, shipped, walk()))
    assert reading.receipt.date_column == "Order Date"


def test_month_columns_are_put_below_each_other() -> None:
    months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    rows = "\n".join(
        f"{1990 + y}," + ",".join(str(y * 12 + m) for m in range(12)) for y in range(10)
    )
    reading = read(f"Year,{months}\n{rows}\n".encode())
    assert len(reading.series) == 120
    assert reading.series["1991-03-01"] == 14


@pytest.mark.parametrize(
    "name",
    ["Sales price", "Average sales", "Cumulative cases", "Active cases", "Cases per 100k", "Close",
     "Income per head", "Sales index", "Umsatz kumuliert", "Total customers", "Temperature"],
)  # fmt: skip
def test_what_has_no_sum_is_no_amount(name: str) -> None:
    assert not is_amount(name)


@pytest.mark.parametrize("name", ["Umsatz EUR", "Sales", "visitors", "Rentals", "Verbrauch kWh"])
def test_what_is_counted_or_earned_in_each_step_is_an_amount(name: str) -> None:
    assert is_amount(name)


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "customer_id",
        "Number of orders",
        "count",
        "order_no",
        "Employee number",
        "Anzahl Kundennummer",
    ],
)
def test_what_runs_like_a_series_is_one_even_if_named_as_an_identifier(name: str) -> None:
    rng = np.random.default_rng(3)
    days = pd.date_range("2023-01-02", periods=140, freq="D")
    weekly = np.array([9, 8, 8, 9, 12, 4, 3]) * 300
    counts = {
        "walk": 5_000 + rng.integers(-90, 95, 140).cumsum(),
        "weeks": weekly[np.arange(140) % 7] + rng.integers(0, 200, 140),
        "few": rng.integers(80, 240, 140),
        "decimals": rng.integers(10_000, 90_000, 140) + 0.5,
    }
    for values in counts.values():
        lines = [f"{day:%Y-%m-%d},{value}" for day, value in zip(days, values, strict=True)]
        assert len(read("\n".join([f"date,{name}", *lines]).encode()).series) == 140


def test_identifiers_are_read_if_a_person_names_them_or_values_stand_beside_them() -> None:
    ids = np.random.default_rng(5).integers(10_000, 99_999, 60).tolist()
    days = pd.date_range("2023-01-02", periods=60, freq="D")
    lines = [f"{day:%Y-%m-%d},{number}" for day, number in zip(days, ids, strict=True)]
    alone = "\n".join(["date,customer_id", *lines]).encode()
    with pytest.raises(DataError, match=r"\(customer_id\) is an identifier") as caught:
        read(alone)
    assert caught.value.code == "no-numbers"
    assert list(read(alone, answers=Answers(target_column="customer_id")).series) == ids
    beside = "\n".join(
        ["date,customer_id,paid", *(f"{line},{i % 7}.5" for i, line in enumerate(lines))]
    )
    assert read(beside.encode()).series.name == "paid"


def test_the_currency_of_a_column_beside_amounts_is_their_unit() -> None:
    days = pd.date_range("2024-01-01", periods=40)
    lines = [f"{day:%Y-%m-%d},{i % 7}.50,{i % 5 + 1},usd" for i, day in enumerate(days)]
    content = "\n".join(["Date,Amount,Quantity,Currency", *lines])
    assert read(content.encode()).receipt.unit == "$"
    pieces = Answers(target_column="Quantity")
    assert read(content.encode(), answers=pieces).receipt.unit == ""
    mixed = content.replace("2.50,3,usd", "2.50,3,eur")
    assert mixed != content
    assert read(mixed.encode()).receipt.unit == ""


def test_a_second_column_of_dates_in_digits_is_no_value() -> None:
    days = pd.date_range("2023-01-03", periods=60, freq="W-TUE")
    lines = [f"GOLD,{day:%y%m%d},{day:%Y-%m-%d},{5_000 + i % 7}" for i, day in enumerate(days)]
    head = "Market,As_of_Date_In_Form_YYMMDD,Report_Date_as_YYYY-MM-DD,Open_Interest_All"
    assert read("\n".join([head, *lines]).encode()).series.name == "Open_Interest_All"
