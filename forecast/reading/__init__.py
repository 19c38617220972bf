"""Any file of prices or other numbers over time → a clean series, with a receipt.

The way goes bytes → text (:mod:`text`) → grid of cells (:mod:`grid`) → dates (:mod:`dates`) and
numbers (:mod:`numbers`) → series. Each step verifies what it read and refuses with a plain sentence
rather than guess in silence.
"""

from forecast.reading.cleaning import (
    FREQUENCIES,
    GAPS,
    PERIOD_VALUES,
    Cleaned,
    Cleaning,
    clean,
)
from forecast.reading.dating import NUMBERED_ROWS
from forecast.reading.findings import look
from forecast.reading.model import DUPLICATES, Answers, Option, Question, Reading, Receipt, Warning
from forecast.reading.reader import read

__all__ = [
    "DUPLICATES",
    "FREQUENCIES",
    "GAPS",
    "NUMBERED_ROWS",
    "PERIOD_VALUES",
    "Answers",
    "Cleaned",
    "Cleaning",
    "Option",
    "Question",
    "Reading",
    "Receipt",
    "Warning",
    "clean",
    "look",
    "read",
]
