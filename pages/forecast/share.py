"""Pass a run on: a report in one file, and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from forecast import charts, report, sharing
from forecast.report import Chart, Report, Table
from forecast.runs import Run
from ui import address, datasets, formats, state
from ui.components.copy_link import copy_link


def section(
    run: Run,
    name: str,
    sentences: Sequence[str],
    figures: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
) -> None:
    """Buttons for the report and the links.

    Args:
        name: of the files, without their ending.
        sentences: as the page shows them, in Markdown.
        figures: the page's charts by their titles.
        tables: the page's tables, ready to be read, by their titles.
    """

    def written() -> Report:
        return _report(run, sentences, figures, tables)

    st.subheader("Share", anchor=False)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Report as HTML",
            lambda: report.as_html(written()),
            file_name=f"{name}.html",
            mime="text/html",
            key="report-html",
            on_click="ignore",
            help="One file with these charts to hover over and zoom into; works without internet.",
        )
        st.download_button(
            "Report as PDF",
            lambda: report.as_pdf(written()),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            key="report-pdf",
            on_click="ignore",
            help="The same on A4 pages.",
        )
    _links(run)


def _links(run: Run) -> None:
    watch, again = st.columns(2, gap="large")
    with watch:
        st.markdown("**This run**, to look at; only you can change it.")
        copy_link(address.link("forecast", run=run.id), key="link-run", label="Link to this run")
    with again:
        source, column = datasets.reference(state.dataset(), run.series)
        what = "Data and settings" if source else "Settings"
        st.markdown(f"**{what}**, to train it anew.")
        word = sharing.encode(sharing.Shared(run.config, source, column))
        copy_link(address.link("train", set=word), key="link-set", label="Link to the settings")
        if not source:
            st.caption(
                "The link holds the settings only: your file stays here. Whoever opens it uploads "
                "a file of their own."
            )


def _report(
    run: Run,
    sentences: Sequence[str],
    figures: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
) -> Report:
    plain = [line for text in sentences for line in formats.unmarked(text).split("\n")]
    curve = charts.overlay({"Validation loss": run.history}, "val_loss", "Validation loss")
    drawn = [Chart(title, figure, says=title) for title, figure in figures.items()]
    return report.of(
        run,
        plain,
        [*drawn, Chart("Validation loss by epoch", curve, says="Validation loss by epoch")],
        [Table.of(title, frame) for title, frame in tables.items()],
    )
