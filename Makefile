# `make` installs everything into .venv and builds dist/; `make test` runs every check.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: all build test clean

all: build

build: .venv/installed
	@$(BIN)/wakhan build

test: .venv/installed
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md ontology data queries src
	$(BIN)/mypy
	$(BIN)/wakhan format --check
	$(BIN)/wakhan facts --check
	$(BIN)/pytest --numprocesses auto

# A stamp: the environment is made anew only when what goes into it changes.
.venv/installed: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Wakhan needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
		echo "Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
