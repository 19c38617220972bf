# make run    start the app and print its address
# make test   all tests, with what they need
# make check  formatter, linter, type checker
# make bench  how fast it trains, and how the running app feels, side by side with others
# make screenshots, make lock, make format, make clean

PORT ?= 8501
ADDRESS ?= localhost
BIN := .venv/bin

.PHONY: run test check format lock bench screenshots clean

run: .venv/.runtime
	@echo "Forecast Studio: http://$(ADDRESS):$(PORT)  (Ctrl-C ends it)"
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

test: .venv/.dev
	@$(BIN)/python tests/browser/find.py
	$(BIN)/python -m pytest -n 2 --ignore=tests/browser
	$(BIN)/python -m pytest tests/browser

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/.dev
	sh tools/lock.sh

screenshots: .venv/.dev
	$(BIN)/python -m tools.screenshots

bench: .venv/.dev
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.stage

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	sh tools/venv.sh

.venv/.runtime: requirements.lock .venv/bin/python
	@echo "Installing what the app needs; TensorFlow alone is about 600 MB, so this takes some minutes once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
