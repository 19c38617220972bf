"""The rules of the house, read from the imports: what may stand on what."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORKER_ONLY = {
    "forecast.lstm",
    "forecast.model",
    "forecast.program",
    "forecast.training",
    "forecast.predict",
}
SCREEN = ("app", "pages", "ui")


def modules() -> dict[str, Path]:
    files = [
        ROOT / "app.py",
        *(f for d in ("forecast", "ui", "pages") for f in (ROOT / d).rglob("*.py")),
    ]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in files
    }


MODULES = modules()


@cache
def imports(name: str, *, everywhere: bool = True) -> set[str]:
    """What a module imports, by full name; inside functions too where ``everywhere``."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else _at_import(tree.body)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name} uses a relative import; write the whole name."
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _at_import(body: list[ast.stmt]) -> list[ast.AST]:
    """The statements that run when the module is imported, not those for type checkers."""
    nodes: list[ast.AST] = []
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            continue
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            nodes += list(ast.walk(statement))
    return nodes


def uses(name: str, package: str, **how: bool) -> bool:
    return any(got == package or got.startswith(package + ".") for got in imports(name, **how))


@cache
def internal(name: str) -> set[str]:
    return {got for got in imports(name, everywhere=False) if got in MODULES and got != name}


@pytest.mark.parametrize("name", sorted(m for m in MODULES if m.split(".")[0] == "forecast"))
def test_the_package_knows_nothing_of_the_screen(name):
    for package in ("streamlit", *SCREEN):
        assert not uses(name, package), (
            f"{name} imports {package}; forecast/ works without a screen."
        )


@pytest.mark.parametrize("name", sorted(MODULES))
def test_only_charts_draws(name):
    assert name.startswith("forecast.charts") or not uses(name, "plotly"), (
        f"{name} imports Plotly; figures are made in forecast/charts/."
    )


@pytest.mark.parametrize("name", sorted(MODULES))
def test_tensorflow_stays_in_the_worker_modules(name):
    for package in ("tensorflow", "keras"):
        assert name in WORKER_ONLY or not uses(name, package), (
            f"{name} imports {package}; only {sorted(WORKER_ONLY)} may, as they run in workers."
        )


@pytest.mark.parametrize("name", sorted(set(MODULES) - WORKER_ONLY))
def test_nothing_pulls_a_worker_module_into_the_server(name):
    seen, open_ = set(), [name]
    while open_:
        module = open_.pop()
        reached = internal(module) & WORKER_ONLY
        assert not reached, f"{name} imports {reached} by way of {module}; import it in a function."
        seen.add(module)
        open_ += internal(module) - seen


@pytest.mark.parametrize("name", sorted(m for m in MODULES if m.startswith("pages.")))
def test_pages_do_not_import_each_other(name):
    screen = name.split(".")[1]
    others = {got for got in imports(name) if got.startswith("pages.")}
    wrong = {got for got in others if got.split(".")[1] != screen}
    assert not wrong, f"{name} imports {wrong}; what pages share stands in ui/."


def test_session_state_has_one_owner():
    users = {
        name
        for name, path in MODULES.items()
        if "session_state" in path.read_text(encoding="utf-8")
        or "query_params" in path.read_text(encoding="utf-8")
    }
    assert users == {"ui.state"}


def test_every_chart_has_a_name():
    """``layout.chart`` asks what a chart shows, for those who cannot see it."""
    users = {
        name for name, path in MODULES.items() if "st.plotly_chart(" in path.read_text("utf-8")
    }
    assert users == {"ui.layout"}


def test_no_imports_in_circles():
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"imports in a circle: {' → '.join((*trail, name))}"
        if name in done:
            return
        for next_name in internal(name):
            # A package's __init__ gathers its modules; asking for the package is asking for them.
            if not name.startswith(next_name + "."):
                visit(next_name, (*trail, name))
        done.add(name)

    for name in MODULES:
        visit(name, ())


@pytest.mark.parametrize("name", sorted(MODULES))
def test_files_can_be_read_in_one_sitting(name):
    n_lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert n_lines <= 320, f"{name} has {n_lines} lines; split it by what it is about."


def test_app_is_page_config_navigation_run():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 40


def test_no_registry_address_stands_in_any_lock_file():
    for path in ROOT.glob("requirements*"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert "--index-url" not in text, path.name
