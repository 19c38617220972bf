"""The diary on screen: save this forecast, see how saved ones went, delete and undo."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast.diary import Diary, Entry, entry_of
from forecast.errors import ForecastError
from forecast.runs import Run
from pages.forecast import past, words
from ui import diaries, errors, formats, layout

SHOWN_AT_ONCE = 20


def save_button(run: Run, table: pd.DataFrame) -> None:
    """Save this forecast, or say that it is saved."""
    diary = diaries.diary()
    entry = entry_of(run, table)
    saved = diary.holds(entry)
    pressed = st.button(
        "Saved in the diary" if saved else "Save this forecast",
        key="save-forecast",
        type="primary",
        disabled=saved,
        help="It is scored when newer data of the same series are loaded.",
    )
    if pressed:
        try:
            diary.save(entry)
        except ForecastError as error:
            errors.show(error)
        else:
            st.rerun()


def panel() -> None:
    """The saved forecasts of this browser, the newest first."""
    diary = diaries.diary()
    entries, deleted = diary.entries(), diary.deleted()
    st.subheader("Diary", anchor=False)
    if not entries:
        st.caption(
            "No forecast is saved yet. Save one, come back with newer data of the same series, and "
            "it is held against what really came."
        )
    for entry in entries[:SHOWN_AT_ONCE]:
        _entry(diary, entry)
    if len(entries) > SHOWN_AT_ONCE:
        with st.expander(f"{len(entries) - SHOWN_AT_ONCE} older ones"):
            for entry in entries[SHOWN_AT_ONCE:]:
                _entry(diary, entry)
    if deleted:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"Deleted: {formats.plain(past.saved(deleted))}")
            st.button("Undo", key="undo-diary", on_click=diary.bring_back, args=(deleted.id,))


def _entry(diary: Diary, entry: Entry) -> None:
    with st.container(border=True):
        left, right = st.columns([8, 1], vertical_alignment="top")
        with left:
            st.markdown(past.diary_entry(entry))
        with right:
            st.button("Delete", key=f"delete-{entry.id}", on_click=diary.delete, args=(entry.id,))
        if entry.actual:
            with st.expander("Step by step"):
                layout.table(words.readable(entry.table(), entry.unit), f"diary-{entry.id}")
