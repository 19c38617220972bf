"""What a presenter does: keys instead of buttons, and back through the epochs afterwards."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import CHART, choose_classic, open_page, train, wait_until_finished


def shown(page):
    """Which of the four charts are seen."""
    return [i for i in range(1, 5) if page.locator(f".st-key-chart-{i}").is_visible()]


def test_a_presenter_trains_turns_the_charts_and_leaves_by_keys(page, server):
    page.goto(f"{server.url}/train?present=1")
    expect(page.locator(f"{CHART}[data-points]")).to_have_count(4, timeout=30_000)
    expect(page.locator("html.presenting")).to_be_attached(timeout=15_000)
    assert shown(page) == [1]
    assert not page.get_by_role("slider", name="Epochs").is_visible()
    for key, chart in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert shown(page) == [chart]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == [4], "before the first one comes the last one"
    page.keyboard.press(" ")
    expect(page.get_by_text("Finished early at epoch")).to_be_visible(timeout=60_000)
    page.keyboard.press("Escape")
    expect(page.locator("html.presenting")).to_have_count(0, timeout=15_000)
    expect(page.get_by_role("slider", name="Epochs")).to_be_visible()
    assert shown(page) == [1, 2, 3, 4]


def test_the_slider_brings_back_the_forecast_of_an_earlier_epoch(page, server):
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    train(page)
    page.wait_for_url(re.compile("run="))
    wait_until_finished(page, 150)
    # The lines of the chart; the network's is the last, and the others stay where they are.
    lines = """[...document.querySelectorAll('.st-key-live-forming .scatterlayer .trace')]
      .map(trace => trace.querySelector('path.js-line')?.getAttribute('d'))"""
    *rest, last = page.evaluate(lines)
    page.get_by_role("slider", name="Look at epoch").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Epoch 1:").first).to_be_visible(timeout=15_000)
    page.wait_for_function(f"last => {lines}.at(-1) !== last", arg=last, timeout=15_000)
    assert page.evaluate(lines)[:-1] == rest
