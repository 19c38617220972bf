"""The documents stay true: settings, pages, commands and variables are in them; no link is dead."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from forecast.config import SETTINGS
from forecast.glossary import GLOSSARY
from ui import layout, widgets

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(p.startswith(".") for p in path.relative_to(ROOT).parts)
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def code_outside_tests() -> list[Path]:
    return [
        ROOT / "app.py",
        *(path for folder in ("forecast", "ui", "pages") for path in (ROOT / folder).rglob("*.py")),
    ]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_guide_and_in_the_glossary(name):
    assert f"`{name}`" in GUIDE, f"docs/guide.md does not say what {name} does."
    assert name in GLOSSARY, f"forecast/glossary.py has no word on {name}."


@pytest.mark.parametrize("name", sorted(widgets.LABELS))
def test_the_guide_calls_a_setting_as_the_screen_does(name):
    assert widgets.LABELS[name].split(" (")[0] in GUIDE


@pytest.mark.parametrize("page", layout.PAGES)
def test_every_page_has_its_part_in_the_guide(page):
    assert re.search(rf"^## (\d · )?{page}\b", GUIDE, re.MULTILINE | re.IGNORECASE), (
        f"docs/guide.md has no part on the page {page}."
    )


def test_every_make_command_is_in_contributing():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert "run" in targets
    for target in targets:
        assert f"`make {target}`" in CONTRIBUTING, f"CONTRIBUTING.md does not name make {target}."


def test_no_document_names_a_make_command_that_is_none():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in DOCUMENTS:
        named = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
        assert named <= targets, f"{path.relative_to(ROOT)}: {named - targets}"


def test_every_environment_variable_is_in_the_readme():
    found = {
        node.value
        for path in code_outside_tests()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"FORECAST_[A-Z_]+", node.value)
    }
    assert {"FORECAST_HOME", "FORECAST_WORKERS"} <= found
    for name in found:
        assert f"`{name}`" in README, f"README.md does not name {name}."


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_is_dead(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        aim = (path.parent / file).resolve() if file else path
        assert aim.exists(), f"{path.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), f"{path.name} links to {target}"


def test_pictures_are_small_enough_to_be_kept():
    """Four megabytes in all: they are fetched by everybody who fetches the code."""
    pictures = list((ROOT / "docs" / "screenshots").glob("*.png"))
    assert pictures
    assert sum(path.stat().st_size for path in pictures) < 4_000_000


def test_every_picture_is_used():
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for picture in (ROOT / "docs" / "screenshots").glob("*.png"):
        assert picture.name in text, f"no document shows {picture.name}"
