"""Cleaning as a choice: what it would change is shown first, and one click takes it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from forecast import charts
from forecast.errors import ForecastError
from forecast.reading import FREQUENCIES, GAPS, PERIOD_VALUES, Cleaned, Cleaning
from ui import choosing, datasets, errors, formats, layout, state

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
    """What the widgets say; they start with the cleaning in use."""
    now, before = data.cleaning, data.before.series
    # Another series or another cleaning in use: the widgets start afresh.
    mark = f"{id(before)}-{now.sentence}"
    dated = isinstance(before.index, pd.DatetimeIndex)
    gaps, frequency, value = now.gaps, now.frequency, now.period_value
    with st.container(horizontal=True, gap="small"):
        if dated:
            gaps = st.selectbox(
                "Gaps",
                list(GAPS),
                index=list(GAPS).index(gaps),
                format_func=lambda name: GAPS[name].capitalize(),
                key=f"gaps-{mark}",
                help="Steps without a row. A straight line between two known values looks into "
                "the future of each gap; the value before does not.",
            )
            options = [None, *FREQUENCIES]
            frequency = st.selectbox(
                "One row for each",
                options,
                index=options.index(frequency),
                format_func=lambda name: name or "row as it comes",
                key=f"frequency-{mark}",
                help="A regular frequency: daily rows become weekly ones, for instance. Opens, "
                "highs, lows and volumes are brought together as such.",
            )
        if frequency:
            value = st.selectbox(
                "Its value",
                list(PERIOD_VALUES),
                index=list(PERIOD_VALUES).index(value),
                format_func=lambda name: PERIOD_VALUES[name].capitalize(),
                key=f"value-{mark}",
                help="The last value suits prices, the average suits temperatures, the sum suits "
                "sales; with the sum, periods that begin or end in the middle are left out.",
            )
    start, end = _range(before, now, mark) if dated else (None, None)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        last = st.number_input(
            "Keep the last rows",
            min_value=5,
            max_value=max(len(before), 5),
            value=now.last_rows,
            placeholder="all of them",
            key=f"last-{mark}",
        )
        outliers = st.toggle(
            "Mark outliers",
            value=now.outliers,
            key=f"outliers-{mark}",
            help="Rows that jump away and back at once, by far more than usual. They are marked "
            "in a column of their own; the values stay.",
        )
    return Cleaning(gaps, outliers, frequency, value, last, start, end)


def _range(before: pd.Series, now: Cleaning, mark: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last date to keep; None where that is the series' own."""
    first, last = before.index[0].date(), before.index[-1].date()
    with st.container(horizontal=True, gap="small"):
        start = st.date_input(
            "From", now.start or first, first, last, key=f"start-{mark}", format="YYYY-MM-DD"
        )
        end = st.date_input(
            "To", now.end or last, first, last, key=f"end-{mark}", format="YYYY-MM-DD"
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
