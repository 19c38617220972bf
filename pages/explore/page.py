"""2 · Explore: look at the series before anything learns from it."""

import re

import streamlit as st

from forecast import export
from forecast.exploring import summary
from pages.explore import auditing, look, moving, repeating, suggestions, words
from ui import formats, layout, state

SECTIONS = {
    "Over time": moving.over_time,
    "Changes": moving.changes,
    "Season": repeating.season,
    "Trend and season": repeating.trend,
    "Memory": repeating.past,
    "Quality": auditing.quality,
}

layout.head("Explore", "Look at the series before a network does.")

shown = look.take()
data = shown.data
facts = summary(data.series)
layout.figures(
    "explore",
    [
        ("Latest", formats.value(facts.last, data.unit), formats.date(facts.last_date)),
        ("Lowest", formats.value(facts.low, data.unit), formats.date(facts.low_date)),
        ("Highest", formats.value(facts.high, data.unit), formats.date(facts.high_date)),
        (
            "Typical step",
            formats.value(facts.typical_step, data.unit),
            "Half of all steps from one row to the next are smaller than this. It is also the "
            "error of the forecast 'same as today' for one step.",
        ),
    ],
)
st.caption(words.standing(facts, shown.rhythm))
if some := words.looked_at(len(data.series), state.config().data.n_rows):
    st.caption(some)

# One section at a time: what is not shown is not computed.
section = st.segmented_control(
    "What to look at", list(SECTIONS), default="Over time", required=True, key="explore-section"
)
SECTIONS[section](shown)

suggestions.offer(shown)

name = re.sub(r"\W+", "-", f"{data.name.rsplit('.', 1)[0]}-{data.series.name}").strip("-").lower()
st.download_button(
    "Download the cleaned table",
    lambda: export.to_csv(data.table),
    file_name=f"{name}.csv",
    mime="text/csv",
    on_click="ignore",
    help="A CSV file. Text that a spreadsheet would run as a formula is made harmless.",
)
layout.next_step(("train", "Train a network on it"))
