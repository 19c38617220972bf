"""Section on how good the data are: what is missing, what stands out, what moves together."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from forecast import charts, exploring
from forecast.exploring import coverage, decomposition, outliers, together
from forecast.glossary import GLOSSARY
from pages.explore import deeper, words
from pages.explore.look import Look, finding, plot, say
from ui import formats

LISTED = 10


def quality(look: Look) -> None:
    finding("Missing dates", lambda: _missing(look), GLOSSARY["gap"])
    finding("Changes that stand out", lambda: _outliers(look), GLOSSARY["outlier"])
    finding("Columns that move together", lambda: _together(look), GLOSSARY["correlation"])


def _coverage(series: pd.Series, rhythm: exploring.Rhythm) -> coverage.Coverage:
    return coverage.coverage(series.index, rhythm)


def _missing(look: Look) -> None:
    found = look.find(_coverage, look.rhythm)
    say(deeper.coverage(found, look.rhythm))
    if look.data.cleaning.gaps != "leave":
        st.caption("Gaps were filled under Clean on Data, so what was filled counts as there.")
    plot(charts.auditing.coverage(found), "coverage")


def _outliers(look: Look) -> None:
    clear = [period.length for period in look.find(decomposition.periods) if period.clear]
    found = look.find(outliers.outliers, clear[0] if clear else 1, look.unit)
    say(deeper.outliers(found, look.rhythm, look.unit, len(look.series)))
    plot(charts.auditing.outliers(found, look.unit), "outliers")
    if not found.n:
        return
    with st.expander(f"The {min(found.n, LISTED)} furthest out"):
        st.dataframe(_listed(found, look.unit), hide_index=True)


def _listed(found: outliers.Outliers, unit: str) -> pd.DataFrame:
    columns = (found.found, found.expected, found.usual)
    rows = zip(found.found.index[:LISTED], *columns, strict=False)
    return pd.DataFrame(
        [
            {
                "Date": formats.date(when, weekday=True),
                "Value": formats.value(float(found.marks[when]), unit),
                "Change": words.change(move, unit, found.in_percent, signed=True),
                "Usual there": f"{words.change(middle, unit, found.in_percent, signed=True)}"
                f" ± {words.change(usual, unit, found.in_percent)}",
            }
            for when, move, middle, usual in rows
        ]
    )


def _together(look: Look) -> None:
    numbers = look.data.table.select_dtypes("number").iloc[-together.MOST_ROWS :]
    digest = int(pd.util.hash_pandas_object(numbers, index=False).sum())

    def compare(series: pd.Series, names: tuple[str, ...], digest: int) -> together.Together:
        return together.together(look.data.table, series)

    names = tuple(map(str, numbers.columns))
    found = look.find(compare, names, digest)  # the series alone does not tell two tables apart
    say(deeper.together(found, str(look.series.name), len(look.series)))
    plot(charts.auditing.together(found), "together")
