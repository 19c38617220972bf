"""A Plotly chart that grows in place while a run trains.

``st.plotly_chart`` puts a new chart in the old one's place whenever its data change, so it
flickers and a zoom cannot be finished. This component keeps its node and calls ``Plotly.react``.
"""

from __future__ import annotations

import streamlit as st

from forecast import style
from forecast.live import LiveChart
from ui.components import plotly

_component = st.components.v2.component(
    "forecast_live_chart",
    html='<div class="live-chart"></div>',
    css=".live-chart { width: 100%; }",
    js=plotly.script("live_chart.js"),
    isolate_styles=False,  # Plotly puts its own style sheet into the document
)


def live_chart(chart: LiveChart, *, key: str, label: str) -> None:
    """Draw ``chart``; called again with the same ``key`` it is redrawn in place.

    Args:
        label: what the chart shows, for those who cannot see it.
    """
    _component(
        key=key,
        data={
            "figure": chart.figure,
            "run": chart.run,
            "points": chart.points,
            "label": label,
            "plotly": plotly.address(),
            "config": style.CONFIG,
        },
        height=chart.figure["layout"]["height"],
    )
