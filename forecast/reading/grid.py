"""Text → a grid: named columns of cells, every one still text.

The first lines tell the layout; then Arrow cuts the whole file. Files that bend the rules of CSV
(runs of blanks, quotes after blanks, rows of uneven length) take a slower way round through the
standard library.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from forecast.errors import DataError
from forecast.reading.delimiter import declared, refuse_open_end, sniff, split_rows, unclosed_quote
from forecast.reading.footers import cut_footers, footer_warning
from forecast.reading.kinds import kinds
from forecast.reading.layout import Layout, find_layout, is_data
from forecast.reading.model import Warning
from forecast.reading.ragged import even_rows
from forecast.reading.refusals import no_table, too_many_columns
from forecast.reading.text import Text
from forecast.reading.trimming import trim

MAX_COLUMNS = 1_000
_HEAD = 200_000  # bytes looked at to find the layout
_HEAD_ROWS = 400
_NO_SIGN = "\x1f"  # stands in no text: cuts a file of one column into that column


@dataclass(frozen=True)
class Grid:
    """A table of text cells."""

    names: tuple[str, ...]
    columns: tuple[Any, ...] = field(repr=False)  # pyarrow strings, trimmed, without nulls
    encoding: str
    delimiter: str
    has_header: bool
    decimal: str = ""  # what the format itself fixes ("." in a workbook), else ""
    constants: tuple[str, ...] = ()  # header words that all columns share
    warnings: tuple[Warning, ...] = ()
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """Rows of data."""
        return len(self.columns[0]) if self.columns else 0


def to_grid(text: Text, delimiter: str | None = None) -> Grid:
    """Find the table in a text and cut it into columns.

    Args:
        text: the decoded file.
        delimiter: what stands between cells, if a person said so; None to find out.

    Returns:
        Its columns as text.

    Raises:
        DataError: ``header-only``, ``prose``, ``no-table``, ``too-many-columns``, ``ragged-rows``
            or ``unclosed-quote``.
    """
    data, declaration = _without_declaration(text.data)
    head = _head(data)
    asked = delimiter is not None
    delimiter = delimiter if delimiter is not None else declaration or _sign(head)
    if not asked and _is_wrapped(head):
        data = _unwrap(data.decode("utf-8", errors="replace")).encode()
        head = _head(data)
        delimiter = sniff(head)
    rows, starts = _records(head, delimiter)
    _check_width(rows)
    layout = find_layout(rows[:_HEAD_ROWS], _below_blank(head, starts))
    if layout is None:
        raise unclosed_quote() if head.count('"') % 2 else no_table(rows, delimiter)
    body = data[_offset(data, starts[layout.first]) :]
    body, footers = cut_footers(body, delimiter, layout)
    columns, warnings = _columns(body, delimiter, layout)
    refuse_open_end(body, delimiter)
    names, columns = _named(layout, columns)
    if footers:
        warnings = (*warnings, footer_warning(footers))
    return Grid(
        names,
        columns,
        text.encoding,
        delimiter,
        layout.n_header > 0,
        constants=layout.constants,
        warnings=text.warnings + warnings,
    )


def grid_of_rows(rows: Sequence[Sequence[str]], sheet: str, sheets: tuple[str, ...]) -> Grid:
    """A workbook's sheet as a grid.

    Raises:
        DataError: as :func:`to_grid`.
    """
    _check_width(rows[:_HEAD_ROWS])
    layout = find_layout(rows[:_HEAD_ROWS])
    if layout is None:
        raise no_table(rows)
    body, warnings = even_rows(rows[layout.first :], layout)
    names, columns = _named(layout, _from_rows(body, layout.width))
    return Grid(
        names,
        columns,
        "workbook",
        "",
        layout.n_header > 0,
        decimal=".",
        constants=layout.constants,
        warnings=warnings,
        sheet=sheet,
        sheets=sheets,
    )


def _without_declaration(data: bytes) -> tuple[bytes, str]:
    line, _, rest = data.lstrip(b"\r\n")[:200].partition(b"\n")
    delimiter = declared(line.decode("utf-8", errors="replace").strip("\r\n"))
    return (data[data.index(b"\n") + 1 :], delimiter) if delimiter and rest else (data, "")


def _head(data: bytes) -> str:
    """The first lines, each of them whole."""
    if len(data) <= _HEAD:
        return data.decode("utf-8", errors="replace")
    end = data.rfind(b"\n", 0, _HEAD) + 1
    # A first line of more than all that is a header of very many names: they are to be counted.
    end = end or data.find(b"\n", _HEAD) + 1 or len(data)
    return data[:end].decode("utf-8", errors="replace")


def _sign(head: str) -> str:
    """The delimiter, also where an open quotation mark makes one cell of the lines below it."""
    sign = sniff(head)
    return sniff(head.replace('"', "")) if sign in ("", " ") and head.count('"') % 2 else sign


def _records(head: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Rows that are not blank, and the line each starts at."""
    lines = head.split("\n")
    rows, starts = [], []
    taken = 0

    def feed() -> Any:
        nonlocal taken
        for line in lines:
            taken += 1
            yield line + "\n"

    start = 0
    for row in split_rows(feed(), delimiter):
        if any(cell.strip() for cell in row) and not _is_rule("".join(row)):
            rows.append([cell.strip() for cell in row])
            starts.append(start)
            if any(cell.count("\n") > 200 for cell in row):
                raise unclosed_quote()
        start = taken
        if len(rows) >= _HEAD_ROWS:
            break
    return rows, starts


