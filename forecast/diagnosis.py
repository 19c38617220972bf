"""Why a run went wrong, most likely, and which setting to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forecast.config import Config
from forecast.errors import ConfigError


@dataclass(frozen=True)
class Diagnosis:
    """The likely cause of a breakdown, as the end of a sentence, and its cure."""

    cause: str
    fix: str
    changes: Mapping[str, Any]  # for ``Config.but``


def likely(config: Config) -> Diagnosis:
    """What most likely makes training with these settings diverge."""
    rate = config.train.learning_rate
    if config.data.scaler == "none":
        return Diagnosis(
            "the values go in unscaled",
            "Choose the MinMax or the Standard scaler.",
            {"scaler": "minmax"},
        )
    if config.model.activation == "relu":
        return Diagnosis(
            "relu lets values grow without a bound",
            "Choose tanh, or lower the learning rate.",
            {"activation": "tanh"},
        )
    lower = max(rate / 10, 1e-7)
    return Diagnosis(
        f"the learning rate of {rate:g} is too high",
        f"Lower the learning rate, to {lower:g} for a start.",
        {"learning_rate": float(f"{lower:.3g}")},
    )


def divergence(config: Config, epoch: int) -> ConfigError:
    """Why the figures stopped being numbers, most likely, and what to change."""
    found = likely(config)
    return ConfigError(
        f"Training broke down in epoch {epoch}: its error is no number any more.",
        expected="an error that falls",
        received=f"infinity, most likely because {found.cause}",
        fix=found.fix,
    )
