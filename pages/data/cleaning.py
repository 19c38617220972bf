"""Cleaning as a choice: what it would change is shown first, and one click takes it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from forecast import charts
from forecast.errors import ForecastError
from forecast.reading import FREQUENCIES, GAPS, PERIOD_VALUES, Cleaned, Cleaning
from forecast.reading.targets import adds_up
from ui import choosing, datasets, errors, formats, layout, state

_DAILY = {
    "sum": "A day without any counts as 0, unless that day of the week never has any. "
    "One click takes it back; weeks or hours can be chosen under *Clean*.",
    "mean": "One click takes it back; weeks or hours can be chosen under *Clean*.",
}
_MOST_SHOWN = 500  # outliers in the chart


def in_use() -> None:
    """What was cleaned, if anything, and the way back."""
    data = state.dataset()
    if data.as_it_was is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Cleaned:** {formats.plain(data.cleaning.sentence)}")
        st.button(
            "Use it as it was", key="undo-cleaning", on_click=lambda: choosing.clean(Cleaning())
        )


def blanks() -> None:
    """Blank dates that break a rhythm, and one click that fills them."""
    data = state.dataset()
    found = data.blanks
    if found is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="blanks"):
        st.markdown(formats.dollars_safe(found.reason))
        st.button(
            "Fill them",
            key="fill-blanks",
            help=f"Gaps are then {GAPS[found.fill]}. One click takes it back.",
            on_click=lambda: choosing.clean(replace(data.cleaning, gaps=found.fill)),
        )


def moments() -> None:
    """Single moments, such as payments, and one click that makes a daily series of them."""
    data = state.dataset()
    n_days = data.n_days_of_moments
    if not n_days:
        return
    adding = adds_up(str(data.series.name))
    ways = {"sum": "Add up each day", "mean": "Take each day’s average"}
    with st.container(border=True, key="moments"):
        st.markdown(
            f"These are {len(data.series):,} single moments on {n_days:,} days. A step ahead would "
            "be the next of them, whenever that is; a value for each day has a date to be forecast "
            "for."
        )
        with st.container(horizontal=True, gap="small"):
            for way in ways if adding else reversed(ways):
                st.button(
                    ways[way],
                    key=f"daily-{way}",
                    help=_DAILY[way],
                    on_click=choosing.clean,
                    args=(_daily(data.cleaning, way),),
                )


def _daily(now: Cleaning, way: str) -> Cleaning:
    gaps = "zero" if way == "sum" else "leave"
    return replace(now, frequency="every day", period_value=way, gaps=gaps)


@st.fragment
def choose() -> None:
    """The panel of choices, each with its effect; nothing happens until "Use it cleaned"."""
    data = state.dataset()
    st.caption(
        "Nothing is changed unless you choose it here. Train, Forecast and the download then use "
        "the cleaned series; your file stays as it is."
    )
    told = st.empty()
    wanted = _choices(data)
    if wanted == data.cleaning:
        st.caption("Choose something above to see what it would change.")
        return
    try:
        done = datasets.try_cleaning(data, wanted)
    except ForecastError as error:
        errors.show(error)
        return
    told.warning("Not used yet: press **Use it cleaned**, below what it would change.")
    _effect(data, done)
    if st.button("Use it cleaned", key="use-cleaned", type="primary"):
        choosing.clean(wanted)
        st.rerun()


def _choices(data: datasets.Dataset) -> Cleaning:
    """What the widgets say; they start with what was left here, else with the cleaning in use."""
    before = data.before.series
    # Another series or another cleaning in use: the widgets start afresh.
    series, used, left = state.recall(state.CLEANING) or (None, None, None)
    now = left if series is before and used == data.cleaning else data.cleaning
    mark = f"{id(before)}-{data.cleaning.sentence}"
    dated = isinstance(before.index, pd.DatetimeIndex)
    gaps, frequency, value = now.gaps, now.frequency, now.period_value
    with st.container(horizontal=True, gap="small"):
        if dated:
            gaps = st.selectbox(
                "Gaps",
                list(GAPS),
                format_func=lambda name: GAPS[name].capitalize(),
                key=state.seeded(f"gaps-{mark}", gaps),
                help="Steps without a row. A straight line between two known values looks into "
                "the future of each gap; the value before does not.",
            )
            frequency = st.selectbox(
                "One row for each",
                [None, *FREQUENCIES],
                format_func=lambda name: name or "row as it comes",
                key=state.seeded(f"frequency-{mark}", frequency),
                help="A regular frequency: daily rows become weekly ones, for instance. Opens, "
                "highs, lows and volumes are brought together as such.",
            )
        if frequency:
            value = st.selectbox(
                "Its value",
                list(PERIOD_VALUES),
                format_func=lambda name: PERIOD_VALUES[name].capitalize(),
                key=state.seeded(f"value-{mark}", value),
                help="The last value suits prices, the average suits temperatures, the sum suits "
                "sales; with the sum, periods that begin or end in the middle are left out.",
            )
    start, end = _range(before, now, mark) if dated else (None, None)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        last = st.number_input(
            "Keep the last rows",
            min_value=5,
            max_value=max(len(before), 5),
            value=None,
            placeholder="all of them",
            key=state.seeded(f"last-{mark}", now.last_rows),
        )
        outliers = st.toggle(
            "Mark outliers",
            key=state.seeded(f"outliers-{mark}", now.outliers),
            help="Rows that jump away and back at once, by far more than usual. They are marked "
            "in a column of their own; the values stay.",
        )
    wanted = Cleaning(gaps, outliers, frequency, value, last, start, end)
    state.keep(state.CLEANING, (before, data.cleaning, wanted))
    return wanted


def _range(before: pd.Series, now: Cleaning, mark: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last date to keep; None where that is the series' own."""
    first, last = before.index[0].date(), before.index[-1].date()
    with st.container(horizontal=True, gap="small"):
        start, end = (
            st.date_input(
                label,
                min_value=first,
                max_value=last,
                key=state.seeded(f"{label}-{mark}", kept),
                format="YYYY-MM-DD",
            )
            for label, kept in (("From", now.start or first), ("To", now.end or last))
        )
    return (None if start == first else start), (None if end == last else end)


def _effect(data: datasets.Dataset, done: Cleaned) -> None:
    before, after = data.before.series, done.series
    st.dataframe(
        pd.DataFrame(
            {
                "": ["Rows", "Gaps", "First", "Last", "Filled in", "Outliers marked"],
                "As it was": [
                    f"{done.rows_before:,}",
                    f"{done.n_gaps_before:,}",
                    _end(before, 0, data.unit),
                    _end(before, -1, data.unit),
                    "–",
                    "–",
                ],
                "Cleaned": [
                    f"{done.rows_after:,}",
                    f"{done.n_gaps_after:,}",
                    _end(after, 0, data.unit),
                    _end(after, -1, data.unit),
                    f"{done.n_filled:,}",
                    f"{done.n_outliers:,}",
                ],
            }
        ),
        hide_index=True,
        key="cleaning-effect",
    )
    layout.chart(
        charts.before_after(before, after, data.unit, done.marked.iloc[:_MOST_SHOWN]),
        key="cleaning-chart",
        label="Line chart of the series before and after cleaning; the table has the figures.",
    )


def _end(series: pd.Series, place: int, unit: str) -> str:
    return f"{formats.value(series.iloc[place], unit)} on {formats.date(series.index[place])}"
