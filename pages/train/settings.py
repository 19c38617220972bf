"""The settings of the next run."""

from __future__ import annotations

import streamlit as st

from forecast import seasons, windows
from forecast.config import Config
from forecast.presets import PRESETS, is_unchanged
from ui import formats, state, widgets

MOST_SEEN = 2_000  # of the latest rows, to see how many make a day or a week
SETTINGS = "settings"  # where a link leads to
A_WEEK, TRADING_WEEK = 7, 5  # days


def panel() -> Config:
    """Draw the settings and give them back, without inputs that the data do not have."""
    with st.container(key="settings-head"):  # on a phone, where they stand below the run
        st.subheader("Settings", anchor=SETTINGS)
    presets = st.container()  # filled last: what it says depends on every slider below
    before = state.config()
    values: dict[str, object] = {
        name: widgets.slider(name, before)
        for name in ("n_steps_in", "epochs", "batch_size", "n_steps_out")
    }
    with st.expander("Advanced"):
        values |= _advanced(before)
    config = before.but(**values)
    state.keep_config(config)
    with presets:
        _presets()
    return state.dataset().fitting(config)


def whole_one(config: Config) -> None:
    """Offer a horizon of a day or a week where the one set is neither.

    Seven hours of a night tell nobody much, and seven days of a shop that rests on Sundays are a
    week and a day. It comes with the rows that a test of it takes, and goes with the data, as what
    Explore suggests does.
    """
    series = state.dataset().series
    of_a_day, of_a_week = seasons.whole_ones(series.index[-MOST_SEEN:])
    horizon = config.window.n_steps_out
    if horizon < of_a_day <= widgets.SLIDERS["n_steps_out"][1]:
        rows, span, of = of_a_day, "a whole day", formats.step_noun(series.index)
        why = f"{horizon} steps are less than a day here."
    elif of_a_day == 1 and horizon == A_WEEK and of_a_week not in (A_WEEK, TRADING_WEEK, 0):
        rows, span, of = of_a_week, "one week", "open day"
        why = f"A week has {of_a_week} days here: on the others nothing is ever counted."
    else:
        return
    needed = windows.rows_for(
        max(config.window.n_steps_in, 2 * rows), rows, config.window.validation_split
    )
    n_used = min(config.data.n_rows or len(series), len(series))
    takes = needed if n_used < needed <= len(series) else None
    st.button(
        f"Forecast {span}: {rows} {of}s" + (f", from {takes:,} rows" if takes else ""),
        key="whole-one",
        help=why + (" With so many rows its error can be told." if takes else ""),
        on_click=state.take_advice,
        args=("n_steps_out", rows, takes),
    )


def _presets() -> None:
    """Buttons that put a whole set of settings in place; rows and horizon stay."""
    config = state.config()
    with st.container(horizontal=True, gap="small"):
        for name in PRESETS:
            st.button(
                name,
                key=f"preset-{name}",
                type="secondary",
                width="stretch",
                on_click=lambda name=name: state.set_config(state.preset(name)),
            )
    job = state.job()
    # In the one line, so that no slider moves when a run begins or ends.
    with st.container(key="preset-line"):
        st.caption(
            f"Preset **{formats.plain(config.preset)}**"
            + (", unchanged" if is_unchanged(config) else ", with changes")
            + (" · for the next run" if job is not None and job.live else "")
        )


def _advanced(before: Config) -> dict[str, object]:
    values: dict[str, object] = {"units": widgets.layers(before)}
    one, two = st.columns(2)
    with one:
        values["activation"] = widgets.choice("activation", before)
        values["loss"] = widgets.choice("loss", before)
    with two:
        values["scaler"] = widgets.choice("scaler", before)
        values["optimizer"] = widgets.choice("optimizer", before)
    values["learning_rate"] = widgets.learning_rate(before)
    values["average_weights"] = widgets.switch("average_weights", before)
    values["validation_split"] = widgets.validation_split(before)
    values["inputs"] = widgets.inputs(before, state.dataset().further)
    values |= widgets.early_stopping(before)
    values["gate"] = widgets.switch("gate", before)
    values["calendar"] = widgets.switch("calendar", before)
    values["skip"] = widgets.switch("skip", before)
    values["shuffle"] = widgets.switch("shuffle", before)
    values["seed"] = widgets.seed(before)
    values["n_networks"] = widgets.slider("n_networks", before)
    return values
