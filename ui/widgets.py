"""A setting as a widget: one function a kind, labels and help in one place.

Each takes the settings as they are and gives the value on screen; the page puts them together with
``Config.but``. Help texts come from the glossary, so screen, docs and code use the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from forecast import comparing
from forecast.config import (
    ACTIVATIONS,
    LOSSES,
    MAX_INPUTS,
    MAX_LAYERS,
    MAX_NETWORKS,
    OPTIMIZERS,
    SCALERS,
    Config,
)
from forecast.glossary import GLOSSARY
from ui import state

LABELS = {
    "n_rows": "Most recent rows",
    "n_steps_in": "Past steps (n_steps_in)",
    "n_steps_out": "Horizon (n_steps_out)",
    "epochs": "Epochs",
    "batch_size": "Batch size",
    "scaler": "Scaler",
    "learning_rate": "Learning rate",
    "average_weights": "Average the weights",
    "loss": "Loss",
    "optimizer": "Optimiser",
    "activation": "Activation",
    "validation_split": "Validation share",
    "seed": "Seed",
    "n_networks": "Networks",
    "patience": "Patience (epochs)",
    "restore_best": "Forecast with the best epoch",
    "shuffle": "Shuffle the windows",
    "gate": "Trust gate",
    "calendar": "Calendar features",
    "inputs": "Also show the network",
    "skip": "Linear skip",
}
SLIDERS = {
    "n_steps_in": (2, 120),
    "n_steps_out": (1, 60),
    "epochs": (1, 1_000),
    "batch_size": (1, 256),
    "n_networks": (1, MAX_NETWORKS),
}
CHOICES = {
    "scaler": SCALERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "activation": ACTIVATIONS,
}
WORDS = {
    "change": "Changes",
    "minmax": "MinMax (0 to 1)",
    "standard": "Standard (mean 0)",
    "robust": "Robust (quartiles)",
    "none": "None",
    "mse": "MSE",
    "mae": "MAE",
    "rmse": "RMSE",
    "huber": "Huber",
    "adam": "Adam",
    "sgd": "SGD",
    "rmsprop": "RMSprop",
    "adamw": "AdamW",
}
LEARNING_RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)


def written(value: object) -> str:
    """A setting's value as a person reads it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}"
    return "off" if value is None else WORDS.get(str(value), str(value))


def changes(before: Config, after: Config) -> str:
    """ "Past steps 30 → **10**, Batch size 30 → **16**"."""
    names = [str(name) for name in comparing.changed_settings({"a": before, "b": after}).index]
    return ", ".join(
        f"{LABELS[name]} {written(before.value(name))} → **{written(after.value(name))}**"
        for name in names
    )


def slider(name: str, config: Config, *, page: str = "") -> int:
    """A whole number within the range in which it makes sense by hand.

    Args:
        page: sets it apart from the same slider on another page: a key that two pages share is
            still taken when the second one is opened, and would not be seeded anew.
    """
    low, high = SLIDERS[name]
    seed = min(max(int(config.value(name)), low), high)
    key = state.widget_key(page + name, seed)
    return st.slider(LABELS[name], low, high, key=key, help=GLOSSARY[name])


def choice(name: str, config: Config) -> str:
    """One of a few."""
    return st.selectbox(
        LABELS[name],
        CHOICES[name],
        format_func=lambda value: WORDS.get(value, value),
        key=state.widget_key(name, config.value(name)),
        help=GLOSSARY[name],
    )


def learning_rate(config: Config) -> float:
    """A slider over the usual rates; a rate that is not among them keeps its place."""
    rates = sorted({*LEARNING_RATES, config.train.learning_rate})
    return st.select_slider(
        LABELS["learning_rate"],
        rates,
        format_func=lambda rate: f"{rate:g}",
        key=state.widget_key("learning_rate", config.train.learning_rate),
        help=GLOSSARY["learning_rate"],
    )


def validation_split(config: Config) -> float:
    percent: int = st.slider(
        LABELS["validation_split"],
        5,
        50,
        key=state.widget_key(
            "validation_split", min(max(round(config.window.validation_split * 100), 5), 50)
        ),
        format="%d %%",
        help=GLOSSARY["validation_split"],
    )
    return percent / 100


def layers(config: Config) -> tuple[int, ...]:
    """How many LSTM layers, and the units of each."""
    now = config.model.units
    depth: int = st.slider(
        "LSTM layers",
        1,
        MAX_LAYERS,
        key=state.widget_key("layers", len(now)),
        help=GLOSSARY["layers"],
    )
    with st.container(horizontal=True, gap="small"):
        units = tuple(
            st.number_input(
                f"Layer {i + 1}",
                1,
                512,
                key=state.widget_key(f"units-{i}", now[min(i, len(now) - 1)]),
                width=112,
            )
            for i in range(depth)
        )
    st.caption(GLOSSARY["units"])
    return units


def early_stopping(config: Config) -> dict[str, Any]:
    """Patience, if any, and which epoch's weights to forecast with."""
    on = st.toggle(
        "Early stopping",
        key=state.widget_key("early", config.train.patience is not None),
        help=GLOSSARY["patience"],
    )
    patience: int | None = None
    if on:
        patience = st.slider(
            LABELS["patience"],
            1,
            100,
            key=state.widget_key("patience", min(config.train.patience or 15, 100)),
        )
    return {"patience": patience, "restore_best": switch("restore_best", config)}


def switch(name: str, config: Config) -> bool:
    return st.toggle(
        LABELS[name], key=state.widget_key(name, config.value(name)), help=GLOSSARY[name]
    )


def inputs(config: Config, offered: Sequence[str]) -> tuple[str, ...]:
    """Which of the ``offered`` columns the network sees beside the target.

    Names in the settings that are not on offer stay there until a person changes the choice: they
    may belong to data that are still to come.
    """
    key = state.widget_key("inputs", [n for n in config.data.inputs if n in offered])

    def forget_the_others() -> None:
        # A preset's click has put all widgets away, and then this is called too.
        if (said := state.widget_value("inputs")) is not None:
            state.keep_config(state.config().but(inputs=tuple(said)))

    chosen = st.multiselect(
        LABELS["inputs"],
        offered,
        key=key,
        max_selections=MAX_INPUTS,
        on_change=forget_the_others,
        disabled=not offered,
        placeholder="Choose columns" if offered else "There are no further columns of numbers",
        help=GLOSSARY["inputs"],
    )
    waiting = [n for n in config.data.inputs if n not in offered]
    return (*chosen, *waiting)


def seed(config: Config) -> int:
    return st.number_input(
        LABELS["seed"],
        0,
        2**31 - 1,
        key=state.widget_key("seed", config.train.seed),
        help=GLOSSARY["seed"],
    )
