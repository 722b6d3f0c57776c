# Omtanke: `make demo` to try it, `make test` to test it, `make check` is what CI runs.
PORT ?= 8000
export OMTANKE_DEMO ?= 1
SHELL := /bin/bash
.DELETE_ON_ERROR:

# The first Python that is new enough; a virtual environment that is broken or half made is made again.
FIND_PYTHON := for p in python3.13 python3.12 python3 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo $$p; exit; }; done; \
  echo "Omtanke needs Python 3.12 or newer." >&2; exit 1
BIN := .venv/bin

.PHONY: setup demo test check lint types contracts docs lock messages clean

setup: .venv/.ready build/.gathered

.venv/.base: requirements/base.txt pyproject.toml
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || { rm -rf .venv; \
	  python=$$($(FIND_PYTHON)) && $$python -m venv .venv; }
	@echo "Installing the Python packages ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.ready: .venv/.base $(wildcard omtanke/*/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m omtanke compile_texts
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing what the checks need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Omtanke needs Node 20 or newer." >&2; exit 1; }
	@echo "Installing the front-end packages ..."
	@npm ci --silent
	@touch $@

build/.ready: node_modules/.ready $(wildcard frontend/* frontend/*/*)
	@echo "Building the front end ..."
	@node frontend/build.mjs
	@touch $@

build/.gathered: build/.ready .venv/.base $(wildcard omtanke/*/static/*/*)
	@$(BIN)/python -m omtanke gather_static >/dev/null
	@touch $@

# The planner's search is compiled once, so that nobody's first draft waits for it.
var/.planner: .venv/.base $(wildcard omtanke/kernel/planning/*.py)
	@echo "Getting the planner ready ..."
	@$(BIN)/python -c 'from omtanke.kernel.planning.search import warm; warm()'
	@mkdir -p var && touch $@

demo: setup var/.planner
	@$(BIN)/python -m omtanke demo
	@$(BIN)/python -m omtanke serve --port $(PORT)

test: setup .venv/.dev
	@$(BIN)/python -m stories.chromium
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --lint omtanke

types: .venv/.dev
	@$(BIN)/mypy omtanke

contracts: setup .venv/.dev
	@$(BIN)/lint-imports
	@$(BIN)/python -m omtanke makemigrations --check --dry-run
	@$(BIN)/python -m omtanke texts --check

docs: setup .venv/.dev
	@$(BIN)/python -m omtanke generate_docs --check

check: lint types contracts docs test

messages: setup .venv/.dev
	@$(BIN)/python -m omtanke texts

lock:
	@uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header requirements/base.in -o requirements/base.txt
	@uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	@uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header -c requirements/dev.txt requirements/roads.in -o requirements/roads.txt

clean:
	@rm -rf build node_modules .venv
