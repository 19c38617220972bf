"""Rows of uneven length: which are harmless, and when to refuse the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forecast.reading.kinds import bare_width, is_typed, kinds
from forecast.reading.layout import Layout, is_data, is_remark
from forecast.reading.model import Warning
from forecast.reading.refusals import prose, ragged, surplus

_TYPED = 0.3  # share of cells that are numbers or dates, below which rows are sentences
_FEW = 0.01  # share of rows that may lack cells at their end


def even_rows(
    rows: Iterable[Sequence[str]], layout: Layout
) -> tuple[list[Sequence[str]], tuple[Warning, ...]]:
    """Rows of exactly ``layout.width`` cells.

    Blank rows go. Empty cells beyond the width go. Rows that lack cells at their end get empty ones
    if they are few, with a warning. Notes below the table go.

    Raises:
        DataError: ``ragged-rows`` if rows have too many cells, or many have too few.
    """
    kept: list[Sequence[str]] = []
    short: list[int] = []
    odd: list[Sequence[str]] = []
    width, n_remarks, n_flags = layout.width, 0, 0
    for row in rows:
        n = len(row) if len(row) <= width else max(bare_width(row), width)
        if n == width:
            kept.append(row[:width])
        elif bare_width(row) == 0 or (bare_width(row) == 1 and row[0].startswith("#")):
            continue
        elif n > width and _is_flagged(row, layout):
            kept.append(row[:width])
            n_flags += 1
        elif n > width:
            odd.append(row)
        elif _is_remark(row, layout):
            n_remarks += 1
        elif _is_heading(row, layout):
            kept.append([row[0], *[""] * (width - 1)])
        else:
            if any(map(is_typed, layout.profile[n:])):  # else the notes' cell is left out
                short.append(len(kept))
            kept.append([*row, *[""] * (width - n)])
    kept, short, n_notes = _without_notes(kept, short, layout)
    if odd and not short and layout.n_header and "text" not in kinds(odd[0]):
        raise surplus(width, len(odd[0]), odd[0])
    if odd or len(short) > max(_FEW * len(kept), 0 if len(kept) < 100 else 1):
        if "date" not in layout.profile and _are_words([*kept[:50], *odd[:50]]):
            raise prose(" ".join(cell for row in (kept or odd)[:3] for cell in row))
        n_bad = len(odd) + len(short)
        rows_are = "1 row" if n_bad == 1 else f"{n_bad:,} rows"
        raise ragged(f"{rows_are} with more or fewer", f"{width} cells in every row")
    return kept, _told(len(short), n_remarks, n_flags, n_notes)


def _told(n_short: int, n_remarks: int, n_flags: int, n_notes: int) -> tuple[Warning, ...]:
    """What was made of the rows that are not like most, in words."""
    warnings: list[Warning] = []
    if n_short:
        warnings.append(
            Warning(
                "short-rows",
                "1 row ends early; its missing cells are empty."
                if n_short == 1
                else f"{n_short:,} rows end early; the missing cells are empty.",
            )
        )
    if n_remarks:
        rows_are = "1 row holds" if n_remarks == 1 else f"{n_remarks:,} rows hold"
        text = f"{rows_are} a remark instead of values, such as a dividend: left out."
        warnings.append(Warning("remarks", text))
    if n_flags:
        rows_bear = "1 row bears" if n_flags == 1 else f"{n_flags:,} rows bear"
        warnings.append(Warning("remarks", f"{rows_bear} a word behind the last column: left out."))
    if n_notes:
        lines_were = "One line below the table was"
        if n_notes > 1:
            lines_were = f"{n_notes} lines below the table were"
        warnings.append(Warning("footer", f"{lines_were} left out."))
    return tuple(warnings)


def _are_words(rows: Sequence[Sequence[str]]) -> bool:
    """Whether few cells are numbers or dates, as in sentences that were cut at their blanks."""
    looks = [what for row in rows for what in kinds(row) if what != "empty"]
    return sum(map(is_typed, looks)) < _TYPED * len(looks)


def _is_remark(row: Sequence[str], layout: Layout) -> bool:
    """A date with words beside it, in a table of numbers: ``1 Mar 2021, 0.24 Dividend``."""
    looks = list(zip(kinds(row), layout.profile, strict=False))
    if not looks or looks[0] != ("date", "date"):
        return False
    said = [what for what, _ in looks[1:]]
    return "text" in said and not any(map(is_typed, said)) and len(row) < 0.5 * layout.width


def _is_flagged(row: Sequence[str], layout: Layout) -> bool:
    """A whole row with a word behind it: ``2024 1 8.3 Provisional``."""
    return is_remark(row[layout.width :]) and is_data(kinds(row[: layout.width]), layout.profile)


def _is_heading(row: Sequence[str], layout: Layout) -> bool:
    """A word alone in a table whose rows begin with words: ``Income`` above its items."""
    is_labelled = layout.profile[0] == "text" and any(map(is_typed, layout.profile[1:]))
    return is_labelled and bare_width(row) == 1 and kinds(row)[0] == "text"


def _without_notes(
    rows: list[Sequence[str]], short: list[int], layout: Layout
) -> tuple[list[Sequence[str]], list[int], int]:
    end = len(rows)
    while end > 1 and len(rows) - end < 40:
        look = kinds(rows[end - 1])
        is_note = not is_data(look, layout.profile) and not _is_blank_value(look, layout)
        if not is_note:
            break
        end -= 1
    return rows[:end], [index for index in short if index < end], len(rows) - end


def _is_blank_value(look: Sequence[str], layout: Layout) -> bool:
    """A row with its date and no value yet is data, if data without a value."""
    typed = [what for what, usual in zip(look, layout.profile, strict=False) if usual == "date"]
    return bool(typed) and all(map(is_typed, typed))
