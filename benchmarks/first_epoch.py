"""How long a worker that has just started takes to the end of a first epoch, and of a second run's.

    python -m benchmarks.first_epoch

Prints three numbers: seconds for a first run, seconds for a second run with other data, epochs and
learning rate, and how many programs the second one compiled. The import of TensorFlow is not
counted; a worker does that when it starts.
"""

from __future__ import annotations

import time

from benchmarks.cases import CASES, walk
from forecast.config import Config
from forecast.program import Programs
from forecast.training import Training


def seconds(config: Config, seed: int, programs: Programs) -> float:
    series = walk(500, seed)
    start = time.perf_counter()
    next(iter(Training(series, config, programs)))
    return time.perf_counter() - start


def compiled(programs: Programs) -> int:
    kept = programs._kept.values()
    return sum(program._epoch.experimental_get_tracing_count() for program in kept)


def main() -> None:
    config, programs = CASES["small"].config, Programs()
    first = seconds(config, 0, programs)
    before = compiled(programs)
    second = seconds(config.but(epochs=40, learning_rate=0.01), 1, programs)
    print(first, second, compiled(programs) - before)


if __name__ == "__main__":
    main()
