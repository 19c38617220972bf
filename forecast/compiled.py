"""Compiled programs on disk, so that no start of the app compiles again what an earlier one did.

TensorFlow keeps and finds them; this module says where. What it finds there it runs as machine
code, so the folder belongs to this user alone, and each kind of machine and version has its own.
It trusts what it finds: a file that was cut off fails the run that asks for it (see ``forget``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

VARIABLE = "FORECAST_COMPILED"  # where a worker keeps its programs
FLAGS_VARIABLE = "TF_XLA_FLAGS"
MOST_BYTES = 200_000_000  # some two hundred programs; the oldest go first
_ROOM = bytes(8_000_000)  # more than the largest network's program takes
_FLAG = "--tf_xla_persistent_cache_directory"


def folder_below(root: Path) -> Path:
    """Where programs of this machine, this TensorFlow and its settings are kept below ``root``."""
    made_for = (
        version("tensorflow"),
        platform.machine(),
        _processor(),
        os.environ.get("XLA_FLAGS", ""),
    )
    return root / hashlib.sha256("\n".join(made_for).encode()).hexdigest()[:16]


def _processor() -> str:
    """What the processor can do, as far as the system tells."""
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    found = re.search(r"(?m)^(?:flags|Features)\s*:.*$", told)
    return found.group() if found else platform.processor()


def tidy(root: Path, most: int = MOST_BYTES) -> None:
    """Delete the oldest programs below ``root`` beyond ``most`` bytes."""
    kept = 0
    # Another server may delete at the same moment, which is no reason not to start.
    with contextlib.suppress(OSError):
        files = [(path.stat(), path) for path in root.glob("*/*")]
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime, reverse=True):
            kept += stat.st_size
            if kept > most:
                path.unlink(missing_ok=True)


def use() -> None:
    """Have TensorFlow keep the programs of this process where the environment says.

    To be called before TensorFlow is imported. It is left without where the folder is not this
    user's own or has no room: it would refuse to compile what it cannot write there.
    """
    given = os.environ.get(VARIABLE)
    if given and folder_in_use() is None and is_usable(Path(given)):
        flags = os.environ.get(FLAGS_VARIABLE, "")
        os.environ[FLAGS_VARIABLE] = f'{flags} {_FLAG}="{given}"'.strip()


def is_usable(folder: Path) -> bool:
    """Whether ``folder`` is this user's alone and has room for a program; made if it is missing."""
    probe = folder / f"probe-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid"):
            stat = folder.stat()
            if stat.st_uid != os.getuid() or stat.st_mode & 0o022:
                return False
        try:
            probe.write_bytes(_ROOM)
        finally:
            probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def folder_in_use() -> Path | None:
    """Where TensorFlow keeps the programs of this process; None if it keeps none."""
    found = re.search(rf'{_FLAG}=(?:"([^"]+)"|(\S+))', os.environ.get(FLAGS_VARIABLE, ""))
    return Path(found.group(1) or found.group(2)) if found else None


def forget(folder: Path) -> None:
    """Delete the programs in ``folder``; they are compiled anew when they are asked for."""
    with contextlib.suppress(OSError):  # a folder that cannot be changed is not used: see ``use``
        for path in folder.glob("*.pb"):
            path.unlink(missing_ok=True)


def make_way(folder: Path) -> None:
    """End this worker if ``folder`` has become unusable; its successor will do without.

    TensorFlow reads its flags once, and compiles nothing that it cannot keep there.
    """
    if VARIABLE in os.environ and not is_usable(folder):
        os._exit(1)
