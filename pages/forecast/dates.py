"""Which dates the next steps have: the calendar found in the data, or another one."""

from __future__ import annotations

import streamlit as st

from forecast import calendars
from forecast.calendars import Calendar
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from forecast.runs import Run
from forecast.zones import ZONES
from ui import errors, state


def choose(run: Run) -> Calendar:
    """The calendar of this run, with the widgets that change it for whoever owns the run."""
    store = state.engine().store
    offered = calendars.choices(run.series.index)
    kept, calendar = store.calendar(run.id, run.series.index)
    if len(offered) == 1:
        return calendar
    job = state.job()
    mine = job is None or state.owns(job)
    with st.container(horizontal=True, gap="small"):
        chosen = st.selectbox(
            "Calendar",
            list(offered),
            index=list(offered).index(kept),
            format_func=lambda name: _label(name, offered[name]),
            disabled=not mine,
            help=GLOSSARY["next dates"],
            key=f"calendar-{run.id}",
            width=380,
        )
        zone = ""
        if offered[chosen].keeps_time:
            now = calendar.zone if chosen == kept else offered[chosen].zone
            zone = st.selectbox(
                "Clocks",
                ["", *ZONES],
                index=["", *ZONES].index(now),
                format_func=lambda name: ZONES.get(name, "never change"),
                disabled=not mine,
                help=GLOSSARY["clocks"],
                key=f"zone-{run.id}-{chosen}",
                width=280,
            )
    if (chosen, zone) != (kept, calendar.zone):
        try:
            store.write_calendar(run.id, chosen, zone)
        except ForecastError as error:
            errors.show(error)
        else:
            st.rerun()  # what stands above these widgets still has the other dates
    return calendar


def _label(name: str, calendar: Calendar) -> str:
    return f"{calendar.label} (found in the data)" if name == "found" else calendar.label
