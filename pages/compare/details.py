"""The chosen runs: differences, curves, forecasts, and what can be done with one."""

from __future__ import annotations

import streamlit as st

from forecast import charts, comparing
from forecast.comparing import Summary
from forecast.errors import ForecastError
from forecast.runs import Origin, Run
from forecast.store import Label
from ui import errors, formats, layout, state
from ui.widgets import LABELS

ERROR = "Error"  # in the unit of the series, which alone can be compared across settings
CURVES = {
    ERROR: "val_error",
    "Validation loss": "val_loss",
    "Training loss": "loss",
    "Validation accuracy": "val_accuracy",
    "Training accuracy": "accuracy",
}


def differences(runs: list[Summary], names: dict[str, str]) -> None:
    """The settings in which they differ, and only those."""
    st.subheader("What was set differently", anchor=False)
    changed = comparing.differences({names[run.id]: run for run in runs})
    if changed.empty:
        st.caption("Nothing: these runs have the same settings.")
        return
    st.dataframe(changed.rename(index=lambda name: LABELS.get(name, name)))


def curves(runs: list[Summary], names: dict[str, str]) -> None:
    """Any of the curves, one line a run."""
    chosen = st.segmented_control("Curve", list(CURVES), default=ERROR, key="compare-curve")
    histories = {}
    for run in runs:
        try:
            histories[names[run.id]] = state.engine().store.history(run.id)
        except ForecastError as error:
            errors.show(error)
    curve = chosen or ERROR
    units = {run.origin.unit for run in runs}
    unit = f" ({'/'.join(sorted(units))})" if curve == ERROR and any(units) else ""
    layout.chart(
        charts.overlay(histories, CURVES[curve], curve + unit),
        key="compare-curves",
        label=f"{curve} by epoch of {', '.join(histories)}.",
    )
    if curve == ERROR:
        st.caption(
            "How far the network alone is off on average on the rows held back, after each epoch. "
            "The table has the error of the forecast, which follows it as far as it proved itself."
        )
    elif len({(r.origin.name, r.config.data.scaler, r.config.train.loss) for r in runs}) > 1:
        st.caption(
            "The loss is of scaled values: with other data, another scaler or another loss it "
            "cannot be compared. The validation errors in the table are in the unit of the data."
        )


def forecasts(runs: list[Summary], names: dict[str, str]) -> None:
    """The forecasts of the chosen runs that have one: a chart a series, over its history."""
    found: dict[tuple[Origin, str], dict[str, Run]] = {}
    for run in runs:
        try:
            loaded = state.engine().run(run.id)
        except ForecastError:
            st.caption(f"{formats.plain(names[run.id])} has no forecast.")
        else:
            series = (loaded.origin, str(loaded.series.name))
            found.setdefault(series, {})[names[run.id]] = loaded
    if found:
        st.subheader("Their forecasts", anchor=False)
    for i, ((origin, column), of_these) in enumerate(found.items()):
        if len(found) > 1:
            st.markdown(f"**{formats.plain(origin.name)}** · {formats.plain(column)}")
        layout.chart(
            charts.forecasts(
                {name: (run.series, run.forecast()) for name, run in of_these.items()}, origin.unit
            ),
            key=f"compare-forecasts-{i}",
            label=f"The end of the known values of {origin.name}, then the forecasts of "
            f"{', '.join(of_these)}.",
        )


def edit(run: Summary | None) -> None:
    """Name, note, star; show it, take its settings over, delete it."""
    if run is None:
        st.caption("Choose a single run to rename it, to use its settings or to delete it.")
        return
    st.subheader("This run", anchor=False)
    with st.form(f"label-{run.id}", border=True):
        name = st.text_input("Name", run.label.name, max_chars=60, placeholder=run.name)
        note = st.text_input("Note", run.label.note, max_chars=200)
        star = st.checkbox("Star", run.label.star)
        if st.form_submit_button("Save"):
            state.engine().store.write_label(run.id, Label(name.strip(), note.strip(), star))
            st.rerun()
    with st.container(horizontal=True, gap="small"):
        if st.button("Show this run", key="show-run"):
            state.show_run(run.id)
            st.switch_page(layout.PAGES["train"])
        if st.button(
            "Use its settings", key="use-settings", help="Puts them into the sliders on Train."
        ):
            state.set_config(run.config)
            st.switch_page(layout.PAGES["train"])
        st.button("Delete", key="delete-run", on_click=state.discard, args=(run.id,))
