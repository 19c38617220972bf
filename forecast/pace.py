"""How long an epoch will take, from what this machine has been measured to do.

A first guess comes from the arithmetic of an LSTM: each step of each layer costs a fixed overhead
plus its matrix products, forwards and backwards. Every run that ends corrects the guess by the
ratio of what was measured to what was guessed, and the ratio is kept for the next start.
"""

from __future__ import annotations

import json
import logging
from itertools import pairwise
from pathlib import Path

from forecast.config import Config
from forecast.windows import Plan

OVERHEAD = 8e-6  # seconds a step of a layer, whatever its size
FLOPS = 35e9  # multiplications and additions a second in small matrix products
LEARNING = 0.5  # how much of a new measurement goes into the ratio
log = logging.getLogger(__name__)


def first_guess(config: Config, plan: Plan, n_features: int = 1) -> float:
    """Seconds an epoch, before this machine was measured."""
    window, batch = config.window, config.train.batch_size
    sizes = (n_features, *config.model.units)
    step = sum(
        # Forwards once, backwards twice: for the inputs and for the weights.
        OVERHEAD + 3 * 2 * batch * 4 * units * (units + below) / FLOPS
        for below, units in pairwise(sizes)
    )
    return plan.n_batches * window.n_steps_in * step


class Pace:
    """Remembers the ratio of measured to guessed seconds in ``file``."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.ratio = 1.0
        try:
            self.ratio = float(json.loads(file.read_text())["ratio"])
        except FileNotFoundError:
            log.info("No run has been measured on this machine yet")
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The measured pace could not be read and is begun anew: %s", error)

    def seconds(self, config: Config, plan: Plan) -> float:
        """Seconds that all epochs of all networks will take, one after the other.

        Waiting and compiling are not among them.
        """
        epochs = config.train.epochs * config.train.n_networks
        return first_guess(config, plan) * self.ratio * epochs

    def learn(self, config: Config, plan: Plan, seconds_an_epoch: float) -> None:
        """Correct the ratio by one measured run."""
        measured = seconds_an_epoch / first_guess(config, plan)
        self.ratio += LEARNING * (measured - self.ratio)
        try:
            self._file.write_text(json.dumps({"ratio": self.ratio}))
        except OSError as error:
            log.warning("The measured pace could not be kept: %s", error)
