"""From values to Plotly figures: the only place that draws. It knows no page and no session.

``looking`` draws a series, ``ahead`` a forecast, ``beside`` several runs; ``parts`` is what they
share.
"""

from forecast.charts.ahead import forecast, predicted_against_actual
from forecast.charts.beside import forecasts, overlay
from forecast.charts.looking import distribution, explore, line

__all__ = [
    "distribution",
    "explore",
    "forecast",
    "forecasts",
    "line",
    "overlay",
    "predicted_against_actual",
]
