"""How often the bands hold what they promise, as a Markdown table.

    python -m benchmarks.coverage [--wheels FOLDER] [--seeds 1] [--preset Recommended]
                                  [--earlier] [--only stocks,wiki]

The protocol of ``benchmarks.accuracy``: trained on 500 rows and never again, then seven steps from
up to 60 origins, three rows apart. At each origin the bands are made as ``Run.forecast(history)``
makes them: from the rows up to it, and from what the network said on known windows after its
training rows; those of the sum of all steps likewise. ``--earlier`` measures on stretches before
the latest ones: what the method was chosen by. Figures are shares of all steps of all origins;
``width`` is the mean width of the 80 % band over that of a band which takes the network to save
nothing.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.accuracy import N_STEPS_OUT
from benchmarks.public_series import Task, tasks
from forecast import gating, intervals, predict, presets, threads, windows
from forecast.config import Config
from forecast.intervals import LEVELS
from forecast.program import Programs
from forecast.scaling import Array
from forecast.training import train_all

N_ROWS = 500  # rows that the bands are made from, as many as the app uses


@dataclass(frozen=True)
class Held:
    """One series and seed."""

    inside: Array  # (level, origin, step): whether the value ended inside
    sums: Array  # (level, origin): whether the sum of the steps did
    width: float


def held(task: Task, config: Config, programs: Programs) -> Held:
    """Train once, then make the bands at every origin of ``task``."""
    result, _ = train_all(task.values.iloc[: task.n_train], config, programs, whole=False)
    n_seen = windows.plan(task.n_train, config).n_rows_seen
    values = task.values.to_numpy()
    said = predict.answers(
        config, result.weights, result.scaler, task.values, len(values) - n_seen
    ).validation
    first = len(values) - N_STEPS_OUT - len(said) + 1  # rows known at the first of them
    last = values[first - 1 : first - 1 + len(said)]
    least = gating.floor(values)[first - 1 : first - 1 + len(said)]
    said = gating.apply(result.gate, said, last, least)
    inside, sums, widths = [], [], []
    for origin in task.origins:
        history, predicted = values[max(origin - N_ROWS, 0) : origin], said[origin - first]
        made = intervals.around(predicted, history, said[: origin - N_STEPS_OUT - first + 1])
        plain = intervals.around(predicted, history, said[:0])
        came = values[origin : origin + N_STEPS_OUT]
        inside.append((made.lower <= came) & (came <= made.upper))
        known = said[: origin - N_STEPS_OUT - first + 1]
        both = intervals.together(predicted, history, known)
        sums.append(((both.lower <= came.sum()) & (came.sum() <= both.upper))[:, 0])
        widths.append(
            np.mean(made.upper[1] - made.lower[1]) / np.mean(plain.upper[1] - plain.lower[1])
        )
    return Held(np.stack(inside, axis=1), np.stack(sums, axis=1), float(np.mean(widths)))


def _cells(found: list[Held]) -> str:
    steps = np.mean([one.inside.mean(axis=(1, 2)) for one in found], axis=0)
    sums = np.mean([one.sums.mean(axis=1) for one in found], axis=0)
    return " | ".join(f"{share:.3f}" for share in (*steps, *sums))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--preset", default="Recommended", choices=list(presets.PRESETS))
    parser.add_argument("--earlier", action="store_true")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    threads.keep_to_one()  # as in the app
    found = tasks(given.wheels, N_STEPS_OUT, earlier=given.earlier)
    if given.only:
        found = [task for task in found if task.group in given.only.split(",")]
    config, programs = presets.PRESETS[given.preset]().but(n_rows=None), Programs()
    head = " | ".join(f"{of}{level} %" for of in ("", "sum ") for level in LEVELS)
    rule = "|---" * (2 * len(LEVELS) + 3) + "|"
    print(f"{given.preset}\n\n| group | series | {head} | width |\n{rule}")
    groups: dict[str, list[Held]] = {}
    for task in found:
        runs = [held(task, config.but(seed=1 + i), programs) for i in range(given.seeds)]
        groups.setdefault(task.group, []).extend(runs)
        width = np.mean([run.width for run in runs])
        print(
            f"| {task.group} | {task.name} {task.block} | {_cells(runs)} | {width:.2f} |",
            flush=True,
        )
    print(f"\n| group | runs | {head} | width |\n{rule}")
    for group, runs in groups.items():
        width = np.mean([run.width for run in runs])
        print(f"| {group} | {len(runs)} | {_cells(runs)} | {width:.2f} |")


if __name__ == "__main__":
    main()
