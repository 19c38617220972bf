"""How fast training is, side by side with other ways, as a Markdown table.

    python -m benchmarks.speed [--repeats 5] [--only small,deep,long,wide,torch,second,seeds]

Each number is a median over the repeats, and what is compared is timed in turn: a busy machine
slows both. With ``FORECAST_TORCH_PYTHON`` naming an interpreter that has PyTorch, its row is
filled. Times of pages and browsers are in ``benchmarks.stage``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.cases import CASES, SECONDS_A_REPEAT, walk, windows_of
from forecast import presets
from forecast.engine import Engine
from forecast.store import RunStore
from forecast.threads import ONE_THREAD

HERE = Path(__file__).parent
TORCH_VARIABLE = "FORECAST_TORCH_PYTHON"
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}
N_SEEDS = 5


@dataclass(frozen=True)
class Row:
    """A line of the table; ``ratio`` is how many times faster than what it is held against."""

    title: str
    against: str
    theirs: float  # seconds
    ours: float
    at_least: str
    aim: str
    note: str = ""

    def __str__(self) -> str:
        cells = (
            self.title,
            self.against,
            _milliseconds(self.theirs),
            _milliseconds(self.ours),
            f"**{self.theirs / self.ours:.1f}×**",
            self.at_least,
            self.aim,
            self.note,
        )
        return f"| {' | '.join(cells)} |"


HEAD = """| case | against | ms | ours, ms | ratio | at least | aim | |
|---|---|---|---|---|---|---|---|"""


class Contender:
    """A process that times itself when asked."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **QUIET, **environment},
            cwd=HERE.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if self._answer() != "ready":
            raise SystemExit(f"{' '.join(command)} did not start.")

    @classmethod
    def of(cls, way: str, case: str) -> Contender:
        command = [sys.executable, "-m", "benchmarks.contender", way, case]
        return cls(command, ONE_THREAD if way == "ours" else {})

    def time(self) -> float:
        assert self._process.stdin
        print(file=self._process.stdin, flush=True)
        return float(self._answer())

    def close(self) -> None:
        self._process.communicate()  # closes its input: it ends by itself

    def _answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


def in_turn(contenders: dict[str, Contender], repeats: int) -> dict[str, float]:
    """The median time of each, asked one after the other, round by round."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, contender in contenders.items():
            times[name].append(contender.time())
    for contender in contenders.values():
        contender.close()
    return {name: median(values) for name, values in times.items()}


def epochs(name: str, repeats: int) -> Row:
    """An epoch against ``model.fit``."""
    case = CASES[name]
    took = in_turn({way: Contender.of(way, name) for way in ("ours", "fit", "limit")}, repeats)
    share = took["limit"] / took["ours"]
    note = f"{share:.0%} of the arithmetic limit ({_milliseconds(took['limit'])} ms)"
    return Row(
        f"{case.title}: epoch",
        "`model.fit`",
        took["fit"],
        took["ours"],
        f"{case.at_least}×",
        f"{case.aim}×",
        note,
    )


def torch(repeats: int) -> Row | str:
    """An epoch of the small case against PyTorch, where there is one."""
    python, case = os.environ.get(TORCH_VARIABLE), CASES["small"]
    if not python:
        return f"| {case.title}: epoch | PyTorch | not timed: set {TORCH_VARIABLE} | | | | | |"
    windows, config = windows_of(case), case.config
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "windows.npz"
        parts: dict[str, Any] = {"X": windows.X_train, "y": windows.y_train}
        np.savez(path, **parts, Xv=windows.X_validation, yv=windows.y_validation)
        sizes = (config.train.batch_size, config.model.units[0], SECONDS_A_REPEAT)
        script = str(HERE / "torch_contender.py")
        theirs = Contender([python, script, str(path), *map(str, sizes)], {})
        took = in_turn({"ours": Contender.of("ours", "small"), "torch": theirs}, repeats)
    against = "PyTorch `nn.LSTM` + Adam"
    return Row(f"{case.title}: epoch", against, took["torch"], took["ours"], "1.1×", "1.7×")


def second(repeats: int) -> Row:
    """From Train to the end of the first epoch: a first run, and a second with other data."""
    took = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.first_epoch"],
            env={**os.environ, **QUIET, **ONE_THREAD},
            cwd=HERE.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        took.append([float(number) for number in done.stdout.split()])
    first, again, compiled = (median(column) for column in zip(*took, strict=True))
    title = "second run, other data, epochs and learning rate: until the first epoch's end"
    note = f"{compiled:.0f} programs compiled by the second run"
    return Row(title, "first run", first, again, "10×", "no compile", note)


def seeds(repeats: int) -> Row:
    """One run of five networks: as many workers as cores, against one worker."""
    n_workers = min(N_SEEDS, os.cpu_count() or 1)
    config, series = presets.classic().but(n_networks=N_SEEDS), walk(500)

    def run(engine: Engine) -> float:
        start = time.perf_counter()
        view = engine.wait(engine.submit(series, config), timeout=600)
        assert view.status == "finished", view.error
        return time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        engines = [Engine(RunStore(Path(folder) / f"{n}"), n) for n in (1, n_workers)]
        try:
            for engine in engines:
                run(engine)
                run(engine)  # by now every worker has compiled
            took = [[run(engine) for engine in engines] for _ in range(repeats)]
        finally:
            for engine in engines:
                engine.close()
    one, many = (median(column) for column in zip(*took, strict=True))
    title = f"one run of five networks that differ in their seed, {n_workers} workers"
    note = f"{config.train.epochs} epochs each, from Train to the mean of their forecasts"
    return Row(title, "one after the other", one, many, "1.8×", "2.2×", note)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:,.0f}" if seconds >= 0.1 else f"{seconds * 1e3:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    rows = ["small", "torch", "deep", "long", "wide", "second", "seeds"]
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default=",".join(rows), help="rows to time, by comma")
    given = parser.parse_args()
    others = {"torch": torch, "second": second, "seeds": seeds}
    print(HEAD, flush=True)
    for name in given.only.split(","):
        row = epochs(name, given.repeats) if name in CASES else others[name](given.repeats)
        print(row, flush=True)


if __name__ == "__main__":
    main()
