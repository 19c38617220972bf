"""The files of a run's folder, one function each way. ``runs`` says what they hold."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.errors import RunError
from forecast.history import EpochMetrics
from forecast.inputs import Rows
from forecast.series import fingerprint

FORMAT = 1


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Write run.json."""
    write_file(folder / "run.json", json.dumps({"format": FORMAT, **record}, indent=1).encode())


def read_record(folder: Path) -> dict[str, Any]:
    """Read run.json.

    Raises:
        RunError: it is missing, damaged or of a newer format.
    """
    try:
        record: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        written = record["format"]
    except FileNotFoundError as error:
        raise RunError(
            "There is no run here.",
            expected="a run that is kept on this machine",
            received=folder.name,
            fix="It may have been deleted.",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, error) from error
    if written != FORMAT:
        raise RunError(
            f"The run {folder.name} was written by another version of the app.",
            expected=f"format {FORMAT}",
            received=f"format {written}",
            fix="Update the app to open it.",
        )
    return record


def write_rows(folder: Path, rows: Rows) -> None:
    """Write series.parquet: the target as ``value``, its inputs as ``input 1`` and so on."""
    values = rows.to_numpy(dtype="float64").reshape(len(rows), -1)
    names = ["value", *(f"input {i}" for i in range(1, values.shape[1]))]
    frame = pd.DataFrame(values, rows.index.rename("time"), names)
    draft = folder / "series.parquet.part"
    frame.to_parquet(draft)
    draft.replace(folder / "series.parquet")


def read_rows(folder: Path, record: dict[str, Any]) -> Rows:
    """Read the series and its inputs, and hold them against the fingerprint taken at writing."""
    frame = pd.read_parquet(folder / "series.parquet")
    frame.index.name = None
    names = record["config"]["data"].get("inputs", ())
    frame.columns = pd.Index([record["series_name"], *names])
    rows = frame if names else frame.iloc[:, 0]
    if fingerprint(rows) != record["fingerprint"]:
        raise ValueError("the series is not the one the run was trained on")
    return rows


def numbered(name: str, number: int) -> str:
    """The name of a file that each network of a run has; the first one's has no number.

    >>> numbered("state.npz", 1), numbered("state.npz", 2)
    ('state.npz', 'state-2.npz')
    """
    stem, end = name.split(".")
    return name if number == 1 else f"{stem}-{number}.{end}"


def append_epochs(
    folder: Path, epochs: tuple[EpochMetrics, ...] | list[EpochMetrics], number: int = 1
) -> None:
    """Add epochs of the network with that number to its epochs.jsonl."""
    with (folder / numbered("epochs.jsonl", number)).open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(epoch.to_dict()) + "\n" for epoch in epochs)


def read_epochs(folder: Path, number: int = 1) -> list[EpochMetrics]:
    """Read epochs.jsonl; a further network that has not begun has none.

    A last line that a crash cut short is left out. After a crash a run goes on from its kept state,
    perhaps some epochs back: an epoch that comes again takes the place of what followed it.
    """
    epochs: list[EpochMetrics] = []
    path = folder / numbered("epochs.jsonl", number)
    if number > 1 and not path.exists():
        return epochs
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        epoch = EpochMetrics.from_dict(json.loads(line))
        del epochs[epoch.epoch - 1 :]
        epochs.append(epoch)
    return epochs


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or nothing, and have it on the disk before returning."""
    draft = path.with_name(path.name + ".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_if_there(path: Path) -> bytes:
    """A file's content; nothing where it is not there, as in folders of older versions."""
    return path.read_bytes() if path.exists() else b""


def damaged(folder: Path, error: Exception) -> RunError:
    return RunError(
        f"The run {folder.name} is damaged and cannot be opened.",
        expected="the files that the app wrote",
        received=f"{type(error).__name__}: {error}",
        fix="Delete its folder, or restore it from a backup.",
    )


def unwritable(folder: Path, error: OSError) -> RunError:
    return RunError(
        f"The run could not be written to {folder}.",
        expected="a folder that can be written to, with room on the disk",
        received=str(error),
        fix="Free some room or choose another folder.",
    )
