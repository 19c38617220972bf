"""The package as its users import it: light, and with the names that it promises."""

import pickle
import subprocess
import sys

import forecast


def test_importing_the_package_loads_neither_tensorflow_nor_streamlit():
    program = (
        "import sys, forecast\n"
        "heavy = {'tensorflow', 'keras', 'streamlit', 'plotly', 'distributed', 'yfinance'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_promised_name_is_there_and_every_public_name_is_promised():
    assert all(hasattr(forecast, name) for name in forecast.__all__)
    defined = {
        name
        for name, value in vars(forecast).items()
        if not name.startswith("_")
        and getattr(value, "__module__", "").startswith("forecast")
        and not name.islower()
    }
    assert defined <= set(forecast.__all__)


def test_errors_survive_the_way_between_processes():
    error = forecast.DataError("empty", "Nothing.", expected="rows", received="none", fix="Add.")
    back = pickle.loads(pickle.dumps(error))
    assert (str(back), back.code) == (str(error), "empty")
    assert str(error) == "Nothing. Expected: rows. Received: none. Add."
