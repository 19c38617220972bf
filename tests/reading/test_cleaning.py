"""Cleaning: each choice does what it says, and nothing else."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from forecast.errors import ConfigError, DataError
from forecast.reading import Cleaned, Cleaning, Reading, clean, compare, read


def reading(gaps: tuple[int, ...] = (), spike: int | None = None) -> Reading:
    first = dt.date(2024, 1, 1)
    rows = [
        f"{first + dt.timedelta(days=i)},{1000.0 if i == spike else i + i % 3},{i}"
        for i in range(70)
        if i not in gaps
    ]
    return read(("Date,Close,Volume\n" + "\n".join(rows)).encode())


def test_the_default_changes_nothing() -> None:
    before = reading(gaps=(10, 11))
    after = clean(before, Cleaning())
    assert after.series.equals(before.series)
    assert compare(before, after) == Cleaned(68, 68, 1, 1, 0, 0)


def test_gaps_are_filled_with_the_previous_value_or_in_between() -> None:
    before = reading(gaps=(10, 11))
    previous = clean(before, Cleaning(gaps="previous"))
    between = clean(before, Cleaning(gaps="interpolate"))
    assert previous.series["2024-01-11":"2024-01-12"].to_list() == [9.0, 9.0]
    assert between.series["2024-01-11":"2024-01-12"].to_list() == [10.0, 11.0] or np.allclose(
        between.series["2024-01-11":"2024-01-12"], [9 + 4 / 3, 9 + 8 / 3]
    )
    assert compare(before, previous) == Cleaned(68, 70, 1, 0, 2, 0)
    assert "filled" in [warning.code for warning in previous.receipt.warnings]


def test_a_reading_is_not_changed_by_cleaning() -> None:
    before = reading(gaps=(10,))
    copy = before.series.copy()
    clean(before, Cleaning(gaps="previous", outliers=True, frequency="weekly", last_rows=6))
    assert before.series.equals(copy)
    assert list(before.table.columns) == ["Close", "Volume"]


def test_outliers_are_marked_and_kept() -> None:
    after = clean(reading(spike=30), Cleaning(outliers=True))
    assert after.table["outlier"].sum() == 1
    assert after.series.max() == 1000.0
    assert compare(reading(spike=30), after).n_outliers == 1


def test_a_week_is_its_last_day_and_its_summed_volume() -> None:
    after = clean(reading(), Cleaning(frequency="weekly"))
    assert after.series.index[0] == pd.Timestamp("2024-01-05")
    assert after.series.iloc[1] == 11 + 11 % 3
    assert after.table["Volume"].iloc[1] == sum(range(5, 12))
    assert after.receipt.frequency == "weekly"


def test_ranges_and_last_rows_cut() -> None:
    ranged = clean(reading(), Cleaning(start=dt.date(2024, 1, 5), end=dt.date(2024, 1, 20)))
    assert (str(ranged.series.index[0].date()), len(ranged.series)) == ("2024-01-05", 16)
    assert len(clean(reading(), Cleaning(last_rows=20)).series) == 20
    assert ranged.receipt.n_rows == 16
    assert "from 5 Jan 2024" in ranged.receipt.sentence


def test_too_little_left_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        clean(reading(), Cleaning(start=dt.date(2030, 1, 1)))
    assert caught.value.code == "too-few-rows"


@pytest.mark.parametrize(
    "wrong",
    [
        {"gaps": "guess"},
        {"frequency": "hourlyish"},
        {"last_rows": 1},
        {"start": dt.date(2024, 2, 1), "end": dt.date(2024, 1, 1)},
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Cleaning(**wrong)  # type: ignore[arg-type]


def test_numbered_rows_have_no_dates_to_clean_by() -> None:
    numbered = read(("v\n" + "\n".join(f"{i}.5" for i in range(20))).encode())
    with pytest.raises(DataError) as caught:
        clean(numbered, Cleaning(frequency="weekly"))
    assert caught.value.code == "no-dates"
    assert len(clean(numbered, Cleaning(last_rows=8)).series) == 8
