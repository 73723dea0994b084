# `make run` and `make test` need git, make and Python 3.11 or later; each installs what it needs into .venv first.
PYTHON ?= python3
BIN := .venv/bin
HMIC := $(BIN)/hmic

.PHONY: help install run test coverage check format bench accuracy fuzz fuzz-answers faults lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/installed  ## a .venv with hmic and everything its tests need

.venv/installed: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hmic needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: install  ## migrate, load seeds/, and open the bot: in Slack with tokens, in the stand-in workspace without
	@$(HMIC) db upgrade
	@$(HMIC) add seeds
	@$(HMIC) run

check: install  ## lint, types, layering
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# More workers than most machines have cores: the tests of processes and pages mostly wait. The slowest come last, so
# workers that are done take from those that are not.
test: check  ## check, then every test
	$(BIN)/pytest --numprocesses 4 --dist worksteal

# On its own: counting lines makes the tests a third slower.
coverage: install  ## how much of the domain its own tests reach; fails below 95 %
	$(BIN)/pytest --numprocesses 4 --dist worksteal --cov=summaries --cov-report=term:skip-covered --cov-fail-under=95 \
		tests/unit tests/golden tests/store

bench: install  ## how long an answer takes, next to an echo, how fast releases are read, and how long searches take
	$(BIN)/python benchmarks/answer.py
	$(BIN)/python benchmarks/parsing.py
	$(BIN)/python benchmarks/search.py

accuracy: install  ## how much of the corpus is read right, field by format
	$(BIN)/python benchmarks/accuracy.py

fuzz: install  ## a hundred thousand documents nobody would write
	$(BIN)/python benchmarks/fuzz.py --processes 2

fuzz-answers: install  ## fifty thousand questions nobody would ask
	$(BIN)/python benchmarks/fuzz_answers.py --processes 2

format: install  ## rewrite the code as ruff likes it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

faults: install  ## kill and freeze workers until it is proven that no digest is lost or repeated: delivery-report.json
	$(BIN)/python tests/faults/prove.py

lock: install  ## resolve the dependencies again, with hashes and without index addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.txt

clean:  ## remove the environment and caches, not the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
