"""A grid → a Reading: dates, numbers and rows brought together.

Called once for the reading itself, and once more for every other answer to a question, so that the
question can show what the series would start and end with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.reading.dates import sample_of
from forecast.reading.dating import NUMBERED_ROWS, Dated, find_dates, named_as_dates
from forecast.reading.decimals import signs_for_comma
from forecast.reading.duplicates import one_a_date
from forecast.reading.entities import (
    ALL_TOGETHER,
    Entities,
    constant_currency,
    constant_entity,
    find_entities,
)
from forecast.reading.findings import count_of, findings, left_out
from forecast.reading.frequency import NUMBERED, Frequency, describe
from forecast.reading.grid import Grid
from forecast.reading.identifiers import refuse_identifiers
from forecast.reading.model import ALL_SHEETS, Answers, Reading, Receipt, Warning
from forecast.reading.numbers import Bools, Floats
from forecast.reading.receipt import ZONES, sentence
from forecast.reading.rows import dated_rows, refuse_poor
from forecast.reading.table import Numbers, about_numbers, position_of, read_numbers, words_of
from forecast.reading.targets import Targets, adds_up, find_targets
from forecast.reading.undated import (
    bad_dates,
    first_word,
    no_numbers,
    refuse_births,
    refuse_mixed,
    refuse_undated,
)
from forecast.reading.units import unit_in_header
from forecast.reading.words import PIECES, READINGS, WEATHER, tokens


@dataclass(frozen=True)
class Draft:
    """What was decided on the way, for asking about it."""

    dated: Dated | None = field(repr=False)
    numbers: Numbers = field(repr=False)
    targets: Targets
    entities: Entities | None = field(repr=False)
    entity: str | None
    kept: Bools = field(repr=False)  # rows with a date and of the chosen entity


@dataclass
class _Notes:
    """Warnings and counts gathered on the way."""

    warnings: list[Warning]
    n_missing: int = 0
    n_duplicates: int = 0
    adding: bool = False  # whether a sum of the values means something


def assemble(grid: Grid, answers: Answers, table: bool = True) -> tuple[Reading, Draft]:
    """Bring a grid's dates, numbers and rows together.

    Args:
        grid: the table of text.
        answers: what a person said.
        table: whether to read the columns beside the target too.

    Returns:
        The reading without questions, and what was decided on the way.

    Raises:
        DataError: the table holds no series that can be used.
    """
    notes = _Notes(list(grid.warnings))
    dated = _dates(grid, answers)
    numbers, targets = _numbers(grid, dated, answers, table)
    values = numbers.columns[targets.chosen].values
    kept = np.ones(grid.n_rows, dtype=np.bool_)
    if dated is not None:
        kept, found = dated_rows(grid, dated, values)
        notes.warnings += found
    entities, entity = _entity(grid, answers, dated, numbers, targets)
    joined = answers.duplicates
    if entity == ALL_TOGETHER:
        joined = joined or "sum"
    elif entities is not None and entity is not None:
        kept = kept & (entities.codes == entities.labels.index(entity))
    n_read = int(kept.sum())
    if entities is not None and answers.target_column is None:
        targets = _varying(grid, dated, numbers, targets, kept)
        values = numbers.columns[targets.chosen].values
    if entities is None or entity == ALL_TOGETHER:
        refuse_mixed(grid.names[targets.chosen], numbers.columns[targets.chosen])
    notes.warnings += about_numbers(grid, targets.chosen, numbers.columns[targets.chosen], kept)
    name = grid.names[targets.chosen]
    notes.adding = adds_up(name)
    positions, index, told = _positions(dated, kept, values, notes, joined)
    refuse_poor(told, n_read, name)
    series = pd.Series(np.ascontiguousarray(told), index=index, name=name)
    frame = _frame(grid, dated, numbers, positions, index) if table else pd.DataFrame(index=index)
    if table and name in frame:
        frame[name] = series  # rows of one date may have been brought together
    frequency = describe(index.to_numpy()) if dated is not None else Frequency(NUMBERED, 0.0, 0)
    notes.warnings += left_out(notes.n_missing, notes.n_duplicates, n_read, joined)
    if table:
        notes.warnings += findings(series, frame, frequency)
    draft = Draft(dated, numbers, targets, entities, entity, kept)
    receipt = _receipt(grid, draft, series, frequency, notes)
    return Reading(series, frame, receipt), draft


def _dates(grid: Grid, answers: Answers) -> Dated | None:
    if answers.date_column == NUMBERED_ROWS:
        return None
    wanted = position_of(grid, answers.date_column, "date")
    dated = find_dates(grid, answers, wanted)
    if dated is not None:
        if wanted is None:
            refuse_births(grid.names[dated.used[0]])
        return dated
    suspects = [wanted] if wanted is not None else named_as_dates(grid)
    if suspects:
        raise bad_dates(grid, suspects[0])
    return None


def _numbers(
    grid: Grid, dated: Dated | None, answers: Answers, table: bool
) -> tuple[Numbers, Targets]:
    skip = dated.used if dated is not None else ()
    cells = sample_of(grid.columns[dated.used[0]]) if dated is not None else []
    signs = signs_for_comma(grid.delimiter, cells, dated.parsed.choice if dated else None)
    wanted = position_of(grid, answers.target_column, "value")
    only = wanted if not table else None
    numbers = read_numbers(grid, skip, answers.decimal, signs, only)
    others = dated.others if dated is not None else ()
    values = {c: n.values for c, n in numbers.columns.items() if c not in others or c == wanted}
    if wanted is not None and wanted not in values:
        culprit = numbers.failed.get(wanted, first_word(grid.columns[wanted]))
        raise no_numbers(grid, {wanted: culprit})
    stamps = dated.parsed.stamps if dated is not None else None
    targets = find_targets(grid.names, values, wanted, grid.has_header, stamps)
    if targets is None:
        raise no_numbers(grid, numbers.failed)
    if dated is None and answers.date_column != NUMBERED_ROWS:
        refuse_undated(grid, numbers)
    if wanted is None:
        refuse_identifiers(grid, {c: values[c] for c in targets.values})
    return numbers, targets


def _varying(
    grid: Grid, dated: Dated | None, numbers: Numbers, targets: Targets, kept: Bools
) -> Targets:
    """The target, or another where it only numbers the series of a long file."""

    def varies(column: int) -> bool:
        values = numbers.columns[column].values[kept]
        values = values[np.isfinite(values)]
        return bool(len(values)) and values.min() != values.max()

    others = {c: numbers.columns[c].values for c in targets.values if varies(c)}
    if varies(targets.chosen) or not others:
        return targets
    stamps = dated.parsed.stamps if dated is not None else None
    return find_targets(grid.names, others, None, grid.has_header, stamps) or targets


def _entity(
    grid: Grid, answers: Answers, dated: Dated | None, numbers: Numbers, targets: Targets
) -> tuple[Entities | None, str | None]:
    taken = set(dated.used) | set(dated.others) if dated is not None else set()
    whole = [c for c, n in numbers.columns.items() if c != targets.chosen and _is_label(n.values)]
    words = [c for c in range(len(grid.names)) if c not in taken and c not in numbers.columns]
    if dated is None:
        return None, constant_entity(grid.names, grid.columns, words) or None
    parsed = dated.parsed
    possible = [*words, *(c for c in whole if c not in taken)]
    found = find_entities(grid.names, grid.columns, possible, parsed.stamps, parsed.ok)
    if found is None:
        constant = grid.constants[0] if grid.constants else ""
        return None, constant or constant_entity(grid.names, grid.columns, words) or None
    adding = adds_up(grid.names[targets.chosen])
    if answers.entity is None:
        together = adding and found.are_sparse(parsed.stamps, parsed.ok)
        return found, ALL_TOGETHER if together else found.likeliest()
    if answers.entity in found.labels or answers.entity == ALL_TOGETHER:
        return found, answers.entity
    raise DataError(
        "unknown-entity",
        "The series that was chosen is not in this file.",
        expected="one of " + ", ".join(f'"{label}"' for label in found.labels[:12]),
        received=f'"{answers.entity}"',
        fix="Choose one of the file's own series.",
    )


def _is_label(values: Floats) -> bool:
    return bool(np.isfinite(values).all()) and bool((values == np.round(values)).all())


def _positions(
    dated: Dated | None, kept: Bools, values: Floats, notes: _Notes, duplicates: str | None
) -> tuple[Any, pd.Index, Floats]:
    """Rows of the grid in the order of the series, the series' index and its values."""
    finite = np.isfinite(values)
    notes.n_missing = int((kept & ~finite).sum())
    rows = np.flatnonzero(kept & finite)
    if dated is None:
        return rows, pd.RangeIndex(len(rows), name="row"), values[rows]
    stamps = dated.parsed.stamps[rows]
    newest_first = len(stamps) > 1 and stamps[0] > stamps[-1]
    if not (stamps[1:] >= stamps[:-1]).all():
        order = np.argsort(stamps, kind="stable")
        rows, stamps = rows[order], stamps[order]
    keep, notes.n_duplicates, told, said = one_a_date(
        stamps, values[rows], duplicates, newest_first, adding=notes.adding
    )
    notes.warnings += said
    return rows[keep], pd.DatetimeIndex(stamps[keep], name=dated.label), told


