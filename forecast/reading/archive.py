"""ZIP containers: which are workbooks, and which would blow up when unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from forecast.errors import DataError

MAX_UNPACKED = 400_000_000
MAX_RATIO = 120  # real workbooks shrink to a tenth, monotonous ones to a fiftieth
MAX_CELLS = 12_000_000
_CHUNK = 1 << 20
_ENCRYPTED = 1  # the flag of a ZIP's entry
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsb", ".xls", ".ods")
_DOCUMENTS = {"word/": "a Word document", "ppt/": "a PowerPoint presentation"}
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')
_WIDE = re.compile(rb'r="([A-Z]{2,})\d')
# A formula whose result is no text has one, if only 0.
_UNANSWERED = re.compile(
    rb'<(?:\w+:)?c (?![^>]*t="str")[^>]*>\s*<(?:\w+:)?f(?: [^>]*)?>[^<]*</(?:\w+:)?f>\s*'
    rb"(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*[^/]>')


def check_archive(data: bytes) -> None:
    """Refuse a ZIP file that is no workbook, or that is dangerous to unpack.

    Raises:
        DataError: ``zip``, ``zip-bomb``, ``encrypted``, ``damaged-workbook`` or ``too-large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, len(data))
            names = {entry.filename for entry in entries}
            is_workbook = bool(names & set(_WORKBOOKS))
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise _locked(is_workbook)
            if not is_workbook:
                raise _not_a_workbook(names)
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_vast(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        UnicodeDecodeError,
    ) as error:
        raise damaged() from error


def damaged() -> DataError:
    """The error for a workbook that cannot be opened."""
    return DataError(
        "damaged-workbook",
        "This workbook cannot be opened: it is damaged or incomplete.",
        expected="an .xlsx workbook that your spreadsheet program opens",
        received="a container with missing or broken parts",
        fix="Open it in your spreadsheet program and save it again, or save it as CSV.",
    )


def _refuse_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED or (total > 20_000_000 and total > MAX_RATIO * size):
        raise DataError(
            "zip-bomb",
            "This file is far larger inside than outside, so it was not unpacked.",
            expected=f"at most {MAX_UNPACKED // 1_000_000} MB when unpacked, and {MAX_RATIO} times "
            "the size of the file",
            received=f"{total / 1e6:,.0f} MB in a file of {size / 1e6:,.1f} MB",
            fix="Save the sheet you need as CSV and upload that.",
        )


def _locked(is_workbook: bool) -> DataError:
    kind = "workbook" if is_workbook else "ZIP archive"
    fix = (
        "Remove the password in your spreadsheet program and upload it again."
        if is_workbook
        else "Unpack it with its password and upload the CSV or .xlsx file inside."
    )
    return DataError(
        "encrypted",
        f"This {kind} is protected by a password.",
        expected="a file that opens without a password",
        received="an encrypted archive",
        fix=fix,
    )


def _not_a_workbook(names: set[str]) -> DataError:
    for folder, kind in _DOCUMENTS.items():
        if any(name.startswith(folder) for name in names):
            return DataError(
                "document",
                f"This file is {kind}, not a table.",
                expected="a CSV or text file, or an .xlsx workbook",
                received=kind,
                fix="Copy the table into a spreadsheet and save it as CSV or .xlsx.",
            )
    if any(name.endswith(".iwa") for name in names):
        return DataError(
            "document",
            "This file is a document of Apple Numbers, Pages or Keynote.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="a document in Apple’s own form",
            fix="Open it, choose File, Export to, and CSV or Excel.",
        )
    shown = ", ".join(sorted(names)[:3])
    has_table = any(name.lower().endswith(_TABLES) for name in names)
    return DataError(
        "zip",
        "This file is a ZIP archive, not a table.",
        expected="a CSV or text file, or an .xlsx workbook",
        received=f"an archive holding {shown}" if shown else "an empty archive",
        fix="Unpack it first and upload the CSV or .xlsx file inside."
        if has_table
        else "It holds no CSV or .xlsx file: look for the one with the numbers, and upload that.",
    )


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of the archive in overlapping pieces, so that no cell is cut in two."""
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(_CHUNK):
            yield rest + piece
            rest = piece[-200:]


def _refuse_vast(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a sheet whose cells lie so far apart that the space between them fills the memory."""
    rows, width = 0, 26
    for piece in _pieces(archive, name):
        rows = max([rows, *(int(found[:12]) for found in _ROW.findall(piece))])
        width = max([width, *(_column(letters) for letters in set(_WIDE.findall(piece)))])
    if rows * width <= MAX_CELLS:
        return
    rows, width = 0, 0
    for piece in _pieces(archive, name):
        for letters, row in _CELL.findall(piece):
            rows, width = max(rows, int(row[:12])), max(width, _column(letters))
    if rows * width > MAX_CELLS:
        raise DataError(
            "too-large",
            "This workbook's sheet is too large.",
            expected=f"at most {MAX_CELLS // 1_000_000} million cells",
            received=f"{rows:,} rows by {width:,} columns",
            fix="Save the columns you need as CSV and upload that.",
        )


def lacks_results(data: bytes) -> bool:
    """Whether a workbook's formulas come without results, as programs write them that cannot
    calculate."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
            starts = (next(_pieces(archive, name), b"") for name in sheets)
            return any(_UNANSWERED.search(start) for start in starts)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return False


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number