def _below_blank(head: str, starts: Sequence[int]) -> frozenset[int]:
    """The rows right above which a line is blank."""
    lines = head.split("\n", starts[-1] + 1) if starts else []
    blank = {i for i, line in enumerate(lines) if not line.strip(" ,;\t|\r")}
    return frozenset(i for i, start in enumerate(starts) if start - 1 in blank)


def _is_rule(line: str) -> bool:
    """A line drawn below a header: ``-----+------``."""
    return "--" in line and not line.strip("-=:+| \t")


def _offset(data: bytes, line: int) -> int:
    offset = 0
    for _ in range(line):
        offset = data.index(b"\n", offset) + 1
    return offset


def _check_width(rows: Sequence[Sequence[str]]) -> None:
    width = max((len(row) for row in rows), default=0)
    if width > MAX_COLUMNS:
        raise too_many_columns(width, MAX_COLUMNS)


def _is_wrapped(head: str) -> bool:
    """Whether each line is quoted as a whole: ``"2020-01-02,""1.5"",7"``.

    Some programs save a CSV as one column of text.
    """
    filled = [line.strip() for line in head.split("\n")[:50] if line.strip()]
    pattern = re.compile(r'"(?:[^"]|"")*[,;\t|](?:[^"]|"")*"[,;]*')
    return len(filled) >= 2 and all(pattern.fullmatch(line) for line in filled)


def _unwrap(text: str) -> str:
    bare = re.sub(r'(?m)^[ \t]*"|"[,;]*[ \t\r]*$', "", text)
    return bare.replace('""', '"')


def _columns(
    body: bytes, delimiter: str, layout: Layout
) -> tuple[tuple[Any, ...], tuple[Warning, ...]]:
    if delimiter == " ":
        body = re.sub(rb"(?m)^ +|[ \r]+$", b"", body)
        body, delimiter = re.sub(rb" +", _NO_SIGN.encode(), body), _NO_SIGN
    by_the_book = not re.search(rb'[,;\t|] +"', body[:_HEAD])
    if by_the_book:
        table, uneven = _cut(body, delimiter, layout.width)
        if table is not None and not uneven:
            columns = tuple(trim(column.combine_chunks()) for column in table.columns)
            if b'"' in body:  # or no cell can hold a line's end
                _refuse_swallowed(columns, delimiter, layout)
            return columns, ()
    text = body.decode("utf-8", errors="replace")
    try:
        rows, warnings = even_rows(split_rows(io.StringIO(text, newline="\n"), delimiter), layout)
    except DataError as error:
        if error.code == "ragged-rows" and body.count(b'"') % 2:
            raise unclosed_quote() from error
        raise
    columns = _from_rows(rows, layout.width)
    _refuse_swallowed(columns, delimiter, layout)
    return columns, warnings


def _cut(body: bytes, delimiter: str, width: int) -> tuple[Any, bool]:
    """Arrow's table, and whether rows had to be left out of it; None if Arrow gave up."""
    uneven = False

    def skip(row: Any) -> str:
        nonlocal uneven
        uneven = True
        return "skip"

    names = [str(index) for index in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=8 << 20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter or _NO_SIGN,
                newlines_in_values=b'"' in body,
                invalid_row_handler=skip,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None, True
    return table, uneven


def _from_rows(rows: Sequence[Sequence[str]], width: int) -> tuple[Any, ...]:
    return tuple(
        trim(pa.array([row[column] for row in rows], pa.string())) for column in range(width)
    )


def _refuse_swallowed(columns: Sequence[Any], delimiter: str, layout: Layout) -> None:
    """Refuse if a quoted cell holds whole rows: a quote that never closed, or closed too late."""
    if delimiter in ("", _NO_SIGN):
        return
    n_needed = max(len(columns) - 1, 1)

    def is_row(line: str) -> bool:
        return line.count(delimiter) >= n_needed and is_data(
            kinds(line.split(delimiter)), layout.profile
        )

    for column in columns:
        broken = column.filter(pc.match_substring(column, "\n"))
        for cell in broken[:1000].to_pylist():
            if any(map(is_row, cell.split("\n"))):
                raise unclosed_quote()


def _named(layout: Layout, columns: tuple[Any, ...]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Names made unique; columns without a name and without a value left out."""
    names, kept, seen = [], [], dict.fromkeys(layout.names, 0)
    for place, (name, column) in enumerate(zip(layout.names, columns, strict=True)):
        if not name and not pc.any(pc.not_equal(column, "")).as_py():
            continue
        name = name or f"column {place + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        kept.append(column)
    if not kept or len(kept[0]) == 0:
        raise DataError(
            "header-only",
            "This file has a header but no rows.",
            expected="rows of dates and numbers below the header",
            received="a header alone",
            fix="Choose a longer date range where you export the data.",
        )
    return tuple(names), tuple(kept)
