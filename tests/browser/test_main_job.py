"""The main job, as a person does it: upload, look, train, watch, forecast, download."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.data import yahoo_csv

CHART = ".live-chart"
# Watches both charts grow: how many points each draw had, and whether a node was replaced.
WATCH = """() => {
  const hosts = [...document.querySelectorAll('.live-chart')];
  window.watched = { nodes: hosts, points: hosts.map(() => []) };
  hosts.forEach((host, i) => new MutationObserver(() => {
    window.watched.points[i].push([host.dataset.run, Number(host.dataset.points)]);
  }).observe(host, { attributes: true, attributeFilter: ['data-points'] }));
}"""
RESULT = """() => ({
  same: [...document.querySelectorAll('.live-chart')]
    .every((host, i) => host === window.watched.nodes[i]),
  n: document.querySelectorAll('.live-chart').length,
  points: window.watched.points,
})"""


def open_page(page, url, title):
    page.goto(url)
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=30_000)


def upload(page, content, name="prices.csv"):
    page.get_by_role("tab", name="Upload").click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def go_to(page, name):
    page.get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def choose_classic(page):
    """The preset that trains all its epochs, whatever the data."""
    page.get_by_role("button", name="Classic", exact=True).click()
    expect(page.get_by_text("Preset Classic, unchanged")).to_be_visible(timeout=15_000)


def set_slider(page, name, key):
    """``End`` for the most that the slider has, ``Home`` for the least; returns once it counts."""
    expect(page.locator(f"{CHART}[data-points]")).to_have_count(4, timeout=30_000)
    # A preset just pressed writes every slider once more when its answer comes.
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=15_000
    )
    page.get_by_role("slider", name=re.compile(name)).focus()
    page.keyboard.press(key)
    page.keyboard.press("Tab")  # a slider moved by keys counts once it is left
    expect(page.get_by_text(re.compile("^Preset .*with changes"))).to_be_visible(timeout=15_000)


def train(page):
    page.get_by_role("button", name="Train", exact=True).click()


def wait_until_finished(page, epochs, timeout=150_000):
    run = page.evaluate("new URLSearchParams(location.search).get('run')")
    chart = page.locator(f'{CHART}[data-run="{run}"][data-points="{epochs}"]')
    expect(chart).to_have_count(4, timeout=timeout)
    expect(page.get_by_text(re.compile("Finished"))).to_be_visible(timeout=60_000)
    return run


def test_from_a_file_to_the_next_seven_trading_days(page, server, requests):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(page, server.url, "Data")
    upload(page, yahoo_csv(2_000))
    expect(page.get_by_text("prices.csv").first).to_be_visible()
    expect(page.get_by_text("31 Jul 2020").first).to_be_visible(timeout=15_000)

    go_to(page, "Explore")
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=15_000)
    go_to(page, "Train")
    expect(page.get_by_text("Preset Recommended, unchanged")).to_be_visible()
    choose_classic(page)
    expect(page.get_by_text("464 windows")).to_be_visible()
    expect(page.get_by_text("417 for training, 47 for validation")).to_be_visible()
    expect(page.locator(f"{CHART}[data-points='0']")).to_have_count(4, timeout=15_000)
    page.evaluate(WATCH)
    train(page)
    page.wait_for_url(re.compile(r"run=[0-9a-f]{32}"))
    run = wait_until_finished(page, 150)

    seen = page.evaluate(RESULT)
    assert seen["same"], "a chart's node was replaced while it grew"
    assert seen["n"] == 4
    for points in seen["points"]:
        counts = [n for of, n in points if of == run]
        assert counts == sorted(counts)
        assert len(set(counts)) >= 4, f"the chart did not grow: {counts}"
        assert counts[-1] == 150

    page.get_by_role("link", name="See the forecast").first.click()
    expect(page.get_by_role("heading", name="Forecast", exact=True)).to_be_visible()
    expect(page.get_by_text("same as today").first).to_be_visible(timeout=15_000)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the forecast").click()
    content = Path(caught.value.path()).read_text()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["date"][:10] for row in rows] == [
        "2020-08-03",
        "2020-08-04",
        "2020-08-05",
        "2020-08-06",
        "2020-08-07",
        "2020-08-10",
        "2020-08-11",
    ]
    assert all(float(row["forecast"]) > 0 for row in rows)

    outside = [url for url in requests if not url.startswith((server.url, "data:", "blob:"))]
    assert outside == [], "the page asked another host"
    assert errors == []


def test_the_bundled_sample_can_be_trained_at_once(page, server):
    open_page(page, server.url + "/train", "Train")
    expect(page.get_by_text("Amazon, daily").first).to_be_visible()
    choose_classic(page)
    train(page)
    page.wait_for_url(re.compile("run="))
    wait_until_finished(page, 150)


def test_stop_ends_a_run_and_keeps_its_forecast(page, server):
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    set_slider(page, "Epochs", "End")
    train(page)
    expect(page.get_by_text(re.compile(r"Training · epoch \d+ of 1,000"))).to_be_visible(
        timeout=60_000
    )
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile(r"Stopped · epoch"))).to_be_visible(timeout=10_000)
    page.get_by_role("link", name="See the forecast").first.click()
    expect(page.get_by_role("button", name="Download the forecast")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/explore", "Explore"),
        ("/train", "Train"),
        ("/data", "Data"),
        ("/forecast", "Forecast"),
        ("/compare", "Compare"),
        ("/learn", "Learn"),
    ],
)
def test_a_deep_link_on_a_server_nobody_visited_gives_the_same_page(
    page, fresh_server, path, title
):
    open_page(page, fresh_server.url + path, title)
    expect(page.get_by_role("link", name="1 · Data")).to_be_visible()
    main = page.locator(".stMainBlockContainer")
    assert main.bounding_box()["width"] > 1_200, "the layout is not wide: app.py was skipped"
    page.wait_for_timeout(500)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_run_is_found_again_by_its_link_in_another_browser(page, server, browser):
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    train(page)
    page.wait_for_url(re.compile("run="))
    run = wait_until_finished(page, 150)
    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    open_page(other, f"{server.url}/train?run={run}", "Train")
    expect(other.locator(f'{CHART}[data-run="{run}"][data-points="150"]')).to_have_count(
        4, timeout=20_000
    )
    go_to(other, "Forecast")
    expect(other.get_by_role("button", name="Download the forecast")).to_be_visible(timeout=15_000)
    assert f"run={run}" in other.url, "the link lost its run on the way to another page"
    other.context.close()


def test_a_link_to_no_run_is_told_in_words(page, server):
    open_page(page, f"{server.url}/forecast?run=../../etc", "Forecast")
    expect(page.get_by_text("does not name a run")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_file_that_is_no_table_leaves_the_data_as_they_were(page, server):
    open_page(page, server.url, "Data")
    upload(page, b"Dear reader,\n\nthis is a letter.\n\nYours\n", "letter.csv")
    expect(page.get_by_text("Expected:")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Still in use: Amazon, daily")).to_be_visible()


def test_the_page_says_by_itself_when_the_workers_are_ready(page, fresh_server):
    page.goto(f"{fresh_server.url}/train")
    expect(page.get_by_text("Warming up: loading TensorFlow")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Ready to train.")).to_be_visible(timeout=90_000)


def test_zoom_is_kept_while_the_chart_grows(page, server):
    open_page(page, server.url + "/train", "Train")
    choose_classic(page)
    set_slider(page, "Epochs", "End")
    train(page)
    expect(page.get_by_text(re.compile(r"Training · epoch \d+ of 1,000"))).to_be_visible(
        timeout=60_000
    )
    chart = page.locator(CHART).first
    box = chart.locator(".nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 120, steps=8)
    page.mouse.up()
    zoomed = page.evaluate("document.querySelector('.live-chart').layout.xaxis.range")
    assert zoomed[1] - zoomed[0] < 900
    before = int(chart.get_attribute("data-points"))
    page.wait_for_function(
        f"Number(document.querySelector('.live-chart').dataset.points) > {before + 20}"
    )
    assert page.evaluate("document.querySelector('.live-chart').layout.xaxis.range") == zoomed
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()


def test_the_server_process_never_loads_tensorflow(page, server):
    """After every page was used, none of TensorFlow's libraries is mapped into the server."""
    for path, title in (("", "Data"), ("/explore", "Explore"), ("/train", "Train")):
        open_page(page, server.url + path, title)
    choose_classic(page)
    train(page)
    page.wait_for_url(re.compile("run="))
    wait_until_finished(page, 150)
    go_to(page, "Forecast")
    expect(page.get_by_role("button", name="Download the forecast")).to_be_visible(timeout=15_000)
    main = psutil.Process(server.process.pid)
    assert not _maps_tensorflow(main)
    assert any(_maps_tensorflow(child) for child in main.children(recursive=True))


def _maps_tensorflow(process: psutil.Process) -> bool:
    return any("tensorflow" in region.path for region in process.memory_maps())
