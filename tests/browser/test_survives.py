"""A run goes on whatever its page does; its controls do what they say."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import CHART, choose_classic, go_to, open_page, set_slider, train


def start_long_run(page, server):
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    set_slider(page, "Epochs", "End")
    set_slider(page, "Past steps", "End")
    set_slider(page, "Batch size", "Home")  # the longest windows, the smallest batches: slow
    train(page)
    page.wait_for_url(re.compile(r"run=[0-9a-f]{32}"))
    expect(page.get_by_text(re.compile(r"Training · epoch \d+ of 1,000"))).to_be_visible(
        timeout=60_000
    )
    return page.evaluate("new URLSearchParams(location.search).get('run')")


def points(page):
    return int(page.locator(CHART).first.get_attribute("data-points") or 0)


def grows(page, run, beyond):
    page.wait_for_function(
        """([run, n]) => { const h = document.querySelector('.live-chart');
           return h && h.dataset.run === run && Number(h.dataset.points) > n }""",
        arg=[run, beyond],
        timeout=30_000,
    )


def stop(page):
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("Stopped · epoch"))).to_be_visible(timeout=15_000)


def test_a_run_survives_a_change_of_page_a_refresh_and_a_closed_tab(page, server, context):
    run = start_long_run(page, server)
    before = points(page)
    go_to(page, "Explore")
    go_to(page, "Train")
    grows(page, run, before)
    before = points(page)
    page.reload()
    grows(page, run, before)
    address, before = page.url, points(page)
    page.close()
    again = context.new_page()
    open_page(again, address, "Train")
    grows(again, run, before)
    stop(again)


def test_a_cut_connection_is_taken_up_again(page, server, context):
    run = start_long_run(page, server)
    before = points(page)
    context.set_offline(True)
    page.wait_for_timeout(1_500)
    context.set_offline(False)
    grows(page, run, before)
    stop(page)


def test_another_browser_may_watch_but_not_stop(page, server, browser):
    run = start_long_run(page, server)
    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    open_page(other, f"{server.url}/train?run={run}", "Train")
    grows(other, run, 0)
    expect(other.get_by_text("You are watching somebody else's run.")).to_be_visible()
    expect(
        other.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True)
    ).to_be_disabled()
    other.context.close()
    stop(page)


def test_a_watcher_s_page_follows_pause_resume_stop_and_more_epochs(page, server, browser):
    run = start_long_run(page, server)
    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    open_page(other, f"{server.url}/train?run={run}", "Train")
    grows(other, run, 0)
    paused = other.get_by_text(re.compile("Paused · epoch"))
    stopped = other.get_by_text(re.compile("Stopped · epoch"))
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(paused).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(paused).to_have_count(0, timeout=30_000)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(paused).to_be_visible(timeout=60_000)
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
    expect(stopped).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=re.compile("Train 50 more")).click()
    expect(stopped).to_have_count(0, timeout=30_000)
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
    expect(stopped).to_be_visible(timeout=60_000)
    other.context.close()


def test_the_same_browser_owns_its_run_after_a_refresh(page, server):
    start_long_run(page, server)
    page.reload()
    expect(
        page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True)
    ).to_be_enabled(timeout=20_000)
    stop(page)


def test_pause_resume_discard_and_undo(page, server):
    run = start_long_run(page, server)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text(re.compile("Paused · epoch"))).to_be_visible(timeout=15_000)
    before = points(page)
    page.get_by_role("button", name="Resume", exact=True).click()
    grows(page, run, before)
    stop(page)
    page.get_by_role("button", name="Discard", exact=True).click()
    expect(page.get_by_text("The run was discarded.")).to_be_visible()
    assert "run=" not in page.url
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text(re.compile("Stopped · epoch"))).to_be_visible(timeout=15_000)


def test_runs_can_be_compared(page, server):
    for name in ("Classic", "Recommended"):
        open_page(page, server.url + "/train", "Train")
        page.get_by_role("button", name=name, exact=True).click()
        set_slider(page, "Epochs", "Home")
        train(page)
        page.wait_for_url(re.compile("run="))
        expect(
            page.get_by_text(re.compile("Finished · (3 networks · )?epoch 1 of 1"))
        ).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="6 · Compare").click()
    expect(page.get_by_role("heading", name="Compare", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Their forecasts")).to_be_visible(timeout=15_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
