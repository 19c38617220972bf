"""The sole owner of session state and query parameters.

Widget values vanish when their page is left, and Streamlit drops query parameters on a change of
page; what shall outlive a page is kept here, behind typed functions, and nowhere else.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st

import forecast
from forecast import backtest
from forecast.config import Config
from forecast.engine import Engine
from forecast.sources.samples import SAMPLES
from forecast.store import RunStore, home
from forecast.views import JobView
from ui import datasets, kept
from ui.components import identity
from ui.datasets import Dataset

_CONFIG, _RUN, _FITTED = "config", "run_id", "made_to_fit"
START_ERROR = "start_error"
UPLOAD, REFUSED, DATASET = "upload_id", "refused", "dataset"
ERRAND, HEARD, SYMBOLS = "errand", "heard_errand", "symbols"
_ADVISED, BACKTEST = "advised", "backtest"
CLEANING = "cleaning_not_used_yet"  # what the panel says, and for which data
COMPARED = "compared_with_diary"  # the series that the diary was held against last
_WORD, _DISCARDED = "word", "discarded"
REPLAY, PRESENTING, STATION = "replay_on_show", "presenting", "tour_station"
BEFORE_RESET = "before_reset"  # what "Reset demo" put away, until something else is begun
LOG_LOSS = "log_loss"  # the key of the toggle itself: a choice for the page, not for the run
MOST_WORKERS = 8  # each takes about 500 MB
_WIDGET = "widget:"
RUN_PARAMETER = "run"
SET_PARAMETER = "set"  # settings and a reference to data, see forecast.sharing
PRESENT_PARAMETER = "present"


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The server's one engine; its workers start in the background."""
    given = os.environ.get("FORECAST_WORKERS")
    # A worker trains on one core. Two at least: while one trains, or dies, the other is warm.
    n_workers = int(given) if given else min(max(2, os.cpu_count() or 1), MOST_WORKERS)
    return Engine(RunStore(home() / "runs"), n_workers=n_workers)


def owner() -> str:
    """Whose runs these are: this browser's, by a cookie; without cookies this session's."""
    if _WORD not in st.session_state:
        st.session_state[_WORD] = identity.known() or secrets.token_hex(16)
    return identity.digest(st.session_state[_WORD])


def remember_browser() -> None:
    """Give a browser that comes for the first time its cookie; once in a script run."""
    owner()
    if identity.known() is None:
        identity.remember(st.session_state[_WORD])


# Data


def dataset() -> Dataset:
    """The data chosen; the first sample until a person chooses others."""
    if DATASET not in st.session_state:
        use_dataset(kept.shelf().again(owner()) or datasets.from_sample(SAMPLES[0]))
    chosen: Dataset = st.session_state[DATASET]
    return chosen


def use_dataset(chosen: Dataset) -> None:
    """Put ``chosen`` in place, and use as many recent rows as it has, 500 at the most.

    What Explore suggested for other data is taken back, as is what was made to fit them; what a
    person set stays where such data can be trained on with it.
    """
    st.session_state[DATASET] = chosen
    for name in advised():
        if name != "preset":
            undo_advice(name)
    st.session_state[_ADVISED] = {}
    n_known = len(chosen.series)
    now, wanted = config(), made_to_fit()
    default = forecast.presets.recommended().data.n_rows or n_known
    now = (wanted or now).but(n_rows=min(default, n_known))
    fits = backtest.made_to_fit(n_known, now)
    st.session_state[_FITTED] = (fits, now) if fits != now else None
    set_config(fits)


def made_to_fit() -> Config | None:
    """The settings before they were made to fit so few rows; None where nobody had to, or since."""
    fits, wanted = st.session_state.get(_FITTED) or (None, None)
    return wanted if fits == config() else None


def recall(name: str) -> Any:
    """What was kept for this session under ``name``; None if nothing was."""
    return st.session_state.get(name)


def keep(name: str, value: Any) -> None:
    """Keep a value for this session; the names are the constants above."""
    st.session_state[name] = value


# Settings


def config() -> Config:
    """The settings of the next run."""
    if _CONFIG not in st.session_state:
        st.session_state[_CONFIG] = forecast.presets.recommended()
    chosen: Config = st.session_state[_CONFIG]
    return chosen


def set_config(chosen: Config) -> None:
    """Put settings in place and let every widget show them."""
    st.session_state[_CONFIG] = chosen
    forget_widgets()


def forget_widgets() -> None:
    """Let every widget of a setting show what is kept, not what was last chosen in it."""
    for key in [key for key in st.session_state if str(key).startswith(_WIDGET)]:
        del st.session_state[key]


def preset(name: str) -> Config:
    """A preset for the question at hand: the rows and the horizon chosen stay."""
    now = config()
    return forecast.presets.PRESETS[name]().but(
        n_rows=now.data.n_rows, n_steps_out=now.window.n_steps_out
    )


def apply(changes: Mapping[str, Any], to: str = "") -> None:
    """Take up what the coach suggests: some settings, or a preset."""
    chosen = preset(to) if to else config()
    set_config(chosen.but(**changes))


