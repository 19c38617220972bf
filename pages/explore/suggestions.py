"""What the findings suggest for the settings, each taken or taken back by a click."""

from __future__ import annotations

import streamlit as st

from forecast import presets
from forecast.exploring import Rhythm, advice
from forecast.exploring.advice import Advice
from pages.explore.look import Look, say
from ui import formats, state, widgets


def offer(look: Look) -> None:
    """Reasons, and a button for what is not set already."""
    config = state.config()
    found = [
        look.find(advice.n_steps_in, look.rhythm, config, widgets.SLIDERS["n_steps_in"][1]),
        look.find(advice.n_steps_out, look.rhythm, config, widgets.SLIDERS["n_steps_out"][1]),
        look.find(advice.preset, config, tuple(presets.PRESETS)),
    ]
    with st.container(border=True):
        st.subheader("What this suggests for training", anchor=False)
        for name in ("n_steps_in", "n_steps_out", "preset"):
            _taken(name, look.rhythm)
        for one in found:
            if one is not None and one.name not in state.advised():
                _offered(one, look.rhythm)
        if not any(found) and not state.advised():
            st.caption("Nothing to change: the settings suit what was found, or it is too little.")
        st.caption("A rule of thumb from the data; training and Compare have the last word.")


def _offered(one: Advice, rhythm: Rhythm) -> None:
    say(one.reason)
    if one.name != "preset" and state.config().value(one.name) == one.value:
        st.caption(f"Looking back over {rhythm.count(one.value)} is set already.")
        return
    if one.name == "n_steps_in" and state.config().window.n_steps_in > one.value:
        now = rhythm.count(state.config().window.n_steps_in)
        st.caption(f"{now} are set and reach far enough: nothing has to be changed.")
        return
    label = f"Use {one.value}"
    if one.name != "preset":
        asked = "Look back over" if one.name == "n_steps_in" else "Forecast"
        label = f"{asked} {rhythm.count(one.value)}"
        label += f", from {one.n_rows:,} rows" if one.n_rows else ""
    taken = (one.name, one.value, one.n_rows)
    st.button(label, key=f"advice-{one.name}", on_click=state.take_advice, args=taken)


def _taken(name: str, rhythm: Rhythm) -> None:
    """What a click has set, and the way back."""
    before = state.advised().get(name)
    if before is None:
        return
    if name == "preset":
        now, then, what = state.config().preset, before.preset, "The preset"
    else:
        now = rhythm.count(state.config().value(name))
        then = rhythm.count(before.value(name))
        what = "The look back" if name == "n_steps_in" else "The horizon"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        say(f"{what} is now **{formats.plain(str(now))}**; it was {formats.plain(str(then))}.")
        st.button(
            f"Back to {then}",
            key=f"advice-back-{name}",
            type="tertiary",
            on_click=state.undo_advice,
            args=(name,),
        )
