"""Prices by ticker symbol: found by name, downloaded with progress and a way out."""

from __future__ import annotations

import streamlit as st

from forecast.errors import ForecastError, SourceError
from forecast.sources.errand import Errand
from forecast.sources.keep import last_good
from forecast.sources.ticker import (
    INTERVALS,
    PERIODS,
    Download,
    TickerRequest,
    parse_symbols,
    periods_for,
)
from ui import choosing, datasets, errors, formats, state

_DEADLINE_SECONDS = 15.0  # for each symbol


def choose() -> None:
    """What to download, how far it is, and what came of it."""
    _find_by_name()
    errand = choosing.errand()
    asked = _ask(busy=errand is not None and not errand.is_done)
    if asked is not None:
        choosing.set_errand(asked)
        st.rerun()  # so that the button shows that it is under way
    if errand is not None and not errand.is_done:
        _progress()
    elif errand is not None:
        _take(errand)


def _find_by_name() -> None:
    with st.expander("Find a ticker by name"), st.container(key="find-ticker"):
        text = st.text_input("Company, fund, index or currency", placeholder="amazon", max_chars=80)
        if not text.strip():
            return
        try:
            with st.spinner("Asking Yahoo Finance …"):
                found = datasets.suggestions(text)
        except ForecastError as error:
            errors.show(error)
            return
        if not found:
            st.caption("Nothing of that name. Try fewer words, or the name in English.")
        for suggestion in found:
            facts = " · ".join(filter(None, (suggestion.kind, suggestion.exchange)))
            st.button(
                f"**{suggestion.symbol}** {formats.plain(suggestion.name)} · {facts}",
                key=f"suggest-{suggestion.symbol}",
                width="stretch",
                on_click=choosing.add_symbol,
                args=(suggestion.symbol,),
            )


def _ask(busy: bool) -> Errand | None:
    """The choices; an errand if the button was pressed and they can be asked for."""
    text = st.text_input(
        "Ticker",
        placeholder="AMZN, or several: AMZN, MSFT",
        max_chars=200,
        key=choosing.symbols_key(),
        help="Yahoo's symbols: AMZN, ^GSPC for an index, EURUSD=X for a currency, BTC-USD, "
        "0700.HK with the exchange's ending. With several, the first becomes the series and the "
        "others stand beside it.",
    )
    with st.container(horizontal=True, gap="small"):
        interval = st.selectbox(
            "Interval",
            list(INTERVALS),
            index=list(INTERVALS).index("1d"),
            format_func=INTERVALS.__getitem__,
            key="interval",
        )
        periods = periods_for(interval)
        period = st.selectbox(
            "Period",
            periods,
            index=periods.index("5y") if "5y" in periods else len(periods) - 1,
            format_func=PERIODS.__getitem__,
            key=f"period-{len(periods)}",
        )
    adjusted = st.toggle(
        "Adjusted for splits and dividends",
        key="adjusted",
        help="Off: the prices as Yahoo shows them, corrected for splits only, with the adjusted "
        "close in a column of its own. On: all prices corrected for dividends too.",
    )
    asked = st.button("Download", key="download", type="primary", disabled=busy)
    st.caption("Prices from Yahoo Finance. This is the only thing here that needs the internet.")
    if not asked:
        return None
    try:
        requests = [
            TickerRequest(symbol, period, interval, adjusted) for symbol in parse_symbols(text)
        ]
    except ForecastError as error:
        errors.show(error)
        return None
    return Errand(requests, deadline_seconds=_DEADLINE_SECONDS, folder=datasets.download_folder())


@st.fragment(run_every=0.5)
def _progress() -> None:
    errand = choosing.errand()
    if errand is None or errand.is_done:
        st.rerun()
        return
    step = errand.progress
    st.progress(
        (step.n_done + min(errand.seconds / errand.deadline_seconds, 0.95)) / step.n_total,
        text=f"Asking Yahoo Finance for {formats.plain(step.symbol)} "
        f"({min(step.n_done + 1, step.n_total)} of {step.n_total}) · {errand.seconds:.0f} s of "
        f"at most {errand.deadline_seconds:.0f} s",
    )
    st.button("Stop the download", key="stop-download", on_click=errand.stop)


def _take(errand: Errand) -> None:
    """Use what came; say of the rest why it did not come, and offer the copies kept of it."""
    came = [got for got in errand.outcomes.values() if isinstance(got, Download)]
    failed = {
        symbol: error for symbol, error in errand.outcomes.items() if isinstance(error, SourceError)
    }
    if came and choosing.is_news(errand):
        state.use_dataset(datasets.from_downloads(came, came[0].request.symbol))
        if not failed:
            choosing.set_errand(None)
        st.rerun()  # the pages above this point still show the data used before
    for what in dict.fromkeys(map(str, failed.values())):
        told = [symbol for symbol, error in failed.items() if str(error) == what]
        st.caption(f"**{formats.plain(', '.join(told))}**")
        errors.show(failed[told[0]])
    for request in errand.requests:
        if request.symbol in failed:
            _offer_copy(request)


def _offer_copy(request: TickerRequest) -> None:
    copy = last_good(request, datasets.download_folder())
    if copy is None:
        return
    day = formats.date(copy.fetched_at.date())

    def use() -> None:
        assert copy is not None
        state.use_dataset(datasets.from_downloads([copy], request.symbol))
        choosing.set_errand(None)

    st.button(
        f"Use the copy of {formats.plain(request.symbol)} from {day}",
        key=f"copy-{request.symbol}",
        on_click=use,
    )
