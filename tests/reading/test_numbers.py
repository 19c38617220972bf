"""Cells → numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from forecast.errors import DataError
from forecast.reading import read
from forecast.reading.decimals import decide
from forecast.reading.numbers import (
    ParsedNumbers,
    finish,
    is_numeric,
    looks_like_number,
    take_apart,
)


def parsed(*cells: str, signs: int = 0) -> ParsedNumbers:
    apart = take_apart(pa.array(cells))
    return finish(apart, decide({0: apart}, None, "", signs).marks[0])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5", 12.5), ("-12.5", -12.5), ("+3", 3.0), ("1e-3", 0.001), (".5", 0.5),
        ("1,234.56", 1234.56), ("1.234,56", 1234.56), ("1 234,56", 1234.56), ("1'234.56", 1234.56),
        ("1’234.56", 1234.56), ("1\u202f234,56", 1234.56), ("12,34,567.5", 1234567.5),
        ("$1,234.50", 1234.5), ("-$5.25", -5.25), ("$-5.25", -5.25), ("(5.25)", -5.25),
        ("($5.25)", -5.25), ("5.25-", -5.25), ("−5.25", -5.25), ("5.25%", 5.25),
        ("€ 1.234,50", 1234.5),
        ("1.234,50 €", 1234.5), ("Rs.12.50", 12.5), ("US$7.25", 7.25), ("12.50 USD", 12.5),
        ("1.25K", 1250.0), ("1.25M", 1.25e6), ("2.5B", 2.5e9), ("1,5 Mio.", 1.5e6),
        ("1,25 Mrd. €", 1.25e9),
        ("1.75 Cr", 1.75e7), ("2.5 lakh", 2.5e5), ("1.25万", 12500.0), ("1.5 bn", 1.5e9),
        ("3.5 kWh", 3.5), ("1,2E+03", 1200.0), ("1.234.567", 1234567.0), ("0,125", 0.125),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_notation(cell: str, value: float) -> None:
    assert looks_like_number(cell)
    assert parsed(cell, cell).values == pytest.approx([value, value])


@pytest.mark.parametrize(
    "cell", ["1,23,4", "12.3.4", "abc", "12abc34", "1-2", "--5", "(5", "5)", "XYZ100", "1,2,3.4.5"]
)
def test_what_is_no_number_is_bad_rather_than_guessed(cell: str) -> None:
    found = parsed("1.5", "2.5", cell)
    assert found.bad.tolist() == [False, False, True]
    assert np.isnan(found.values[2])


@pytest.mark.parametrize(
    "word", ["", "NA", "n/a", "null", "-", ".", "--", "n/e", "#N/A", "inf", "?"]
)
def test_words_for_nothing_are_missing_and_not_bad(word: str) -> None:
    found = parsed("$1.50", word)
    assert found.empty.tolist() == [False, True]
    assert not found.bad.any()


def test_one_clear_cell_decides_the_column() -> None:
    assert parsed("1,234", "1,5").values.tolist() == [1.234, 1.5]
    assert parsed("1,234", "1,234,567").values.tolist() == [1234.0, 1234567.0]
    assert parsed("1.234", "12,5").values.tolist() == [1234.0, 12.5]
    assert parsed("1.234", "1500").values.tolist() == [1.234, 1500.0]


def test_other_columns_bear_witness() -> None:
    unclear, clear = (
        take_apart(pa.array(["12,560", "13,001"])),
        take_apart(pa.array(["1,5", "2,5"])),
    )
    decimals = decide({0: unclear, 1: clear}, None, "", 0)
    assert decimals.marks == {0: ",", 1: ","}
    assert not decimals.open


def test_where_nothing_decides_the_column_stays_open() -> None:
    unclear = take_apart(pa.array(["12,560", "13,001"]))
    assert decide({0: unclear}, None, "", 0).open == {0}
    assert decide({0: unclear}, None, "", 1).marks[0] == ","
    assert decide({0: unclear}, None, "", 0).marks[0] == "."
    assert not decide({0: unclear}, ",", "", 0).open


def test_two_notations_in_one_column_are_not_mixed() -> None:
    found = parsed("1.234,56", "1,234.57", "1.234,56", "1,234.57")
    assert found.bad.sum() == 2


def test_letters_that_remark_are_no_magnitudes() -> None:
    for mark in ("b", " b", " p", "*", " (r)", "e"):
        found = parsed("12.5", "12.6", "12.7", f"12.8{mark}")
        assert found.values.tolist() == [12.5, 12.6, 12.7, 12.8]
        assert not found.bad.any()
        assert found.unit == ""


def test_letters_of_names_make_no_numbers() -> None:
    assert not is_numeric(["5", "7d", "8", "9", "11e", "12"])
    assert not is_numeric([f"{number}d" for number in range(20)])
    assert parsed("5", "7d", "8", "9").bad.tolist() == [False, True, False, False]
    assert is_numeric(["105", "107", "108", "109 r", "111r"])


def test_magnitudes_of_the_same_size_are_not_guessed_at() -> None:
    assert parsed("12.5", "12.6", "12.7", "12.8 M").bad.tolist() == [False, False, False, True]


def test_letters_that_shorten_are_magnitudes() -> None:
    assert parsed("950", "980", "1.2K", "990").values.tolist() == [950, 980, 1200, 990]


def test_the_unit_is_what_most_cells_show() -> None:
    assert parsed("$5.10", "$5.20").unit == "$"
    assert parsed("5,10 €", "5,20 €").unit == "€"
    assert parsed("5.1%", "5.2%").unit == "%"


def test_one_word_for_not_measured_may_stand_in_more_cells_than_others() -> None:
    def weights(*words: str) -> bytes:
        good = [f"{80 + i % 5},{i % 9} kg" for i in range(80)]
        cells = [words[i % len(words)] if i % 13 == 3 else cell for i, cell in enumerate(good)]
        rows = [f"{1 + i % 28}.{1 + i // 28}.2024;{cell}" for i, cell in enumerate(cells)]
        return "\n".join(["Datum;Gewicht", *rows]).encode()

    reading = read(weights("n.gem."))
    assert len(reading.series) == 74
    assert "6 cells could not be read" in " ".join(w.text for w in reading.receipt.warnings)
    with pytest.raises(DataError):
        read(weights("gut", "schlecht", "mittel"))
