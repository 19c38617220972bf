"""How large a network is, counted without building it."""

from __future__ import annotations

from itertools import pairwise

from forecast.config import Config


def n_parameters(config: Config, n_features: int = 1) -> int:
    """The numbers that training adjusts.

    An LSTM layer has four gates, each with a weight for every input, every unit of its own and a
    bias: 4·u·(f + u + 1). The dense layer after the last has one weight a unit and a bias for each
    of the n_steps_out answers, and so has the linear way past the LSTM, for every value it sees.

    >>> n_parameters(Config())  # LSTM(30) on one feature, then seven answers
    4057

    Args:
        n_features: values a step, the target among them.
    """
    sizes = (n_features, *config.model.units)
    lstm = sum(4 * units * (below + units + 1) for below, units in pairwise(sizes))
    straight = config.window.n_steps_in * n_features if config.model.skip else 0
    return lstm + (sizes[-1] + 1 + straight) * config.window.n_steps_out
