"""The same time a season ago, where the network is not followed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast.repeated import Repeated, repeated
from forecast.runs import Run
from pages.forecast import words
from ui import formats


def of(run: Run) -> Repeated | None:
    """What the last season repeated says; None where the network is followed, or none is plain."""
    if run.gate > 0:
        return None
    return _found(run.id, run.config.window.n_steps_out, run.series)


# A third of a second for ten years of prices, and every click draws the page anew.
@st.cache_data(max_entries=50, show_spinner=False)
def _found(run_id: str, n_steps_out: int, _series: pd.Series) -> Repeated | None:
    return repeated(_series, n_steps_out)


def name(found: Repeated) -> str:
    """Of its line and its column: "A year ago"."""
    return f"A {found.cycle} ago"


def headline(found: Repeated, run: Run, table: pd.DataFrame, noun: str) -> str:
    """What comes if it is as one season ago; in the form of ``words.what_comes``."""
    again = table.assign(forecast=found.next_steps)
    together = words.total(again, run.origin.unit, run.series, noun)
    if not together:
        best = formats.value(float(found.next_steps[-1]), run.origin.unit)
        together = formats.dollars_safe(f"About **{best}** {formats.when(table['date'], -1)}.")
    return f"As {name(found).lower()}: {together[0].lower()}{together[1:]}"


def says(found: Repeated, run: Run) -> str:
    """Why that is the better guide."""
    error, naive = (formats.value(one, run.origin.unit) for one in (found.mae, found.naive_mae))
    points = (
        "one past starting point"
        if found.n_origins == 1
        else (f"{found.n_origins} past starting points")
    )
    return formats.dollars_safe(
        f"**The {found.cycle} repeats itself here**, and the network has not proved that it knows "
        f"more. Saying the same as {name(found).lower()} was off by {error} on average from "
        f"{points}, “same as today” by {naive}: go by the dash-dotted line."
    )
