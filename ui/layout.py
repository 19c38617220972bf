"""What every page shares: spacing, heads, rows of figures, and links to the next step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from forecast import style
from ui import formats, state

PAGES = {
    "data": "pages/data/page.py",
    "explore": "pages/explore/page.py",
    "train": "pages/train/page.py",
    "forecast": "pages/forecast/page.py",
    "compare": "pages/compare/page.py",
}
_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def frame() -> None:
    """The style sheet of all pages."""
    st.html(f"<style>{_STYLE}</style>")


def head(title: str, intro: str) -> None:
    """A page's title, one sentence on what it is for, and the data and settings now in use."""
    st.title(title, anchor=False)
    st.markdown(intro)
    data, config = state.dataset(), state.config()
    n_rows = min(config.data.n_rows or len(data.series), len(data.series))
    name, column = formats.plain(data.origin.name), formats.plain(str(data.series.name))
    st.caption(
        f"**{name}** · {column} · last {n_rows:,} of {len(data.series):,} rows · {config.preset}"
    )


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


def next_step(*links: tuple[str, str]) -> None:
    """The way on, at the foot of a page: pages with what each is good for."""
    with st.container(horizontal=True, gap="medium"):
        for page, label in links:
            st.page_link(PAGES[page], label=f"{label} →")


def missing(what: str, page: str, label: str) -> None:
    """An empty page: what is missing, and the link to the page that gives it."""
    with st.container(border=True):
        st.markdown(what)
        next_step((page, label))
