"""The diary of this browser, and holding it against data as they are loaded."""

from __future__ import annotations

import logging

from forecast.diary import Diary
from forecast.errors import ForecastError
from ui import state

log = logging.getLogger(__name__)


def diary() -> Diary:
    """This browser's own."""
    return Diary(state.owner())


def take_in() -> None:
    """Hold the diary against the data in use, once each time others come into use."""
    series = state.dataset().series
    if state.recall(state.COMPARED) is series:
        return
    state.keep(state.COMPARED, series)
    try:
        diary().compare(series)
    except ForecastError as error:
        # A full disk must not stand between a person and their data; the next load tries again.
        log.warning("The diary could not be compared: %s", error)
