"""Bytes → text: which encoding a file has, and whether it is text at all.

What comes out is UTF-8 without byte order mark, without NUL characters, and with line ends that
every later stage understands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forecast.errors import DataError
from forecast.reading.alphabets import fits
from forecast.reading.magic import refuse_binary, refuse_markup
from forecast.reading.model import Warning
from forecast.reading.texts import refuse_text
from forecast.reading.words import HEADER_WORDS

MAX_BYTES = 500_000_000
MAX_LINE = 1_000_000
# Encodings that spreadsheets and exchanges still write. Left to itself, charset_normalizer takes
# Windows-1252 for cp1006 (Urdu) and the like.
_YEN = re.compile(rb"\\(?=[\d-])")
_ENCODINGS = ["cp1252", "gb18030", "cp932", "big5", "euc_kr", "cp1250", "cp1251", "iso8859_15"]
_OF_DATES = {"年", "月", "日"}
_BY_WORDS = [*_ENCODINGS, "cp1254"]  # Turkish is hardly told from Western by its letters alone
_BLANKS = b"\x00 \t\r\n\x1a\xef\xbb\xbf\xff\xfe,;"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 12_000
# Marks that steer the direction of text, or stand for nothing at all.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad]")
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９٫٬．，－／：", "0123456789" * 4 + ".,.,-/:"
)
_NATIVE = re.compile("[٠-٩۰-۹०-९０-９]")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 0, 26, 27})


@dataclass(frozen=True)
class Text:
    """A text file's contents, and how they were understood."""

    data: bytes  # UTF-8, no byte order mark, no NULs
    encoding: str  # as found in the file
    warnings: tuple[Warning, ...] = ()


def to_text(data: bytes) -> Text:
    """Decode a file.

    Args:
        data: the whole file.

    Returns:
        Its text as UTF-8.

    Raises:
        DataError: ``empty``, ``too-large``, ``long-line``, or one of the codes of
            :mod:`forecast.reading.magic` for what is not a table of text.
    """
    if len(data) > MAX_BYTES:
        raise DataError(
            "too-large",
            "This file is too large.",
            expected=f"at most {MAX_BYTES // 1_000_000} MB",
            received=f"{len(data) // 1_000_000} MB",
            fix="Keep the column you want to forecast, or the last years only.",
        )
    # The head first: stripping a whole file copies it.
    if not data[:1000].strip(_BLANKS) and not data.strip(_BLANKS):
        raise DataError(
            "empty",
            "This file is empty.",
            expected="a header line and rows of dates and numbers",
            received="nothing" if not data else "only blanks",
            fix="Export or download the file again.",
        )
    refuse_binary(data)
    text, encoding, n_replaced = _decode(data)
    text = _tidy(text)
    _refuse_unreadable(text)
    refuse_markup(text)
    refuse_text(text)
    return Text(text, encoding, _warnings(n_replaced))


