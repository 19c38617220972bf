"""Take the pictures of README and guide: every page, light and dark, wide and phone.

    make screenshots

Starts a server of its own, trains the sample once, and writes PNG files to docs/screenshots/.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import ROOT, Server

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
TARGET = ROOT / "docs" / "screenshots"


def visit(page: Page, url: str, title: str) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1_500)  # charts fade in


def tour(chromium: Browser, url: str, size: str, theme: str) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, device_scale_factor=1
    )
    page = context.new_page()

    def shoot(name: str) -> None:
        page.screenshot(path=TARGET / f"{name}-{size}-{theme}.png")

    visit(page, url, "Data")
    shoot("1-data")
    visit(page, f"{url}/explore", "Explore")
    shoot("2-explore")
    visit(page, f"{url}/train", "Train")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(
        "Number(document.querySelector('.live-chart')?.dataset.points) > 60", timeout=60_000
    )
    shoot("3-train")
    expect(page.get_by_text(re.compile("Finished"))).to_be_visible(timeout=60_000)
    shoot("3-finished")
    page.get_by_role("link", name="See the forecast").click()
    expect(page.get_by_role("button", name="Download the forecast")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1_500)
    shoot("4-forecast")
    context.close()


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home)).start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        try:
            for theme in ("light", "dark"):
                for size in SIZES:
                    tour(chromium, server.url, size, theme)
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
