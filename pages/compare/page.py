"""6 · Compare: all runs of this browser, what was different, and which was better."""

import streamlit as st

from forecast import comparing
from pages.compare import details, table
from ui import layout, state
from ui.components.into_view import into_view
from ui.widgets import LABELS

layout.head("Compare", "Your runs side by side: what you changed, and what it did to the error.")

runs, damaged = comparing.summaries(state.engine().store, state.owner())
runs = [table.as_it_is(run) for run in runs]
if damaged:
    st.warning(
        f"{len(damaged)} run folders cannot be read and are left out: {', '.join(damaged[:5])}."
    )
if state.discarded():
    with st.container(key="deleted", horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("The run was deleted.")
        st.button("Undo", key="undo", on_click=state.bring_back)
        into_view("deleted")  # Delete is pressed at the foot of the page
if not runs and (shown := state.job()) is not None and not state.owns(shown):
    layout.missing(
        "The run on show belongs to somebody else. Runs that you train yourself are listed here.",
        "train",
        "Train one",
    )
    st.stop()
if not runs:
    layout.missing(
        "There are no runs yet. Each one you train is listed here.", "train", "Train one"
    )
    st.stop()

names = comparing.names(runs, LABELS)
chosen = table.choose(runs, names)
if not chosen:
    st.stop()
if len(chosen) > 1:
    details.differences(chosen, names)
details.curves(chosen, names)
details.forecasts(chosen, names)
details.edit(chosen[0] if len(chosen) == 1 else None)
