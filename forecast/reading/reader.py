"""From a file to a Reading: the one function that others call."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from forecast.errors import DataError
from forecast.reading.assemble import assemble
from forecast.reading.fractions import dated_by_fractions
from forecast.reading.grid import Grid, to_grid
from forecast.reading.magic import is_workbook_like, refuse_container, refuse_lock
from forecast.reading.model import Answers, Question, Reading
from forecast.reading.questions import questions_about
from forecast.reading.since_start import dated_from_start
from forecast.reading.text import to_text
from forecast.reading.wide import unfold


def read(source: str | Path | bytes, name: str = "", answers: Answers | None = None) -> Reading:
    """Read a file into a clean series.

    Args:
        source: a path, or the file's bytes.
        name: the file's name, for messages; a path brings its own.
        answers: what a person has said about the file; what is left open is found out.

    Returns:
        The series, the whole table, a receipt of what was understood, and questions where two
        readings fit.

    Raises:
        DataError: the file cannot be used; ``code`` says why and the message what to do.
    """
    answers = answers or Answers()
    data = source if isinstance(source, bytes) else _load(Path(source))
    refuse_lock(data, name if isinstance(source, bytes) else Path(source).name)
    grid, sheet_questions = _grid(data, answers)
    reading, draft = assemble(grid, answers)
    release()
    questions = (*sheet_questions, *questions_about(grid, answers, reading, draft))
    return Reading(reading.series, reading.table, reading.receipt, questions)


def release() -> None:
    """Give the memory of large files back: Arrow keeps what it freed for its next table."""
    pa.default_memory_pool().release_unused()


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            "unreadable-file",
            "The file cannot be opened.",
            expected="a file that exists and may be read",
            received=f"{path.name}: {error.strerror or error}",
            fix="Check the name and try again.",
        ) from error


def _grid(data: bytes, answers: Answers) -> tuple[Grid, tuple[Question, ...]]:
    if is_workbook_like(data):
        # Imported late: most files are text.
        from forecast.reading.sheets import workbook_grid

        refuse_container(data)
        return workbook_grid(data, answers)
    text = to_text(data)
    grid = dated_by_fractions(dated_from_start(to_grid(text, answers.delimiter), text.data))
    return unfold(grid), ()
