"""Changes that stand out from those around them: marked, never removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import thinning
from forecast.exploring import needs
from forecast.exploring.overview import changes, relative
from forecast.exploring.whole import whole
from forecast.reading import cleaning

Array = npt.NDArray[np.float64]
MOST_ROWS = 200_000  # the latest
AROUND = 51  # changes that say what is usual at a place, itself in the middle
LIMIT = 5.0  # robust standard deviations; a normal goes beyond once in 1.7 million
FLOOR = 0.25  # what is usual at a place is at least this share of what is usual overall
MARKED = 500  # the largest; more could not be told apart
SIGMA = 1.4826  # median absolute deviation of a normal × this = its standard deviation


@dataclass(frozen=True)
class Outliers:
    """The rows whose change stands out."""

    found: pd.Series  # the changes themselves, the largest (against what is usual) first
    expected: pd.Series  # the change that was usual there, in the same order
    usual: pd.Series  # robust standard deviation of the changes around each, in the same order
    marks: pd.Series  # values of the series there, in time order
    drawn: pd.Series  # the series they were looked for in, thinned
    n: int
    n_spikes: int  # values that stand out from both neighbours: up and down again, or the reverse
    season: int  # rows in the season that was taken off before; 1: none
    n_used: int
    in_percent: bool


def outliers(series: pd.Series, season: int = 1, unit: str = "") -> Outliers:
    """Hampel's filter on the changes: distance from the median around, in robust deviations.

    Hampel, J. Am. Stat. Assoc. 69 (1974). The median is that of the 51 changes around each, the
    deviation 1.4826 × the median distance of those 51 from their own medians, so that a calm year
    and a wild one are each held against themselves. With a season, the median change of each of its
    places is taken off first: a rise that comes every morning stands out from the night, but not
    from other mornings.

    Args:
        season: dates of the series' own rhythm, blank ones among them.
        unit: of the series; where a share of a value means nothing, changes are absolute.

    Raises:
        DataError: fewer than 20 changes, or all values are the same.
    """
    used = needs.latest(series, MOST_ROWS)
    needs.movement(used, "Looking for outliers")
    in_percent = relative(used, unit)
    moves = changes(used, unit)
    needs.rows(len(moves), 20, "Looking for outliers", of="changes")
    place = whole(used).series.index.get_indexer(moves.index) % season
    usual_here = moves.groupby(place).transform("median") if season > 1 else 0.0
    rest = moves - usual_here
    middle = rest.rolling(AROUND, center=True, min_periods=10).median()
    away = (rest - middle).abs()
    scale = SIGMA * away.rolling(AROUND, center=True, min_periods=10).median()
    scale = scale.clip(lower=FLOOR * _overall(rest.to_numpy(dtype=float)))
    score = away / scale
    found = score[score > LIMIT].sort_values(ascending=False).index
    largest = found[:MARKED]
    drawn = thinning.extremes(used.to_numpy(dtype=float))
    return Outliers(
        found=moves[largest],
        expected=(middle + usual_here)[largest],
        usual=scale[largest],
        marks=used[largest].sort_index(),
        drawn=used.iloc[drawn],
        n=len(found),
        n_spikes=int(cleaning.outliers(np.log(used) if in_percent else used).sum()),
        season=season,
        n_used=len(used),
        in_percent=in_percent,
    )


def _overall(moves: Array) -> float:
    """Robust standard deviation of all changes; of those above zero where most are zero."""
    away = np.abs(moves - np.median(moves))
    middle = float(np.median(away))
    if middle == 0 and (away > 0).any():
        middle = float(np.median(away[away > 0]))
    return SIGMA * (middle or 1.0)
