#!/bin/sh
# Write both lock files anew: every package with its hashes, for every system, with no registry's address.
set -eu
.venv/bin/python -m pip install --quiet uv
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url "$@"
}
compile requirements.txt --output-file requirements.lock
compile requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock
