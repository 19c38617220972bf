"""Settings and a reference to the data as one short word in a link, and back; and its QR code.

The word is JSON, compressed against ``_USUAL`` so that what is common costs next to nothing, and
written with the letters that need no escaping in an address. All settings are in it, so a link
means the same when a later version has other defaults. Whoever opens a link has not made it:
everything is checked as if it were typed in.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from typing import Any

import segno

from forecast.config import Config
from forecast.errors import ConfigError, ForecastError
from forecast.presets import PRESETS
from forecast.sources.samples import SAMPLES
from forecast.sources.ticker import TickerRequest

LONGEST = 2_000  # characters of a word; a usual one has fewer than 150
_LARGEST = 20_000  # bytes it may unpack to, so that no short word fills the memory
# Never change this text: links made before could no longer be read.
_USUAL = (
    b'{"column":"Close","config":{"data":{"calendar":true,"n_rows":500,"scaler":"change"},"model":'
    b'{"activation":"tanh","skip":false,"units":[30]},"preset":"Recommended","train":{"batch_size":'
    b'30,"epochs":150,"gate":true,"learning_rate":0.001,"loss":"mae","optimizer":"adam","patience":'
    b'15,"restore_best":true,"seed":7,"shuffle":true},"window":{"n_steps_in":30,"n_steps_out":7,'
    b'"validation_split":0.1}},"source":"sample:amazon-daily.csv"}'
)


@dataclass(frozen=True)
class Shared:
    """What a link passes on."""

    config: Config
    source: str = ""  # "sample:<file>", "ticker:AMZN:5y:1d:raw", or "" for a file of one's own
    column: str = ""  # the column to forecast

    def __post_init__(self) -> None:
        kind, _, rest = self.source.partition(":")
        if kind == "sample" and rest in {sample.file for sample in SAMPLES}:
            return
        if kind == "ticker" and self.request:
            return
        if self.source:
            raise ConfigError(
                "This link leads to data that are not there.",
                expected="one of the samples, or a ticker",
                received=repr(self.source[:40]),
                fix="Open the app without the link and choose the data on the Data page.",
            )

    @property
    def request(self) -> TickerRequest | None:
        """What to download, if the data are a ticker's.

        Raises:
            SourceError, ConfigError: it cannot be a ticker, or not of that period and interval.
        """
        kind, *parts = self.source.split(":")
        if kind != "ticker" or len(parts) != 4:
            return None
        symbol, period, interval, adjusted = parts
        return TickerRequest(symbol, period, interval, adjusted == "adjusted")


def encode(shared: Shared) -> str:
    """``shared`` as a word of letters, digits, "-" and "_"."""
    content = {
        "column": shared.column,
        "config": shared.config.to_dict(),
        "source": shared.source,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    packer = zlib.compressobj(9, zdict=_USUAL)
    return base64.urlsafe_b64encode(packer.compress(text) + packer.flush()).decode().rstrip("=")


def decode(word: str) -> Shared:
    """The inverse of ``encode``.

    Raises:
        ConfigError: the word is cut short, changed, or not one of ours, or its settings or its data
            are not on offer.
        SourceError: its ticker cannot be one.
    """
    if len(word) > LONGEST:
        raise _unreadable("it is too long")
    try:
        packed = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(zdict=_USUAL)
        text = unpacker.decompress(packed, _LARGEST)
        if not unpacker.eof or unpacker.unused_data:
            raise ValueError("it does not end where it should")
        content = json.loads(text)
        settings, source, column = content["config"], content["source"], content["column"]
    except (ValueError, binascii.Error, zlib.error, KeyError, TypeError, RecursionError) as error:
        raise _unreadable("letters of it are missing or changed") from error
    if not isinstance(settings, dict) or not isinstance(source, str) or not isinstance(column, str):
        raise _unreadable("its parts are not what they should be")
    return Shared(_config(settings), source, column)


def _config(values: dict[str, Any]) -> Config:
    """Settings from a link: a field that this version does not know is refused by name."""
    known = values.get("preset") if values.get("preset") in PRESETS else ""  # it is shown as text
    try:
        return Config.from_dict({part: _listed(values[part]) for part in values}).but(preset=known)
    except ForecastError:
        raise
    except (AttributeError, TypeError, ValueError) as error:
        raise _unreadable(str(error)) from error


def _listed(value: Any) -> Any:
    """JSON has no tuples; the settings have no lists."""
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    return tuple(_listed(part) for part in value) if isinstance(value, list) else value


def _unreadable(why: str) -> ConfigError:
    return ConfigError(
        "This link cannot be read.",
        expected="a whole link, as the app made it",
        received=f"one that was changed or cut short ({why})",
        fix="Copy the whole link again.",
    )


def qr_code(address: str) -> str:
    """``address`` as a QR code: an SVG of black on white, as cameras want it, with its margin."""
    code = segno.make(address, error="m", micro=False)
    svg: str = code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True)
    return svg
