"""What every page shares: spacing, heads, rows of figures, and links to the next step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from forecast import comparing, style
from ui import formats, state, steps
from ui.widgets import LABELS

PAGES = {
    "data": "pages/data/page.py",
    "explore": "pages/explore/page.py",
    "train": "pages/train/page.py",
    "forecast": "pages/forecast/page.py",
    "backtest": "pages/backtest/page.py",
    "compare": "pages/compare/page.py",
    "learn": "pages/learn/page.py",
}
FITTING = 4  # columns of a table that fit on a phone
WORDY = ("Date", "Model", "Step")  # columns that stay on the left
_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def frame(pages: Sequence[Any], here: Any) -> None:
    """What stands around every page: the style sheet, the steps, and what is in use."""
    st.html(f"<style>{_theme()}{_STYLE}</style>")
    steps.bar(pages, here)
    steps.tell_what_ended(here)


def _theme() -> str:
    """The theme's colours as CSS variables; ``light-dark`` follows the theme a person chooses."""
    names = {"ground": "background", "panel": "secondaryBackground", "accent": "primary"}
    pairs = {
        variable: [
            st.get_option(f"theme.{theme}.{option}Color" if option else "")
            for theme in ("light", "dark")
        ]
        for variable, option in {**names, "ink": "text", "line": "border"}.items()
    }
    return (
        ":root {"
        + "".join(f"--{name}: light-dark({', '.join(pair)});" for name, pair in pairs.items())
        + "}"
    )


def head(title: str, intro: str) -> None:
    """A page's title and one sentence on what it is for."""
    with st.container(key="head"):
        st.title(title, anchor=False)
        st.markdown(intro)


def figures(name: str, items: Sequence[tuple[str, str, str]]) -> None:
    """A row of cards of equal size: label, value, and a help text (may be empty)."""
    with st.container(key=f"figures-{name}"):
        for label, value, explanation in items:
            st.metric(label, formats.dollars_safe(value), help=explanation or None, border=True)


def chart(figure: Any, *, key: str, label: str, config: dict[str, Any] | None = None) -> None:
    """A Plotly figure with the toolbar all charts have, for eyes and for screen readers.

    Args:
        label: what it shows and what can be read from it, in a sentence; said instead of the
            picture to those who cannot see it.
        config: Plotly's settings where this chart differs from the others.
    """
    camera = {"toImageButtonOptions": {**style.CAMERA, "filename": key}}
    st.plotly_chart(figure, key=key, alt=label, config={**style.CONFIG, **camera, **(config or {})})


def table(frame: pd.DataFrame, name: str) -> None:
    """Figures ready to be read: each column but words and dates to the right, as numbers stand.

    Args:
        name: of the table on its page; below one that a phone cannot show whole stands a word.
    """
    config = {
        name: st.column_config.TextColumn(alignment="right")
        for name in frame.columns
        if name not in WORDY
    }
    width = "wide" if len(frame.columns) > FITTING else "narrow"
    with st.container(key=f"{width}-table-{name}"):
        st.dataframe(frame, hide_index=True, column_config=config)


def next_step(*links: tuple[str, str]) -> None:
    """The way on, at the foot of a page: pages with what each is good for, the likeliest first."""
    key = "next-" + "-".join(page for page, _ in links)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key=key):
        for page, label in links:
            page_link(page, label)


def page_link(page: str, label: str) -> None:
    """One way on."""
    st.page_link(PAGES[page], label=f"{label} →")


def which_run() -> None:
    """Below the head of a page about the run on show: which one that is, named as on Compare."""
    shown = state.job()
    if shown is None:
        return
    runs, _ = comparing.summaries(state.engine().store, shown.owner)
    run = next((run for run in runs if run.id == shown.id), None)
    if run is None:
        return
    name = formats.plain(comparing.names(runs, LABELS)[run.id])
    begun = [formats.plain(run.begun)] if run.label.name else []
    about = [formats.plain(run.origin.name), formats.plain(str(shown.series.name))]
    st.caption(" · ".join([f"Run: **{name}**", *begun, *about]))


def of_other_data(what: str) -> None:
    """Say on top of a page that the run on show is not about the data in use, if that is so."""
    if state.of_these_data():
        return
    then, now = then_and_now()
    with st.container(border=True, key="other-data"):
        st.markdown(f"⚠ {what} is about {then}. Nothing is trained on {now} yet.")
        page_link("train", "Train on it")


def then_and_now() -> tuple[str, str]:
    """What the run on show is about, and what is in use, where those are not the same."""
    shown, data = state.job(), state.dataset()
    assert shown is not None
    before, after = str(shown.series.name), str(data.series.name)
    names = [formats.plain(name) for name in (shown.origin.name, data.origin.name)]
    if names[0] != names[1]:
        return f"**{names[0]}**", f"**{names[1]}**"
    if before != after:
        column, other = formats.plain(before), formats.plain(after)
        return f"**{column}** of {names[0]}", f"**{other}** of {names[1]}"
    return "these data as they were before", f"**{names[1]}**"


def missing(what: str, page: str, label: str) -> None:
    """An empty page: what is missing, and the link to the page that gives it."""
    with st.container(border=True):
        st.markdown(what)
        next_step((page, label))
