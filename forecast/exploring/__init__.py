"""A first look at a series: what it did, in figures from which sentences and charts are made.

``overview`` and ``rhythms`` say what the rows are; ``rolling``, ``drawdowns``, ``spread`` and
``candles`` how it moved; ``seasons`` and ``decomposition`` what repeats, on the
``whole`` calendar; ``memory`` and
``stationarity`` what the past tells; ``coverage``, ``outliers`` and ``together`` how good the data
are; ``advice`` what all this means for the settings. ``needs`` refuses what is too little to say.

A finding is a small frozen dataclass whose lines are thinned for drawing, so that it can be kept.
"""

from forecast.exploring.overview import Summary, changes, has_ratios, relative, summary, volume_of
from forecast.exploring.rhythms import Rhythm, rhythm

__all__ = [
    "Rhythm",
    "Summary",
    "changes",
    "has_ratios",
    "relative",
    "rhythm",
    "summary",
    "volume_of",
]
