"""3 · Train: settings on the left, the run on the right, drawing itself live."""

import streamlit as st

from pages.train import controls, live, presenting, replay, settings
from ui import layout, state

layout.head("Train", "Set up the network, press Train, and watch it learn.")

presenting.bar()
actions = st.container(key="train-actions")
with st.container(key="train-columns"):
    left, right = st.columns([4, 10], gap="large")
with left, st.container(key="train-settings"):
    config = settings.panel()
with actions:
    controls.start(config)
    with st.container(key="to-settings"):
        st.markdown(f"[Change the settings ↓](#{settings.SETTINGS})")
with right:
    replay.controls()
    live.panel(config)
    with st.container(key="train-rest"):
        controls.rest(state.job())
        live.follow()
        presenting.panel()
