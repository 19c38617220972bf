"""How a column spells its dates: the layouts that fit a sample of its cells and its header.

Some spellings need more than the cell: 202203 may be a week, 20061 a quarter and 01/16 a month, but
only under a header that says so; 2001/02 is a season where every cell ends in the next year.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from forecast.reading.dates import parse
from forecast.reading.months import MONTHS
from forecast.reading.remarks import unmarked
from forecast.reading.shapes import COLONS, QUARTERS, SEASON, SHAPES, SHORT_MONTH, WEEKS, Shape
from forecast.reading.words import (
    DATES,
    MONTH_COLUMNS,
    NULLS,
    QUARTER_COLUMNS,
    WEEK_COLUMNS,
    tokens,
)

_ENOUGH = 0.9  # share of the sample's cells a layout must fit
_NEIGHBOURS = 50  # cells at the start of a sample that follow each other in the file too


def find_shapes(sample: Sequence[str], header: str = "") -> tuple[Shape, ...]:
    """The layouts that together fit a sample of cells, best first; none if they fit too few.

    Args:
        sample: cells of one column.
        header: its name, which can say that 01/2022 is a week and not a month, or 20221 a quarter.
    """
    cells = [cell for cell in sample if cell.lower() not in NULLS]
    if not cells:
        return ()
    named = _named_shape(cells, header)
    if named is not None:
        return (named,)
    return _common_shapes(cells) or _short_months(cells, header)


def _common_shapes(cells: Sequence[str]) -> tuple[Shape, ...]:
    """The layouts that together fit, whatever the header says."""
    if len(set(cells)) > 1 and all(
        fits(cell, SEASON) or fits(unmarked(cell), SEASON) for cell in cells
    ):
        return (SEASON,)
    few = cells[:: max(1, len(cells) // 24)]
    if not any(fits(cell, shape) for cell in few for shape in SHAPES):
        return ()
    best: tuple[int, Shape | None] = (0, None)
    for shape in SHAPES:
        n_fit = sum(fits(cell, shape) for cell in cells)
        if n_fit > best[0]:
            best = (n_fit, shape)
    if best[1] is None or best[0] < 0.3 * len(cells):
        return ()
    found, left = [best[1]], [cell for cell in cells if not fits(cell, best[1])]
    for shape in SHAPES:
        is_longer = shape.name == "year" and best[1].step in ("month", "quarter", "half-year")
        if left and shape is not best[1] and (shape.weak == best[1].weak or is_longer):
            fitting = [cell for cell in left if fits(cell, shape)]
            if fitting:
                found.append(shape)
                left = [cell for cell in left if cell not in fitting]
    left = [cell for cell in left if not any(fits(unmarked(cell), shape) for shape in found)]
    return tuple(found) if len(left) <= (1 - _ENOUGH) * len(cells) else ()


def _short_months(cells: Sequence[str], header: str) -> tuple[Shape, ...]:
    """01/16, 02/16 … as months: only where the header speaks of dates and one follows another."""
    words = tokens(header)
    if not words & (DATES | MONTH_COLUMNS) or len(cells) < 3:
        return ()
    if not all(fits(cell, SHORT_MONTH) for cell in cells):
        return ()
    near = pa.array(cells[:_NEIGHBOURS])
    stamps = parse(near, (SHORT_MONTH,)).stamps
    steps = np.diff(stamps.astype("M8[M]").astype(np.int64))
    follow = (steps == 1).mean() >= _ENOUGH or (steps == -1).mean() >= _ENOUGH
    # Within one year, 01/05 to 12/05 may be days of May without a year.
    sure = bool(words & MONTH_COLUMNS) or len(np.unique(stamps.astype("M8[Y]"))) > 1
    return (SHORT_MONTH,) if follow and sure else ()


def _named_shape(cells: Sequence[str], header: str) -> Shape | None:
    """The layout of cells that only their header makes dates: weeks, or quarters such as 20061."""
    words = tokens(header)
    for names, shapes, share in (
        (WEEK_COLUMNS, WEEKS, _ENOUGH),
        (QUARTER_COLUMNS, QUARTERS, 1.0),
    ):
        for shape in shapes if words & names else ():
            if sum(fits(cell, shape) for cell in cells) >= share * len(cells):
                return shape
    return None


def fits(cell: str, shape: Shape) -> bool:
    """Whether one cell has a shape and, for shapes of plain digits, gives a sensible date.

    30 February has the layout of a date: it is refused as such later, not taken for a word.
    """
    if len(cell) > 80:
        return False
    match = shape.regex.match(cell)
    if match is None:
        return False
    said = match.groupdict()
    if "mon" in said and said["mon"].lower().strip(". ") not in MONTHS:
        return False
    if "y2" in said:
        following = int(said["y"]) + 1
        return 1700 < following <= 2100 and int(said["y2"]) in (following, following % 100)
    if "ry" in said and not 1 <= int(said["ry"]) <= 200:
        return False
    if "w" in said and not 1 <= int(said["w"]) <= 53:
        return False
    if "q" in said and not 1 <= int(said["q"]) <= 4:
        return False
    if "h" in said and not "1" <= said["h"] <= "2":
        return False
    if said.get("mf", "10") in "23456789":
        return False
    if "mf" in said and not 1 <= int(said["mf"].ljust(2, "0")) <= 12:
        return False
    if shape.step == "month" and "m" in said and not 1 <= int(said["m"]) <= 12:
        return False
    if shape in (*WEEKS, *QUARTERS, *COLONS):
        return 1700 <= int(said["y"]) <= 2100
    return not shape.weak or _is_recent(said, shape)


def looks_like_date(cell: str) -> bool:
    """Whether one cell is a date in a layout that plain numbers do not share."""
    return any(not shape.weak and fits(cell, shape) for shape in (*SHAPES, SEASON))


def _is_recent(said: dict[str, str | None], shape: Shape) -> bool:
    """Whether plain digits, read as a date, give one in recent centuries.

    Ten digits may count seconds too. Those of our days begin with 16 to 18, those that begin with a
    year of ours lie in the 2030s: so a year from 1900 on is taken for one.
    """
    if said.get("e"):
        count = int(str(said["e"]))
        while count >= 10**11:
            count //= 1000
        return 10**8 < count < 4_200_000_000
    if said.get("n"):
        return 10_000 <= int(str(said["n"])) <= 80_000
    first = 1900 if shape.name == "compact hour" else 1700
    limits = {
        "y": (first, 2100),
        "c": (first, 2100),
        "m": (1, 12),
        "d": (1, 31),
        "dd": (1, 366),
        "H": (0, 24),
        "Mi": (0, 59),
    }
    return all(
        low <= int(str(said[part])) <= high
        for part, (low, high) in limits.items()
        if said.get(part)
    )
