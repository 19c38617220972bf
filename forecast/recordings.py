"""Recorded runs on the bundled samples, which the tour shows; ``tools/record_tour.py`` makes them.

A recording is what a run leaves apart from its network: settings, every epoch's figures, and what
the network said of the validation windows and of the steps after the last row. The series itself is
the sample's, so it is not written twice, and a recording of other values is refused.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast.config import Config
from forecast.errors import RunError
from forecast.history import EpochMetrics, Outlook
from forecast.runs import Origin, Run
from forecast.scaling import Scaler
from forecast.series import fingerprint
from forecast.sources.samples import FOLDER, Sample

RECORDINGS = FOLDER / "recordings"
DIGITS = 7  # significant digits that are kept: more than float32 holds


def to_dict(run: Run, sample: Sample) -> dict[str, Any]:
    """A run on a sample as plain values for JSON, without its weights."""
    kept = {
        "sample": sample.file,
        "fingerprint": fingerprint(run.series),
        "created": run.created,
        "versions": run.versions,
        "config": run.config.to_dict(),
        "scaler": asdict(run.scaler),
        "best_epoch": run.best_epoch,
        "gate": run.gate,
        "next_steps": run.outlook.next_steps.tolist(),
        "validation": run.outlook.validation.tolist(),
        "history": [epoch.to_dict() for epoch in run.history],
    }
    rounded: dict[str, Any] = _rounded(kept)
    # Moments since 1970 need all their digits; the scaler decides what every figure means.
    rounded["scaler"] = kept["scaler"]
    for short, epoch in zip(rounded["history"], run.history, strict=True):
        short["ended"] = round(epoch.ended, 3)
    return rounded


def from_dict(values: dict[str, Any], series: pd.Series, sample: Sample) -> Run:
    """The inverse of ``to_dict``; what needs the network (another history) it cannot answer.

    Raises:
        RunError: it was recorded on other values than ``series``, or is not whole.
    """
    try:
        if values["fingerprint"] != fingerprint(series):
            raise RunError(
                "This recording belongs to other values.",
                expected=f"a recording of {sample.file} as it is now",
                received=f"one of {values['created'][:10]}",
                fix="Record it anew: python -m tools.record_tour",
            )
        scaler: dict[str, Any] = {
            name: tuple(part) if isinstance(part, list) else part
            for name, part in values["scaler"].items()
        }
        return Run(
            config=Config.from_dict(values["config"]),
            series=series,
            history=tuple(EpochMetrics.from_dict(epoch) for epoch in values["history"]),
            weights=[],
            scaler=Scaler(**scaler),
            best_epoch=values["best_epoch"],
            outlook=Outlook(np.array(values["next_steps"]), np.array(values["validation"])),
            origin=Origin(sample.name, sample.unit),
            created=values["created"],
            versions=values["versions"],
            gate=values["gate"],
        )
    except (KeyError, TypeError) as error:
        raise RunError(
            "This recording is not whole.",
            expected="a file of tools/record_tour.py",
            received=f"{type(error).__name__}: {error}",
            fix="Record it anew: python -m tools.record_tour",
        ) from error


def path(sample: Sample, preset: str) -> Path:
    """Where the recording of a preset on a sample lies."""
    return RECORDINGS / f"{Path(sample.file).stem}-{preset.lower().replace(' ', '-')}.json"


def load(sample: Sample, preset: str, series: pd.Series) -> Run:
    """The recorded run of a preset on a sample.

    Args:
        series: the sample as it is read.

    Raises:
        RunError: there is none, or it belongs to other values.
    """
    file = path(sample, preset)
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(
            "This recording cannot be read.",
            expected=f"the file samples/recordings/{file.name}",
            received=str(error),
            fix="Install the app again, or record it anew: python -m tools.record_tour",
        ) from error
    return from_dict(values, series, sample)


def _rounded(value: Any) -> Any:
    """The same values with floats of ``DIGITS`` significant digits."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