def _frame(
    grid: Grid, dated: Dated | None, numbers: Numbers, positions: Any, index: pd.Index
) -> pd.DataFrame:
    used = set(dated.used) if dated is not None else set()
    whole = len(positions) == grid.n_rows and bool((positions == np.arange(grid.n_rows)).all())
    columns: dict[str, Any] = {}
    for column, name in enumerate(grid.names):
        if column in used:
            continue
        if column in numbers.columns:
            values = numbers.columns[column].values
            columns[name] = values if whole else values[positions]
        else:
            cells = grid.columns[column]
            columns[name] = words_of(cells if whole else cells.take(positions)).to_numpy()
    return pd.DataFrame(columns, index=index)


def _receipt(
    grid: Grid, draft: Draft, series: pd.Series, frequency: Frequency, notes: _Notes
) -> Receipt:
    dated, target = draft.dated, draft.targets.chosen
    numbers = draft.numbers.columns[target]
    order = _order(dated)
    extras: list[str] = []
    if dated is not None:
        if frequency.n_gaps or not notes.n_missing:
            extras.append(count_of(frequency.n_gaps, "gap") if frequency.n_gaps else "no gaps")
        if dated.parsed.zone in ZONES:
            extras.append(ZONES[dated.parsed.zone])
    if grid.sheet is not None and len(grid.sheets) > 1:
        joined = grid.sheet == ALL_SHEETS
        extras.insert(0, "several sheets" if joined else f"sheet {grid.sheet}")
    if draft.entity:
        extras.insert(0, draft.entity)
    if dated is None and draft.entity is None:
        notes.warnings.append(
            Warning("no-dates", "No column holds dates, so the rows are numbered in file order.")
        )
    decimal = draft.numbers.decimals.marks.get(target, numbers.decimal)
    return Receipt(
        n_rows=len(series),
        n_rows_read=grid.n_rows,
        date_column=dated.label if dated is not None else None,
        target_column=grid.names[target],
        columns=grid.names,
        value_columns=tuple(grid.names[column] for column in draft.targets.values),
        encoding=grid.encoding,
        delimiter=grid.delimiter if grid.delimiter in (",", ";", "\t", "|", " ") else "",
        decimal=decimal,
        date_order=order,
        frequency=frequency.words,
        n_missing=notes.n_missing,
        n_duplicates=notes.n_duplicates,
        unit=numbers.unit or unit_in_header(grid.names[target]) or _money(grid, target),
        sentence=sentence(series, grid.delimiter, decimal, order, frequency.words, tuple(extras)),
        entity=draft.entity,
        entities=_labels(draft, grid.names[target]),
        sheet=grid.sheet,
        sheets=grid.sheets,
        warnings=tuple(notes.warnings),
    )


def _money(grid: Grid, target: int) -> str:
    """The currency that stands in a column beside amounts or prices, or ""."""
    counted = tokens(grid.names[target]) & (PIECES | WEATHER | READINGS)
    return "" if counted else constant_currency(grid.names, grid.columns)


def _order(dated: Dated | None) -> str | None:
    if dated is None:
        return None
    if dated.parsed.choice is not None:
        return dated.parsed.choice.order
    name = dated.parsed.shapes[0].name if dated.parsed.shapes else ""
    orders = {"ymd": "ymd", "compact": "ymd", "compact hour": "ymd", "yMd": "ymd"}
    return {**orders, "dMy": "dmy", "Mdy": "mdy"}.get(name)


def _labels(draft: Draft, name: str) -> tuple[str, ...]:
    if draft.entities is not None:
        adding = adds_up(name) or draft.entity == ALL_TOGETHER
        return (*draft.entities.labels, ALL_TOGETHER) if adding else draft.entities.labels
    return (draft.entity,) if draft.entity else ()
