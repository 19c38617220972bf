"""What a file of a million rows costs: reading, the way to a painted chart, and memory.

    python -m benchmarks.reading [--repeats 5] [--only read,upload]

Reading is held against pandas' own C reader on the same bytes, told the separator, the dtypes and
the date format that ``forecast.read`` has to find out; the two are timed in turn. Uploads go
through a real server and a real browser; its memory is that of the server process alone.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from playwright.sync_api import Page, sync_playwright

import forecast
from tests.browser.find import ARGUMENTS, browser
from tests.browser.server import Server
from ui import formats

N_ROWS = 1_000_000
DATES = "%Y-%m-%d %H:%M:%S"
UPLOADS = 5
FORGOTTEN_AFTER = 180  # seconds; Streamlit keeps a closed session for two minutes, for a return
WARM_AFTER = 120  # seconds
AT_REST = 0.6  # seconds of processor time in two, which is what heartbeats take
MEGABYTE = 2**20
# The chart's name tells the last value; its line is a path of the layer of lines.
PAINTED = """value => [...document.querySelectorAll('.st-key-data-line [aria-label]')].some(
  chart => chart.ariaLabel.includes(value) && chart.querySelector('.scatterlayer path'))"""


def minutes(seed: int = 1) -> bytes:
    """About 60 MB: open, high, low, close and volume, one row a minute."""
    rng = np.random.default_rng(seed)
    close = 100 + np.cumsum(rng.normal(0, 0.01, N_ROWS))
    frame = pd.DataFrame(
        {
            "Date": pd.date_range("2020-01-01", periods=N_ROWS, freq="min").strftime(DATES),
            "Open": close + 0.01,
            "High": close + 0.05,
            "Low": close - 0.05,
            "Close": close,
            "Volume": rng.integers(1, 100_000, N_ROWS),
        }
    )
    return frame.to_csv(index=False, float_format="%.5f").encode()


def by_pandas(content: bytes) -> pd.DataFrame:
    prices = dict.fromkeys(("Open", "High", "Low", "Close", "Volume"), "float64")
    return pd.read_csv(
        io.BytesIO(content), parse_dates=["Date"], date_format=DATES, dtype=prices, engine="c"
    )


def reading(repeats: int) -> list[tuple[str, str]]:
    """Our reading and pandas' own, in turn."""
    content = minutes()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(repeats):
        for read, times in ((forecast.read, ours), (by_pandas, theirs)):
            start = time.perf_counter()
            read(content)
            times.append(time.perf_counter() - start)
    ratio = statistics.median(ours) / statistics.median(theirs)
    return [
        ("rows, size of the file", f"{N_ROWS:,}, {len(content) / 1e6:.0f} MB"),
        ("`forecast.read`", f"{statistics.median(ours):.2f} s"),
        ("`pandas.read_csv`, told all", f"{statistics.median(theirs):.2f} s"),
        ("ratio (bar: 4)", f"{ratio:.1f}×"),
    ]


def upload(page: Page, path: Path, last_value: str) -> float:
    """Seconds from handing the file to the browser to its chart on the page."""
    start = time.perf_counter()
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_function(PAINTED, arg=last_value, timeout=60_000)
    return time.perf_counter() - start


def wait_for_rest(server: psutil.Process, page: Page) -> None:
    """Until the workers are warm, which takes both cores and is not what is measured."""
    deadline, before = time.monotonic() + WARM_AFTER, -1.0
    while time.monotonic() < deadline:
        used = 0.0
        for child in server.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                used += sum(child.cpu_times()[:2])
        if 10 < used < before + AT_REST:
            return
        before = used
        page.wait_for_timeout(2_000)


def uploading() -> list[tuple[str, str]]:
    """Five uploads in a row by one person, who then leaves."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        paths, ends = [], []
        for seed in range(UPLOADS):
            content = minutes(seed)
            paths.append(Path(folder) / f"minutes-{seed}.csv")
            paths[-1].write_bytes(content)
            found = forecast.read(content)
            ends.append(formats.value(float(found.series.iloc[-1]), found.receipt.unit))
        del content, found
        chromium = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        server = Server(Path(folder) / "home").start()
        process = psutil.Process(server.process.pid)

        def memory() -> float:
            return float(process.memory_info().rss / MEGABYTE)

        try:
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            page.goto(server.url)
            page.get_by_role("tab", name="Upload").click()
            wait_for_rest(process, page)
            before, took, after = memory(), [], []
            for path, end in zip(paths, ends, strict=True):
                took.append(upload(page, path, end))
                page.wait_for_timeout(5_000)
                after.append(memory())
            page.close()
            left, deadline = memory(), time.monotonic() + FORGOTTEN_AFTER
            while left - before > 300 and time.monotonic() < deadline:
                time.sleep(2)
                left = memory()
        finally:
            server.stop()
            chromium.close()
    return [
        ("upload to painted chart, median of five (bar: 4 s)", f"{statistics.median(took):.1f} s"),
        ("the slowest of the five", f"{max(took):.1f} s"),
        ("server before", f"{before:.0f} MB"),
        ("after each upload", ", ".join(f"{value:.0f}" for value in after) + " MB"),
        ("after the session ended (bar: 300 MB more)", f"{left:.0f} MB"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="read,upload")
    given = parser.parse_args()
    print("| what | figure |\n|---|---|")
    for part in given.only.split(","):
        rows = reading(given.repeats) if part == "read" else uploading()
        for what, figure in rows:
            print(f"| {what} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
