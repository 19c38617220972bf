"""From values to Plotly figures: the only place that draws. It knows no page and no session.

``looking`` draws a series, ``changing`` its changes, ``repeating`` what comes again, ``auditing``
how good the data are, ``ahead`` a forecast, ``past`` what a backtest found, ``beside`` several
runs, ``learning`` what the lessons show, ``export`` figures for a report; ``parts`` is what they
share.
"""

from forecast.charts import auditing, changing, learning, past, repeating
from forecast.charts.ahead import forecast, predicted_against_actual
from forecast.charts.beside import forecasts, overlay
from forecast.charts.looking import before_after, candlesticks, line, over_time

__all__ = [
    "auditing",
    "before_after",
    "candlesticks",
    "changing",
    "forecast",
    "forecasts",
    "learning",
    "line",
    "over_time",
    "overlay",
    "past",
    "predicted_against_actual",
    "repeating",
]
