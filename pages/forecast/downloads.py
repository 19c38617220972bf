"""The forecast to take away: figures, picture, and a page that works without the app."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from forecast import charts
from forecast.runs import Run
from pages.forecast import words


def buttons(run: Run, table: pd.DataFrame, figure: Any, sentences: list[str]) -> None:
    """CSV with the bands, and one HTML file with chart, table and sentences."""
    name = words.file_name(run)

    def page() -> bytes:  # five megabytes, so made only when it is asked for
        return charts.offline_page(
            figure,
            f"Forecast: {run.origin.name}",
            sentences,
            words.readable(table, run.origin.unit),
            words.disclaimer(run),
        )

    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download the forecast",
            table.to_csv(index=False).encode(),
            file_name=f"{name}.csv",
            mime="text/csv",
            help="A CSV file with forecast, “same as today” and bands.",
        )
        st.download_button(
            "Download as a page",
            page,
            file_name=f"{name}.html",
            mime="text/html",
            help="One HTML file with chart, table and sentences; it needs no internet.",
            on_click="ignore",
        )


def picture_kind() -> str:
    """What the camera on the chart saves, "png" or "svg"."""
    kind = st.segmented_control(
        "The camera on the chart saves",
        ["PNG", "SVG"],
        default="PNG",
        key="picture-kind",
        help="PNG is a picture of points; SVG stays sharp at any size.",
    )
    return (kind or "PNG").lower()
