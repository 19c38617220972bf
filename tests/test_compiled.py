"""Compiled programs on disk: where they are, and what happens to those that are damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecast import compiled

# Trains two epochs and prints what the last one came to, with its programs kept as a worker does.
TWO_EPOCHS = """
from forecast import compiled, threads
compiled.use()
threads.keep_to_one()
from forecast import presets
from forecast.training import Training
from tests.data import random_walk
config = presets.classic().but(epochs=2, n_steps_in=5, units=(4,))
print([epoch.val_loss for epoch in Training(random_walk(80), config)][-1])
"""


def two_epochs(folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "TF_XLA_FLAGS"}
    done = subprocess.run(
        [sys.executable, "-c", TWO_EPOCHS],
        env={**environment, compiled.VARIABLE: str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_another_process_finds_the_program_and_comes_to_the_same_figures(tmp_path):
    folder = tmp_path / "two words" / "kept"
    first = two_epochs(folder)
    (program,) = folder.glob("*.pb")
    written = program.stat().st_mtime_ns
    assert two_epochs(folder) == first
    assert program.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:5_000], lambda _: b"", lambda _: b"?" * 99]
)
def test_a_damaged_program_is_compiled_anew(tmp_path, damage):
    first = two_epochs(tmp_path)
    (program,) = tmp_path.glob("*.pb")
    whole = program.read_bytes()
    program.write_bytes(damage(whole))
    assert two_epochs(tmp_path) == first
    (anew,) = tmp_path.glob("*.pb")
    assert anew.stat().st_size > 0.9 * len(whole)


def test_a_worker_whose_folder_has_become_unusable_makes_way(tmp_path):
    folder = tmp_path / "kept"
    ends = "from pathlib import Path; from forecast import compiled; compiled.make_way(Path({!r}))"
    for name, code in (("kept", 0), ("file", 1)):
        (tmp_path / "file").write_text("")
        environment = {**os.environ, compiled.VARIABLE: str(folder)}
        command = [sys.executable, "-c", ends.format(str(tmp_path / name))]
        assert subprocess.run(command, env=environment, check=False).returncode == code


def test_a_folder_that_others_may_write_to_or_that_is_none_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("TF_XLA_FLAGS", raising=False)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "file").write_text("")
    for folder in ("open", "file", "file/below"):
        monkeypatch.setenv(compiled.VARIABLE, str(tmp_path / folder))
        compiled.use()
        assert compiled.folder_in_use() is None
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path / "own"))
    compiled.use()
    assert compiled.folder_in_use() == tmp_path / "own"
    assert list((tmp_path / "own").iterdir()) == []


def test_flags_of_the_user_stay_and_a_folder_of_theirs_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path))
    monkeypatch.setenv("TF_XLA_FLAGS", "--tf_xla_max_cluster_size=100")
    compiled.use()
    assert os.environ["TF_XLA_FLAGS"].startswith("--tf_xla_max_cluster_size=100 ")
    theirs = "--tf_xla_persistent_cache_directory=/theirs"
    monkeypatch.setenv("TF_XLA_FLAGS", theirs)
    compiled.use()
    assert os.environ["TF_XLA_FLAGS"] == theirs
    assert compiled.folder_in_use() == Path("/theirs")


def test_the_oldest_programs_go_first(tmp_path):
    for age, name in enumerate(["new", "middle", "old"]):
        path = tmp_path / ("a" if age else "b") / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(100))
        os.utime(path, (1e9 - age, 1e9 - age))
    compiled.tidy(tmp_path, most=250)
    assert {path.name for path in tmp_path.glob("*/*")} == {"new", "middle"}


def test_what_cannot_be_tidied_up_keeps_no_server_from_starting(tmp_path):
    (tmp_path / "a" / "folder").mkdir(parents=True)
    compiled.tidy(tmp_path, most=-1)
    assert (tmp_path / "a" / "folder").is_dir()


def test_other_settings_of_the_compiler_have_another_folder(tmp_path, monkeypatch):
    usual = compiled.folder_below(tmp_path)
    assert compiled.folder_below(tmp_path) == usual
    monkeypatch.setenv("XLA_FLAGS", "--xla_backend_optimization_level=0")
    assert compiled.folder_below(tmp_path) != usual
