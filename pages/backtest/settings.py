"""How to test: origins, refitting, seeds, and what to compare with."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecast import backtest
from forecast.backtest import FEWEST_ORIGINS, MOST_ORIGINS, MOST_SEEDS, BacktestConfig
from forecast.baselines import NAIVE, NAMES
from forecast.errors import ForecastError
from forecast.glossary import GLOSSARY
from forecast.runs import Run
from ui import errors, formats, layout, state, widgets

NEVER = 0  # a select box takes None for "nothing chosen yet"
STRIDES = (3, 5, 7, 2, 1)  # rows between origins, the first that fits; the last fits anywhere
REFITS = (NEVER, 1, 2, 5, 10, 20, 50)


def choose(run: Run, locked: bool) -> BacktestConfig | None:
    """The widgets, and what they amount to; None where that cannot work, with the reason shown."""
    kept = _kept(run)
    with st.container(border=True, key="backtest-settings"):
        first, second, third, fourth = st.columns(4, gap="medium")
        n_origins = first.slider(
            "Starting points (origins)",
            FEWEST_ORIGINS,
            MOST_ORIGINS,
            step=5,
            key=state.widget_key("backtest-origins", kept.n_origins),
            help=GLOSSARY["origin"],
            disabled=locked,
        )
        stride = second.slider(
            "Rows between them (stride)",
            1,
            30,
            key=state.widget_key("backtest-stride", kept.stride),
            help=GLOSSARY["stride"],
            disabled=locked,
        )
        refit_every = third.selectbox(
            "Train anew",
            REFITS,
            format_func=_refit_words,
            key=state.widget_key("backtest-refit", kept.refit_every or NEVER),
            help=GLOSSARY["refit"],
            disabled=locked,
        )
        n_seeds = fourth.slider(
            "Repeats (seeds)",
            1,
            MOST_SEEDS,
            key=state.widget_key("backtest-seeds", kept.n_seeds),
            help=GLOSSARY["seeds"],
            disabled=locked,
        )
        models = st.pills(
            f"Compare with (“{NAIVE}” always is)",
            [name for name in NAMES if name != NAIVE],
            selection_mode="multi",
            key=state.widget_key("backtest-models", [m for m in kept.models if m != NAIVE]),
            help="\n\n".join(f"**{name}**: {GLOSSARY[name.lower()]}" for name in NAMES[1:3])
            + "\n\n"
            + "\n\n".join(f"**{name}**: {GLOSSARY[name]}" for name in NAMES[3:]),
            disabled=locked,
        )
        chosen = BacktestConfig(n_origins, stride, refit_every or None, n_seeds, tuple(models))
        _keep(run, chosen)
        return _amounts_to(run, chosen)


def _fitting(run: Run) -> BacktestConfig | None:
    """As many origins as the series has room for, 60 at the most; no day of a week left out."""
    index = run.series.index
    for stride in (s for s in STRIDES if len(set(backtest.met(index, s))) == 1):
        for n_origins in range(60, FEWEST_ORIGINS - 1, -5):
            plan = BacktestConfig(n_origins, stride)
            if not _fits(run, plan):
                continue
            # Training on much less than the run had would test another network than it.
            first = backtest.plan(len(run.series), run.config, plan)[0]
            if first.n_train >= len(run.recent) / 2:
                return plan
    return None


def _refit_words(every: int) -> str:
    if every == NEVER:
        return "Never: once, before all"
    return "At every starting point" if every == 1 else f"Every {every} starting points"


def _amounts_to(run: Run, chosen: BacktestConfig) -> BacktestConfig | None:
    try:
        folds = backtest.plan(len(run.series), run.config, chosen)
    except ForecastError as error:
        _way_out(run, error)
        return None
    index = run.series.index
    times = len(folds) * chosen.n_seeds
    trainings = "1 training" if times == 1 else f"{times:,} trainings"
    seconds = state.engine().backtests.seconds(run.series, run.config, chosen)
    st.markdown(
        f"**{chosen.n_origins} forecasts** from {formats.date(index[folds[0].origins[0] - 1])} to "
        f"{formats.date(index[folds[-1].origins[-1] - 1])}, each of "
        f"{run.config.window.n_steps_out} steps · {trainings} on the {folds[0].n_train:,} rows "
        f"before · about {formats.duration(max(seconds, 1))}"
    )
    n_met, of = backtest.met(index, chosen.stride)
    if n_met < of:
        better = next(s for s in STRIDES if len(set(backtest.met(index, s))) == 1)
        st.caption(
            f"⚠ A day or a week has {of} rows here, and every {_th(chosen.stride)} row comes to "
            f"{n_met} of these {of} only: perhaps the easy ones. A stride of {better} omits none."
        )
    return chosen


def _way_out(run: Run, error: ForecastError) -> None:
    """A click to a test that fits; where there is none, to settings that can be tested."""
    plan = _fitting(run)
    fits = None if plan else backtest.with_room_for_a_test(len(run.series), run.config)
    if fits is None:
        errors.show(error)
        if plan:
            st.button("Use a test that fits", on_click=_use, args=(run, plan))
        return
    st.markdown(
        f"With the settings of this run no test fits into {len(run.series):,} rows. With "
        f"{widgets.changes(run.config, fits)} one does, after another training."
    )
    if fits == state.config():
        st.markdown(":green[✓] Set for the next run.")
        layout.page_link("train", "Train it")
    else:
        st.button("Use these settings", on_click=state.set_config, args=(fits,))


def _use(run: Run, plan: BacktestConfig) -> None:
    _keep(run, plan)
    state.forget_widgets()


def _keep(run: Run, plan: BacktestConfig) -> None:
    state.keep(state.BACKTEST, (run.origin.name, run.id, plan))


def _kept(run: Run) -> BacktestConfig:
    """What was chosen last, unless it was for other data or does not fit this run; else a plan."""
    name, run_id, kept = state.recall(state.BACKTEST) or ("", "", None)
    if kept and name == run.origin.name and (run_id == run.id or _fits(run, kept)):
        return kept
    state.forget_widgets()
    return _fitting(run) or replace(BacktestConfig(), n_origins=FEWEST_ORIGINS)


def _fits(run: Run, plan: BacktestConfig) -> bool:
    try:
        backtest.plan(len(run.series), run.config, plan)
    except ForecastError:
        return False
    return True


def _th(n: int) -> str:
    """ "2nd", "3rd", "12th"."""
    end = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n // 10 != 1 else "th"
    return f"{n}{end}"
