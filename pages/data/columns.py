"""What was understood can be corrected: date, value, unit, and how many rows to use."""

from __future__ import annotations

import streamlit as st

from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from forecast.reading import NUMBERED_ROWS, Question, Warning
from ui import errors, formats, state

ORDERS = {"dmy": "day first (31/12/2024)", "mdy": "month first (12/31/2024)", "ymd": "year first"}


def correct() -> None:
    """Questions first, where two readings fit; then date column, value column and unit."""
    data = state.dataset()
    if data.reading is None:
        _unit()
        return
    for question in data.reading.questions:
        _ask(question)
    receipt = data.reading.receipt
    with st.container(horizontal=True, gap="small"):
        dates = [None, *receipt.columns]
        date_column = st.selectbox(
            "Date column",
            dates,
            index=dates.index(receipt.date_column),
            format_func=lambda name: "no dates: numbered rows" if name is None else str(name),
            key=f"date-column-{id(data.reading)}",
        )
        target = st.selectbox(
            "Value to forecast",
            receipt.value_columns,
            index=receipt.value_columns.index(receipt.target_column),
            key=f"target-column-{id(data.reading)}",
        )
        _unit()
    if date_column != receipt.date_column:
        _read_again(date_column=NUMBERED_ROWS if date_column is None else date_column)
    if target != receipt.target_column:
        _read_again(target_column=target)


def notes(warnings: tuple[Warning, ...]) -> None:
    """What is worth knowing about the file, folded away where it is more than a line."""
    lines = [f"- {formats.plain(warning.text)}" for warning in warnings]
    if len(lines) == 1:
        st.caption(lines[0].removeprefix("- "))
    elif lines:
        with st.expander(f"{len(lines)} things worth knowing"):
            st.markdown("\n".join(lines))


def choose_rows(n_known: int) -> int:
    """The slider for the number of recent rows; returns what it says."""
    config = state.config()

    def keep() -> None:  # before the page is drawn, so that its head says the new number
        state.keep_config(state.config().but(n_rows=state.widget_value("n_rows")))

    least = min(20, n_known)
    if n_known <= least:
        return n_known
    now = min(config.data.n_rows or n_known, n_known)
    n_rows: int = st.slider(
        "Most recent rows",
        min_value=least,
        max_value=n_known,
        key=state.widget_key("n_rows", max(now, least)),
        help=GLOSSARY["n_rows"],
        on_change=keep,
    )
    return n_rows


def _ask(question: Question) -> None:
    options = [
        formats.plain(
            f"{option.label}: from {option.first} to {option.last}"
            if option.first
            else option.label
        )
        for option in question.options
    ]
    chosen = st.radio(
        formats.plain(question.text),
        range(len(options)),
        index=question.chosen,
        format_func=options.__getitem__,
        key=f"question-{question.field}-{question.chosen}",
    )
    if chosen != question.chosen:
        answers = question.options[chosen].answers
        _read_again(**{question.field: getattr(answers, question.field)})


def _unit() -> None:
    data = state.dataset()
    unit = st.text_input(
        "Unit",
        value=data.unit,
        max_chars=12,
        placeholder="$, MW, visits …",
        help="Errors and forecasts are shown in this unit.",
        key=f"unit-{data.name}-{data.series.name}",
    )
    if unit.strip() != data.unit:
        state.set_unit(unit)
        st.rerun()


def _read_again(**answers: str | None) -> None:
    try:
        state.correct(**answers)
    except ForecastError as error:
        errors.show(error)
    else:
        st.rerun()
