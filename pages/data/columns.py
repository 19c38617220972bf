"""What was understood can be corrected: every item of the receipt, and how many rows to use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from forecast.reading import DUPLICATES, NUMBERED_ROWS, Question, Receipt, Warning
from forecast.reading.stacked import sheet_words
from ui import choosing, errors, formats, state

_ORDERS = {
    "dmy": "Day first: 31/12/2024",
    "mdy": "Month first: 12/31/2024",
    "ymd": "Year first: 2024/12/31",
}
_DECIMALS = {".": "Point: 1,234.56", ",": "Comma: 1.234,56"}
_DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar", " ": "Blanks"}
_AS_FOUND = "as found"


def correct() -> None:
    """Questions first, where two readings fit; then what is corrected most, then the rest."""
    data = state.dataset()
    if data.downloads:
        _downloads()
        return
    if data.reading is None:
        _unit()
        return
    for question in data.reading.questions:
        if question.field == "target_column":  # "Value to forecast" asks just that, of all columns
            st.caption(
                "Several columns could be the **value to forecast**: check the choice below."
            )
        else:
            _ask(question)
    receipt = data.reading.receipt
    with st.container(horizontal=True, gap="small"):
        _choice(
            "Date column",
            "date_column",
            [NUMBERED_ROWS, *receipt.columns],
            receipt.date_column if receipt.date_column in receipt.columns else None,
            lambda name: name or "no dates: numbered rows",
            unset=NUMBERED_ROWS if receipt.date_column is None else None,
            found=receipt.date_column,
        )
        _choice(
            "Value to forecast",
            "target_column",
            receipt.value_columns,
            receipt.target_column,
            str,
        )
        _unit()
    with st.expander("Something else was misunderstood"):
        _rest(receipt)


def notes(warnings: tuple[Warning, ...]) -> None:
    """What is worth knowing about the data, folded away where it is more than a line."""
    lines = [f"- {formats.plain(warning.text)}" for warning in warnings]
    if len(lines) == 1:
        st.caption(lines[0].removeprefix("- "))
    elif lines:
        dropped = any("left out" in warning.text for warning in warnings)
        with st.expander(f"{len(lines)} things worth knowing", expanded=dropped):
            st.markdown("\n".join(lines))
    for column in dict.fromkeys(warning.column for warning in warnings if warning.column):
        st.button(
            f"Use {formats.plain(column)} instead",
            key=f"offer-{column}",
            on_click=lambda column=column: _use_column(column),
        )


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
    if n_rows < n_known:
        with st.container(horizontal=True, vertical_alignment="center", key="older-rows"):
            older = n_known - n_rows
            are = "1 older row is not used" if older == 1 else f"{older:,} older rows are not used"
            st.caption(f"{are}: the latest usually say most of what comes, and train faster.")
            st.button(
                f"Use all {n_known:,}",
                key="use-all-rows",
                on_click=lambda: state.set_config(state.config().but(n_rows=n_known)),
            )
    return n_rows


def _rest(receipt: Receipt) -> None:
    """The items that are right nearly always."""
    with st.container(horizontal=True, gap="small"):
        if receipt.delimiter:
            _choice(
                "Between two cells",
                "delimiter",
                list(_DELIMITERS),
                receipt.delimiter,
                _DELIMITERS.get,
            )
        if not receipt.sheets:
            _choice("Decimal mark", "decimal", list(_DECIMALS), receipt.decimal, _DECIMALS.get)
            _choice(
                "Order of the date", "date_order", list(_ORDERS), receipt.date_order, _ORDERS.get
            )
        if len(receipt.sheets) > 1:
            _choice("Sheet", "sheet", receipt.sheets, receipt.sheet, sheet_words)
        if len(receipt.entities) > 1:
            _choice("Series of this file", "entity", receipt.entities, receipt.entity, str)
        given = state.dataset().answers.duplicates
        if given is not None:
            _choice("Rows of one date", "duplicates", list(DUPLICATES), given, DUPLICATES.get)
    st.caption(f"Read as {formats.plain(receipt.encoding)}.")


def _choice(
    label: str,
    field: str,
    options: Sequence[str],
    now: str | None,
    words: Callable[[str], str | None],
    *,
    unset: str | None = None,
    found: str | None = None,
) -> None:
    """A selectbox for one answer about the file; choosing another reads the file again.

    Args:
        label: on screen.
        field: of ``Answers``.
        options: what can be answered.
        now: what the reading took, if it is one of them.
        words: an option in words.
        unset: what to show where the reading took none of the columns.
        found: in words, what the reading took where no single option says it.
    """
    shown: list[str | None] = list(options)
    current = now if now is not None else unset
    if current is None:
        shown.insert(0, None)
    chosen = st.selectbox(
        label,
        shown,
        index=shown.index(current),
        format_func=lambda option: str(words(option) if option is not None else found or _AS_FOUND),
        key=f"{field}-{id(state.dataset().reading)}",
    )
    if chosen != current:
        _read_again(**{field: chosen})


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
        key=f"question-{question.field}-{id(state.dataset().reading)}",
    )
    if chosen != question.chosen:
        answers = question.options[chosen].answers
        _read_again(**{question.field: getattr(answers, question.field)})


def _downloads() -> None:
    """Which of the tickers, and which of its columns, is to be forecast."""
    data = state.dataset()
    symbols = [got.request.symbol for got in data.downloads]
    columns = [str(name) for name in data.downloads[0].table.columns]
    mark = id(data.downloads)
    with st.container(horizontal=True, gap="small"):
        symbol = symbols[0]
        if len(symbols) > 1:
            symbol = st.selectbox(
                "Ticker to forecast",
                symbols,
                key=f"symbol-{mark}",
                help="The closing prices of the others stand beside it as further columns.",
            )
        column = st.selectbox(
            "Value to forecast",
            columns,
            index=columns.index(str(data.series.name)),
            key=f"download-column-{mark}",
        )
        _unit()
    if symbol != symbols[0]:
        choosing.choose_download(symbol, "Close")
        st.rerun()
    if column != data.series.name:
        choosing.choose_download(symbol, column)
        st.rerun()


def _unit() -> None:
    data = state.dataset()
    unit = st.text_input(
        "Unit",
        value=data.unit,
        max_chars=12,
        placeholder="$, MW, visits …",
        help="Errors and forecasts are shown in this unit.",
        key=f"unit-{data.name}-{data.series.name}-{data.unit}",  # also set by earlier.offer
    )
    if unit.strip() != data.unit:
        choosing.set_unit(unit)
        st.rerun()


def _use_column(column: str) -> None:
    """Forecast the column that a warning offers."""
    data = state.dataset()
    if data.downloads:
        choosing.choose_download(data.name, column)
    else:
        choosing.correct(target_column=column)


def _read_again(**answers: Any) -> None:
    try:
        choosing.correct(**answers)
    except ForecastError as error:
        errors.show(error)
    else:
        st.rerun()
