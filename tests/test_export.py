"""A table as CSV: what a spreadsheet would run is made harmless, numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from forecast import export


def cells(table: pd.DataFrame, **how: bool) -> list[list[str]]:
    content = export.to_csv(table, **how)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "--",
    ],
)
def test_formulas_get_an_apostrophe(text):
    table = pd.DataFrame({text: [text, "plain"]}, index=pd.Index(["row", text], name=text))
    header, first, second = cells(table)
    assert header == [f"'{text}", f"'{text}"]
    assert first == ["row", f"'{text}"]
    assert second == [f"'{text}", "plain"]


@pytest.mark.parametrize("text", ["-5.2", "+1,234.50", "-3 %", "-1e-5", "−5", "a=b", "1-2", ""])
def test_numbers_and_plain_text_stay(text):
    assert cells(pd.DataFrame({"x": [text, "y"]}), index=False)[1] == [text]


def test_negative_numbers_stay_numbers():
    table = pd.DataFrame({"x": [-1.5, 2.0]}, index=pd.to_datetime(["2024-01-01", "2024-01-02"]))
    assert cells(table)[1:] == [["2024-01-01", "-1.5"], ["2024-01-02", "2.0"]]
    back = pd.read_csv(io.BytesIO(export.to_csv(table)), index_col=0)
    assert back["x"].tolist() == [-1.5, 2.0]


def test_commas_quotes_and_columns_of_one_name():
    table = pd.DataFrame([['a,"b"', "=2"]], columns=["x", "x"])
    assert cells(table, index=False) == [["x", "x"], ['a,"b"', "'=2"]]


def test_a_break_within_a_cell_begins_no_row():
    """Unquoted, a lone carriage return would, and what follows it would begin a cell."""
    assert b'"x\r=1+1"' in export.to_csv(pd.DataFrame({"x": ["x\r=1+1"]}))


def test_a_forecast_is_kept_by_the_app_s_own_words_and_digits():
    table = pd.DataFrame(
        {
            "step": [1],
            "date": [pd.Timestamp("2024-01-02")],
            "naive": [608.0712345678],
            "lower_80": 1.5,
        }
    )
    kept = pd.read_csv(io.BytesIO(export.to_csv(export.forecast_table(table), index=False)))
    assert list(kept.columns) == ["step", "date", "same as today", "lower_80"]
    assert kept["same as today"].iloc[0] == 608.0712
    assert kept["step"].iloc[0] == 1


def test_where_commas_are_decimal_marks_semicolons_part_the_cells():
    table = pd.DataFrame({"date": ["2024-01-05"], "forecast": [1.5]})
    assert export.to_csv(table, index=False, decimal=",").decode("utf-8-sig") == (
        "date;forecast\r\n2024-01-05;1,5\r\n"
    )
