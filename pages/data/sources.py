"""Where the data come from: sample, upload or ticker."""

from __future__ import annotations

import streamlit as st

from forecast.errors import ForecastError
from forecast.sources.samples import SAMPLES
from ui import datasets, errors, formats, state

PERIODS = {"1 year": "1y", "2 years": "2y", "5 years": "5y", "10 years": "10y", "All": "max"}


def choose() -> None:
    """Three ways to a series; whichever was used last is the one in use."""
    sample, upload, ticker = st.tabs(["Sample", "Upload", "Ticker"])
    with sample:
        _samples()
    with upload:
        _upload()
    with ticker:
        _ticker()


def _samples() -> None:
    for sample in SAMPLES:
        in_use = state.dataset().sample == sample.file
        with st.container(border=True):
            st.markdown(f"**{sample.name}**  \n{sample.about}")
            st.button(
                "In use" if in_use else "Use this",
                key=f"sample-{sample.file}",
                disabled=in_use,
                on_click=lambda sample=sample: state.use_dataset(datasets.from_sample(sample)),
            )


def _upload() -> None:
    file = st.file_uploader(
        "A file with one row a date",
        key="upload",
        help="CSV or text, up to 200 MB. It stays on this machine.",
    )
    if file is not None and state.is_new_upload(file.file_id):
        try:
            state.use_dataset(datasets.from_file(file.getvalue(), file.name))
        except ForecastError as error:
            state.upload_failed(error)
        else:
            st.rerun()  # the pages above this point still show the data used before
    if file is not None and (error := state.upload_error()):
        errors.show(error)
        st.caption(f"Still in use: {formats.plain(state.dataset().name)}.")
    elif file is None:
        st.caption("Exports of brokers, banks and statistics offices work as they are.")


def _ticker() -> None:
    with st.form("ticker", border=False):
        symbol = st.text_input("Ticker", placeholder="AMZN", max_chars=20)
        period = st.selectbox("Period", list(PERIODS), index=2)
        asked = st.form_submit_button("Download", type="primary")
    st.caption("Daily prices from Yahoo Finance. This is the only thing that needs the internet.")
    if not asked:
        return
    try:
        with st.spinner(f"Asking Yahoo Finance for {symbol.strip().upper()} …"):
            state.use_dataset(datasets.from_ticker(symbol, PERIODS[period]))
    except ForecastError as error:
        errors.show(error)
    else:
        st.rerun()
