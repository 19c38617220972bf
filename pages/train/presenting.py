"""For the stage: presenter mode, a demo that can be begun anew, and a link for the audience."""

from __future__ import annotations

import streamlit as st

from forecast import comparing, sharing
from ui import address, stage, state
from ui.components.copy_link import copy_link
from ui.components.presenter import presenter

KEYS = "**Space** train, stop, then replay · **← →** the next chart · **Esc** leave"


def bar() -> None:
    """While presenting: what the keys do, and the way out."""
    if not stage.presenting():
        return
    presenter(n_resets=stage.n_resets(), again=_is_shown())
    with st.container(key="present-bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(KEYS)
        if stage.can_undo_reset():  # on the left, so that the others stay where they are
            st.button("Undo", key="undo-reset-presented", on_click=stage.undo_reset)
        st.button("Reset demo", key="reset-presented", on_click=stage.reset)
        st.button("Leave", key="leave-presenter", on_click=stage.present, args=(False,))


def _is_shown() -> bool:
    """Whether the run on show is what Train would train: these data with these settings."""
    job = state.job()
    if job is None or not state.of_these_data():
        return False
    return comparing.changed_settings({"run": job.config, "page": state.config()}).empty


def panel() -> None:
    """What a presenter needs, folded away at the foot of the page."""
    with st.expander("For the stage: present, let others watch, reset", key="for-the-stage"):
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Present",
                key="present",
                on_click=stage.present,
                args=(True,),
                help=f"One chart at a time, in large, without the settings. {KEYS}.",
            )
            st.button(
                "Reset demo",
                key="reset-demo",
                on_click=stage.reset,
                help="The sample, the preset Recommended, no run on show. Runs are kept.",
            )
            if stage.can_undo_reset():
                st.button("Undo", key="undo-reset", on_click=stage.undo_reset)
        _audience()


def _audience() -> None:
    """The run's link and its QR code: others watch it live, and can change nothing."""
    st.markdown("**Let the audience watch**")
    run = state.run_id()
    if run is None:
        st.caption("Press Train first: then this is the link by which others watch the run live.")
        return
    link = address.for_others("train", run=run)
    if link is None:
        st.caption(
            "Only this machine is answered now. Start the app with `make run ADDRESS=0.0.0.0`, and "
            "a link for everybody in your network stands here."
        )
        copy_link(address.link("train", run=run), key="link-watch", label="Link to watch the run")
        return
    st.image(sharing.qr_code(link), width=220, caption="They can watch and change nothing.")
    copy_link(link, key="link-watch", label="Link to watch the run")
