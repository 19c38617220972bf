"""The forecast to take away: its figures, and the chart as a picture."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import export
from forecast.runs import Run
from pages.forecast import words
from ui import state

_KIND = "picture-kind"
KINDS = ("PNG", "SVG")


def button(run: Run, table: pd.DataFrame) -> None:
    """CSV with the bands."""
    st.download_button(
        "Download the forecast",
        export.to_csv(export.forecast_table(table), index=False, decimal=_decimal()),
        file_name=f"{words.file_name(run)}.csv",
        mime="text/csv",
        help="A CSV file with forecast, “same as today” and bands; with decimal commas, if the "
        "file has them.",
    )


def _decimal() -> str:
    """The decimal mark of the file in use, if the forecast is about it; else the point."""
    reading = state.dataset().before.reading
    return reading.receipt.decimal if reading and state.of_these_data() else "."


def picture_kind() -> str:
    """What the camera on the chart saves, "png" or "svg"."""
    return str(state.recall(_KIND) or KINDS[0]).lower()


def choose_picture_kind() -> None:
    """Choose that; it stands below the chart, which is drawn before it."""
    st.segmented_control(
        "The camera on the chart saves",
        KINDS,
        default=KINDS[0],
        key=_KIND,
        label_visibility="collapsed",
        format_func=lambda kind: f"Camera saves {kind}",
        help="PNG is a picture of points; SVG stays sharp at any size.",
    )
