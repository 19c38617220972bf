"""Runs app.py: a deep link to a server that nobody has visited comes here. See decision 3."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parent.parent / "app.py"), run_name="__main__")
