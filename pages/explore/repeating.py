"""Sections on what comes again: seasons, trend and season, and what the past tells."""

from __future__ import annotations

import streamlit as st

from forecast import charts
from forecast.exploring import decomposition, memory, seasons, stationarity
from forecast.glossary import GLOSSARY
from pages.explore import deeper
from pages.explore.look import Look, finding, plot, say

OTHER = 0  # stands for "another length" among the seasons on offer
TITLES = {"hour": "Hours of the day", "weekday": "Days of the week", "month": "Months of the year"}
MOST_LAGS = 400


def season(look: Look) -> None:
    """Hours, weekdays and months beside each other."""
    names = seasons.available(look.series.index)
    if not names:
        st.info(
            "Comparing hours, weekdays or months takes dates at least every three months; these "
            "rows have none, or lie further apart. “Trend and season” looks for a pattern without "
            "dates."
        )
        return
    of = st.segmented_control(
        "Compare",
        ["values", "changes"],
        default="changes" if look.rhythm.traded else "values",
        required=True,
        format_func={"values": "Values, against the trend", "changes": "Changes"}.__getitem__,
        key=f"explore-of-{look.key}",
        help=GLOSSARY["seasonality"],
    )
    for column, name in zip(st.columns(min(len(names), 2), gap="large") * 2, names, strict=False):
        with column:
            finding(TITLES[name], lambda name=name: _groups(look, name, of))


def trend(look: Look) -> None:
    """The series taken apart into trend, season and remainder."""
    finding("Trend, season and remainder", lambda: _decomposition(look), GLOSSARY["stl"])


def past(look: Look) -> None:
    """Autocorrelation, and whether the series keeps to a level."""
    values, moves = st.columns(2, gap="large")
    with values:
        finding("Do values tell the next?", lambda: _memory(look, "values"), GLOSSARY["acf"])
    with moves:
        finding("Do changes tell the next?", lambda: _memory(look, "changes"), GLOSSARY["band"])
    finding("Does it keep to a level?", lambda: _level(look), GLOSSARY["stationarity"])


def _groups(look: Look, name: str, of: str) -> None:
    found = look.find(seasons.seasonality, name, of, look.unit)
    say(deeper.season(found, look.unit))
    plot(charts.repeating.season(found, look.unit), f"season-{name}")


def _decomposition(look: Look) -> None:
    found = look.find(decomposition.periods)
    say(deeper.periods(found, look.rhythm))
    length = _length(look, found)
    parts = look.find(decomposition.decompose, length)
    known = next((period for period in found if period.length == length), None)
    clear = (known or look.find(decomposition.period, length)).clear
    n_rows = len(look.series)
    say(deeper.decomposition(parts, look.rhythm, look.unit, n_rows, clear=clear))
    plot(charts.repeating.decomposition(parts, look.unit), "decomposition")


def _length(look: Look, found: tuple[decomposition.Period, ...]) -> int:
    """The season to take out: one of those found, or one typed in."""
    labels = {p.length: f"{p.length:,}{f' · {p.label}' if p.label else ''}" for p in found}
    labels[OTHER] = "another"
    chosen: int = st.segmented_control(
        f"Length of the season ({look.rhythm.many})",
        list(labels),
        default=next(iter(labels)),
        required=True,
        format_func=labels.__getitem__,
        key=f"explore-period-{look.key}",
        help=GLOSSARY["season"],
    )
    if chosen != OTHER:
        return chosen
    most = max((min(len(look.series), decomposition.MOST_ROWS) - 1) // 2, 2)
    typed: int = st.number_input(
        "Rows in a season", 2, most, value=min(7, most), key=f"explore-other-{look.key}", width=160
    )
    return typed


def _memory(look: Look, of: str) -> None:
    known = [p.length for p in look.find(decomposition.periods) if p.clear]
    n_lags = max([memory.LAGS, *(min(5 * n // 2, MOST_LAGS) for n in known)])
    n_rows = len(look.series)
    if of == "values":
        found = look.find(memory.of_values, n_lags)
        say(deeper.memory_of_values(found, look.rhythm, n_rows))
    else:
        found = look.find(memory.of_changes, n_lags, look.unit)
        say(deeper.memory_of_changes(found, look.rhythm, n_rows))
    plot(charts.repeating.memory(found, look.rhythm.many), f"memory-{of}")


def _level(look: Look) -> None:
    values, moves = look.find(stationarity.of_values), look.find(stationarity.of_changes, look.unit)
    n_rows = len(look.series)
    say(
        f"{deeper.stationarity(values, 'values', n_rows)}  \n"
        f"{deeper.stationarity(moves, 'changes', n_rows)}  \n"
        f"{deeper.consequence(values, moves)}"
    )
