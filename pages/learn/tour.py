"""The tour: one station at a time, with the way back and on."""

from __future__ import annotations

import streamlit as st

from forecast.errors import ForecastError
from pages.learn.stations import STATIONS
from ui import errors, formats, layout, state


@st.fragment
def panel() -> None:
    """The station that a person has come to."""
    at = state.recall(state.STATION) or 0
    try:
        station = STATIONS[at]()
    except ForecastError as error:
        errors.show(error)
        return
    with st.container(key="tour"):
        words, picture = st.columns([5, 7], gap="large")
        with words:
            with st.container(key="tour-words"):
                st.subheader(station.title, anchor=False)
                st.markdown(formats.dollars_safe(station.text))
                if station.cards:
                    layout.figures("tour", station.cards)
                if station.links:
                    layout.next_step(*station.links)
            _ways(at)
        with picture:
            layout.chart(station.figure, key=f"tour-{at + 1}", label=station.label)
            if station.note:
                st.caption(station.note)


def _ways(at: int) -> None:
    """Back, how far it has come, and on; at the end to the beginning."""
    last = len(STATIONS) - 1
    with st.container(key="tour-ways", horizontal=True, gap="medium", vertical_alignment="center"):
        st.button("Back", key="tour-back", disabled=at == 0, on_click=_go, args=(at - 1,))
        dots = "".join(f'<i class="{_kind(i, at)}"></i>' for i in range(last + 1))
        st.html(f'<p class="dots"><span>{dots}</span>{at + 1} of {last + 1}</p>', width="content")
        st.button(
            "Next" if at < last else "Begin again",
            key="tour-next",
            type="primary",  # of one kind, or it would be another button and lose the focus
            on_click=_go,
            args=(at + 1 if at < last else 0,),
        )


def _kind(i: int, at: int) -> str:
    return "here" if i == at else "gone" if i < at else "ahead"


def _go(to: int) -> None:
    state.keep(state.STATION, to)
