#!/bin/sh
# Make .venv with the newest Python that TensorFlow has wheels for, and say what is missing if there is none.
set -eu
for python in python3.13 python3.12 python3.11 python3; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
    if "$python" -m venv .venv 2>/dev/null; then
        exit 0
    fi
    rm -rf .venv
    # Debian and Ubuntu keep venv in a package of its own.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $package ..."
        { apt-get update && apt-get install --yes "$package"; } >/dev/null 2>&1 && "$python" -m venv .venv && exit 0
        rm -rf .venv
    fi
    missing=${missing:-$package}
done
if [ -n "${missing:-}" ]; then
    echo "Python cannot make virtual environments here. Install that part and try again:" >&2
    echo "    sudo apt-get install --yes $missing" >&2
else
    echo "Forecast Studio needs Python 3.11, 3.12 or 3.13. Install one and try again:" >&2
    echo "    sudo apt-get install --yes python3 python3-venv" >&2
fi
exit 1
