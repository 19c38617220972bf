"""Where the table stands in a file: lines above it, header rows, first row of data, columns.

The rows of data show what is typical: how many cells, and which of them are numbers or dates. The
first row like that starts the data; rows of words right above it are its header; what stands
further up is a title or a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forecast.reading.across import dates_across, heads, joined_periods
from forecast.reading.described import described
from forecast.reading.kinds import bare_width, is_typed, kinds
from forecast.reading.refusals import is_named, ragged, surplus
from forecast.reading.totals import is_total
from forecast.reading.words import CLOSES, DATES, PRICES, VALUES, normal, tokens

_MAX_HEADER_ROWS = 4
_FEWEST_AFTER, _MANY_BEFORE = 2, 20  # rows


@dataclass(frozen=True)
class Layout:
    """The place of a table among rows."""

    first: int  # index of the first row of data
    width: int  # cells of a row
    names: tuple[str, ...]  # one for each column; "" where the file names none
    n_header: int  # header rows
    profile: tuple[str, ...]  # the usual kind of cell in each column
    constants: tuple[str, ...] = ()  # header words all value columns share: a ticker, usually


def find_layout(
    rows: Sequence[Sequence[str]], apart: Collection[int] = frozenset()
) -> Layout | None:
    """Find the table among the first rows of a file; None if no row looks like data.

    Args:
        rows: their cells.
        apart: the indices of rows below a blank line.
    """
    widest = max(map(bare_width, rows), default=0)
    rows = joined_periods([row[:widest] for row in rows])
    looks = [kinds(row) for row in rows]
    width = _usual_width(rows, looks)
    if width == 0:
        return None
    profile = _profile(looks, width)
    if not any(map(is_typed, profile)):
        return None
    first = _first_row(rows, looks, width, profile)
    if first is None:
        return None
    if len(rows) > first + 1 and heads(rows[first], [*rows[first + 1], *[""] * width]):
        first += 1
    _refuse_early_rows(rows[:first], profile, rows[first], apart)
    header = _header_rows(rows, looks, first, width, apart)
    if sum(row[0] == "#" for row in rows[:first]) > 1:
        # Lines of comment, in whose header the sign takes the place of no name.
        header = [[*row[1:], ""] if row[0] == "#" else row for row in header]
    above = rows[max(first - len(header) - 1, 0) : first] if len(header) < 2 else header
    _refuse_unnamed(above, width, profile, rows[first])
    names, constants = _names([list(row) for row in header], width, rows[first])
    return Layout(first, width, names, len(header), tuple(profile), constants)


def _refuse_unnamed(
    header: Sequence[Sequence[str]], width: int, profile: Sequence[str], sample: Sequence[str]
) -> None:
    """Refuse numbers behind the last heading: nobody can tell which heading stands over which.

    ``Date,Close`` above ``2022-01-03,98,45``, where the comma is the decimal mark too. R leaves out
    the name of the row names, which is one less and no date.

    Raises:
        DataError: ``ragged-rows``.
    """
    # A row of data that is shorter than most may have been taken for a header.
    words = [row for row in header if not any(what in ("date", "number") for what in kinds(row))]
    named = max(map(len, words), default=width)
    full = named > 1 and all(all(row) for row in words if len(row) == named)
    behind = [what for what in profile[named:] if what != "empty"]
    if not full or not behind or any(what == "text" for what in behind):
        return
    begins_with_date = profile[0] == "date" and any(map(is_named, words))
    if not begins_with_date and (named == width - 1 or named < 0.5 * width):
        return  # the latter may be a title
    raise surplus(named, width, sample)


def _refuse_early_rows(
    rows: Sequence[Sequence[str]],
    profile: Sequence[str],
    sample: Sequence[str],
    apart: Collection[int],
) -> None:
    """Refuse rows of data right above those that look like most, with fewer cells than they have.

    ``2024-01-20,999.19`` above ``2024-01-21,1,000.20``, where the comma that groups thousands cuts
    the later ones.

    Raises:
        DataError: ``ragged-rows``.
    """
    first = len(rows)
    while first > 0 and first not in apart and _is_early(rows[first - 1], profile, sample):
        first -= 1
    if len(rows) - first < _FEWEST_AFTER:
        return
    above = rows[first - 1] if first else ()
    if len(above) == len(rows[first]) and "text" in kinds(above):
        raise surplus(len(above), len(sample), sample)
    raise ragged(f"some of {len(rows[first])} cells and some of {len(sample)}")


def _is_early(row: Sequence[str], profile: Sequence[str], sample: Sequence[str]) -> bool:
    look = kinds(row)
    dated = look[0] == profile[0] == "date" and "number" in look[1:]
    return dated and 1 < len(row) < len(sample)


def is_data(look: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row's cells are of the usual kinds: dates where dates stand, mostly numbers."""
    n_typed, n_fit = 0, 0
    for what, usual in zip(look, profile, strict=False):
        if not is_typed(usual):
            continue
        if usual == "date" and what not in ("date", "number", "empty"):
            return False
        if what != "empty":
            n_typed += 1
            n_fit += is_typed(what)
    return n_fit > 0 and n_fit >= 0.5 * n_typed


