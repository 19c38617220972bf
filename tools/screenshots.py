"""Take the pictures of README and guide.

    make screenshots

Starts a server of its own, trains the sample once in each theme, and writes PNG files of at most
256 colours to docs/screenshots/.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from forecast import presets, sharing
from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import ROOT, Server
from ui.layout import PAGES

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
Theme = Literal["light", "dark"]
TARGET = ROOT / "docs" / "screenshots"


def visit(page: Page, url: str, name: str) -> None:
    """Open a page and wait until all of it is there."""
    page.goto(f"{url}/{name if name != 'data' else ''}")
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(2_000)  # charts fade in


def shoot(page: Page, name: str) -> None:
    """A picture of what the window shows, small enough to be kept with the code."""
    path = TARGET / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(
            path, optimize=True
        )


def train(page: Page, url: str, picture: str) -> None:
    """Train on the sample in which there is something to learn; take a picture while it learns."""
    shared = sharing.Shared(presets.recommended(), "sample:electricity-half-hourly.csv")
    visit(page, url, f"train?set={sharing.encode(shared)}")
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=15_000)  # it covers the title
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(
        "Number(document.querySelector('.live-chart')?.dataset.points) > 40", timeout=240_000
    )
    shoot(page, picture)
    expect(page.get_by_text(re.compile("^Finished")).first).to_be_visible(timeout=240_000)


def backtest(page: Page, url: str, run: str) -> None:
    """Run a backtest, so that its page has something to show."""
    visit(page, url, f"backtest?run={run}")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="What it found")).to_be_visible(timeout=240_000)


def context(chromium: Browser, size: str, theme: Theme) -> BrowserContext:
    width, height = SIZES[size]
    return chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)


def tour(chromium: Browser, url: str) -> None:
    wide = context(chromium, "wide", "light").new_page()
    train(wide, url, "train-live")
    run = wide.url.partition("run=")[2].partition("&")[0]
    backtest(wide, url, run)
    for name in PAGES:
        if name != "train":
            visit(wide, url, f"{name}?run={run}" if name != "data" else name)
            shoot(wide, name)
    phone = context(chromium, "phone", "dark").new_page()
    train(phone, url, "train-phone-dark")


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home)).start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        try:
            tour(chromium, server.url)
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
