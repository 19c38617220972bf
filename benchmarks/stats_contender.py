"""Automatic statistical models, for an interpreter that has statsforecast; imports nothing here.

    python stats_contender.py IN.npz OUT.npz N_STEPS_OUT

Each model is fitted once on the rows before the first origin; at each origin it takes in what is
known by then with its parameters as they are (``forward``).
"""

import sys
import warnings
from typing import Any

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

MOST_SEASON = {"AutoETS": 24, "AutoTheta": 10_000, "AutoARIMA": 60}  # ETS knows none beyond 24


def forecasts(
    kind: type, values: np.ndarray, origins: np.ndarray, season: int, n: int
) -> np.ndarray:
    name = kind.__name__
    model = kind(season_length=season if season <= MOST_SEASON[name] else 1)
    model.fit(values[: origins[0]])
    return np.stack([model.forward(y=values[:origin], h=n)["mean"] for origin in origins])


def main(given: str, answer: str, n: int) -> None:
    arrays = dict(np.load(given))
    out: dict[str, Any] = {}
    for i in range(len(arrays) // 3):
        values, origins = arrays[f"values{i}"], arrays[f"origins{i}"]
        for kind in (AutoETS, AutoTheta, AutoARIMA):
            season = int(arrays[f"season{i}"])
            try:
                out[f"{kind.__name__}{i}"] = forecasts(kind, values, origins, season, n)
            except Exception as error:  # a model that cannot: said, and counted as the naive one
                print(f"{kind.__name__} on series {i}: {error}", file=sys.stderr)
                out[f"{kind.__name__}{i}"] = np.repeat(values[origins - 1][:, None], n, axis=1)
    np.savez(answer, **out)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
