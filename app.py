"""Forecast Studio: page config, navigation, run."""

from pathlib import Path

import streamlit as st

from ui import diaries, earlier, errors, kept, layout, links, state, steps
from ui.components import plotly

st.set_page_config(page_title="Forecast Studio", page_icon="📈", layout="wide")
plotly.prepare()
state.engine()

here = Path(__file__).parent / "pages"
pages = [
    st.Page(here / "data/page.py", title="1 · Data", default=True),
    st.Page(here / "explore/page.py", title="2 · Explore", url_path="explore"),
    st.Page(here / "train/page.py", title="3 · Train", url_path="train"),
    st.Page(here / "forecast/page.py", title="4 · Forecast", url_path="forecast"),
    st.Page(here / "backtest/page.py", title="5 · Backtest", url_path="backtest"),
    st.Page(here / "compare/page.py", title="6 · Compare", url_path="compare"),
    st.Page(here / "learn/page.py", title="Learn", url_path="learn"),
]
# The first page's address is "/"; "/data", which people type, would be "page not found".
by_name = st.Page(lambda: st.switch_page(pages[0]), title="1 · Data", url_path="data")
# Hidden: the bar of ui/steps.py takes its place.
page = st.navigation([*pages, by_name], position="hidden")
# Nothing is drawn before st.navigation: on a fresh server a deep link would be "page not found".
state.remember_browser()
wrong_link = links.open_shared() or links.open_run()
diaries.take_in()
earlier.take_in()
kept.shelf().take_in(state.owner(), state.dataset())
layout.frame(pages, page)
if wrong_link:
    errors.show(wrong_link)
before = steps.of_these_settings()
page.run()
steps.keep_up(before)
