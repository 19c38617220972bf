"""One thread for TensorFlow: sums then have one order, and a run is the same wherever it trains.

With more threads the last digits of a sum depend on how many there are, and a hundred epochs later
early stopping may end elsewhere. Products this small gain nothing from a second core.
"""

from __future__ import annotations

import os

ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false"}


def keep_to_one() -> None:
    """Have TensorFlow use one thread in this process, unless its environment says otherwise.

    Takes effect up to TensorFlow's first computation.
    """
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
