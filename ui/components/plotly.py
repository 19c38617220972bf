"""Plotly's JavaScript for the components that draw with it: where it lies, and how it is loaded."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
STATIC = HERE.parent.parent / "static"


def script(name: str) -> str:
    """A component's JavaScript, with what all of them share before it."""
    return "".join((HERE / part).read_text(encoding="utf-8") for part in ("plotly.js", name))


def address() -> str:
    """Where the browser finds Plotly's JavaScript."""
    base = st.get_option("server.baseUrlPath").strip("/")
    prefix = f"/{base}" if base else ""
    return f"{prefix}/app/static/plotly.min.js?v={version('plotly')}"


def prepare() -> None:
    """Put Plotly's JavaScript, as the installed package has it, where Streamlit serves it."""
    target = STATIC / "plotly.min.js"
    with as_file(files("plotly") / "package_data" / "plotly.min.js") as source:
        if not target.exists() or target.stat().st_size != source.stat().st_size:
            STATIC.mkdir(exist_ok=True)
            draft = target.with_suffix(".part")
            shutil.copyfile(source, draft)
            draft.replace(target)
