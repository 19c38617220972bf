"""Settings that belong together, under a name.

``recommended`` starts as "same as today" and has to earn every step away from it; what speaks for
each of its settings stands in ``docs/decisions/0005-recommended.md``.
``classic`` and ``classic_deep`` are the well-known notebook as it was written, with its scaler
fitted on the training part; nothing else about them is improved.
"""

from __future__ import annotations

from collections.abc import Callable

from forecast.config import Config, DataConfig, ModelConfig, TrainConfig, WindowConfig


def recommended() -> Config:
    """Changes in, changes out, an untrained head that says "no change", and the gate.

    MAE loss; long steps, with the mean of the weights along the way; stopping early with patience
    15; the best epoch's weights, the start among them; the mean of three networks. Where the
    training part shows a daily, weekly or yearly season, the network is told the point in it.
    """
    return Config(
        data=DataConfig(n_rows=500, scaler="change", calendar=True),
        window=WindowConfig(n_steps_in=30, n_steps_out=7, validation_split=0.1),
        model=ModelConfig(units=(30,), activation="tanh"),
        train=TrainConfig(
            epochs=150,
            batch_size=30,
            learning_rate=0.005,
            loss="mae",
            patience=15,
            average_weights=True,
            restore_best=True,
            gate=True,
            n_networks=3,
        ),
        preset="Recommended",
    )


def classic() -> Config:
    """The notebook: MinMax, LSTM(30) → Dense(7), MSE, Adam, 150 epochs of batches of 30."""
    return Config(
        data=DataConfig(n_rows=500, scaler="minmax"),
        window=WindowConfig(n_steps_in=30, n_steps_out=7, validation_split=0.1),
        model=ModelConfig(units=(30,), activation="tanh"),
        train=TrainConfig(epochs=150, batch_size=30, learning_rate=0.001, loss="mse"),
        preset="Classic",
    )


def classic_deep() -> Config:
    """The notebook's second network: seven layers, 30-20-20-10-10-10-10, with softsign."""
    return Config(
        model=ModelConfig(units=(30, 20, 20, 10, 10, 10, 10), activation="softsign"),
        preset="Classic deep",
    )


PRESETS: dict[str, Callable[[], Config]] = {
    "Recommended": recommended,
    "Classic": classic,
    "Classic deep": classic_deep,
}


def is_unchanged(config: Config) -> bool:
    """Whether nothing but the number of rows differs from the preset that it started from."""
    make = PRESETS.get(config.preset, recommended)
    return config == make().but(n_rows=config.data.n_rows)


def named(config: Config) -> str:
    """The preset's name, and whether it was changed.

    A preset that there is no more keeps its name.

    >>> named(classic()), named(classic().but(epochs=3)), named(classic().but(n_rows=300))
    ('Classic', 'Classic, with changes', 'Classic')
    """
    gone = config.preset not in PRESETS
    return config.preset if gone or is_unchanged(config) else f"{config.preset}, with changes"
