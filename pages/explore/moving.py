"""Sections on how the series moved: over time, and from row to row."""

from __future__ import annotations

import streamlit as st

from forecast import charts, exploring
from forecast.exploring import candles, decomposition, drawdowns, rolling, spread
from forecast.glossary import GLOSSARY
from pages.explore import words
from pages.explore.look import Look, finding, plot, say

LATEST = {"Latest 100": 100, "Latest 500": 500, "All": None}


def over_time(look: Look) -> None:
    """The series itself, its candles where it has them, and its falls where it has no season."""
    finding("The series", lambda: _series(look))
    if look.rhythm.traded or not any(one.clear for one in look.find(decomposition.periods)):
        # Where a season comes and goes, its every low would be a fall.
        finding("Below its highest value", lambda: _drawdown(look), GLOSSARY["drawdown"])


def changes(look: Look) -> None:
    """The steps from row to row: over time, by size, and how restless they were."""
    finding("From row to row", lambda: _changes(look), GLOSSARY["change"])
    finding("How often which change came", lambda: _spread(look), GLOSSARY["normal"])
    finding("Volatility", lambda: _volatility(look), GLOSSARY["volatility"])


def _series(look: Look) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        as_candles = False
        if candles.has_candles(look.data.table):
            chosen = st.segmented_control(
                "Drawn as", ["Line", "Candles"], default="Line", required=True, key="explore-as"
            )
            as_candles = chosen == "Candles"
        if as_candles:
            latest = st.segmented_control(
                "Rows", list(LATEST), default="Latest 100", required=True, key="explore-latest"
            )
        else:
            mean = _window(look, "Rolling mean", "explore-mean", off=True)
        lowest = float(look.series.min())
        log = st.toggle(
            "Log scale", disabled=lowest <= 0, key="explore-log", help=GLOSSARY["log_scale"]
        )
    log = log and lowest > 0
    grown = words.growth(look.series, look.unit, look.rhythm)
    say(f"{grown} {words.log_scale(log, lowest, look.unit)}")
    volume = exploring.volume_of(look.data.table, look.series)
    if as_candles:
        n_rows = LATEST[latest] or len(look.series)
        found = candles.candles(look.data.table, volume, n_rows)
        say(words.candles(found, look.rhythm, look.unit))
        plot(charts.candlesticks(found.table, look.unit, log=log), "series")
    else:
        line = look.find(rolling.mean, mean) if mean else None
        drawn = charts.over_time(look.series, look.unit, volume=volume, mean=line, log=log)
        plot(drawn, "series")
    if volume is not None and len(volume):
        say(words.volume(volume, look.rhythm))


def _drawdown(look: Look) -> None:
    found = look.find(drawdowns.drawdown, look.unit)
    say(words.drawdown(found, look.rhythm, look.unit))
    plot(charts.changing.drawdown(found, look.unit), "drawdown")


def _changes(look: Look) -> None:
    found = look.find(spread.spread, look.unit)
    say(words.moves(found, look.rhythm, look.unit))
    moves = exploring.changes(look.series, look.unit)
    plot(charts.changing.changes(moves, look.unit, in_percent=found.in_percent), "changes")


def _spread(look: Look) -> None:
    found = look.find(spread.spread, look.unit)
    say(words.spread(found, look.rhythm, look.unit))
    plot(charts.changing.spread(found, look.unit), "spread")


def _volatility(look: Look) -> None:
    n = _window(look, "Over how many rows", "explore-window")
    found = look.find(rolling.volatility, n or rolling.WINDOWS[0], look.unit)
    say(words.volatility(found, look.rhythm, look.unit))
    plot(charts.changing.volatility(found, look.unit), "volatility")


def _window(look: Look, label: str, key: str, *, off: bool = False) -> int:
    """The length of a moving window in rows; 0 for none."""
    fitting = rolling.windows(len(look.series))
    options = [0, *fitting] if off else list(fitting)
    if not options:
        return 0
    usual = 0 if off else fitting[min(1, len(fitting) - 1)]
    chosen: int = st.segmented_control(
        label,
        options,
        default=usual,
        required=True,
        format_func=lambda n: f"{n:,}" if n else "Off",
        key=f"{key}-{len(fitting)}",
        help=GLOSSARY["rolling"],
    )
    return chosen
