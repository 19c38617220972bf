"""Learn: a tour on the sample data, then windows, the split and training with one's own numbers."""

import streamlit as st

from pages.learn import batching, seeing, slicing, tour
from ui import layout

SECTIONS = {
    "The tour": tour.panel,
    "Windows": slicing.panel,
    "The split": seeing.panel,
    "Epochs": batching.panel,
}

layout.head(
    "Learn",
    "How a network forecasts, and where it fails: on the samples, then with your numbers.",
)

section = st.segmented_control(
    "Lesson",
    list(SECTIONS),
    default="The tour",
    required=True,
    key="learn-section",
    label_visibility="collapsed",
)
SECTIONS[section]()
