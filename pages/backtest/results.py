"""What a backtest has found: the sentence, the leaderboard, the charts, the files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import charts, leaderboard
from forecast.backtest import NETWORK, Backtest
from forecast.baselines import NAIVE
from forecast.export import to_csv
from forecast.glossary import GLOSSARY
from forecast.runs import Run
from pages.backtest import words
from ui import formats, layout, state


def show(run: Run, found: Backtest) -> None:
    """From the sentence to the downloads."""
    unit, index = run.origin.unit, run.series.index
    if found.config != run.config:
        st.info("The run's settings have changed since this backtest. Start it again to test them.")
    st.subheader("What it found", anchor=False)
    st.markdown(words.headline(found, unit))
    if fewer := words.fewer_rows(found, len(run.recent)):
        st.info(fewer)
    st.caption(f"{words.doubt(found, unit)} {words.OTHER_MOMENTS}")
    _leaderboard(found, unit)
    st.caption(words.how(found, index))
    _downloads(found, index)
    _ahead(run, found)
    _fan(run, found)
    _errors(run, found)
    _spread(found, unit)


def _leaderboard(found: Backtest, unit: str) -> None:
    table = words.readable(found, unit)
    helps = {name: words.TABLE_HELP.get(name.split(" (")[0]) for name in table.columns}
    marked = table.style.apply(
        lambda row: ["font-weight: 600" if row["Model"][0] in "▸◆" else ""] * len(row), axis=1
    ).apply(
        lambda row: (
            ["background-color: rgba(217, 108, 0, 0.16)" if row["Model"].startswith("▸") else ""]
            * len(row)
        ),
        axis=1,
    )
    config = {
        name: st.column_config.TextColumn(
            help=text, alignment="left" if name in layout.WORDY else "right"
        )
        for name, text in helps.items()
    }
    with st.container(key="wide-table-leaderboard"):
        st.dataframe(marked, hide_index=True, key="leaderboard", column_config=config)


def _ahead(run: Run, found: Backtest) -> None:
    if found.config != run.config:
        return
    _, calendar = state.engine().store.calendar(run.id, run.series.index)
    table = leaderboard.ahead(found, run.forecast(calendar=calendar))
    if len(table):
        st.subheader("What each says comes next", anchor=False, help=words.AHEAD)
        layout.table(words.ahead(table, run.origin.unit), "ahead")


def _fan(run: Run, found: Backtest) -> None:
    st.subheader("Past forecasts over the series", anchor=False, help=GLOSSARY["origin"])
    names = list(found.predictions)
    name = st.segmented_control("Model", names, default=NETWORK, key="backtest-fan-model")
    name = name or NETWORK
    layout.chart(
        charts.past.fan(run.series, found.origins, found.predictions[name], run.origin.unit, name),
        key="backtest-fan",
        label=f"The series, and at each of {len(found.origins)} origins a short line with what "
        f"{name} had said.",
    )


def _errors(run: Run, found: Backtest) -> None:
    unit = run.origin.unit
    left, right = st.columns(2, gap="large")
    by_step = leaderboard.by_step(found)
    with left:
        st.subheader("Error by step ahead", anchor=False)
        layout.chart(
            charts.past.error_by_step(by_step, unit),
            key="backtest-steps",
            label=f"Mean error at each step: the network's grows from "
            f"{formats.value(by_step[NETWORK].iloc[0], unit)} at the first to "
            f"{formats.value(by_step[NETWORK].iloc[-1], unit)} at the last.",
        )
    by_origin = leaderboard.by_origin(found).set_index(run.series.index[found.origins - 1])
    with right:
        st.subheader("Error by date", anchor=False)
        layout.chart(
            charts.past.error_by_date(by_origin, unit),
            key="backtest-dates",
            label="Mean error at each starting point, by its date; models other than "
            "the network and “same as today” can be switched on in the legend.",
        )


def _spread(found: Backtest, unit: str) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Predicted against actual", anchor=False)
        layout.chart(
            charts.past.actual_against_predicted(found.actual, found.network[0], unit),
            key="backtest-scatter",
            label="Each forecast of the network as a point, predicted to the right and actual "
            "upwards; on the dotted line it was right.",
        )
    with right:
        st.subheader("How far off", anchor=False, help=GLOSSARY["residual"])
        both = {name: found.residuals[name] for name in (NETWORK, NAIVE)}
        layout.chart(
            charts.past.residuals(both, unit),
            key="backtest-residuals",
            label="Distribution of actual minus predicted for the network and “same as today”.",
        )


def _downloads(found: Backtest, index: pd.Index) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download the leaderboard",
            to_csv(leaderboard.table(found), index=False),
            file_name="backtest-leaderboard.csv",
            mime="text/csv",
        )
        st.download_button(
            "Download all forecasts",
            to_csv(found.table(index), index=False),
            file_name="backtest-forecasts.csv",
            mime="text/csv",
        )
