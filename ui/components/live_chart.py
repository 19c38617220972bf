"""A Plotly chart that grows in place while a run trains.

``st.plotly_chart`` puts a new chart in the old one's place whenever its data change, so it
flickers and a zoom cannot be finished. This component keeps its node and calls ``Plotly.react``.
"""

from __future__ import annotations

import shutil
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import streamlit as st

from forecast.live import LiveChart

HERE = Path(__file__).parent
STATIC = HERE.parent.parent / "static"

_component = st.components.v2.component(
    "forecast_live_chart",
    html='<div class="live-chart"></div>',
    css=".live-chart { width: 100%; }",
    js=(HERE / "live_chart.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # Plotly puts its own style sheet into the document
)


def prepare() -> None:
    """Put Plotly's JavaScript, as the installed package has it, where Streamlit serves it."""
    target = STATIC / "plotly.min.js"
    with as_file(files("plotly") / "package_data" / "plotly.min.js") as source:
        if not target.exists() or target.stat().st_size != source.stat().st_size:
            STATIC.mkdir(exist_ok=True)
            draft = target.with_suffix(".part")
            shutil.copyfile(source, draft)
            draft.replace(target)


def live_chart(chart: LiveChart, *, key: str, label: str) -> None:
    """Draw ``chart``; called again with the same ``key`` it is redrawn in place.

    Args:
        label: what the chart shows, for those who cannot see it.
    """
    base = st.get_option("server.baseUrlPath").strip("/")
    prefix = f"/{base}" if base else ""
    _component(
        key=key,
        data={
            "figure": chart.figure,
            "run": chart.run,
            "points": chart.points,
            "label": label,
            "plotly": f"{prefix}/app/static/plotly.min.js?v={version('plotly')}",
        },
        height=chart.figure["layout"]["height"],
    )
