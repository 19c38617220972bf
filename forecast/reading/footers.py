"""Notes below a table: sources, totals, disclaimers, a last line cut off in the download."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import DataError
from forecast.reading.delimiter import split_rows
from forecast.reading.kinds import bare_width, is_typed, kinds
from forecast.reading.layout import Layout, is_data
from forecast.reading.model import Warning

_TAIL = 16_000  # bytes
_MOST = 40  # lines


def cut_footers(body: bytes, delimiter: str, layout: Layout) -> tuple[bytes, list[str]]:
    """Take lines off the end of a body until one looks like data.

    Args:
        body: the file from its first row of data on.
        delimiter: what stands between cells.
        layout: what rows of data look like.

    Returns:
        The body without them, and the lines that held anything.
    """
    footers: list[str] = []
    end = _end(body, len(body))
    lowest = max(0, end - _TAIL)
    while end > lowest and len(footers) < _MOST:
        start = body.rfind(b"\n", 0, end) + 1
        if start == 0:
            break
        line = body[start:end].decode("utf-8", errors="replace").strip("\r\n")
        if _is_row(line, delimiter, layout):
            break
        if line.strip(" ,;\t|\r"):
            footers.insert(0, line.strip())
        end = _end(body, start)
    whole = body[end:] == b"\n"  # as most files are: nothing to copy
    return body if whole else body[:end] + b"\n", footers


def _end(body: bytes, end: int) -> int:
    """Where the last line before ``end`` ends that is not empty, without copying the file."""
    while end:
        start = max(0, end - _TAIL)
        if filled := len(body[start:end].rstrip(b"\r\n")):
            return start + filled
        end = start
    return 0


def _is_row(line: str, delimiter: str, layout: Layout) -> bool:
    try:
        row: Sequence[str] = next(iter(split_rows([line], delimiter)), [])
    except DataError:
        return False
    # An odd quote means that this line is the end of a longer, quoted cell: leave it be.
    if line.count('"') % 2:
        return True
    look = kinds(row)
    if look[:1] == ["text"] and layout.profile[0] == "number" and "date" not in layout.profile:
        return False  # "units;1;1" below dates such as 20240102, or below row numbers
    # Empty cells at the end of the last line may have gone with the line's end.
    least = bare_width(["" if usual == "empty" else usual for usual in layout.profile])
    if not least <= len(row) <= layout.width and bare_width(row) != layout.width:
        # A short line with a date in its place may be a row cut off; that is for the caller to say.
        return len(row) > layout.width and is_data(look, layout.profile)
    dated = [what for what, usual in zip(look, layout.profile, strict=False) if usual == "date"]
    return is_data(look, layout.profile) or (bool(dated) and all(map(is_typed, dated)))


def footer_warning(footers: Sequence[str]) -> Warning:
    """What was left out, in words."""
    first = footers[0][:80]
    if len(footers) == 1:
        return Warning("footer", f'One line below the table was left out: "{first}".')
    return Warning(
        "footer", f'{len(footers)} lines below the table were left out, from "{first}" on.'
    )
