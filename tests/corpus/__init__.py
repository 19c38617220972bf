"""A generator of files as people have them, good and bad, with what each of them says."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus import (
    across,
    archives,
    bad,
    clocks,
    combinations,
    everyday,
    manners,
    offices,
    periods,
    regions,
    structures,
    vendors,
    workbooks,
)
from tests.corpus.cases import Bad, Case, bars, case

__all__ = ["Bad", "Case", "bad_cases", "good_cases"]

# (what it is, rows): sizes, places in the calendar and price levels that bring different traps.
_DAILY = (
    ("", {"n": 60}),
    ("short", {"n": 24, "start": "2021-01-18", "level": 40.0, "seed": 2}),
    ("thousands", {"n": 80, "start": "2022-10-03", "level": 1_150.0, "seed": 3}),
    ("large", {"n": 45, "start": "2020-02-10", "level": 28_700.0, "seed": 4}),
    ("long", {"n": 700, "start": "1999-06-01", "level": 9.7, "seed": 5}),
)
_INTRADAY = (
    ("minutes", {"n": 90, "start": "2023-05-02 09:30", "step": "5"}),
    ("hours", {"n": 60, "start": "2020-12-30 00:00", "step": "60", "level": 29_000.0, "seed": 6}),
)


def good_cases() -> Iterator[Case]:
    """Well-formed files."""
    for label, settings in _DAILY:
        for write in vendors.DAILY:
            yield case(f"{write.__name__} {label}", write(bars(**settings)))
    for label, settings in _INTRADAY:
        for write in (*vendors.INTRADAY, *(vendors.HOURLY if settings["step"] == "60" else ())):
            yield case(f"{write.__name__} {label}", write(bars(**settings)))
    yield from regions.all_regions()
    yield from structures.all_structures()
    yield from offices.all_offices()
    yield from across.all_across()
    yield from periods.all_periods()
    yield from archives.all_archives()
    yield from manners.all_manners()
    yield from clocks.all_clocks()
    yield from workbooks.all_workbooks()
    yield from everyday.all_everyday()
    yield from combinations.combinations(100)


def bad_cases() -> Iterator[Bad]:
    """Files to refuse."""
    yield from bad.all_bad()
    yield periods.two_currencies()
    yield from workbooks.bad_workbooks()
