"""Record the runs that the tour on the Learn page shows.

    python -m tools.record_tour

Trains Classic and Recommended, as they are now, on two bundled samples, as the app does when
*Train* is pressed, and writes samples/recordings/*.json. To be run anew when a preset or the
training changes; tests/test_recordings.py notices both.
"""

from __future__ import annotations

import json

import forecast
from forecast import evaluation, presets, recordings
from forecast.sources.samples import SAMPLES

RECORDED = (SAMPLES[0], SAMPLES[1])  # share prices, which wander, and electricity, with a rhythm
PRESETS = ("Classic", "Recommended")


def main() -> None:
    recordings.RECORDINGS.mkdir(exist_ok=True)
    for sample in RECORDED:
        series = forecast.read(sample.read_bytes(), name=sample.file).series
        for name in PRESETS:
            run = forecast.fit(series, presets.PRESETS[name]())
            written = json.dumps(recordings.to_dict(run, sample), separators=(",", ":"))
            recordings.path(sample, name).write_text(written + "\n", encoding="utf-8")
            scores = evaluation.scores(run)
            print(
                f"{sample.name}, {name}: {len(run.history)} epochs, best {run.best_epoch}, "
                f"gate {run.gate:.3f}, error {scores.mae:.4g}, naive {scores.naive_mae:.4g}, "
                f"skill {scores.skill:+.3f}"
            )


if __name__ == "__main__":
    main()
