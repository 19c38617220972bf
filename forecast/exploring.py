"""A first look at a series, in figures and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast import calendars


@dataclass(frozen=True)
class Summary:
    """What the Explore page says before it draws."""

    last: float
    last_date: pd.Timestamp | int
    low: float
    low_date: pd.Timestamp | int
    high: float
    high_date: pd.Timestamp | int
    typical_step: float  # median of |change| from row to row, in the unit of the series
    rhythm: str
    in_percent: bool  # changes are relative: all values are above zero
    change_label: str
    sentence: str


def summary(series: pd.Series) -> Summary:
    """Describe ``series`` (at least two rows)."""
    positive = bool((series > 0).all())
    moves = changes(series)
    largest = moves.abs().max()
    share_up = float((moves > 0).mean())
    size = f"{largest:.1%}" if positive else f"{largest:,.4g}"
    return Summary(
        last=float(series.iloc[-1]),
        last_date=series.index[-1],
        low=float(series.min()),
        low_date=series.index[int(series.argmin())],
        high=float(series.max()),
        high_date=series.index[int(series.argmax())],
        typical_step=float(series.diff().abs().median()),
        rhythm=calendars.infer(series.index).label,
        in_percent=positive,
        change_label="Change from the row before",
        sentence=f"It rose on {share_up:.0%} of the steps; the largest step was {size} of the "
        "value before."
        if positive
        else f"It rose on {share_up:.0%} of the steps; the largest step was {size}.",
    )


def changes(series: pd.Series) -> pd.Series:
    """Change from each row to the next: relative where all values are above zero, else absolute."""
    moves = series.pct_change() if (series > 0).all() else series.diff()
    return moves.iloc[1:][np.isfinite(moves.iloc[1:])]


def volume_of(table: pd.DataFrame, series: pd.Series) -> pd.Series | None:
    """The table's traded volume on the rows of ``series``, if it has one."""
    for name in table.columns:
        if str(name).strip().lower() in ("volume", "vol", "vol."):
            volume = table[name]
            if isinstance(volume, pd.Series) and pd.api.types.is_numeric_dtype(volume):
                return volume.reindex(series.index).fillna(0)
    return None
