"""Film a live run as a strip of pictures, to be looked at frame by frame; measure what jumps.

    python -m tools.filmstrip TARGET_FOLDER

Trains the sample on the Train page at the size of a projector and of a phone, takes a picture
about four times a second, and prints the layout shift of the whole run (Chromium's own measure,
https://web.dev/articles/cls; good is 0.1 or less).
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import Server

SIZES = {"projector": (1280, 720), "phone": (390, 844)}
PACE = 250  # ms between two pictures
# Sums the shifts, and remembers which elements moved, the latest last.
WATCH_SHIFTS = """
window.shifts = { total: 0, moved: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.shifts.total += entry.value;
    for (const source of entry.sources) {
      const node = source.node?.nodeType === 1 ? source.node : source.node?.parentElement;
      const named = node?.closest('[data-testid], [class*="st-key-"]');
      const key = node?.closest('[class*="st-key-"]')?.className.match(/st-key-[\\w-]+/)?.[0];
      window.shifts.moved.push([
        Math.round(entry.value * 1e4) / 1e4,
        named?.dataset.testid ?? "",
        key ?? "",
        Math.round(source.previousRect.y) + " to " + Math.round(source.currentRect.y),
      ]);
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def film(chromium: Browser, url: str, size: str, target: Path) -> float:
    """Take the pictures of one run; returns the layout shift from Train until it has finished."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"{url}/train")
    expect(page.locator(".live-chart[data-points='0']").first).to_be_attached(timeout=60_000)
    # The preset that trains all its epochs; before the shifts are counted anew.
    page.get_by_role("button", name="Classic", exact=True).click()
    expect(page.get_by_text("Preset Classic, unchanged")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(1_500)
    print(f"{size}: layout shift while loading {page.evaluate('window.shifts.total'):.3f}")
    page.evaluate("window.shifts = { total: 0, moved: [] }")
    page.get_by_role("button", name="Train", exact=True).click()
    ended = page.get_by_text(re.compile(r"^(Finished|Stopped|Failed)"))
    for i in range(400):
        page.screenshot(path=target / f"{size}-{i:03d}.png")
        if ended.is_visible() and page.url.find("run=") > 0 and i > 8:
            break
        page.wait_for_timeout(PACE)
    page.wait_for_timeout(1_000)
    page.screenshot(path=target / f"{size}-end.png")
    shifts = page.evaluate("window.shifts")
    for moved in sorted(shifts["moved"], reverse=True)[:8]:
        print("   ", *moved)
    context.close()
    return float(shifts["total"])


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home)).start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        try:
            for size in SIZES:
                print(
                    f"{size}: layout shift of a run {film(chromium, server.url, size, target):.3f}"
                )
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
