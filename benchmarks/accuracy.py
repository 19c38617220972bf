"""How good the forecasts are, on series that speak for themselves, as Markdown tables.

    python -m benchmarks.accuracy [--wheels FOLDER] [--seeds 3] [--presets Classic,Recommended]
                                  [--but calendar=True,skip=True] [--earlier] [--only stocks,wiki]

Each network is trained on 500 rows and never again; then it forecasts seven steps from up to 60
origins, three rows apart. ``MAE/naive`` is its mean absolute error over that of "same as today" on
the same origins; a group's figure is the geometric mean over its series and seeds. ``--earlier``
measures on stretches before the latest ones: what settings are chosen by. With
``FORECAST_STATS_PYTHON`` naming an interpreter that has ``statsforecast``, its three automatic
models run on the same origins, fitted once on the same rows.
"""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.public_series import Task, tasks
from forecast import baselines, gating, metrics, predict, presets, seasons, threads
from forecast.config import Config
from forecast.program import Programs
from forecast.scaling import Array
from forecast.training import train_all

STATS_VARIABLE = "FORECAST_STATS_PYTHON"
N_STEPS_OUT = 7


def actual(task: Task) -> Array:
    """What came after each origin, (n_origins, n_steps_out)."""
    values = task.values.to_numpy()
    return np.stack([values[origin : origin + N_STEPS_OUT] for origin in task.origins])


def last(task: Task) -> Array:
    known: Array = task.values.to_numpy()[np.array(task.origins) - 1]
    return known


def least(task: Task) -> Array:
    lowest: Array = gating.floor(task.values.to_numpy())[np.array(task.origins) - 1]
    return lowest


def network(task: Task, config: Config, programs: Programs) -> tuple[Array, int, float]:
    """The forecasts of one training (of ``n_networks``), its best epoch and its gate."""
    result, _ = train_all(task.values.iloc[: task.n_train], config, programs, whole=False)
    n_past = len(task.values) - task.n_train
    answers = predict.answers(config, result.weights, result.scaler, task.values, n_past)
    # A row of ``validation`` a known window, the last of them seven rows before the end.
    first = len(task.values) - N_STEPS_OUT - len(answers.validation) + 1
    said = answers.validation[np.array(task.origins) - first]
    predicted = gating.apply(result.gate, said, last(task), least(task))
    return predicted, result.best_epoch, result.gate


def statistics(found: list[Task], python: str) -> dict[str, list[Array]]:
    """AutoETS, AutoTheta and AutoARIMA on all tasks, by an interpreter that has them."""
    script = str(Path(__file__).parent / "stats_contender.py")
    with tempfile.TemporaryDirectory() as folder:
        arrays: dict[str, Any] = {}
        for i, task in enumerate(found):
            values = task.values.to_numpy()
            train = task.values.iloc[: task.n_train]
            arrays[f"values{i}"] = values
            arrays[f"origins{i}"] = np.array(task.origins)
            arrays[f"season{i}"] = np.array(seasons.find(train.to_numpy(), train.index))
        given, answer = Path(folder) / "in.npz", Path(folder) / "out.npz"
        np.savez(given, **arrays)
        subprocess.run([python, script, str(given), str(answer), str(N_STEPS_OUT)], check=True)
        with np.load(answer) as archive:
            names = ("AutoETS", "AutoTheta", "AutoARIMA")
            return {n: [archive[f"{n}{i}"] for i in range(len(found))] for n in names}


def ratio(task: Task, predicted: Array) -> float:
    naive = baselines.naive(last(task), N_STEPS_OUT)
    return metrics.mae(actual(task), predicted) / metrics.mae(actual(task), naive)


def geometric(ratios: list[float]) -> float:
    return float(np.exp(np.mean(np.log(ratios))))


def measured(
    found: list[Task], config: Config, seeds: int, say: Callable[[str], None]
) -> list[list[float]]:
    """MAE/naive by series and seed."""
    programs, rows = Programs(), []
    for task in found:
        ratios, notes = [], []
        for seed in range(1, seeds + 1):
            predicted, best, gate = network(task, config.but(seed=seed), programs)
            ratios.append(ratio(task, predicted))
            notes.append(f"{best}/{gate:.2f}")
        rows.append(ratios)
        cells = " ".join(f"{value:.3f}" for value in ratios)
        say(
            f"| {task.group} | {task.name} {task.block} | {geometric(ratios):.3f} "
            f"| {cells} | {' '.join(notes)} |"
        )
    return rows


def by_group(found: list[Task], columns: dict[str, list[float]]) -> None:
    """The geometric mean of each group; statistical models also as the best of them."""
    names = list(columns)
    print(f"\n| group | series | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for group in dict.fromkeys(task.group for task in found):
        picked = [i for i, task in enumerate(found) if task.group == group]
        cells = [f"{geometric([columns[n][i] for i in picked]):.3f}" for n in names]
        print(f"| {group} | {len(picked)} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--presets", default="Classic,Recommended")
    parser.add_argument("--but", default="", help="settings to change, as name=value,…")
    parser.add_argument("--earlier", action="store_true")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    threads.keep_to_one()  # as in the app
    changes = dict(part.split("=", 1) for part in given.but.split(",") if part)
    settings = {name: ast.literal_eval(value) for name, value in changes.items()}
    found = tasks(given.wheels, N_STEPS_OUT, earlier=given.earlier)
    if given.only:
        found = [task for task in found if task.group in given.only.split(",")]
    columns: dict[str, list[float]] = {}
    for name in filter(None, given.presets.split(",")):
        config = presets.PRESETS[name]().but(n_rows=None, **settings)
        print(
            f"\n{name} {settings or ''}\n\n| group | series | MAE/naive | by seed "
            "| best epoch/gate |\n|---|---|---|---|---|"
        )
        rows = measured(found, config, given.seeds, lambda line: print(line, flush=True))
        columns[name] = [geometric(ratios) for ratios in rows]
    if python := os.environ.get(STATS_VARIABLE):
        for name, forecasts in statistics(found, python).items():
            columns[name] = [ratio(*pair) for pair in zip(found, forecasts, strict=True)]
    by_group(found, columns)


if __name__ == "__main__":
    main()
