# The commands a person needs. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RUN = $(BIN)/python -m peerbot
.DEFAULT_GOAL := help

.PHONY: help demo test coverage check faults bench lock clean
help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "peerbot needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m compileall -q peerbot
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/run.stamp ## a day with the real bot and the built-in simulator: no token, no network
	$(RUN) demo $(ARGS)

test: $(VENV)/dev.stamp ## all tests, on SQLite and on a PostgreSQL that it starts itself
	$(BIN)/python -m pytest -n 2 $(ARGS)

coverage: $(VENV)/dev.stamp ## the same with branch coverage, which takes about twice as long; fails below 90 %
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term --cov-fail-under=90 $(ARGS)

check: $(VENV)/dev.stamp ## style, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

faults: $(VENV)/dev.stamp ## the long campaign: at least 300 kills, result printed
	$(BIN)/python -m tests.faults.campaign $(ARGS)

bench: $(VENV)/dev.stamp ## speed, as ratios within one run
	$(BIN)/python -m benchmarks $(ARGS)

lock: $(VENV)/dev.stamp ## write the locked requirement files anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml requirements/dev.in -o requirements/dev.txt

clean: ## forget the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache dist