def is_remark(rest: Sequence[str]) -> bool:
    """Whether cells behind the last column are words that belong to none: ``Provisional``."""
    words = [cell for cell in rest if cell]
    if not words:
        return False
    return words[0].startswith("#") or (len(words) == 1 and words[0].strip("()* ").isalpha())


def _usual_width(rows: Sequence[Sequence[str]], looks: list[list[str]]) -> int:
    weights: Counter[int] = Counter()
    for row, look in zip(rows, looks, strict=True):
        n_typed = sum(map(is_typed, look))
        if n_typed:
            weights[len(row)] += n_typed
    return max(weights, key=lambda width: weights[width]) if weights else 0


def _profile(looks: list[list[str]], width: int) -> list[str]:
    body = [look for look in looks if len(look) == width and any(map(is_typed, look))]
    body = body[len(body) // 3 :]  # notes above the table may have the same width
    usual = []
    for column in range(width):
        count = Counter(look[column] for look in body)
        empty = count.pop("empty", 0)
        what, n = count.most_common(1)[0] if count else ("empty", 0)
        usual.append(what if n >= 0.5 * (len(body) - empty) else "text")
    return usual


def _first_row(
    rows: Sequence[Sequence[str]], looks: list[list[str]], width: int, profile: list[str]
) -> int | None:
    fit = [
        (len(row) == width or bare_width(row) == width or is_remark(row[width:]))
        and is_data(look, profile)
        and not _heads_dates(row, look, profile)
        for row, look in zip(rows, looks, strict=True)
    ]
    for index, good in enumerate(fit):
        after = fit[index + 1 : index + 6]
        if len(after) < _FEWEST_AFTER and index > _MANY_BEFORE:
            return None  # rows of all widths, and by chance one at the end is as the widest
        if _is_note(looks[index], profile):
            continue
        if bare_width(rows[index]) == 1 < width and after and not after[0]:
            continue  # "Published 12 January 2024", padded to the width of a table further down
        # The dates of one country across the top, a single row of its values, and notes below.
        alone = good and any(map(dates_across, _above(rows, index)))
        if good and (alone or sum(after) >= 0.5 * len(after)):
            return index
    return None


def _above(rows: Sequence[Sequence[str]], index: int) -> Sequence[Sequence[str]]:
    """The row above one, and the next where that holds but a word: ``GEO (Labels)``."""
    start = index - 2 if index > 1 and bare_width(rows[index - 1]) <= 1 else index - 1
    return rows[max(start, 0) : index]


def _names_dates(row: Sequence[str], width: int) -> bool:
    """Whether a row of the table's width begins with the name of dates."""
    return bool(row) and len(row) == width and normal(row[0]) in DATES


def _heads_dates(row: Sequence[str], look: Sequence[str], profile: Sequence[str]) -> bool:
    """Whether a row begins with the name of dates: ``data;1USD``, whose rest is like amounts."""
    return look[0] == "text" and is_typed(profile[0]) and normal(row[0]) in DATES


def _is_note(look: Sequence[str], profile: Sequence[str]) -> bool:
    """``Last Updated,2024-01-15`` above rows of numbers alone."""
    pairs = list(zip(look, profile, strict=False))
    return ("date", "number") in pairs and ("text", "number") in pairs


def _header_rows(
    rows: Sequence[Sequence[str]],
    looks: list[list[str]],
    first: int,
    width: int,
    apart: Collection[int],
) -> list[Sequence[str]]:
    if header := described(rows, first):
        return header
    index = first - 1
    if index > 0 and len(rows[index]) < width == len(rows[index - 1]) and all(rows[index - 1]):
        # Units below the names, where blanks alone part them: which is whose cannot be told.
        return [rows[index - 1]]
    if index > 0 and len(rows[index]) == 1 < width == len(rows[index - 1]):
        index -= 1  # the heading of the first rows: "Income"
    while index >= 0 and len(header) < _MAX_HEADER_ROWS:
        row, look = rows[index], looks[index]
        n_filled = sum(1 for cell in row if cell.strip())
        if not header and index > 0 and _sums_up(row, look, looks[index - 1]):
            index -= 1  # the sums of a table on top of it, below its names
            continue
        if header and (index + 1 in apart or row[0].rstrip().endswith(":")):
            break  # what stands above a blank line, or is a form's field, names no column
        if n_filled == 0:
            if header:
                break
            index -= 1
            continue
        names_index = not header and n_filled == 1 and bool(row[0].strip()) and len(row) > 1
        if header and len(row) != width and len(header[0]) == width and all(header[0]):
            break  # every column has its name, and this line is no part of the table
        is_wide = width - 1 <= max(len(row), bare_width(row)) <= width + 1 or (
            bare_width(row) >= 0.5 * width and len(row) <= width and not header
        )
        dates_above = len(header) == 1 and bare_width(header[0]) == 1 and bool(dates_across(row))
        is_wordy = sum(map(is_typed, look)) < 0.5 * n_filled or not header or dates_above
        enough = n_filled >= 0.5 * width or names_index
        if not header and not enough and index and _names_dates(rows[index - 1], width):
            return [rows[index - 1]]  # what this line adds to some of the names is left out
        if not (is_wide and is_wordy and enough):
            break
        if header and n_filled < 0.6 * width:
            break
        header.insert(0, row)
        index -= 1
    return header


def _sums_up(row: Sequence[str], look: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row above the data holds sums: ``Total,268706,812`` below a row of words."""
    below_words = not any(map(is_typed, above)) and above.count("text") > 0.5 * len(above)
    is_sum = any(map(is_total, filter(None, row))) or (not row[0] and not dates_across(row))
    return below_words and is_sum and sum(map(is_typed, look)) >= 0.5 * (len(row) - 1)


def _names(
    header: list[list[str]], width: int, sample: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One name a column out of one or several header rows."""
    header = [_fit_width([_tidy(cell) for cell in row], width, sample) for row in header]
    if not header:
        return ("",) * width, ()
    if len(header) == 1:
        return tuple(header[0]), ()
    levels, constants = [], []
    for row in header:
        values = {cell for cell in row[1:] if cell}
        word = next(iter(values), "")
        n_named = sum(1 for cell in row[1:] if cell)
        is_shared = len(values) == 1 and n_named >= max(0.9 * (width - 1), 2)
        is_shared = is_shared and not word.startswith(("[", "("))  # a unit
        if is_shared and not tokens(word) & (CLOSES | PRICES | VALUES):
            constants.append(word)  # the same ticker everywhere names no column
        else:
            levels.append(row)
    said = [row[0] for row in reversed(header) if row[0]]
    first = next((word for word in said if not word.startswith(("[", "("))), "".join(said[:1]))
    names = [first]
    for column in range(1, width):
        parts: list[str] = []
        for row in levels or header:
            if row[column] and row[column] not in parts:
                parts.append(row[column])
        names.append(" ".join(parts) or (constants[-1] if constants else ""))
    return tuple(names), tuple(constants)


def _tidy(cell: str) -> str:
    text = " ".join(cell.split()).strip("\"' ")
    text = text.lstrip("#").strip() or text
    return "" if text.lower().startswith("unnamed:") else text


def _fit_width(row: list[str], width: int, sample: Sequence[str]) -> list[str]:
    if row and row[0] == "#" and bare_width(row) > width:
        row = row[1:]  # the sign of a comment; in a header that fits, it names the row numbers
    dated = bool(row) and bool(tokens(row[0]) & DATES) and kinds(sample[:1]) == ["date"]
    if len(row) == width - 1 and sample and sample[-1].strip() and not dated:
        return ["", *row]  # R leaves out the name of the row names
    return (row + [""] * width)[:width]
