"""Measure each page as a browser meets it: time, requests, bytes, layout shift, accessibility.

    python -m tools.checks

Prints a table for docs/checks.md. Each page is opened in a browser that has never been here, on a
server that is warm. Times depend on the machine and on what else it does; the rest hardly does.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import Server
from tools.filmstrip import WATCH_SHIFTS
from ui.layout import PAGES

HEAD = (
    "| Page | Heading shown after | All there after | Requests | Of other hosts | Transferred "
    "| Layout shift | axe: serious or critical |\n|---|---|---|---|---|---|---|---|"
)


def measure(chromium: Browser, url: str, name: str) -> str:
    """One page as a row of the table."""
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(WATCH_SHIFTS)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    requests: list[str] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: requests.append(request.url))
    begun = time.perf_counter()
    page.goto(f"{url}/{name if name != 'data' else ''}")
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    heading = time.perf_counter() - begun
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    there = time.perf_counter() - begun
    page.wait_for_timeout(2_000)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    grave = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    others = [to for to in requests if not to.startswith((url, "data:", "blob:"))]
    row = [
        name.capitalize(),
        f"{heading:.1f} s",
        f"{there:.1f} s",
        f"{len(requests)}",
        f"{len(others)}",
        f"{sum(received) / 1e6:.1f} MB",
        f"{page.evaluate('window.shifts.total'):.3f}",
        f"{len(grave)}",
    ]
    page.context.close()
    return "| " + " | ".join(row) + " |"


def main() -> None:
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home)).start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        try:
            measure(chromium, server.url, "train")  # the server's own first time
            print(HEAD)
            for name in PAGES:
                print(measure(chromium, server.url, name), flush=True)
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
