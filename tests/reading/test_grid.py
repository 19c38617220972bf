"""Text → named columns of cells."""

from __future__ import annotations

import pytest

from forecast.errors import DataError
from forecast.reading import read
from forecast.reading.delimiter import sniff
from forecast.reading.grid import Grid, to_grid
from forecast.reading.layout import find_layout
from forecast.reading.text import to_text


def grid(text: str) -> Grid:
    return to_grid(to_text(text.encode()))


_ROWS = "\n".join(f"2020-01-{day:02d},{day}.5,{day * 10}" for day in range(1, 20)) + "\n"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n2020-01-02,1.5\n2020-01-03,2.5\n", ","),
        ("a;b\n02.01.2020;1,5\n03.01.2020;2,5\n", ";"),
        ("a\tb\n2020-01-02\t1,234.5\n", "\t"),
        ("a|b\n2020-01-02|1\n", "|"),
        ("2020-01-02 1.5\n2020-01-03 2.5\n", " "),
        ("value\n1,5\n2,25\n", ""),
        ('"Jan 2, 2020","1,234"\n"Jan 3, 2020","1,235"\n', ","),
        ("2020-01-02 10:00:00;1,5;2,5\n2020-01-02 10:05:00;1,5;2,5\n", ";"),
    ],
)
def test_the_delimiter_is_the_one_that_leaves_numbers_and_dates(text: str, delimiter: str) -> None:
    assert sniff(text) == delimiter


def test_rows_of_words_above_the_data_are_the_header_and_notes_are_not() -> None:
    found = grid("Prices of Example AG\n\nDate,Close,Volume\n" + _ROWS)
    assert found.names == ("Date", "Close", "Volume")
    assert found.n_rows == 19


def test_several_header_rows_are_joined_and_what_all_columns_share_is_kept_apart() -> None:
    found = grid("Price,Close,Volume\nTicker,AMZN,AMZN\nDate,,\n" + _ROWS)
    assert found.names == ("Date", "Close", "Volume")
    assert found.constants == ("AMZN",)


def test_two_tickers_keep_their_names_in_the_columns() -> None:
    assert grid("Price,Close,Close\nTicker,A,B\nDate,,\n" + _ROWS).names == (
        "Date",
        "Close A",
        "Close B",
    )


def test_equal_names_are_told_apart() -> None:
    assert grid("Date,Close,Close\n" + _ROWS).names == ("Date", "Close", "Close (2)")


def test_notes_below_the_table_are_left_out_and_said() -> None:
    found = grid("Date,Close,Volume\n" + _ROWS + "\nSource: Example\n")
    assert found.n_rows == 19
    assert "Source: Example" in found.warnings[0].text


def test_a_declared_delimiter_is_believed() -> None:
    assert grid("sep=,\nDate,Close,Volume\n" + _ROWS).names == ("Date", "Close", "Volume")


def test_cells_with_line_breaks_stay_cells() -> None:
    text = "".join(f'2020-01-{day:02d},"one\ntwo",{day}\n' for day in range(1, 20))
    assert grid("Date,Note,Value\n" + text).n_rows == 19


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Date,Close\n", "header-only"),
        ("Once upon a time there was\nno table at all in here.\n", "prose"),
        ("name,town\nAnn,Rome\nBen,Oslo\nCy,Bonn\n", "no-numbers"),
        (",".join(["1"] * 3000), "too-many-columns"),
        ("d,a\n" + "2020-01-01,1\n2020-01-02,1,2,3\n" * 9, "ragged-rows"),
        ("Date,A,B\n" + _ROWS.replace("9.5", '"9.5'), "unclosed-quote"),
    ],
)
def test_what_is_no_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(DataError) as caught:
        grid(text)
    assert caught.value.code == code


def test_a_few_short_rows_are_filled_up_with_a_warning() -> None:
    rows = [f"2020-01-01 {i // 60:02d}:{i % 60:02d},{i},1" for i in range(500)]
    rows[200] = rows[200].rsplit(",", 1)[0]
    found = grid("Date,Close,Volume\n" + "\n".join(rows))
    assert found.n_rows == 500
    assert [warning.code for warning in found.warnings] == ["short-rows"]


def test_without_words_above_there_is_no_header() -> None:
    layout = find_layout([["2020-01-01", "5"], ["2020-01-02", "6"], ["2020-01-03", "7"]])
    assert layout is not None
    assert (layout.first, layout.n_header) == (0, 0)


def test_comments_above_a_header_do_not_hide_its_comma() -> None:
    rows = [f"{day:04},{400 + day % 7}" for day in range(90)]
    text = "# ------\n# Report\n# ------\n#\n# Start date: 20240101\nNth day,Active users\n"
    reading = read((text + "\n".join(rows)).encode())
    assert (reading.series.name, reading.receipt.delimiter) == ("Active users", ",")
    assert reading.series.iloc[0] == 400


@pytest.mark.parametrize("name", ["c{}", '"a long name, number {}"'])
def test_of_too_many_columns_all_are_counted(name: str) -> None:
    header = ",".join(name.format(i) for i in range(20_001))
    text = header + "\n" + ",".join("1" * 20_001) + "\n"
    with pytest.raises(DataError, match="20,001 columns") as caught:
        grid(text)
    assert caught.value.code == "too-many-columns"
