"""Where the data come from: sample, upload or ticker."""

from __future__ import annotations

import streamlit as st

from forecast.errors import CodedError
from forecast.reading import DUPLICATES, NUMBERED_ROWS
from forecast.sources.samples import SAMPLES
from pages.data import tickers
from ui import choosing, datasets, errors, formats, state
from ui.uploads import Upload


def choose() -> None:
    """Three ways to a series; whichever was used last is the one in use."""
    data = state.dataset()
    used = "Sample" if data.sample else "Ticker" if data.downloads else "Upload"
    sample, upload, ticker = st.tabs(["Sample", "Upload", "Ticker"], default=used)
    with sample:
        _samples()
    with upload:
        _upload()
    with ticker:
        tickers.choose()


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
        help="CSV, text or Excel, up to 200 MB. It stays on this machine.",
    )
    if file is None:
        data = state.dataset()
        if data.sample or data.downloads:
            st.caption("Exports of brokers, banks and statistics offices work as they are.")
        else:  # it was uploaded before another page was looked at
            st.markdown(f"In use: **{formats.plain(data.name)}**")
        return
    if choosing.is_new_upload(file.file_id):
        choosing.take_upload(Upload(file.getvalue()), file.name)
        if choosing.refused() is None:
            st.rerun()  # the pages above this point still show the data used before
    if refused := choosing.refused():
        errors.show(refused.error)
        _offer_answers(refused)
        now = state.dataset().name
        st.caption(
            "Still in use: the file loaded before."
            if now == refused.name
            else f"Still in use: {formats.plain(now)}."
        )


def _offer_answers(refused: choosing.Refused) -> None:
    """What a person can say to have a refused file read after all."""

    def again(**answers: str) -> None:
        choosing.take_upload(refused.upload, refused.name, **answers)

    code = refused.error.code if isinstance(refused.error, CodedError) else ""
    if code == "contradictory-duplicates":
        st.caption("Several sales or readings a day? Say what to make of rows of the same date:")
        with st.container(horizontal=True, gap="small"):
            for how, words in DUPLICATES.items():
                st.button(
                    words.capitalize(),
                    key=f"duplicates-{how}",
                    on_click=lambda how=how: again(duplicates=how),
                )
    elif code in ("no-dates", "bad-dates", "missing-dates", "impossible-dates"):
        st.button(
            "Number the rows instead",
            key="number-rows",
            help="The order of the rows then stands for time, and the dates are not used.",
            on_click=lambda: again(date_column=NUMBERED_ROWS),
        )
