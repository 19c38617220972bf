"""Every page in both themes, checked by axe-core; the bar of steps by keyboard; charts by name."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_main_job import open_page, set_slider, train, wait_until_finished
from ui import layout

# What Streamlit's own elements do and no page can mend: rule, and a part of the element's selector.
STREAMLITS_OWN: set[tuple[str, str]] = set()
GRAVE = ("serious", "critical")
NAMELESS = """[...document.querySelectorAll('.js-plotly-plot')]
  .filter(chart => !chart.closest('[aria-label]:is([role=img], [role=figure])')).length"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def violations(page, run_only):
    """What axe-core finds, as rule, selector and markup, without what Streamlit alone can mend."""
    found = Axe().run(page, options={"runOnly": run_only, "resultTypes": ["violations"]})
    return [
        (rule["id"], " ".join(map(str, node["target"])), node["html"][:200])
        for rule in found.response["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(
            rule["id"] == own and part in str(node["target"]) for own, part in STREAMLITS_OWN
        )
    ]


def test_axe_finds_nothing_serious_on_any_page_in_either_theme(page, server):
    open_page(page, server.url + "/train", "Train")
    set_slider(page, "Epochs", "Home")
    train(page)
    page.wait_for_url(re.compile("run="))
    run = wait_until_finished(page, 1)
    found = {}
    for name in layout.PAGES:
        page.emulate_media(color_scheme="light")
        open_page(
            page, f"{server.url}/{name if name != 'data' else ''}?run={run}", name.capitalize()
        )
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
        found[name, "light"] = violations(page, LEVELS)
        page.emulate_media(color_scheme="dark")
        expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
        page.wait_for_timeout(300)  # colours fade from one theme to the other
        found[name, "dark"] = violations(page, {"type": "rule", "values": ["color-contrast"]})
        nameless = page.evaluate(NAMELESS)
        assert nameless == 0, f"{nameless} charts on {name} have no name; use layout.chart"
    assert {where: what for where, what in found.items() if what} == {}


def test_the_steps_can_be_walked_by_keyboard_and_show_where_the_focus_is(page, server):
    open_page(page, server.url, "Data")
    step = page.get_by_role("link", name="2 · Explore")
    expect(step).to_be_visible(timeout=20_000)
    for _ in range(12):
        page.keyboard.press("Tab")
        if step.evaluate("link => link === document.activeElement"):
            break
    expect(step).to_be_focused()
    expect(step).to_have_css("outline-style", "solid")
    assert step.evaluate("link => getComputedStyle(link).outlineWidth") != "0px"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Explore", exact=True)).to_be_visible()
