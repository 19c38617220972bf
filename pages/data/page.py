"""1 · Data: choose a series, see what was understood, correct it, clean it."""

import streamlit as st

from forecast import charts
from pages.data import cleaning, columns, sources
from ui import diaries, earlier, formats, layout, state

layout.head(
    "Data",
    "Choose the series to forecast: a sample, a file of your own, or a ticker.",
)
with st.container(key="to-learn"):
    st.page_link(layout.PAGES["learn"], label="New to this? Take the three-minute tour")

left, right = st.columns([1, 2], gap="large")
with left:
    sources.choose()
data = state.dataset()
facts = data.facts

with right:
    st.subheader("What was understood", anchor=False)
    understood = data.reading.receipt.sentence if data.reading else data.about
    st.markdown(("As it came: " if data.as_it_was else "") + formats.plain(understood))
    cleaning.in_use()
    cleaning.blanks()
    cleaning.moments()
    columns.notes(data.known)
    if scored := diaries.said():
        st.success(scored)
        layout.page_link("forecast", "See the diary")
    earlier.offer()
    layout.figures(
        "data",
        [
            ("Rows", f"{facts.n_rows:,}", ""),
            ("From", formats.date(facts.first_date), ""),
            ("To", formats.date(facts.last_date), ""),
            ("Last value", formats.value(facts.last_value, data.unit), ""),
            (
                "No value",
                f"{facts.n_missing:,}",
                "Rows of the file without a value in this column; left out. Dates that have no row "
                "at all are gaps, which the notes above count.",
            ),
            ("Duplicates", f"{facts.n_duplicates:,}", "Rows with a date seen before; left out."),
        ],
    )
    columns.correct()
    with st.expander("Clean"):
        cleaning.choose()
st.subheader("Rows to use", anchor=False)
n_rows = columns.choose_rows(len(data.series))
layout.chart(
    charts.line(data.series.iloc[-n_rows:], data.unit, height=280),
    key="data-line",
    label=f"Line chart of the last {n_rows:,} rows of {data.series.name}; "
    f"it ends at {formats.value(facts.last_value, data.unit)}.",
)
# What a tab shows that is not open is not worked out: of a million rows that takes half a second.
rows, kinds, figures = st.tabs(
    ["Preview", "Columns and types", "Figures"], key="tables", on_change="rerun"
)
with rows:
    preview = data.preview
    # The index is narrow by itself and cuts the time off.
    st.dataframe(preview, height=320, column_config={"_index": st.column_config.Column(width=150)})
    st.caption(
        f"The latest {len(preview):,} rows, the newest first."
        if len(preview) < len(data.table)
        else f"All {len(preview):,} rows, the newest first."
    )
if kinds.open:
    kinds.dataframe(data.types, hide_index=True)
if figures.open:
    figures.dataframe(data.figures)

layout.next_step(("train", "Train a network on it"), ("explore", "Look at it more closely"))
