"""2 · Explore: look at the series before anything learns from it."""

import streamlit as st

from forecast import charts
from forecast.exploring import changes, summary, volume_of
from ui import formats, layout, state

layout.head("Explore", "Look at the series before a network does.")

data = state.dataset()
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

st.caption(f"The dates are {facts.rhythm}; the forecast goes on in that rhythm.")

st.subheader("Over time", anchor=False)
st.plotly_chart(
    charts.explore(data.series, volume_of(data.table, data.series), data.unit),
    key="explore-line",
    config={"displayModeBar": False},
)

values, steps = st.columns(2, gap="large")
with values:
    st.subheader("Which values occur", anchor=False)
    st.plotly_chart(
        charts.distribution(data.series, str(data.series.name)),
        key="explore-values",
        config={"displayModeBar": False},
    )
with steps:
    st.subheader("How much it changes from row to row", anchor=False)
    st.plotly_chart(
        charts.distribution(changes(data.series), facts.change_label, percent=facts.in_percent),
        key="explore-changes",
        config={"displayModeBar": False},
    )
st.caption(formats.dollars_safe(facts.sentence))

layout.next_step(("train", "Train a network on it"))
