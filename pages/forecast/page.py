"""4 · Forecast: the next steps, next to "same as today", and how far to trust them."""

import pandas as pd
import streamlit as st

from forecast import calendars, charts, evaluation
from forecast.errors import ForecastError
from pages.forecast import belief, dates, diary, downloads, others, season, share, what_if, words
from ui import errors, formats, layout, state

layout.head("Forecast", "What the network says comes next, and how far to trust it.")

job = state.job()
if job is None and state.run_id() is None:
    layout.missing("There is no forecast yet: no network has been trained.", "train", "Train one")
    diary.panel()
    st.stop()
if job is not None and job.live:
    layout.missing("The network is still training.", "train", "Watch it")
    st.stop()
try:
    run = state.engine().run(state.run_id())
except ForecastError as error:
    errors.show(error if job is None or job.error is None else job.error)
    layout.missing("This run has no forecast.", "train", "Train again")
    st.stop()

layout.which_run()
layout.of_other_data("This forecast")
unit = run.origin.unit
_, calendar = state.engine().store.calendar(run.id, run.series.index)
table = run.forecast(calendar=calendar)
scores = evaluation.scores(run)
bands = run.bands()
days = words.many(calendar.noun)
sums = evaluation.sum_bands(run)
headline, more = words.what_comes(table, unit, run.series, calendar.noun, sums)
sentences = [headline, *filter(None, [more]), belief.verdict(run, scores, days)]
if again := season.of(run):
    guess = season.headline(again, run, table, calendar.noun)
    own_words = f"The run’s own forecast is “same as today”: {headline[0].lower()}{headline[1:]}"
    sentences = [guess, season.says(again, run), own_words, *sentences[1:]]

st.markdown(f"#### {formats.joined(sentences[0])}")
if past := words.are_past(table, run.series.index, pd.Timestamp.now().normalize()):
    st.caption(past)
for sentence in sentences[1:]:
    st.markdown(formats.joined(sentence))
chart = st.container()
if trust := belief.trust(run, days, banded=bool(bands.levels)):
    sentences.append(trust)
    st.markdown(trust)
if mean := belief.networks(run):
    sentences.append(mean)
    st.markdown(mean)
for sentence in filter(None, [others.closer(run), others.another(run, table)]):
    sentences.append(sentence)
    st.markdown(sentence)
own = bool(trust) and st.toggle("Show the network’s own line", key="own-line", help=words.OWN_LINE)
known = calendars.placed(run.series, calendar)
others_say = {season.name(again): again.next_steps} if again else {}
figure = charts.forecast(known, table, unit, own=own, others=others_say)
with chart:
    layout.chart(
        figure,
        key="forecast",
        label="Line chart of the known values, then the forecast with its bands and “same as "
        "today”; the table below has the figures.",
        config=words.camera(run, downloads.picture_kind()),
    )
if bands.note:
    st.info(bands.note)
if bands.levels:
    sentences.append(words.coverage(evaluation.coverage(run), calendar.noun))
    st.markdown(formats.joined(sentences[-1]))

st.subheader(words.next_steps(len(table), calendar.noun), anchor=False)
calendar = dates.choose(run)
readable = words.readable(table, unit)
if again:
    place = readable.columns.get_loc(words.HEADS["forecast"]) + 1
    readable.insert(place, season.name(again), formats.column(again.next_steps, unit))
layout.table(readable, "ahead")
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    diary.save_button(run, table)
    downloads.button(run, table)
    downloads.choose_picture_kind()
st.caption(formats.plain(words.disclaimer(run)))

st.subheader(f"How it did on the {days} held back", anchor=False)
layout.figures("forecast", words.figures(scores, unit))
st.caption(words.FLATTERED)
tested = state.engine().backtests.tested(run.id)
layout.next_step(("backtest", "See its test" if tested else "Test it at many past moments"))

what_if.panel(run, calendar)

st.subheader("Checked on the last known steps", anchor=False)
last = evaluation.last_window(run)
st.markdown(words.last_window(last, unit))
checked = charts.predicted_against_actual(last, unit)
left, right = st.columns(2, gap="large")
with left:
    layout.chart(
        checked,
        key="last-window",
        label="Line chart of the last known steps: actual, forecast and “same as today”; "
        "the table beside it has the figures.",
    )
with right:
    layout.table(words.readable(last, unit), "last-window")

share.section(
    run,
    words.file_name(run),
    sentences=[*sentences, words.last_window(last, unit)],
    figures={"Forecast": figure, "Checked on the last known steps": checked},
    tables={
        words.next_steps(len(table), calendar.noun): readable,
        "The last known steps": words.readable(last, unit),
    },
)
diary.panel()
