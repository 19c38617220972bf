"""The bundled samples; ``samples/README.md`` says where their figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from forecast.errors import SourceError

FOLDER = Path(__file__).parent.parent.parent / "samples"


@dataclass(frozen=True)
class Sample:
    """One bundled file and how to speak of it."""

    file: str
    name: str
    about: str
    unit: str

    def read_bytes(self) -> bytes:
        """The file's content.

        Raises:
            SourceError: it is not there, as in a copy of the package without its samples.
        """
        try:
            return (FOLDER / self.file).read_bytes()
        except OSError as error:
            raise SourceError(
                "no_sample",
                f"The sample {self.name} is missing.",
                expected=f"the file samples/{self.file}",
                received=str(error.strerror),
                fix="Install the app again, or upload a file of your own.",
            ) from error


SAMPLES = (
    Sample(
        "amazon-daily.csv",
        "Amazon, daily",
        "Share price on every trading day, 2013 to 2023",
        "$",
    ),
    Sample(
        "electricity-half-hourly.csv",
        "Electricity, half-hourly",
        "Demand in England and Wales, twelve weeks of 2000",
        "MW",
    ),
    Sample(
        "bike-rentals-daily.csv",
        "Bike rentals, daily",
        "Capital Bikeshare in Washington, D.C., 2011 and 2012",
        "rentals",
    ),
)
