"""The list of runs, and the choice among them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import comparing
from forecast.comparing import Summary
from ui import formats, state

NARROW = 30  # letters of a name that need no wide column


def choose(runs: list[Summary], names: dict[str, str]) -> list[Summary]:
    """Show ``runs`` as a table; give back those that are ticked, the run on show at first."""
    frame = pd.DataFrame(
        [
            {
                "★": "★" if run.label.star else "",
                "Run": names[run.id],
                "Data": run.origin.name,
                "Preset": run.config.preset,
                "Validation error": formats.value(run.mae, run.origin.unit)
                if run.mae is not None
                else "–",
                "Same as today": formats.value(run.naive_mae, run.origin.unit)
                if run.naive_mae is not None
                else "–",
                "Skill": formats.percent(run.skill) if run.skill is not None else "–",
                "Epochs": run.epochs,
                "Time": formats.duration(run.seconds),
                "State": run.status,
                "Begun": run.created[:16].replace("T", " "),
                "Note": run.label.note,
                "Settings": comparing.in_short(run.config),
            }
            for run in runs
        ]
    )
    ids = [run.id for run in runs]
    wide = max(len(names[run.id]) for run in runs) > NARROW
    shown = state.run_id()
    event = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [ids.index(shown)]}} if shown in ids else None,
        key="compare-table",
        column_config={
            "Run": st.column_config.TextColumn(width=360 if wide else 210),
            "Begun": st.column_config.TextColumn(width=140),
        },
        height=min(38 * (len(runs) + 1), 360),
    )
    return [runs[row] for row in event.selection.rows if row < len(runs)]