def keep_config(chosen: Config) -> None:
    """Keep what the widgets say, without touching them."""
    st.session_state[_CONFIG] = chosen


def take_advice(name: str, value: Any, n_rows: int | None = None) -> None:
    """Set what Explore suggests, with the rows it takes, and remember the settings before it."""
    before = config()
    if name == "preset":
        set_config(preset(value))
    else:
        set_config(before.but(**{name: value}, n_rows=n_rows or before.data.n_rows))
    st.session_state[_ADVISED] = {**_advice(), name: (value, before)}


def advised() -> dict[str, Config]:
    """What was set by Explore and still is: the name of each, and the settings before."""
    now = config()
    return {
        name: before
        for name, (value, before) in _advice().items()
        if value == (now.preset if name == "preset" else now.value(name))
    }


def undo_advice(name: str) -> None:
    """Put back what was there before; a preset with all its settings."""
    before = advised()[name]
    del _advice()[name]
    now = config()
    rows = before.data.n_rows if name == "n_steps_out" else now.data.n_rows
    again = now.but(**{name: before.value(name)}, n_rows=rows) if name != "preset" else before
    set_config(again)


def _advice() -> dict[str, tuple[Any, Config]]:
    taken: dict[str, tuple[Any, Config]] = st.session_state.get(_ADVISED, {})
    return taken


def widget_value(name: str) -> Any:
    """What the widget of a setting says; None where it is not on the page."""
    return st.session_state.get(_WIDGET + name)


def widget_key(name: str, value: Any) -> str:
    """The key of a setting's widget, seeded with ``value`` where it is not on the page yet."""
    return seeded(_WIDGET + name, value)


def seeded(key: str, value: Any) -> str:
    """The key of a widget, seeded with ``value`` where it is not on the page yet."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


# The run on show


def run_id() -> str | None:
    """The id of the run on show, if any."""
    return st.session_state.get(_RUN)


def job() -> JobView | None:
    """The run on show as it is now; None if there is none, or if another server ran it."""
    shown = run_id()
    return engine().job(shown) if shown else None


def chosen_epoch_key(shown: str, n_epochs: int, resting: int) -> str:
    """The key of the slider through a run's epochs, which stands at ``resting`` at first."""
    return f"epoch:{shown}:{n_epochs}:{resting}"


def chosen_epoch(shown: str, n_epochs: int, resting: int) -> int | None:
    """The epoch of a run that a person looks at; None while the slider stands where it stood."""
    chosen: int | None = st.session_state.get(chosen_epoch_key(shown, n_epochs, resting))
    return None if chosen == resting else chosen


def owns(shown: JobView) -> bool:
    """Whether this browser may change that run; runs without an owner are everybody's."""
    return shown.owner in ("", owner())


def discard(discarded: str) -> None:
    """Delete a run and remember it, so that it can be brought back."""
    engine().discard(discarded)
    st.session_state[_DISCARDED] = discarded
    if run_id() == discarded:
        show_run(None)


def discarded() -> str | None:
    """The run that was deleted last, if it can still be brought back."""
    return st.session_state.get(_DISCARDED)


def bring_back() -> None:
    """Undo the last ``discard``; the run is on show again where no other has come."""
    chosen = st.session_state.pop(_DISCARDED, None)
    if chosen:
        engine().bring_back(chosen)
        show_run(run_id() or chosen)


def show_run(chosen: str | None) -> None:
    """Show this run on every page, and put it into the address so that it can be passed on."""
    st.session_state[_RUN] = chosen
    if chosen:
        st.query_params[RUN_PARAMETER] = chosen
    else:
        st.query_params.pop(RUN_PARAMETER, None)


def linked_run() -> str | None:
    """The run that the address names."""
    return st.query_params.get(RUN_PARAMETER)


def take_parameter(name: str) -> str | None:
    """What the address says of ``name``, which is taken out of it."""
    return st.query_params.pop(name, None)


def of_these_data() -> bool:
    """Whether the run on show was trained on the data in use; so it is where there is no run."""
    shown = job()
    return shown is None or shown.series.equals(dataset().series)


# What a person has seen

_SEEN, _WATCHED = "seen", "watched"


def take_ended() -> JobView | None:
    """The run on show if it was live in the last script run and is not any more; once."""
    now = job()
    was, st.session_state[_WATCHED] = (
        st.session_state.get(_WATCHED),
        now.id if now is not None and now.live else None,
    )
    return now if now is not None and not now.live and was == now.id else None


def see(page: str) -> None:
    """Remember that ``page`` was open with the data and, where it is about one, the run on show."""
    st.session_state.setdefault(_SEEN, set()).add(_sight(page))


def seen(page: str) -> bool:
    """Whether ``page`` was open with the data and the run on show."""
    return _sight(page) in st.session_state.get(_SEEN, ())


def _sight(page: str) -> tuple[str, str, str | None]:
    return page, dataset().name, None if page == "explore" else run_id()