def _decode(data: bytes) -> tuple[bytes, str, int]:
    """(UTF-8 bytes, encoding, how many characters could not be read)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text, n_bad = _as_utf8(data[len(bom) :], encoding)
            return text, encoding, n_bad
    wide = _wide_without_bom(data)
    if wide:
        text, n_bad = _as_utf8(data, wide)
        return text, wide, n_bad
    if data.isascii():
        return data, "utf-8", 0
    text, n_bad = _as_utf8(data, "utf-8")
    if n_bad == 0 or _is_damaged_utf8(text, n_bad):
        return text, "utf-8", n_bad
    encoding = _detect(data)
    text, n_bad = _as_utf8(data, encoding)
    if encoding == "cp932":  # where ASCII has the backslash, Japan's machines have the yen
        text = _YEN.sub("¥".encode(), text)
    return text, encoding, n_bad


def _as_utf8(data: bytes, encoding: str) -> tuple[bytes, int]:
    if encoding == "utf-8":
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("utf-8", errors="replace")
            return text.encode("utf-8"), text.count("\ufffd")
        return data, 0
    text = data.decode(encoding, errors="replace")
    return text.encode("utf-8", errors="replace"), text.count("\ufffd")


def _is_damaged_utf8(text: bytes, n_bad: int) -> bool:
    """Whether mostly good UTF-8 has a few stray bytes, rather than being another encoding."""
    # Every multi-byte character starts with a byte of 0xC0 or above.
    n_starts = len(re.findall(rb"[\xc2-\xf4]", text)) - n_bad
    return n_starts > 4 * n_bad


def _wide_without_bom(data: bytes) -> str:
    """UTF-16 shows itself by a NUL in every other byte, as most characters are ASCII."""
    head = data[:4000]
    if len(head) < 8:
        return ""
    even, odd = head[0::2], head[1::2]
    share_even, share_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if share_odd > 0.4 and share_even < 0.1:
        return "utf-16-le"
    if share_even > 0.4 and share_odd < 0.1:
        return "utf-16-be"
    return ""


def _detect(data: bytes) -> str:
    """The likeliest of the encodings spreadsheets write, judged by lines with such characters."""
    # Imported late: it is only needed for files that are not UTF-8.
    from charset_normalizer import from_bytes

    lines, size = [], 0
    for match in re.finditer(rb"[^\n]{0,2000}[\x80-\xff][^\n]{0,2000}", data[:4_000_000]):
        lines.append(match.group())
        size += len(lines[-1])
        if size > _SAMPLE:
            break
    sample = b"\n".join(lines)[: 2 * _SAMPLE]
    known = _by_known_words(sample)
    if known:
        return known
    best = from_bytes(sample, cp_isolation=_ENCODINGS).best()
    return best.encoding if best is not None and fits(sample, best.encoding) else "cp1252"


def _by_known_words(sample: bytes) -> str:
    """The encoding under which headers say "date" or "price" in some language, or "".

    A header of three words is too little for statistics, but plenty for a dictionary.
    """
    hits = {}
    for encoding in _BY_WORDS:
        try:
            shown = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = {word for word in re.split(r"[^\w/]+", shown.lower()) if not word.isascii()}
        found |= _OF_DATES & set(re.split(r"[\W\d]+", shown))  # 2005年1月
        hits[encoding] = len(found & (HEADER_WORDS | _OF_DATES))
    best = max(hits, key=lambda encoding: hits[encoding], default="")
    return best if best and hits[best] else ""


def _tidy(text: bytes) -> bytes:
    """Without NULs, invisible marks and the line ends of old Macs; digits as ASCII."""
    if b"\x00" in text:
        text = text.replace(b"\x00", b"")
    if text.endswith(b"\x1a"):
        text = text.rstrip(b"\x1a")
    if b"\r" in text:
        n_cr, n_lf, n_crlf = text.count(b"\r"), text.count(b"\n"), text.count(b"\r\n")
        if n_cr != n_crlf or n_lf != n_crlf:
            text = text.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not text.isascii():
        shown = text.decode("utf-8", errors="replace")
        # Both searches are far cheaper than the replacements they usually save.
        if _INVISIBLE.search(shown):
            shown = _INVISIBLE.sub("", shown)
        if _NATIVE.search(shown):
            shown = shown.translate(_DIGITS)
        for separator in ("\u2028", "\u2029", "\x85"):
            shown = shown.replace(separator, "\n")
        text = shown.encode("utf-8", errors="replace")
    return text


def _refuse_unreadable(text: bytes) -> None:
    head = text[:100_000]
    n_control = len(head) - len(head.translate(None, _CONTROL))
    n_lost = head.count("\ufffd".encode())
    if n_control + n_lost > 0.02 * max(len(head), 50):
        raise DataError(
            "binary",
            "This file is not text.",
            expected="a CSV or text file, or an .xlsx workbook",
            received="bytes that are no readable characters",
            fix="Export the data as CSV or .xlsx and upload that.",
        )
    start = 0
    while len(text) - start > MAX_LINE:
        end = text.rfind(b"\n", start, start + MAX_LINE)
        if end < 0:
            raise DataError(
                "long-line",
                "This file has a line of more than a million characters.",
                expected="one line for each date",
                received="everything, or much, on a single line",
                fix="Export the data again, with one row for each date.",
            )
        start = end + 1


def _warnings(n_replaced: int) -> tuple[Warning, ...]:
    if not n_replaced:
        return ()
    return (
        Warning(
            "unreadable-characters",
            f"{n_replaced:,} characters of the file could not be read; a value that holds one "
            "counts as missing.",
        ),
    )
