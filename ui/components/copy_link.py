"""A link with a button that copies it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent

_component = st.components.v2.component(
    "forecast_copy_link",
    html='<div class="copy"><input readonly><button type="button">Copy link</button></div>',
    css="""
    .copy { display: flex; gap: 0.5rem; font-family: var(--st-font); font-size: 0.95rem; }
    .copy input, .copy button { font: inherit; color: var(--st-text-color);
      padding: 0.45rem 0.75rem; border: 1px solid var(--st-border-color);
      border-radius: var(--st-button-radius); background: var(--st-background-color); }
    .copy input { flex: 1; min-width: 0; text-overflow: ellipsis; }
    .copy button { cursor: pointer; white-space: nowrap; }
    .copy button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
    .copy :focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
    """,
    js=(HERE / "copy_link.js").read_text(encoding="utf-8"),
)


def copy_link(link: str, *, key: str, label: str) -> None:
    """Show ``link`` with its button.

    Args:
        label: what it leads to, for those who cannot see it.
    """
    _component(key=key, data={"link": link, "label": label}, height=46)
