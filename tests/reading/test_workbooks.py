"""Workbooks → a Reading."""

from __future__ import annotations

import datetime as dt

import pytest

from forecast.errors import DataError
from forecast.reading import Answers, read
from tests.corpus.workbooks import Rows, workbook


def sheet(scale: float = 1.0) -> Rows:
    first = dt.date(2024, 1, 1)
    return [
        ("Date", "Close"),
        *[(first + dt.timedelta(days=i), scale * (i % 7 + 1)) for i in range(30)],
    ]


def test_a_workbook_reads_like_a_file() -> None:
    receipt = read(workbook(Prices=sheet())).receipt
    assert (receipt.encoding, receipt.delimiter, receipt.decimal) == ("workbook", "", ".")
    assert receipt.sentence.startswith(
        "30 rows · year first · every day · no gaps · from 1 Jan 2024 (1)"
    )


def test_several_sheets_with_a_series_are_asked_about() -> None:
    data = workbook(One=sheet(), Two=sheet(10.0))
    reading = read(data)
    (question,) = reading.questions
    assert question.field == "sheet"
    assert [option.label for option in question.options] == ["One", "Two"]
    assert question.options[1].first == "1 Jan 2024 (10)"
    assert read(data, answers=question.options[1].answers).series.iloc[0] == 10


def test_a_sheet_of_notes_is_passed_over() -> None:
    notes: Rows = [("About",), ("These figures are provisional.",)]
    reading = read(workbook(Notes=notes, Data=sheet()))
    assert reading.questions == ()
    assert "sheet Data" in reading.receipt.sentence


def test_a_sheet_that_is_not_there_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        read(workbook(One=sheet()), answers=Answers(sheet="Three"))
    assert caught.value.code == "unknown-sheet"


def test_cells_far_apart_do_not_fill_the_memory() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 1
    buffer = BytesIO()
    book.save(buffer)
    with pytest.raises(DataError) as caught:
        read(buffer.getvalue())
    assert caught.value.code == "too-large"


def a_year(year: int, n_rows: int = 60) -> Rows:
    first = dt.date(year, 1, 1)
    return [("Date", "Sales"), *[(first + dt.timedelta(i), 100 + i % 9) for i in range(n_rows)]]


def test_sheets_that_go_on_where_others_end_are_put_below_each_other() -> None:
    notes: Rows = [("About",), ("One sheet a year.",)]
    data = workbook(**{"2025": a_year(2025), "Notes": notes, "2023": a_year(2023)})
    reading = read(data)
    assert len(reading.series) == 120
    assert [str(reading.series.index[i].date()) for i in (0, -1)] == ["2023-01-01", "2025-03-01"]
    assert "several sheets" in reading.receipt.sentence
    assert reading.receipt.sheets == ("*", "2025", "Notes", "2023")
    (question,) = reading.questions
    labels = [option.label for option in question.options]
    assert labels == ["All of them, below each other", "2025", "2023"]
    assert (question.options[0].first, question.options[0].last) == (
        "1 Jan 2023 (100)",
        "1 Mar 2025 (105)",
    )
    one = read(data, answers=question.options[1].answers)
    assert (len(one.series), one.receipt.sheets) == (60, reading.receipt.sheets)
    again = read(data, answers=Answers(sheet="*"))
    assert again.series.equals(reading.series)
    assert "2 sheets with the same columns" in " ".join(w.text for w in reading.receipt.warnings)


def test_what_is_planned_is_not_put_below_what_came() -> None:
    reading = read(workbook(Actual=a_year(2024), Forecast=a_year(2025)))
    assert len(reading.series) == 60
    assert reading.receipt.sheet == "Actual"
    assert reading.receipt.sheets == ("Actual", "Forecast")


def test_sheets_of_several_shops_are_not_put_below_each_other() -> None:
    reading = read(workbook(North=a_year(2024), South=a_year(2024)))
    assert len(reading.series) == 60
    assert reading.receipt.sheets == ("North", "South")


GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


def by_month(year: int, n_months: int = 12) -> Rows:
    """Titles, months without a year, and their sum."""
    rows = [(month, 1_000 + i) for i, month in enumerate(GERMAN.split()[:n_months])]
    return [("Umsatz", year), (), ("Monat", "Umsatz €"), *rows, ("Summe", sum(r[1] for r in rows))]


def test_months_take_their_year_from_the_sheet_and_a_short_last_one_is_not_lost() -> None:
    sheets = {str(year): by_month(year, 3 if year == 2025 else 12) for year in (2023, 2024, 2025)}
    reading = read(workbook(**sheets))
    ends = [f"{reading.series.index[i]:%Y-%m}" for i in (0, 11, -1)]
    assert ends == ["2023-01", "2023-12", "2025-03"]
    year = list(range(1_000, 1_012))
    assert reading.series.tolist() == [*year, *year, *year[:3]]
    assert [option.label for option in reading.questions[0].options[1:]] == ["2023", "2024"]


def test_days_by_their_number_take_month_and_year_from_the_sheet() -> None:
    def days(n_rows: int) -> Rows:
        return [("Day", "Visitors"), *[(i + 1, 50 + i % 7) for i in range(n_rows)]]

    reading = read(workbook(January_2024=days(31), February_2024=days(29), March_2024=days(5)))
    assert len(reading.series) == 65
    assert [f"{reading.series.index[i]:%Y-%m-%d}" for i in (0, -1)] == ["2024-01-01", "2024-03-05"]


def test_short_sheets_of_the_same_days_are_not_one_series() -> None:
    north = a_year(2024, 6)
    south = [north[0], *[(day, 7) for day, _ in north[1:]]]
    with pytest.raises(DataError) as caught:
        read(workbook(North=north, South=south))
    assert caught.value.code == "too-few-rows"


def test_formulas_that_were_never_calculated_are_named() -> None:
    rows = [(day, f"={i}+1") for i, (day, _) in enumerate(a_year(2024)[1:])]
    with pytest.raises(DataError, match="formulas without their results") as caught:
        read(workbook(Sales=[("Date", "Sales"), *rows]))
    assert caught.value.code == "no-results"
