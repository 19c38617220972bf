"""Everything that can go wrong in a way a user can meet.

ForecastError
├── DataError      a file or a table cannot be used as it is (carries a ``code``)
├── ConfigError    settings that cannot work, alone or together
├── SourceError    a download did not bring data (carries a ``code``)
├── EngineError    the workers are not there, or one died
└── RunError       a run is missing, damaged or of a newer format

The screen shows ``str(error)`` as it stands, so every part is written for somebody who does not
program: what happened, what was expected, what was received, and what to do next.
"""

from __future__ import annotations

from typing import Any


class ForecastError(Exception):
    """What happened, what was expected, what was received, and the way out.

    Args:
        what: one sentence on what happened.
        expected: what would have worked; a phrase without a full stop.
        received: what was found instead; a phrase without a full stop.
        fix: one sentence on what to do next.
    """

    def __init__(self, what: str, *, expected: str = "", received: str = "", fix: str = "") -> None:
        self.what, self.expected, self.received, self.fix = what, expected, received, fix
        super().__init__(what)

    def __str__(self) -> str:
        parts = [self.what]
        if self.expected:
            parts.append(f"Expected: {self.expected}.")
        if self.received:
            parts.append(f"Received: {self.received}.")
        if self.fix:
            parts.append(self.fix)
        return " ".join(parts)

    def parts(self) -> dict[str, str]:
        """The four parts as plain values, to be kept in a file."""
        names = ("what", "expected", "received", "fix")
        return {name: getattr(self, name) for name in names}

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors travel from workers; exceptions with keyword arguments do not pickle by themselves.
        return _rebuild, (type(self), dict(self.__dict__))


class CodedError(ForecastError):
    """A ForecastError with a stable ``code`` that callers and tests can rely on."""

    def __init__(self, code: str, what: str, **parts: str) -> None:
        self.code = code
        super().__init__(what, **parts)


class DataError(CodedError):
    """A file or a table cannot be used as it is."""


class SourceError(CodedError):
    """A download did not bring data."""


class ConfigError(ForecastError):
    """Settings that cannot work, alone or together."""


class EngineError(ForecastError):
    """The workers cannot be reached, or one of them died."""


class RunError(ForecastError):
    """A run is missing, damaged, or written by a newer version."""


def _rebuild(cls: type[ForecastError], state: dict[str, Any]) -> ForecastError:
    error = cls.__new__(cls)
    Exception.__init__(error, state["what"])
    error.__dict__.update(state)
    return error
