"""The list of runs, and the choice among them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from forecast import comparing
from forecast.comparing import Summary
from ui import formats, state

ENDED = {"finished", "stopped", "failed", "interrupted"}
KEY, LISTED = "compare-table", "compare-listed"
ROW = 66  # pixels; Streamlit breaks lines only in rows higher than 4 rem
MOST_HEIGHT = 470
# Pixels. Together with the ticks they fit a window of 1440, all of them shown.
WIDTHS = {
    "★": 34,
    "Run": 205,
    "Settings": 230,
    "Data": 160,
    "Validation error": 112,
    "Same as today": 108,
    "Skill": 60,
    "Epochs": 62,
    "Time": 66,
    "State": 90,
    "Begun": 90,
    "Note": 100,
}
HOW = (
    "The ticked runs are compared below. Tick more of them in the first column, or a single one to "
    "rename it, to use its settings or to delete it."
)


def choose(runs: list[Summary], names: dict[str, str]) -> list[Summary]:
    """Show ``runs`` as a table; give back those that are ticked, at first two that compare."""
    frame = pd.DataFrame([_row(run, names[run.id]) for run in runs])
    for name in ("★", "Note"):
        if not any(frame[name]):
            del frame[name]
    if not any(run.label.name for run in runs):
        del frame["Begun"]  # the names say it
    _follow([run.id for run in runs])
    at_first = [runs.index(run) for run in comparing.side_by_side(runs, state.run_id())]
    config = {
        name: st.column_config.Column(width=pixels)
        for name, pixels in widths(list(frame.columns)).items()
    }
    with st.container(key="wide-table-runs"):
        event = st.dataframe(
            frame,
            hide_index=True,
            on_select="rerun",
            selection_mode="multi-row",
            selection_default={"selection": {"rows": at_first}},
            key=KEY,
            column_config=config,
            row_height=ROW,
            height=min(ROW * len(runs) + 38, MOST_HEIGHT),
        )
    st.caption(HOW)
    return [runs[row] for row in event.selection.rows if row < len(runs)]


def as_it_is(run: Summary) -> Summary:
    """A run under way as it is now, of which the disk knows only how it was a while ago."""
    job = state.engine().job(run.id) if run.status not in ENDED else None
    if job is None or not job.live:
        return run
    return replace(run, status=job.status, epochs=len(job.history))


def widths(columns: list[str]) -> dict[str, int]:
    """The pixels of these columns; what others leave goes to those with the most words."""
    spare = sum(WIDTHS.values()) - sum(WIDTHS[name] for name in columns)
    more = {"Settings": spare // 2, "Data": spare // 2}
    return {name: WIDTHS[name] + more.get(name, 0) for name in columns}


def _follow(ids: list[str]) -> None:
    """Let ticks follow their runs: kept by row, they would pass to others where runs come or go."""
    before, ticked = state.recall(LISTED), state.recall(KEY)
    if before and ticked and before != ids:
        of = [before[row] for row in ticked["selection"]["rows"] if row < len(before)]
        state.keep(KEY, {"selection": {"rows": [ids.index(run) for run in of if run in ids]}})
    state.keep(LISTED, ids)


def _row(run: Summary, name: str) -> dict[str, Any]:
    """A run as the table has it: what was set stands right behind its name."""
    unit = run.origin.unit
    preset = f"{run.config.preset}: " if run.label.name else ""  # else the name begins with it
    return {
        "★": "★" if run.label.star else "",
        "Run": name,
        "Settings": preset + comparing.in_short(run.config),
        "Data": run.origin.name,
        "Validation error": formats.value(run.mae, unit) if run.mae is not None else "–",
        "Same as today": formats.value(run.naive_mae, unit) if run.naive_mae is not None else "–",
        "Skill": formats.percent(run.skill) if run.skill is not None else "–",
        "Epochs": run.epochs,
        "Time": formats.duration(run.seconds),
        "State": run.status,
        "Begun": run.created[:16].replace("T", " "),
        "Note": run.label.note,
    }
