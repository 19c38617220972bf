"""How the running app feels: start, click to first point, epoch end to painted point, watching.

    python -m benchmarks.stage

Real servers and a real browser on this machine; two things that are compared are taken in turn.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from forecast import presets, sharing
from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import Server

REPEATS = 5
RUNS = 1_000
MANY = 5_000  # epochs of about 2 ms: more than a page can be sent one by one
HELLO = 'import streamlit as st\n\nst.title("Hello")\n'
# Notes when each draw of the loss chart was done, and how many epochs it showed.
WATCH = """() => {
  window.draws = [];
  const host = document.querySelector('.live-chart');
  new MutationObserver(() => requestAnimationFrame(() => window.draws.push(
    [Date.now() / 1000, host.dataset.run, Number(host.dataset.points)])))
    .observe(host, { attributes: true, attributeFilter: ['data-points', 'data-run'] });
}"""
CLICK = """() => {
  window.clicked = Date.now() / 1000;
  [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === 'Train').click();
}"""


def ready_page(chromium: Browser, server: Server) -> Page:
    """The Train page, with its empty charts drawn and the workers warm."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/train")
    expect(page.locator(".live-chart[data-points]")).to_have_count(4, timeout=60_000)
    deadline = time.monotonic() + 120
    while page.get_by_text("Ready to train.").count() == 0 and time.monotonic() < deadline:
        page.reload()
        expect(page.locator(".live-chart[data-points]")).to_have_count(4, timeout=60_000)
        page.wait_for_timeout(1_000)
    return page


def many_of_classic(page: Page) -> None:
    """The preset that trains all its epochs, and as many of them as the slider has."""
    page.get_by_role("button", name="Classic", exact=True).click()
    expect(page.get_by_text("Preset Classic, unchanged")).to_be_visible(timeout=15_000)
    page.get_by_role("slider", name="Epochs").focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")  # a slider moved by keys counts once it is left
    page.wait_for_timeout(1_000)


def record(server: Server, run: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((server.home / "runs" / run / "run.json").read_text())
    return told


def train_once(page: Page, server: Server, *, watched: bool) -> tuple[float, list[Any], str]:
    """One run; gives click time, draws and id."""
    page.evaluate(WATCH)
    page.evaluate(CLICK)
    page.wait_for_function("window.draws.some((d) => d[1] !== 'none' && d[2] > 0)", timeout=60_000)
    clicked = page.evaluate("window.clicked")
    run = page.evaluate("new URLSearchParams(location.search).get('run')")
    if not watched:
        page.goto("about:blank")
    while record(server, run)["status"] != "finished":
        time.sleep(0.1)
    draws = []
    if watched:
        page.wait_for_timeout(1_000)
        draws = [draw for draw in page.evaluate("window.draws") if draw[1] == run]
    return clicked, draws, run


def watching(chromium: Browser, server: Server) -> list[tuple[str, str]]:
    """Seconds an epoch with and without a browser; delays from epoch end to painted point."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    delays, first_points = [], []
    for _ in range(REPEATS):
        for watched in (True, False):
            page = ready_page(chromium, server)
            many_of_classic(page)
            clicked, draws, run = train_once(page, server, watched=watched)
            lines = (server.home / "runs" / run / "epochs.jsonl").read_text().splitlines()
            epochs = [json.loads(line) for line in lines]
            seconds[watched].append(statistics.median(e["seconds"] for e in epochs))
            if watched:
                first_points.append(next(t for t, _, n in draws if n > 0) - clicked)
                for epoch in epochs:
                    painted = next((t for t, _, n in draws if n >= epoch["epoch"]), None)
                    if painted is not None:
                        delays.append(painted - epoch["ended"])
            page.close()
    pairs = zip(seconds[True], seconds[False], strict=True)
    ratio = statistics.median(with_ / without for with_, without in pairs)
    delays.sort()
    return [
        ("epoch while a browser watches / headless", f"{ratio:.2f}×"),
        ("click on Train → first point painted", f"{statistics.median(first_points):.2f} s"),
        ("epoch end → painted point, median", f"{statistics.median(delays):.2f} s"),
        ("epoch end → painted point, p95", f"{delays[int(0.95 * len(delays))]:.2f} s"),
    ]


def many_epochs(chromium: Browser, server: Server) -> list[tuple[str, str]]:
    """A run of very short epochs: does the chart keep up with it?"""
    tiny = presets.classic().but(n_rows=300, n_steps_in=10, units=(8,), batch_size=60, epochs=1)
    word = sharing.encode(sharing.Shared(tiny, "sample:amazon-daily.csv"))
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/train?set={word}")
    expect(page.locator(".live-chart[data-points]")).to_have_count(4, timeout=60_000)
    page.get_by_role("button", name="Train", exact=True).click()
    more = page.get_by_label("More epochs")
    more.fill(str(MANY), timeout=60_000)
    more.press("Enter")
    page.evaluate(WATCH)
    page.get_by_role("button", name=f"Train {MANY:,} more").click()
    run = page.evaluate("new URLSearchParams(location.search).get('run')")
    page.wait_for_function(f"window.draws.some((d) => d[2] > {MANY})", timeout=120_000)
    draws = page.evaluate("window.draws")
    page.close()
    lines = (server.home / "runs" / run / "epochs.jsonl").read_text().splitlines()
    epochs = [json.loads(line) for line in lines][1:]
    delays = sorted(
        next(t for t, _, n in draws if n >= epoch["epoch"]) - epoch["ended"] for epoch in epochs
    )
    pace = statistics.median(epoch["seconds"] for epoch in epochs)
    return [
        (f"{MANY:,} epochs, each", f"{pace * 1e3:.1f} ms"),
        ("their end → painted point, p95", f"{delays[int(0.95 * len(delays))]:.2f} s"),
        ("the last epoch's end → painted point", f"{draws[-1][0] - epochs[-1]['ended']:.2f} s"),
    ]


def many_runs(chromium: Browser, server: Server) -> list[tuple[str, str]]:
    """Compare with a thousand runs of one browser: copies of one that it has trained."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/train?set={sharing.encode(sharing.Shared(presets.classic()))}")
    expect(page.locator(".live-chart[data-points]")).to_have_count(4, timeout=60_000)
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_role("button", name="Train 50 more").wait_for(timeout=60_000)
    run = page.evaluate("new URLSearchParams(location.search).get('run')")
    for i in range(RUNS - 1):
        copy = server.home / "runs" / f"{i:032x}"
        shutil.copytree(server.home / "runs" / run, copy)
        (copy / "run.json").write_text(json.dumps({**record(server, run), "id": copy.name}))
    took = []
    for _ in range(REPEATS):
        page.goto(f"{server.url}/train?run={run}")  # a page without a table
        expect(page.locator(".live-chart[data-points]")).to_have_count(4, timeout=60_000)
        page.wait_for_timeout(2_000)
        start = time.perf_counter()
        page.get_by_role("link", name="Compare").first.click()
        page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for(timeout=30_000)
        took.append(time.perf_counter() - start)
    page.close()
    return [(f"click on Compare → a table of {RUNS:,} runs", f"{statistics.median(took):.2f} s")]


