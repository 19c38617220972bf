"""Why a run went wrong, most likely, and which setting to change."""

from __future__ import annotations

from forecast.config import Config
from forecast.errors import ConfigError


def divergence(config: Config, epoch: int) -> ConfigError:
    """Why the figures stopped being numbers, most likely, and what to change."""
    train = config.train
    if config.data.scaler == "none":
        cause, fix = "the values go in unscaled", "Choose the MinMax or the Standard scaler."
    elif config.model.activation == "relu":
        cause = "relu lets values grow without a bound"
        fix = "Choose tanh, or lower the learning rate."
    else:
        cause = f"the learning rate of {train.learning_rate:g} is too high"
        fix = f"Lower the learning rate, to {train.learning_rate / 10:g} for a start."
    return ConfigError(
        f"Training broke down in epoch {epoch}: its error is no number any more.",
        expected="an error that falls",
        received=f"infinity, most likely because {cause}",
        fix=fix,
    )
