# Intrek. `make run` starts it, `make test` proves it; the rest is for who works on it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
LOCK := $(wildcard requirements/*.txt)
# What waits in a test (a browser, a server that hangs) leaves its core to another.
PYTEST := $(BIN)/python -m pytest -q
export UV_PYTHON_DOWNLOADS := never
# Some forty processes start here: each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
export PORT

.PHONY: help setup run test check fix lint types contracts templates browser unit unit-postgresql journeys bench bench-record matrix matrix-controls proofs papers \
	pictures handbook messages check-messages compilemessages static lock

help: ## what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: .venv/stamp ## the environment, from hashed requirements

.venv/stamp: $(LOCK)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
		echo "Python 3.11 or newer with its venv module is needed (Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/setup.txt requirements/test.txt
	@touch $@

run: setup compilemessages static ## the application and its worker on http://localhost:8000 (PORT=, DEMO=0)
	@$(MANAGE) migrate --noinput --verbosity 0
	@if [ "$(DEMO)" != "0" ]; then $(MANAGE) demo --if-empty && echo "Who may sign in:" && $(MANAGE) demo --who; fi
	@exec $(BIN)/python tools/serve.py

test: setup browser check unit unit-postgresql journeys ## everything that must hold before a change lands

check: setup lint types contracts templates check-messages ## lint, types, import contracts, templates, migrations, catalogues
	@env -u DATABASE_URL $(MANAGE) makemigrations --check --dry-run --verbosity 1
	@$(MANAGE) check --fail-level WARNING

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

contracts: setup
	@$(BIN)/lint-imports --cache-dir .cache/import-linter

templates: setup
	@$(BIN)/djlint intrek --lint --quiet

fix: setup ## format, and mend what can be mended by itself
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

browser: setup
	@$(BIN)/python tools/browser.py

# What proves something touches no installation of this machine.
check unit unit-postgresql journeys matrix matrix-controls: export INTREK_DATA = $(CURDIR)/build/scratch

unit: setup compilemessages ## the tests on SQLite
	@env -u DATABASE_URL $(PYTEST) -n 3 --ignore tests/journeys

unit-postgresql: setup compilemessages ## the same tests on a PostgreSQL of their own
	@$(BIN)/python tools/postgresql.py $(PYTEST) -n 3 --ignore tests/journeys

journeys: setup compilemessages browser ## the story in a real browser, at a desk and on a phone
	@if [ -d tests/journeys ]; then env -u DATABASE_URL $(PYTEST) -n 3 tests/journeys; fi

bench: setup compilemessages static ## speed and memory, written to build/bench.json
	@$(BIN)/python -m tools.bench

bench-record: setup compilemessages static ## whether an installation bears the record of looks, written to build/record.json
	@$(BIN)/python -m tools.bench.record

matrix: setup compilemessages ## every page asked by everybody, on both databases; figures in build/matrix.json
	@$(BIN)/python tools/matrix.py

matrix-controls: setup compilemessages ## takes one guard away at a time: each must turn the walk red; build/matrix-controls.json
	@$(BIN)/python tools/matrix_controls.py

proofs: setup compilemessages ## what other programs make of what we write: calendars, a seal; figures in build/proofs.json
	@$(BIN)/python tools/proofs.py

papers: setup compilemessages ## every kind of paper is set and looked at by other programs; figures in build/papers.json
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/papers.txt
	@$(BIN)/python tools/papers.py

pictures: setup compilemessages browser ## the pictures of the README and the handbook
	@$(BIN)/python tools/pictures.py

handbook: setup compilemessages ## the tables of the handbook, written from the policy
	@$(BIN)/python tools/handbook.py

messages: setup ## gather texts into the catalogues (ROOM=placement for one room)
	@$(BIN)/python tools/messages.py update $(ROOM)

check-messages: setup
	@$(BIN)/python tools/messages.py check

static: setup
	@$(MANAGE) collectstatic --noinput --verbosity 0

compilemessages: setup
	@$(BIN)/python tools/messages.py compile

lock: setup ## new versions into requirements/*.txt, with a hash for every file
	@for name in setup run test papers; do $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --no-header \
		--no-emit-index-url --no-emit-find-links --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt; done
