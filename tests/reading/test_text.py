"""Bytes → text."""

from __future__ import annotations

import pytest

from forecast.errors import DataError
from forecast.reading.text import to_text

_TABLE = "Datum;Schlußkurs;Währung\n02.01.2020;1,5;€\n03.01.2020;1,6;€\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
    ],
)
def test_text_comes_out_as_utf8_whatever_it_was(encoding: str, mark: bytes) -> None:
    text = to_text(mark + _TABLE.encode(encoding))
    assert text.data.decode() == _TABLE
    assert text.encoding == encoding


def test_a_few_stray_bytes_do_not_change_the_encoding_of_utf8() -> None:
    data = ("Größe;Äpfel\n" * 20).encode() + b"1\xff;2\n"
    text = to_text(data)
    assert text.encoding == "utf-8"
    assert [warning.code for warning in text.warnings] == ["unreadable-characters"]


def test_one_letter_of_windows_1252_is_not_taken_for_damage() -> None:
    assert to_text("Datum;Börse\n1.1.2020;5\n".encode("cp1252")).encoding != "utf-8"


def test_nuls_and_invisible_marks_are_left_out() -> None:
    assert to_text("a\x00,\u200fb\u202c\n1,2\n".encode()).data == b"a,b\n1,2\n"


def test_digits_of_other_scripts_become_ascii() -> None:
    assert to_text("قيمة\n١٢٫٥\n".replace("٫", ".").encode()).data.endswith(b"12.5\n")


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\r\r\n"])
def test_every_kind_of_line_end_separates_lines(end: str) -> None:
    lines = to_text(f"a,b{end}1,2{end}".encode()).data.split()
    assert lines == [b"a,b", b"1,2"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"%PDF-1.4 and so on", "pdf"),
        (b"  <!doctype html><p>no", "html"),
        (b'{"error": "unknown symbol"}', "json"),
        (b"<DATE>,<CLOSE></x>", "xml"),
        (b"x" * 1_500_000, "long-line"),
    ],
)
def test_what_is_no_table_of_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DataError) as caught:
        to_text(data)
    assert caught.value.code == code


def test_the_message_of_a_web_service_is_passed_on() -> None:
    with pytest.raises(DataError, match="call frequency is 5 calls"):
        to_text(b'{"Note": "Our standard call frequency is 5 calls per minute."}')


def test_a_header_in_angle_brackets_is_no_xml() -> None:
    assert to_text(b"<DATE>,<CLOSE>\n20200102,1.5\n").data.startswith(b"<DATE>")
