"""How large a network is, and how many weights are, counted without building it."""

from __future__ import annotations

from itertools import pairwise

from forecast.config import Config
from forecast.history import Weights


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


def n_networks(config: Config, weights: Weights) -> int:
    """How many networks' weights stand in ``weights``, one network after the other.

    An LSTM layer has three arrays (kernel, recurrent kernel, bias), the dense layer after the last
    has two, the linear way past the LSTM one.
    """
    return len(weights) // (3 * len(config.model.units) + 2 + config.model.skip)


def apart(config: Config, weights: Weights) -> list[Weights]:
    """The weights of each network by itself."""
    n = len(weights) // n_networks(config, weights)
    return [weights[start : start + n] for start in range(0, len(weights), n)]
