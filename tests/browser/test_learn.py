"""Learn in a real browser: the tour by keyboard, and a window that moves without the server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import LEVELS, NAMELESS, violations
from tests.browser.test_main_job import open_page


@pytest.fixture
def windows(page, server):
    """The lesson on windows, drawn; with the messages between browser and server, as they go."""
    messages: list[int] = []
    page.on(
        "websocket",
        lambda socket: (
            socket.on("framesent", lambda _: messages.append(1)),
            socket.on("framereceived", lambda _: messages.append(-1)),
        ),
    )
    open_page(page, server.url + "/learn", "Learn")
    page.get_by_test_id("stButtonGroup").get_by_text("Windows", exact=True).click()
    expect(page.locator('.window-view [data-window="1"]')).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1_000)
    return messages


def window(page) -> int:
    return int(page.locator(".window-view .chart").get_attribute("data-window"))


def first_value(page) -> str:
    return page.locator(".window-view tbody tr").first.inner_text()


def test_the_tour_can_be_walked_with_one_key(page, server):
    open_page(page, server.url + "/learn", "Learn")
    expect(page.get_by_text("1 of 6")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Next").focus()
    for station in range(2, 7):
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{station} of 6")).to_be_visible()
    expect(page.get_by_role("button", name="Begin again")).to_be_focused()


def test_a_window_slides_without_a_word_to_the_server(page, windows):
    page.emulate_media(reduced_motion="no-preference")
    before, said = first_value(page), len(windows)
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".window-view output")).to_have_text(re.compile("^Window 1[0-9] of"))
    page.get_by_role("button", name="Pause", exact=True).click()
    assert len(windows) == said
    assert first_value(page) != before
    stopped = window(page)
    page.wait_for_timeout(500)
    assert window(page) == stopped


def test_any_window_can_be_reached_by_keyboard(page, windows):
    page.get_by_role("slider", name="Window").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('.window-view [data-window="2"]')).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator(".window-view output")).to_have_text("Window 463 of 463 · for validation")


def test_who_asked_for_less_motion_gets_less(page, windows):
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator('.window-view [data-window="2"]')).to_be_visible()
    page.wait_for_timeout(2_000)
    assert 3 <= window(page) <= 5


@pytest.mark.parametrize("lesson", ["Windows", "The split", "Epochs"])
def test_axe_finds_nothing_serious_in_a_lesson(page, server, lesson):
    open_page(page, server.url + "/learn", "Learn")
    page.get_by_test_id("stButtonGroup").get_by_text(lesson, exact=True).click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("of 6")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
    assert violations(page, LEVELS) == []
    assert page.evaluate(NAMELESS) == 0
