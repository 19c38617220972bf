"""A file → a Reading: what the series is, what is left out, and what is said about it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.errors import DataError
from forecast.reading import Answers, Reading, read
from forecast.reading.texts import refuse_text
from tests.corpus.cases import bars, table
from tests.corpus.exchanges import onvista
from tests.corpus.vendors import investing_fr, yahoo


def daily(n: int = 60, start: str = "2024-01-01") -> list[tuple[str, str]]:
    first = dt.date.fromisoformat(start)
    return [(str(first + dt.timedelta(days=i)), f"{100 + (i * 7) % 13}.25") for i in range(n)]


def lines(rows: list[tuple[str, str]], header: str = "Date,Close") -> bytes:
    return table(header, [",".join(row) for row in rows]).encode()


def codes(reading: Reading) -> set[str]:
    return {warning.code for warning in reading.receipt.warnings}


def test_the_series_is_sorted_unique_and_finite_and_the_table_goes_with_it() -> None:
    rows = daily()
    reading = read(lines([*rows[30:], *rows[:30], *rows[5:9]]))
    series, frame = reading.series, reading.table
    assert isinstance(series.index, pd.DatetimeIndex)
    assert series.index.is_monotonic_increasing
    assert series.index.is_unique
    assert series.dtype == np.float64
    assert np.isfinite(series).all()
    assert frame.index.equals(series.index)
    assert list(frame.columns) == ["Close"]
    assert reading.receipt.n_duplicates == 4


def test_a_path_and_its_bytes_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(lines(daily()))
    assert read(path).series.equals(read(path.read_bytes()).series)
    assert read(str(path)).receipt == read(path).receipt


def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path / "nothing.csv")
    assert caught.value.code == "unreadable-file"


def test_a_yahoo_download_is_read_by_its_close() -> None:
    rows = bars(300)
    reading = read(yahoo(rows).text.encode())
    assert reading.receipt.target_column == "Close"
    assert reading.receipt.date_column == "Date"
    assert reading.receipt.frequency == "trading days"
    assert reading.questions == ()
    assert reading.series.to_list() == [bar.close for bar in rows]
    assert set(reading.table.columns) == {"Open", "High", "Low", "Close", "Adj Close", "Volume"}


def test_the_receipt_says_in_words_what_was_understood() -> None:
    written = onvista(bars(250, start="2014-01-02", level=112.0))
    sentence = read(written.text.encode(written.encoding)).receipt.sentence
    understood = "semicolon · comma as decimal mark · day first · trading days · no gaps"
    for part in ("250 rows", understood, "from 2 Jan 2014 ("):
        assert part in sentence


def test_decimal_commas_in_quotes_between_commas_are_understood() -> None:
    written = investing_fr(bars(40, level=1500.0))
    receipt = read(written.bom + written.text.encode()).receipt
    assert (receipt.delimiter, receipt.decimal, receipt.date_order) == (",", ",", "dmy")


def test_the_input_is_not_changed_and_the_same_file_reads_the_same() -> None:
    data = lines(daily())
    before = bytes(data)
    first, second = read(data), read(data)
    assert data == before
    assert first.series.equals(second.series)
    assert first.receipt == second.receipt


def test_rows_without_a_value_are_left_out_and_counted() -> None:
    rows = [(day, "" if i in (5, 6, 40) else value) for i, (day, value) in enumerate(daily())]
    reading = read(lines(rows))
    assert reading.receipt.n_missing == 3
    assert reading.receipt.n_rows == 57
    assert reading.receipt.n_rows_read == 60
    assert {"missing-values", "gaps"} <= codes(reading)


def test_a_cell_that_is_no_number_is_said_not_swallowed() -> None:
    rows = daily()
    rows[10] = (rows[10][0], "closed")
    reading = read(lines(rows))
    assert "unreadable-values" in codes(reading)
    assert any("closed" in warning.text for warning in reading.receipt.warnings)


def test_time_zones_leave_the_time_as_written_and_the_receipt_says_so() -> None:
    rows = [(f"{day} 09:30:00-0{4 + i % 2}:00", value) for i, (day, value) in enumerate(daily())]
    reading = read(lines(rows))
    assert reading.series.index.tz is None
    assert reading.series.index[0] == pd.Timestamp("2024-01-01 09:30")
    assert "time zone left out" in reading.receipt.sentence


@pytest.mark.parametrize(
    ("offsets", "said"),
    [
        (("Z",), "times in UTC"),
        ((" UTC",), "times in UTC"),
        (("+00:00",), "times in UTC"),
        (("+00:00", "+01:00"), "local time as written"),  # London's
        (("+01:00", "+00:00"), "local time as written"),
        ((" GMT", " BST"), "local time as written"),
    ],
)
def test_only_what_is_utc_throughout_is_called_so(offsets: tuple[str, ...], said: str) -> None:
    rows = daily()
    half = len(rows) // len(offsets) + 1
    rows = [(f"{day}T09:30:00{offsets[i // half]}", value) for i, (day, value) in enumerate(rows)]
    assert said in read(lines(rows)).receipt.sentence


def test_beside_rows_that_were_left_out_nobody_is_told_that_there_are_no_gaps() -> None:
    rows = [(day, value) for day, value in daily() if dt.date.fromisoformat(day).weekday() < 5]
    assert "no gaps" in read(lines(rows)).receipt.sentence
    rows[10] = (rows[10][0], "")
    assert "no gaps" not in read(lines(rows)).receipt.sentence


def bank_export(rows: list[tuple[str, str]]) -> list[str]:
    booked = [f"{day[8:]}.{day[5:7]}.{day[:4]};Kauf;-1,00;{v.replace('.', ',')}" for day, v in rows]
    top = ["Konto;123", "01.01.2024;1.234,50", "18.07.2024;2.345,60", ""]
    return [*top, "Datum;Text;Betrag;Saldo", *booked]


def two_tables(rows: list[tuple[str, str]]) -> list[str]:
    top = ["Dividends", "Date,Amount", "2023-05-01,0.24", "2023-08-01,0.24", "", "Prices"]
    return [*top, "Date,Open,Close", *(f"{day},1.5,{value}" for day, value in rows)]


def halted_at_first(rows: list[tuple[str, str]]) -> list[str]:
    full = [f"{day},1.5,2.5,1.0,{value}" for day, value in rows]
    full[:3] = [f"{day},halted,halted,halted,{value}" for day, value in rows[:3]]
    return ["Date,Open,High,Low,Close", *full]


@pytest.mark.parametrize("write", [bank_export, two_tables, halted_at_first])
def test_dated_numbers_above_a_table_do_not_refuse_it(write: Callable[..., list[str]]) -> None:
    reading = read("\n".join(write(daily(200))).encode())
    assert len(reading.series) in (197, 200)
    assert reading.series.iloc[-1] == float(daily(200)[-1][1])


def test_what_a_logger_writes_is_no_chat() -> None:
    rows = [f"{day} 08:10:15 - Temperature: {value}" for day, value in daily()]
    assert len(read("\n".join(rows).encode()).series) == 60


@pytest.mark.parametrize(
    "text",
    [
        b"a=1\nb=2\nc=3\nd=4\nurl: " + b"x" * 15_000 + b" a b c d\n",
        b"data=" + b"0.5," * 4_000 + b" a b c d\n",
        (b"import a\n" * 90 + b"\n" * 1_190)[:2_000] + b"1,2\n" * 5_000,
        b"- " * 10_000 + b"\n1\n" * 50,
    ],
)
def test_no_text_takes_long_to_be_told_from_a_table(text: bytes) -> None:
    before = time.perf_counter()
    refuse_text(text)
    assert time.perf_counter() - before < 0.5


def test_the_hour_that_comes_twice_in_autumn_is_kept_once_and_said() -> None:
    hours = [dt.datetime(2023, 10, 28) + dt.timedelta(hours=i) for i in range(72)]
    rows = [(f"{hour:%Y-%m-%d %H:%M}", f"{i}.5") for i, hour in enumerate(hours)]
    rows.insert(27, ("2023-10-29 02:00", "99"))
    reading = read(lines(rows))
    assert len(reading.series) == 72
    assert "repeated-hour" in codes(reading)


def test_a_jump_like_a_split_is_said_with_the_adjusted_column_offered() -> None:
    rows = [
        f"{day},{float(value) * (4 if i < 30 else 1):.2f},{value}"
        for i, (day, value) in enumerate(daily())
    ]
    reading = read(table("Date,Close,Adj Close", rows).encode())
    (warning,) = [warning for warning in reading.receipt.warnings if warning.code == "split"]
    assert "4-for-1" in warning.text
    assert '"Adj Close"' in warning.text


def test_zeros_negatives_old_and_future_dates_are_said() -> None:
    rows = daily(40, "2010-01-01")
    rows[3], rows[4] = (rows[3][0], "0"), (rows[4][0], "-5")
    assert {"zeros", "negatives", "stale"} <= codes(read(lines(rows)))
    later = (dt.date.today() + dt.timedelta(days=10)).isoformat()
    assert "future" in codes(read(lines(daily(40, later))))


def test_weekends_missing_present_and_rare_are_said() -> None:
    days = [str(day.date()) for day in pd.bdate_range("2024-01-01", periods=80)]
    trading = [(day, f"{i}.5") for i, day in enumerate(days)]
    assert "no-weekends" in codes(read(lines(trading)))
    assert "weekends" in codes(read(lines(daily())))
    assert "weekend-rows" in codes(read(lines([*trading, ("2024-02-03", "7")])))


def test_holidays_without_volume_are_said() -> None:
    days = [str(day.date()) for day in pd.bdate_range("2024-01-01", periods=40)]
    rows = [f"{day},{10 + i // 2 * 0.5},{0 if i % 2 else 500}" for i, day in enumerate(days)]
    assert "zero-volume" in codes(read(table("Date,Close,Volume", rows).encode()))


@pytest.mark.parametrize(
    ("step", "words"),
    [("D", "every day"), ("B", "trading days"), ("W-FRI", "weekly"), ("MS", "monthly"),
     ("ME", "monthly"), ("QS", "quarterly"), ("YS", "yearly"), ("h", "hourly"),
     ("30min", "every 30 minutes"), ("15s", "every 15 seconds"), ("min", "every minute"),
     ("2D", "every 2 days")],
)  # fmt: skip
def test_the_pace_is_named(step: str, words: str) -> None:
    stamps = pd.date_range("2001-01-01", periods=40, freq=step)
    rows = [(f"{stamp:%Y-%m-%d %H:%M:%S}", f"{i}.5") for i, stamp in enumerate(stamps)]
    receipt = read(lines(rows)).receipt
    assert receipt.frequency == words
    assert "no gaps" in receipt.sentence


def test_a_total_beside_an_empty_date_is_named_by_what_it_says() -> None:
    rows = [f"2024-{month:02d}-01,Tea,{month * 7}" for month in range(1, 13)]
    found = read(table("Month,Item,Sales", [*rows, ",Grand total,9999"]).encode())
    said = {warning.text for warning in found.receipt.warnings if warning.code == "totals"}
    assert said == {'The row "Grand total" sums up others: left out.'}


def test_an_open_date_order_is_asked_and_the_answer_is_taken() -> None:
    data = lines([(f"{i:02d}/01/2024", f"{i}.5") for i in range(1, 13)])
    (question,) = read(data).questions
    assert question.field == "date_order"
    first = {option.answers.date_order: option.last for option in question.options}
    assert first["mdy"] == "1 Dec 2024 (12.50)"
    assert first["dmy"] == "12 Jan 2024 (12.50)"
    for option in question.options:
        again = read(data, answers=option.answers)
        assert again.questions == ()
        assert again.receipt.date_order == option.answers.date_order


def test_an_open_decimal_mark_is_asked_and_the_answer_is_taken() -> None:
    data = lines([(day, f'"12,{500 + i}"') for i, (day, _) in enumerate(daily())])
    (question,) = read(data).questions
    assert question.field == "decimal"
    values = [read(data, answers=option.answers).series.iloc[0] for option in question.options]
    assert values == [12_500.0, 12.5]
    assert [option.first for option in question.options] == [
        "1 Jan 2024 (12,500)",
        "1 Jan 2024 (12.50)",
    ]


def test_first_days_of_months_over_years_leave_no_doubt_of_their_order() -> None:
    months = [(f"01/{1 + i % 12:02d}/{2019 + i // 12}", f"{i}.5") for i in range(36)]
    reading = read(lines(months))
    assert reading.questions == ()
    assert reading.receipt.frequency == "monthly"


def test_under_american_dates_a_comma_groups_thousands() -> None:
    data = lines([(f"1/{i}/2024", f'"1,{200 + i}"') for i in range(1, 31)])
    reading = read(data)
    assert reading.questions == ()
    assert reading.series.iloc[0] == 1201


def test_limits_are_read_as_half_and_said() -> None:
    rows = [(day, "<5" if i % 4 == 0 else value) for i, (day, value) in enumerate(daily())]
    reading = read(lines(rows, "Date,Cases"))
    assert reading.series.iloc[0] == 2.5
    (said,) = [w.text for w in reading.receipt.warnings if w.code == "limits"]
    assert said.startswith('15 cells say a limit such as "<1"')


def test_the_hour_that_clocks_skip_is_no_gap() -> None:
    berlin = pd.date_range("2024-03-25", periods=240, freq="h", tz="Europe/Berlin")
    rows = [(f"{when:%Y-%m-%d %H:%M}", f"{i % 24}.5") for i, when in enumerate(berlin)]
    assert "no gaps" in read(lines(rows, "Date,MW")).receipt.sentence
    missing = [row for row in rows if row[0] != "2024-03-29 02:00"]
    assert "1 gap " in read(lines(missing, "Date,MW")).receipt.sentence


def test_only_what_is_traded_is_said_to_split() -> None:
    rows = [(day, str(100 + i % 3 if i < 30 else 50 + i % 2)) for i, (day, _) in enumerate(daily())]
    assert "split" in codes(read(lines(rows)))
    assert "split" not in codes(read(lines(rows, "Date,Consumption")))


def test_between_semicolons_a_comma_is_first_taken_for_the_decimal_mark() -> None:
    data = table(
        "Date;Close", [f"{day};12,56{i % 10}" for i, (day, _) in enumerate(daily())]
    ).encode()
    assert read(data).series.iloc[0] == 12.56


def test_nothing_is_asked_where_only_one_reading_fits() -> None:
    assert read(lines(daily())).questions == ()


def test_answers_may_be_wrong_and_are_refused_in_words() -> None:
    for answers in (Answers(date_column="Day"), Answers(target_column=9), Answers(date_column=-3)):
        with pytest.raises(DataError) as caught:
            read(lines(daily()), answers=answers)
        assert caught.value.code == "unknown-column"


def test_units_come_from_cells_or_headers() -> None:
    dollars = [(day, f"${value}") for day, value in daily()]
    assert read(lines(dollars)).receipt.unit == "$"
    assert read(lines(daily(), "Date,Day-ahead Price [EUR/MWh]")).receipt.unit == "EUR/MWh"
    assert read(lines(daily(), "Date,Close (adjusted)")).receipt.unit == ""


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ((28, 29), "1 gap in the dates: 2 days missing, 29–30 Jul 2023."),
        ((9, 29, 30, 31), "2 gaps in the dates; the longest: 3 days missing, 30 Jul 2023 – 1 Aug"),
        ((12,), "1 gap in the dates: 1 day missing, 13 Jul 2023."),
    ],
)
def test_a_gap_is_the_days_that_are_missing(gone: tuple[int, ...], says: str) -> None:
    days = [dt.date(2023, 7, 1) + dt.timedelta(days=i) for i in range(60)]
    rows = [f"{day},{i % 9 + 1}" for i, day in enumerate(days) if i not in gone]
    reading = read(("Day,Visits\n" + "\n".join(rows)).encode())
    assert any(says in warning.text for warning in reading.receipt.warnings)


def test_degrees_are_read_from_the_header() -> None:
    reading = read(lines(daily(), header="timestamp,temperature_c"))
    assert reading.receipt.unit == "°C"


def test_numbers_that_are_mixed_show_the_cell_that_is_none() -> None:
    lines = [f"2024-01-{day:02d},{day}.5" for day in range(1, 31)]
    lines[4] = lines[4].replace("5.5", "5x5")
    lines[9] = lines[9].replace("10.5", "11 or 12")
    with pytest.raises(DataError) as caught:
        read("\n".join(["Date,Close", *lines]).encode())
    assert caught.value.code == "mixed-numbers"
    assert caught.value.received == '"5x5" in data row 5, among others such as "1.5"'


def test_hours_that_no_clock_shows_are_no_days_that_do_not_exist() -> None:
    rows = [f"2024-03-01 {25 + i // 4}:{i % 4 * 15:02d},{700 + i}" for i in range(40)]
    with pytest.raises(DataError, match="times that do not exist") as caught:
        read(("Time,Load\n" + "\n".join(rows)).encode())
    assert "2024-03-01 25:00" in str(caught.value)


def test_rows_of_one_date_are_said_to_be_that() -> None:
    rows = [f"1970-01-01 00:00:00;{20 + i % 9}.5" for i in range(40)]
    with pytest.raises(DataError, match="All rows have the same date") as caught:
        read(("timestamp;temp\n" + "\n".join(rows)).encode())
    assert "40 rows of 1 Jan 1970" in str(caught.value)


def test_zeros_are_said_with_their_dates() -> None:
    def zeros(*places: int) -> str:
        rows = daily(60, "2024-01-01")
        for place in places:
            rows[place] = (rows[place][0], "0")
        (found,) = [w for w in read(lines(rows)).receipt.warnings if w.code == "zeros"]
        return found.text

    assert zeros(4) == "1 value (5 Jan 2024) is zero: check that none stands for “no data”."
    assert zeros(4, 9, 33).startswith("3 values (5 Jan 2024 to 3 Feb 2024) are zero")


def test_the_last_of_a_day_is_the_latest_in_a_file_that_is_written_newest_first() -> None:
    rows = [
        (f"2024-01-{day:02d}", str(100 * day + hour)) for day in range(1, 21) for hour in (1, 2)
    ]
    for written in (rows, rows[::-1]):
        last = read(lines(written), answers=Answers(duplicates="last")).series
        assert (last.iloc[0], last.iloc[-1]) == (102, 2002)
        first = read(lines(written), answers=Answers(duplicates="first")).series
        assert (first.iloc[0], first.iloc[-1]) == (101, 2001)


@pytest.mark.parametrize("month", ["09.2020", "9.2020"])
@pytest.mark.parametrize("header", ["Lp.;Miesiąc;Zużycie", "Nr.;Monat;Verbrauch"])
def test_months_behind_row_numbers_are_found(header: str, month: str) -> None:
    start = pd.Period("2020-09", "M")
    rows = [f"{i + 1};{p.month:02d}.{p.year};{300 + i}" for i in range(24) for p in [start + i]]
    if month == "9.2020":
        rows = [row.replace(";0", ";") for row in rows]
    found = read(table(header, rows).encode()).series
    assert (str(found.index[0].date()), found.iloc[0], len(found)) == ("2020-09-01", 300, 24)


def test_a_header_that_says_which_of_several_it_is_is_asked_about() -> None:
    rows = [f"{day},{i % 7}.5,{i % 9}.5" for i, (day, _) in enumerate(daily())]
    (question,) = read(table("Date,ND,ENGLAND_WALES_DEMAND", rows).encode()).questions
    assert [option.label for option in question.options] == ["ND", "ENGLAND_WALES_DEMAND"]
    assert not read(table("Date,Price,Total demand", rows).encode()).questions


def test_the_mark_of_an_open_workbook_is_named() -> None:
    with pytest.raises(DataError, match="only marks another one as open") as caught:
        read(b"\x05Petra" + b" " * 160, name="~$Umsatz.xlsx")
    assert caught.value.code == "lock"


@pytest.mark.parametrize(
    ("text", "encoding", "first"),
    [
        ("Datum;Wert\n{d:%d.%m.%y} Mo;{v}", "utf-8", "2024-01-01"),
        ("Date,Rooms\n{d:%Y-%m-%d} Mon,{v}", "utf-8", "2024-01-01"),
        ("Datum;Wert\n{d:%d.%m.%Y} (Mo);{v}", "utf-8", "2024-01-01"),
        ("年月,売上\n{d.year}年{d.month}月,{v}", "cp932", "2024-01-01"),
        ("Kvartal;Salg\n{q}. kvartal {d.year};{v}", "utf-8", "2024-01-01"),
        ("Período;Ventas\n{q}º trimestre de {d.year};{v}", "utf-8", "2024-01-01"),
        ("期,値\n{d.year}年第{q}四半期,{v}", "utf-8", "2024-01-01"),
    ],
    ids=["So behind", "Sun behind", "in brackets", "cp932", "kvartal", "trimestre", "四半期"],
)
def test_what_stands_around_dates_in_other_countries(text: str, encoding: str, first: str) -> None:
    header, row = text.split("\n")
    freq = "QS" if "{q}" in row else "MS" if "月" in row else "W-MON"
    days = pd.date_range("2024-01-01", periods=24, freq=freq)
    rows = [row.format(d=d, q=d.quarter, v=100 + i * 7 % 13) for i, d in enumerate(days)]
    series = read("\n".join([header, *rows]).encode(encoding)).series
    assert (len(series), str(series.index[0].date()), series.iloc[0]) == (24, first, 100)


def test_russian_years_and_turkish_months_are_read() -> None:
    months = pd.date_range("2019-01-01", periods=24, freq="MS")
    names = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    turkish = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"
    ru = [f"{names.split()[m.month - 1]} {m.year} г.;{i % 7 + 5},50" for i, m in enumerate(months)]
    tr = [f"{turkish.split()[m.month - 1]} {m.year};{i % 7 + 5},50" for i, m in enumerate(months)]
    for data in (
        table("Период;Выручка, руб.", ru).encode("cp1251"),
        table("Ay;Satış", tr).encode("cp1254"),
    ):
        series = read(data).series
        assert (len(series), str(series.index[-1].date())) == (24, "2020-12-01")
        assert series.iloc[0] == 5.5


def moments() -> list[tuple[str, str]]:
    """Payments at any second of sixty days, two of them at the same one."""
    rng = np.random.default_rng(0)
    seconds = np.sort(rng.choice(60 * 86_400, 300, replace=False))
    stamps = pd.Timestamp("2024-01-01") + pd.to_timedelta(seconds, "s")
    rows = [(f"{stamp:%Y-%m-%d %H:%M:%S}", f"{10 + i % 9}.50") for i, stamp in enumerate(stamps)]
    return [*rows[:200], (rows[199][0], "4.00"), *rows[200:]]


def test_payments_of_the_same_second_are_added_up_and_temperatures_averaged() -> None:
    rows = moments()
    paid = read(lines(rows, "Created,Amount"))
    both = float(rows[199][1]) + 4
    assert len(paid.series) == 300
    assert paid.series.iloc[199] == paid.table["Amount"].iloc[199] == both
    assert "1 row of the same moment as another: added up." in [
        warning.text for warning in paid.receipt.warnings
    ]
    assert read(lines(rows, "Created,Temperature")).series.iloc[199] == both / 2
    by_day = [(row[0][:10], row[1]) for row in rows]
    with pytest.raises(DataError) as caught:
        read(lines(by_day, "Created,Amount"))
    assert caught.value.code == "contradictory-duplicates"
