"""Texts that are no table, told by how they begin or by what their lines are like."""

from __future__ import annotations

import re
from collections.abc import Callable

from forecast.errors import DataError

_HEAD = 20_000  # bytes looked at
_FEWEST_SETTINGS = 5  # lines
_LONGEST_SETTING, _FEW_WORDS = 200, 3  # bytes of a line; words of its value
_MOSTLY = 0.8  # share of the lines that have to be alike

_EXPORT = "Choose CSV or Excel where you export the data."
_COUNTED = "Count its lines for each hour or day, and upload these counts as CSV."
_NUMBERS = "Export the numbers themselves as CSV or .xlsx."
# (pattern of the beginning, code, what it is, what to do)
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str, str, str], ...] = (
    (re.compile(rb"\ABEGIN:VCALENDAR"), "calendar", "a calendar (.ics)", _EXPORT),
    (re.compile(rb"\ABEGIN:VCARD"), "contacts", "an address book (.vcf)", _EXPORT),
    (
        re.compile(rb"\A(?:OFXHEADER|<OFX>|!Type:)|<OFX>"),
        "bank",
        "a bank's download (OFX or QIF)",
        "Choose CSV or Excel where you download it.",
    ),
    (
        re.compile(rb"\A100,NEM1[23],|\A200,\w+,"),
        "meter",
        "meter data in the form NEM12, with a day’s readings across",
        "Download the CSV or Excel form with one reading a row.",
    ),
    (
        re.compile(rb"\A\[InternetShortcut\]"),
        "pointer",
        "a link to a page of the web",
        "Open it, and download the table itself.",
    ),
    (
        re.compile(
            rb"\A(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|To): .*\n"
            rb"(?:.*\n){0,30}?(?:MIME-Version|Content-Type): ",
            re.I,
        ),
        "mail",
        "an e-mail",
        "Save what is attached to it as a file, and upload that.",
    ),
    (
        re.compile(rb"\A#{1,3} \S.*\n(?:.*\n){0,40}?(?:```|.*\]\(https?://)"),
        "prose",
        "a text in Markdown",
        _NUMBERS,
    ),
    (
        re.compile(rb"^(?:CREATE TABLE|INSERT INTO|DROP TABLE)\s", re.I | re.M),
        "sql",
        "a database's dump (SQL)",
        _EXPORT,
    ),
    (
        re.compile(rb"^<{7} .*\n(?:.*\n)*?={7}$", re.M),
        "conflict",
        "two versions in one, as version control leaves them when they contradict each other",
        "Decide for one of them, delete the lines of signs, and upload the file again.",
    ),
    (
        re.compile(rb"\Adiff --git |\A--- \S.*\n\+\+\+ \S|^@@ -\d+(?:,\d+)? \+\d+", re.M),
        "patch",
        "a list of changes (diff)",
        "Upload the file that was changed, not the list of its changes.",
    ),
    (
        re.compile(rb"\Aversion https?://git-lfs\."),
        "pointer",
        "a pointer to a file that is kept elsewhere (Git LFS)",
        "Download the file itself: where it is shown on the web, there is a button for that.",
    ),
    (
        re.compile(rb"\A-----BEGIN [A-Z ]+-----"),
        "encrypted",
        "a message or a key in cipher (PGP, PEM)",
        "Decrypt it first, and upload the CSV or .xlsx file inside.",
    ),
    (
        re.compile(
            rb"\A(?:#.*\n|\n)*(?:import \w|from \w\S* import |def \w|#include )(?:.*\n)+?"
            rb"[ \t]*(?:def|for|if|while|with|class|try|int|void)\b[^\n]*[:{][ \t]*$",
            re.M,
        ),
        "program",
        "the text of a program",
        "Run it, and upload the CSV or .xlsx file that it writes.",
    ),
    (
        re.compile(rb"\\begin\{(?:document|table|tabular|longtable|array)"),
        "latex",
        "a text in LaTeX",
        _EXPORT,
    ),
    (
        re.compile(rb"\AWEBVTT|\A\d+\n\d\d:\d\d:\d\d[,.]\d{3} --> "),
        "prose",
        "the subtitles of a film",
        _NUMBERS,
    ),
    (
        re.compile(rb'\A\S+ \S+ \S+ \[\d{1,2}/\w{3}/\d{4}(?::\d\d){3} [-+]\d{4}\] "'),
        "log",
        "the log of a web server",
        _COUNTED,
    ),
)
_NAME = re.compile(rb"(?:- +)?[\"']?[A-Za-z_][\w.-]{0,40}[\"']?[ \t]*(?:=(?!=)|:(?=\s|$))")
_SECTION = re.compile(rb"\[{1,2}[\w. \"-]{1,60}\]{1,2}$")
_READING = re.compile(rb"\s*[-+]?\d[\d.,]*(?:\s*\S{1,6})?\s*$")  # with its unit, perhaps
_CHAT = re.compile(  # "03/02/2024, 08:10 - Ann: …", "[3.2.24, 08:10:15] Ann: …"
    rb"\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s[AaPp][Mm])?(?:\] | - )"
    rb"[^:\n]{1,40}: "
)


_LOGGED = re.compile(  # "2024-01-02 10:00:00,512 INFO [main] Server - started"
    rb"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S* +.{0,60}?\b"
    rb"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b"
)


_SYSLOG = re.compile(rb"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: ")


def _is_logged(line: bytes) -> bool:
    return bool(_LOGGED.match(line) or _SYSLOG.match(line))


def refuse_text(text: bytes) -> None:
    """Refuse letters, programs' files and the like, each by its name.

    Args:
        text: UTF-8, lines ending in line feeds.

    Raises:
        DataError: its code says what the text is.
    """
    head = text[:_HEAD].lstrip()
    for pattern, code, kind, fix in _BEGINNINGS:
        if pattern.search(head[:2_000]):
            raise _no_table(code, kind, fix)
    lines = [line for line in head.split(b"\n") if line.strip()]
    said = [line for line in lines if not line.lstrip().startswith((b"#", b";"))]
    if len(said) >= _FEWEST_SETTINGS and _share(_is_setting, said) > _MOSTLY:
        raise _no_table("settings", "a program's settings (INI, TOML or YAML)", _EXPORT)
    if len(lines) > 1 and _share(_is_logged, lines) > _MOSTLY:
        raise _no_table("log", "the log of a program", _COUNTED)
    if len(lines) > 1 and _share(_is_message, lines) > _MOSTLY:
        raise _no_table("prose", "a chat", _NUMBERS)


def _share(fits: Callable[[bytes], bool], lines: list[bytes]) -> float:
    return sum(map(fits, lines)) / len(lines)


def _is_setting(line: bytes) -> bool:
    """``gain = 1.5``, ``- at: noon``, ``[sensor]``: a name with a value of few words."""
    line = line.strip()
    if len(line) > _LONGEST_SETTING or _SECTION.match(line):
        return len(line) <= _LONGEST_SETTING
    named = _NAME.match(line)
    return named is not None and len(line[named.end() :].split()) <= _FEW_WORDS


def _is_message(line: bytes) -> bool:
    """``03/02/2024, 08:10 - Ann: on my way``; a number behind the colon is a reading."""
    said = _CHAT.match(line)
    return said is not None and not _READING.match(line[said.end() :])


def _no_table(code: str, kind: str, fix: str) -> DataError:
    return DataError(
        code,
        f"This file is {kind}, not a table.",
        expected="a CSV or text file, or an .xlsx workbook",
        received=kind,
        fix=fix,
    )
