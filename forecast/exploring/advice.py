"""What the findings suggest for the settings of a run, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forecast import windows
from forecast.config import Config
from forecast.exploring import memory, needs
from forecast.exploring.decomposition import MOST_ROWS, Period, periods
from forecast.exploring.rhythms import Rhythm, span
from forecast.exploring.whole import whole
from forecast.reading.cleaning import count_gaps
from forecast.seasons import LEAST_CYCLES

LEAST_IN = 10  # past steps where nothing asks for more
SHARE_IN = 5  # past steps take at most a fifth of the rows, so that enough windows are left
CLOSER = 0.03  # strength by which a longer season has to outdo the shortest to be told of
WEAK = 0.05  # an autocorrelation of changes this small is of no use, however sure it is
A_YEAR = pd.Timedelta(days=365.25)
A_DAY = pd.Timedelta(days=1)
BETTER = "Recommended"  # the preset that starts from "same as today" and learns changes


@dataclass(frozen=True)
class Advice:
    """One change of the settings that a click makes."""

    name: str  # "n_steps_in", "n_steps_out" or "preset"
    value: Any
    reason: str  # a sentence with the figures behind it
    n_rows: int | None = None  # rows in use that it takes; None: as many as are


@dataclass(frozen=True)
class Blanks:
    """Dates that are missing in a series with a rhythm, which they shift for a network."""

    n: int
    fill: str  # how they are best filled without a look ahead: a key of ``cleaning.GAPS``
    reason: str


def n_steps_in(series: pd.Series, found: Rhythm, config: Config, most: int) -> Advice | None:
    """How many past steps the series itself asks for; None where it is too short to say.

    Two seasons where there is one, else as far back as changes still tell something about the next,
    else few: more would cost windows and give nothing.

    Args:
        most: the largest value that can be set by hand.
    """
    used = needs.latest(series, MOST_ROWS)
    n_rows = min(len(used), config.data.n_rows or len(used))
    most = min(most, n_rows // SHARE_IN)
    if len(used) < 2 * memory.LEAST_ROWS or np.ptp(used.to_numpy()) == 0 or most < LEAST_IN:
        return None
    clear = sorted((p for p in periods(used) if p.clear), key=lambda p: p.length)
    year = _unseen_year(series, found)
    if clear:
        value, says = _seasons(clear[0], most, found)
        says += _longer(clear, found)
    else:
        none = "Apart from that, no season stands out" if year else "No season stands out"
        value, says = _without_season(used, most, found)
        says = f"{none}{says}"
    n_blank = 0 if found.traded else whole(used).n_blank  # holidays are no blanks
    blank = f"{_are_missing(n_blank, found)}; the network counts rows, so fill them on Data first."
    parts = [says, year] if clear else [year, says]
    return Advice("n_steps_in", value, " ".join(filter(None, [*parts, blank if n_blank else ""])))


def n_steps_out(series: pd.Series, found: Rhythm, config: Config, most: int) -> Advice | None:
    """A horizon of one whole season, so that the forecast shows all of what repeats.

    None where no season stands out, where it does not fit, and where a horizon covers it already.

    Args:
        most: the largest value that can be set by hand.
    """
    used = needs.latest(series, MOST_ROWS)
    if len(used) < 2 * memory.LEAST_ROWS or np.ptp(used.to_numpy()) == 0:
        return None
    clear = sorted((p for p in periods(used) if p.clear), key=lambda p: p.length)
    if not clear or not config.window.n_steps_out < clear[0].length <= most:
        return None
    window = config.window
    back = max(window.n_steps_in, 2 * clear[0].length)
    needed = windows.rows_for(back, clear[0].length, window.validation_split)
    if needed > len(series):
        return None  # a network would have to be believed without a test
    n_rows = needed if needed > min(len(series), config.data.n_rows or len(series)) else None
    takes = f" It takes {found.count(needed)} to test that." if n_rows else ""
    whole_one = clear[0].label or "one whole season"
    return Advice(
        "n_steps_out",
        clear[0].length,
        f"The horizon is {found.count(config.window.n_steps_out)}, and the pattern repeats every "
        f"{found.count(clear[0].length)}: with a horizon of that many the forecast shows "
        f"{whole_one} from beginning to end. The further ahead, the less sure it is.{takes}",
        n_rows,
    )


def _without_season(used: pd.Series, most: int, found: Rhythm) -> tuple[int, str]:
    moves = memory.of_changes(used)
    telling = [lag for lag in moves.telling if abs(moves.at(int(lag))) > WEAK]
    if telling:
        lag = int(max(telling))
        value = min(max(lag, LEAST_IN), most)
        return value, (
            f". Changes still tell something about the one that follows {found.count(lag)} later "
            f"(autocorrelation {_signed(moves.at(lag))}), so {found.count(value)} back reach far "
            f"enough. {taken_back(moves, found)}"
        ).strip()
    largest = moves.strongest
    value = min(LEAST_IN, most)
    return value, (
        f", and past changes hardly tell anything about the next one (the "
        f"strongest autocorrelation is {_signed(moves.at(largest))}, {found.count(largest)} "
        f"back). A long look back gives the network nothing to learn; {found.count(value)} are "
        "enough and leave more windows to learn from."
    )


def taken_back(moves: memory.Memory, found: Rhythm) -> str:
    """What usually follows a rise, where changes side by side surely go together; else ""."""
    if 1 not in moves.telling or abs(moves.at(1)) <= WEAK:
        return ""
    if moves.at(1) < 0:
        return f"A rise is usually partly taken back the next {found.one}."
    return f"A rise is usually followed by another the next {found.one}."


def blanks(series: pd.Series) -> Blanks | None:
    """Blank dates in a series that repeats: with each, the rhythm shifts by a row.

    None where nothing is blank, or where there is no rhythm that it would break.
    """
    used = needs.latest(series, MOST_ROWS)
    if not count_gaps(used):  # a calendar with its holidays takes seconds to be found
        return None
    laid_out = whole(used)
    if not laid_out.n_blank or laid_out.rhythm is None:
        return None
    clear = [period for period in periods(used) if period.clear]
    if not clear:
        return None
    label = clear[0].label.removeprefix("one ") or "pattern"
    step = laid_out.series.index[1] - laid_out.series.index[0]
    fill = "week" if step <= A_DAY and not laid_out.rhythm.traded else "previous"
    return Blanks(laid_out.n_blank, fill, _off(laid_out.n_blank, laid_out.rhythm, label, fill))


def _off(n: int, found: Rhythm, season: str, fill: str) -> str:
    """What rows that are missing do to a season, for those who do not know of windows."""
    them = "it" if n == 1 else "them"
    value = f"{'the value' if n == 1 else 'values'} of {'a week' if fill == 'week' else 'the row'}"
    one = f"{'an' if found.one.startswith(('hour', 'open')) else 'a'} {found.one}"
    return (
        f"{_are_missing(n, found)}. The network learns the {season} by counting rows, and each "
        f"missing one shifts it by {one}. Filling {them} puts in {value} before: made up, so that "
        f"the {season} keeps in step."
    )


def _are_missing(n: int, found: Rhythm) -> str:
    return f"{found.count(n)} {'is' if n == 1 else 'are'} missing"


def _unseen_year(series: pd.Series, found: Rhythm) -> str:
    """That a year cannot be told from so few, where daily to monthly rows could have one."""
    dates, kind = series.index, found.calendar.kind
    coarse = kind in ("daily", "monthly") or (kind == "step" and found.calendar.step >= A_DAY)
    if not coarse or not found.regular or not isinstance(dates, pd.DatetimeIndex):
        return ""
    if found.calendar.months == 12 or dates[-1] - dates[0] >= (LEAST_CYCLES - 0.02) * A_YEAR:
        return ""
    covers = span(dates)
    needed = (
        f"{LEAST_CYCLES} are needed" if "year" in covers else f"{LEAST_CYCLES} years are needed"
    )
    return (
        f"A yearly pattern cannot be told from {covers} ({needed}); a forecast near a yearly peak, "
        "such as Christmas, will not know of it."
    )


def _seasons(season: Period, most: int, found: Rhythm) -> tuple[int, str]:
    name = f" ({season.label})" if season.label else ""
    says = (
        f"The pattern repeats every {found.count(season.length)}{name}: that explains "
        f"{100 * season.strength:.0f} % of what is not trend."
    )
    for n, words in ((2, "Two of them show"), (1, "One of them shows")):
        if n * season.length <= most:
            value = max(n * season.length, LEAST_IN)
            end = "." if value == n * season.length else " are the least that makes sense."
            return value, f"{says} {words} the network the whole pattern: {found.count(value)}{end}"
    return most, (
        f"{says} A whole season does not fit: {found.count(most)} are the most that the rows in "
        "use allow."
    )


def _longer(clear: Sequence[Period], found: Rhythm) -> str:
    """That a longer season explains even more, as a week does where days differ; else ""."""
    strongest = max(clear, key=lambda period: period.strength)
    if strongest.strength < clear[0].strength + CLOSER:
        return ""
    named = f" ({strongest.label})" if strongest.label else ""
    return (
        f" Every {found.count(strongest.length)}{named} it repeats more closely still "
        f"({100 * strongest.strength:.0f} %): looking back that far shows the network this too, "
        "and takes more rows and more time."
    )


def preset(series: pd.Series, config: Config, known: Collection[str]) -> Advice | None:
    """The preset that starts where a series is hardest to beat: at its last value.

    None where it is in use already, or where the series is too short to say why.
    """
    used = needs.latest(series, MOST_ROWS)
    if BETTER not in known or config.preset == BETTER or len(used) < memory.LEAST_ROWS:
        return None
    if np.ptp(used.to_numpy()) == 0:
        return None
    next_to = memory.of_values(used, 1).at(1)
    why = (
        "each value is nearly the last one again, so “same as today” is hard to beat"
        if next_to > 0.9
        else "a value says only so much about the next, so a network easily learns noise"
    )
    return Advice(
        "preset",
        BETTER,
        f"Neighbouring values go together with a correlation of {next_to:.3f}: {why}. "
        f"{BETTER} starts at “same as today” and has to earn each step away from it.",
    )


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")
