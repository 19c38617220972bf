"""The file that a browser uploaded last, for an hour: a refresh begins a new session without it.

Only the file on disk is held, and what a person said of it; it is read again when it is needed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

import streamlit as st

from forecast.errors import ForecastError
from forecast.reading import Answers, Cleaning
from ui import datasets
from ui.datasets import Dataset
from ui.uploads import Upload

SECONDS = 3_600  # since it was last in use
MOST = 50  # files, of all browsers
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Kept:
    upload: Upload
    name: str
    answers: Answers
    cleaning: Cleaning
    unit: str
    seen: float


class Shelf:
    """The last file of each browser; the server has one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def take_in(self, owner: str, data: Dataset) -> None:
        """Remember what this browser works with now, or forget its file where that is none."""
        was = data.before
        with self._lock:
            self._kept.pop(owner, None)
            if isinstance(was.source, Upload):
                self._kept[owner] = _Kept(
                    was.source, was.name, was.answers, data.cleaning, data.unit, time.monotonic()
                )
            self._drop_old()

    def again(self, owner: str) -> Dataset | None:
        """The data of this browser's last session as they were; None if they are not here."""
        with self._lock:
            self._drop_old()
            kept = self._kept.get(owner)
        if kept is None:
            return None
        try:
            data = datasets.from_file(kept.upload, kept.name, kept.answers)
            return datasets.with_unit(datasets.cleaned(data, kept.cleaning), kept.unit)
        except (ForecastError, OSError) as error:
            log.warning("The last upload is not taken up again: %s", error)
            return None

    def _drop_old(self) -> None:
        now = time.monotonic()
        for owner, kept in list(self._kept.items()):
            if now - kept.seen > SECONDS or len(self._kept) > MOST:
                del self._kept[owner]


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The server's one."""
    return Shelf()
