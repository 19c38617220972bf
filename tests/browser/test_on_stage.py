"""What a presenter does: keys instead of buttons, and back through the epochs afterwards."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import (
    CHART,
    choose_classic,
    open_page,
    set_slider,
    train,
    wait_until_finished,
)


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
    expect(page.get_by_text("Finished early:")).to_be_visible(timeout=150_000)
    expect(page.get_by_text("Kept: the mean of 3 networks")).to_be_visible(timeout=60_000)
    runs = re.search("run=([^&]+)", page.url)
    page.keyboard.press(" ")
    expect(page.locator(".st-key-replay-bar")).to_be_visible(timeout=15_000)
    assert re.search("run=([^&]+)", page.url)[1] == runs[1], "nothing is trained anew"
    page.keyboard.press("Escape")
    expect(page.locator("html.presenting")).to_have_count(0, timeout=15_000)
    expect(page.get_by_role("slider", name="Epochs")).to_be_visible()
    assert shown(page) == [1, 2, 3, 4]
    expect(page.locator(".st-key-replay-bar")).to_have_count(0, timeout=15_000)
    set_slider(page, "Epochs", "Home")
    expect(page.get_by_text("settings now chosen are not those")).to_be_visible(timeout=15_000)
    page.get_by_text("For the stage").click()
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.locator("html.presenting")).to_be_attached(timeout=15_000)
    page.keyboard.press(" ")
    page.wait_for_url(lambda url: "run=" in url and runs[1] not in url, timeout=30_000)


FITS = """() => {
  const box = name => document.querySelector(name)?.getBoundingClientRect();
  const main = document.querySelector('[data-testid=stMain]');
  const chart = [...document.querySelectorAll('.live-chart')].find(each => each.clientHeight);
  const drawn = chart?.querySelector('.main-svg')?.getBoundingClientRect();
  if (!drawn || !box('.st-key-present-bar')) return false;  // while a turned page is drawn anew
  return main.scrollTop === 0 && main.scrollHeight <= main.clientHeight
    && box('.st-key-verdict').top >= 0 && box('.st-key-present-bar').bottom <= innerHeight
    && drawn.height > 300 && drawn.bottom <= box('.st-key-present-bar').top;
}"""
AS_WIDE_AS_ITS_ROOM = """() => [...document.querySelectorAll('.live-chart')].every(
  chart => chart.clientWidth === chart.querySelector('.main-svg')?.clientWidth
        && chart.clientHeight === chart.querySelector('.main-svg')?.clientHeight)"""


def test_all_that_is_presented_fits_a_projector_and_the_page_is_as_before_afterwards(page, server):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    train(page)
    page.wait_for_url(re.compile("run="))
    wait_until_finished(page, 150)
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(page.locator(".st-key-replay-bar")).to_be_in_viewport(timeout=15_000)
    page.get_by_text("For the stage").click()
    page.get_by_role("button", name="Present", exact=True).click()
    for _ in range(4):
        page.wait_for_function(FITS, timeout=15_000)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("html.presenting")).to_have_count(0, timeout=15_000)
    page.wait_for_function(AS_WIDE_AS_ITS_ROOM, timeout=15_000)


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