def first_page(chromium: Browser, command: list[str], port: int, folder: Path, text: str) -> float:
    """Seconds from starting a server to its first heading in a browser."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--server.port", str(port), "--server.headless", "true"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    page = chromium.new_page()
    try:
        while True:
            try:
                page.goto(f"http://localhost:{port}", timeout=2_000)
                break
            except Exception as error:
                if time.perf_counter() - start > 60:
                    raise TimeoutError("the server did not come up") from error
                time.sleep(0.02)
        expect(page.get_by_role("heading", name=text, exact=True)).to_be_visible(timeout=60_000)
        return time.perf_counter() - start
    finally:
        page.close()
        process.terminate()
        process.wait()


def starting(chromium: Browser, home: Path) -> list[tuple[str, str]]:
    """A cold start of the app next to one of the smallest Streamlit app there is."""
    (home / "hello").mkdir()
    (home / "hello" / "hello.py").write_text(HELLO)
    streamlit = [sys.executable, "-m", "streamlit", "run"]
    ours, hello = [], []
    for i in range(REPEATS):
        app = first_page(chromium, [*streamlit, "app.py"], 8700 + i, Path.cwd(), "Data")
        ours.append(app)
        small = [*streamlit, "hello.py"]
        hello.append(first_page(chromium, small, 8720 + i, home / "hello", "Hello"))
    ratio = statistics.median(a / b for a, b in zip(ours, hello, strict=True))
    return [
        ("cold start → first page", f"{statistics.median(ours):.2f} s"),
        ("the same, hello-world app", f"{statistics.median(hello):.2f} s"),
        ("ratio", f"{ratio:.2f}×"),
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        rows = starting(chromium, Path(home))
        server = Server(Path(home) / "app").start()
        try:
            rows += watching(chromium, server)
            rows += many_epochs(chromium, server)
            rows += many_runs(chromium, server)
        finally:
            server.stop()
            chromium.close()
    print(f"\nMedians of {REPEATS} repeats.\n\n| what | figure |\n|---|---|")
    for what, figure in rows:
        print(f"| {what} | {figure} |")


if __name__ == "__main__":
    main()
