"""Remembers in a cookie which browser this is, so that its runs are found again after a refresh.

The cookie holds a random word and nothing about the person; runs keep only its digest.
"""

from __future__ import annotations

import hashlib

import streamlit as st

COOKIE = "forecast_studio_browser"

_component = st.components.v2.component(
    "forecast_identity",
    html="<span hidden></span>",
    js=f"""export default function ({{ data }}) {{
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = "{COOKIE}=" + data.word
        + "; path=/; max-age=31536000; SameSite=Lax" + secure;
    }}""",
    isolate_styles=False,
)


def known() -> str | None:
    """The word this browser was given before, if it sent one."""
    word = st.context.cookies.get(COOKIE)
    return word if word and word.isalnum() and len(word) == 32 else None


def remember(word: str) -> None:
    """Have the browser keep ``word``."""
    _component(key="identity", data={"word": word}, height=1)


def digest(word: str) -> str:
    """What runs keep as their owner: enough to recognise a browser, not to pose as it."""
    return hashlib.sha256(word.encode()).hexdigest()[:32]
