"""Cells without what stands around them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def trim(column: Any) -> Any:
    """The cells without blanks around them or signs that make a spreadsheet show text.

    Args:
        column: a pyarrow string array without nulls.
    """
    if _may_have_blanks(column):
        column = pc.utf8_trim_whitespace(column)
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
    head = [cell for cell in column[:50].to_pylist() if cell]
    if head and sum(cell[0] in "'\"=" for cell in head) > 0.5 * len(head):
        # 'text for spreadsheets' and ="text for spreadsheets"
        column = pc.utf8_trim(pc.utf8_ltrim(column, "="), "'\"")
    return column


def _may_have_blanks(column: Any) -> bool:
    """Whether a byte of the column is, or starts, a blank; a hundred times faster than trimming."""
    _, ends, letters = column.buffers()
    if letters is None or not len(column):
        return False
    first, last = np.frombuffer(ends, np.int32)[[column.offset, column.offset + len(column)]]
    used = np.frombuffer(letters, np.uint8)[first:last]
    return bool(len(used)) and bool(used.min() <= ord(" ") or used.max() > ord("~"))
