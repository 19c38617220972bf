"""Files that are something other than a table of text, told by their first bytes.

Every kind gets its own code and its own way out: "save the page as CSV" helps with a web page and
not with an encrypted workbook.
"""

from __future__ import annotations

import json
import re

from forecast.errors import DataError

_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

# What the parts of older Office files are called.
_STREAMS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a PowerPoint presentation",
    "__substg1.0_": "an e-mail saved by Outlook",
}
_TAR = b"ustar"  # stands after the name of the first file
# (first bytes, code, what it is)
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf", "a PDF document"),
    (b"\x89PNG", "image", "a picture (PNG)"),
    (b"\xff\xd8\xff", "image", "a picture (JPEG)"),
    (b"GIF8", "image", "a picture (GIF)"),
    (b"RIFF", "image", "a picture, a sound or a film"),
    (b"ID3", "binary", "a sound (MP3)"),
    (b"\x1f\x8b", "compressed", "a compressed file (gzip)"),
    (_TAR, "compressed", "an archive (tar)"),
    (b"BZh", "compressed", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "compressed", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "compressed", "a compressed file (7-Zip)"),
    (b"Rar!\x1a", "compressed", "a compressed file (RAR)"),
    (b"\x28\xb5\x2f\xfd", "compressed", "a compressed file (Zstandard)"),
    (b"PAR1", "binary", "a Parquet file"),
    (b"ARROW1", "binary", "an Arrow file"),
    (b"SQLite format 3", "binary", "an SQLite database"),
    (b"\x89HDF", "binary", "an HDF5 file"),
    (b"\x7fELF", "binary", "a program"),
    (b"{\\rtf", "binary", "a word processor's document (RTF)"),
)
_FIX = {
    "pdf": "Copy the table into a spreadsheet and save it as CSV.",
    "image": "Upload the numbers themselves, saved as CSV or .xlsx.",
    "compressed": "Unpack it first and upload the CSV or .xlsx file inside.",
    "binary": "Export the data as CSV or .xlsx and upload that.",
}
_LOCK_BYTES = 4_000
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|script|meta|title|p|h1|center|!--)\b|<!--", re.I
)
_JSON = re.compile(rb'(?:[\w.$]+\()?(?:\{\s*["}]|\[\s*[\[{"\]]|\[\s*-?\d+(?:\.\d+)?\s*[,\]])')


def is_workbook_like(data: bytes) -> bool:
    """Whether the bytes are a container that spreadsheets use (ZIP or Microsoft's OLE)."""
    return data.startswith((*_ZIP, _OFFICE))


def refuse_container(data: bytes) -> None:
    """Refuse an OLE container that holds an encrypted workbook, or no workbook at all.

    Raises:
        DataError: ``encrypted`` or ``document``.
    """
    if not data.startswith(_OFFICE):
        return
    for stream, kind in _STREAMS.items():
        if stream.encode("utf-16-le") in data:
            raise DataError(
                "document",
                f"This file is {kind}, not a table.",
                expected="a CSV or text file, or an .xlsx workbook",
                received=kind,
                fix="Copy the table into a spreadsheet and save it as CSV or .xlsx.",
            )
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DataError(
            "encrypted",
            "This workbook is protected by a password.",
            expected="a file that opens without a password",
            received="an encrypted Excel workbook",
            fix="Open it in your spreadsheet program, remove the password, save and upload again.",
        )


def refuse_binary(data: bytes) -> None:
    """Refuse what is plainly no text, by its first bytes.

    Raises:
        DataError: ``pdf``, ``image``, ``compressed`` or ``binary``.
    """
    head = data[:64].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if data[257:262] == _TAR:
        head = _TAR
    for signature, code, kind in _SIGNATURES:
        # A word of four letters may also be the header of a table.
        if head.startswith(signature) and (signature != b"RIFF" or data[8:12].isupper()):
            raise DataError(
                code,
                f"This file is {kind}, not a table.",
                expected="a CSV or text file, or an .xlsx workbook",
                received=kind,
                fix=_FIX[code],
            )


def refuse_lock(data: bytes, name: str) -> None:
    """Refuse what a spreadsheet program leaves beside a file that it has open.

    Raises:
        DataError: ``lock``.
    """
    if name.startswith(("~$", ".~lock")) and len(data) < _LOCK_BYTES:
        raise DataError(
            "lock",
            "This file only marks another one as open.",
            expected="the table itself",
            received=f"{name[:60]}, which a spreadsheet program leaves beside an open file",
            fix="Upload the file of the same name without the signs in front.",
        )


def refuse_markup(text: bytes) -> None:
    """Refuse web pages, XML and JSON, which are text but no table.

    Args:
        text: UTF-8 text.

    Raises:
        DataError: ``html``, ``xml`` or ``json``.
    """
    head = text[:2000].lstrip()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise DataError(
            "xml",
            "This file is a workbook in an old XML form.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="an XML spreadsheet of 2003",
            fix="Open it in your spreadsheet program and save it as .xlsx or CSV.",
        )
    is_feed = head.startswith((b"<?xml", b"<rss", b"<feed"))  # which has titles too
    is_page = b"<html" in head.lower() or not is_feed
    if _HTML.match(head) or (head.startswith(b"<") and is_page and _HTML.search(head)):
        _refuse_html(text)
    # MetaTrader and others write headers such as <DATE>,<TIME>: XML has closing tags.
    has_tags = head.startswith(b"<") and b"</" in text[:20_000]
    if re.match(rb"(?:<[?!][^>]*>\s*)*<svg[\s>]", head):
        raise DataError(
            "image",
            "This file is a picture.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="a drawing (SVG)",
            fix="Export the numbers that it shows.",
        )
    if b"<key>URL</key>" in head:
        raise DataError(
            "pointer",
            "This file is a link to a page of the web, not a table.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="a .webloc file",
            fix="Open it, and download the table itself.",
        )
    if head.startswith((b"<?xml", b"<!DOCTYPE")) or has_tags:
        raise DataError(
            "xml",
            "This file is XML, not a table.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="XML",
            fix="Choose CSV or Excel where you export or download the data.",
        )
    if _JSON.match(head):
        _refuse_json(text)


def _refuse_html(text: bytes) -> None:
    has_table = b"<table" in text[:2_000_000].lower()
    received = "a web page with a table in it" if has_table else "a web page, perhaps an error page"
    fix = (
        "Open it in a browser, copy the table into a spreadsheet and save that as CSV."
        if has_table
        else "Open the download link in a browser, see what it says, and download the CSV again."
    )
    raise DataError(
        "html",
        "This file is a web page, not a table.",
        expected="a CSV or text file, or an .xlsx workbook",
        received=received,
        fix=fix,
    )


def _refuse_json(text: bytes) -> None:
    if b"docs.google.com" in text[:2000] or b'"doc_id"' in text[:2000]:
        raise DataError(
            "pointer",
            "This file is a link to a document on Google Drive, not the document.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="a .gsheet or .gdoc file",
            fix="Open it in the browser, choose File, Download, and CSV or Excel.",
        )
    raise DataError(
        "json",
        "This file is JSON, the answer of a web service, not a table.",
        expected="a CSV or text file, or an .xlsx workbook",
        received=_json_message(text) or "JSON",
        fix="Ask the service for CSV, or check the message it sent.",
    )


def _json_message(text: bytes) -> str:
    """The first short sentence in a small JSON answer: usually says what went wrong."""
    if len(text) > 5_000:
        return ""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(answer, dict):
        return ""
    for value in answer.values():
        if isinstance(value, str) and " " in value:
            return f'JSON that says "{value[:120].rstrip(".")}"'
    return ""
