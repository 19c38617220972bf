"""Tables with a row for each series and a column for each date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tests.corpus.cases import Bar, Case, Point, Written, bars, case, closes, table

MONTHS = bars(36, "2020-01-01", "monthly", seed=101)
LAYOUTS = ("%Y-%m-%d", "%Y-%m", "%b-%y", "%b %Y", "%m/%d/%Y", "%m/%Y", "%Y%m", "%m.%Y")


def _wide(label: str, names: Sequence[str], dates: Sequence[str], rows: Sequence[Bar]) -> str:
    """One row a name, the first of them the history itself and the others its multiples."""
    lines = [
        ",".join([name, *(f"{round(bar.close * times, 2)}" for bar in rows)])
        for times, name in enumerate(names, start=1)
    ]
    return table(",".join([label, *dates]), lines)


def months_across() -> Iterator[Case]:
    """Items of a shop, regions of a country: the first of them is told."""
    points = closes(MONTHS)
    for layout in LAYOUTS:
        dates = [bar.when.strftime(layout) for bar in MONTHS]
        text = _wide("Item", ["Tea", "Oil", "Gas"], dates, MONTHS)
        yield case(f"across: {layout}", Written(text, "Value", points))
    dates = [f"{bar.when:%Y-%m-%d}" for bar in MONTHS]
    for name, text in {
        "titled": "Sales by month\n\n" + _wide("Item", ["Tea", "Oil"], dates, MONTHS),
        "one row": _wide("Item", ["Tea"], dates, MONTHS),
        "no label": _wide("", ["Tea", "Oil"], dates, MONTHS),
        "two labels": _wide("Region,Item", ["N,Tea", "N,Oil", "S,Tea"], dates, MONTHS),
        "newest first": _wide("Item", ["Tea", "Oil"], dates[::-1], MONTHS[::-1]),
        "heading": _wide("Item", ["Tea", "Oil"], dates, MONTHS).replace(
            "\n", "\nGoods" + "," * len(dates) + "\n", 1
        ),
    }.items():
        yield case(f"across: {name}", Written(text, "Value", points))


def years_across() -> Iterator[Case]:
    """Plain years, which only their running on tells from other numbers."""
    rows = [Bar(dt.datetime(1990 + i, 1, 1), *[bar.close] * 4, 0) for i, bar in enumerate(bars(30))]
    points = closes(rows)
    years = [f"{bar.when.year}" for bar in rows]
    numbered = _wide("id", [str(1 + i) for i in range(60)], years, rows)
    yield case("across: years over numbered rows", Written(numbered, "Value", points))
    named = _wide("Country Name,Code", ["Aruba,ABW", "Angola,AGO"], years, rows)
    yield case("across: years", Written(named, "Value", points))
    bank = _wide("Country", ["Aruba", "Angola"], [f"{year} [YR{year}]" for year in years], rows)
    yield case("across: years said twice", Written(bank, "Value", points))


def days_by_years() -> Iterator[Case]:
    """A row for each day of the year and a column for each year: most have no 29 February."""
    start = dt.date(2016, 1, 1)
    year = [start + dt.timedelta(i) for i in range(366)]
    lines, points = [], list[Point]()
    for place, day in enumerate(year):
        cells = [f"{day.month},{day.day}"]
        for column in range(2015, 2020):
            leap = (day.month, day.day) != (2, 29) or column == 2016
            value = round(10 + place % 91 / 4 + column % 5, 2)
            cells.append(f"{value}" if leap else "")
            if leap:
                points.append((dt.datetime(column, day.month, day.day), value))
        lines.append(",".join(cells))
    text = table("Month,Day,2015,2016,2017,2018,2019", lines)
    yield case("across: years over days", Written(text, "Value", points))


def all_across() -> Iterator[Case]:
    """Everything in this module."""
    for make in (months_across, years_across, days_by_years):
        yield from make()
