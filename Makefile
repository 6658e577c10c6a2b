# Two commands: make run, make test. Everything lands in .venv, node_modules and var of this checkout.
PYTHON ?= python3.11
BIN := .venv/bin
STAMPS := .stamps
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-deps
# Where the machine has no Node, the one from requirements/node.txt lies in .venv/bin.
NPM := PATH="$$PATH:$(CURDIR)/$(BIN)" npm
# One more than there are cores: browsers and servers of the tests leave a core idle while they are waited for.
ON_EVERY_CORE := --numprocesses $(shell expr $$(nproc) + 1) --maxprocesses 5 --no-loadscope-reorder
# What lists of names are made of.
NAMES := $(filter-out %/cities.tsv,$(wildcard $(addprefix src/nhipcau/newswire/gazetteer/,*.py data/*.tsv data/*/*.tsv)))
PO := $(wildcard src/nhipcau/locale/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help setup run test checks test-long lint types imports catalogues messages bench docs demo-reset lock audit

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMPS)/dev $(STAMPS)/served ## install everything into .venv and node_modules

run: $(STAMPS)/served ## prepare a demonstration and open the desk; OPML=FILE collects from your own feeds
	@$(BIN)/nhipcau demo $(if $(OPML),--opml "$(OPML)")

demo-reset: $(STAMPS)/served ## throw the demonstration's data away and prepare it again at the next start
	@$(BIN)/nhipcau demo --reset

test: setup checks ## lint, import order, types, catalogues, then the tests on what this machine has
	@echo "== PostgreSQL: what queries do =="
	@$(BIN)/pytest $(ON_EVERY_CORE) -q -m "both_databases and not long" --database=postgres
	@echo "== Everything else: SQLite, browser =="
	@$(BIN)/pytest $(ON_EVERY_CORE) -q -m "not long"

checks:
	@$(MAKE) --no-print-directory --jobs 2 lint imports types catalogues

test-long: setup audit ## what takes long: mutated stranger matrix, fuzzing, real archives, killed runs
	@$(BIN)/pytest $(ON_EVERY_CORE) -q -m "both_databases and long" --database=postgres || [ $$? -eq 5 ]
	@$(BIN)/pytest $(ON_EVERY_CORE) -q -m long

lint: $(STAMPS)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/python tools/scoping.py

imports: $(STAMPS)/dev
	@$(BIN)/lint-imports --no-cache

types: $(STAMPS)/dev
	@$(BIN)/mypy

catalogues: $(STAMPS)/dev
	@$(BIN)/python tools/catalogues.py check

messages: $(STAMPS)/dev ## take new texts into the catalogues
	@$(BIN)/python tools/catalogues.py update

audit: $(STAMPS)/dev ## known weaknesses in the pinned packages
	@$(BIN)/pip-audit --progress-spinner off --require-hashes --disable-pip -r requirements/base.txt

bench: setup ## every benchmark, one after the other
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || failed=1; done; [ -z "$$failed" ]

docs: setup ## the documentation site, into site/
	@$(BIN)/zensical build --strict

lock: ## compile the hashed locks again (needs uv)
	@cd requirements && for name in base build dev lake node; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header -o $$name.txt $$name.in || exit 1; done
	@npm install --package-lock-only

$(STAMPS)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Nhịp Cầu needs Python 3.11: apt install python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Nhịp Cầu needs the venv module: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: $(STAMPS)/python requirements/base.txt requirements/build.txt pyproject.toml
	@echo "Installing the Python packages that the system runs on ..."
	@$(PIP) --require-hashes -r requirements/base.txt -r requirements/build.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base requirements/dev.txt
	@echo "Installing the Python packages for tests and checks ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/node: package.json package-lock.json | $(STAMPS)/python
	@command -v npm >/dev/null || { echo "Installing Node ..."; $(PIP) --require-hashes -r requirements/node.txt; }
	@echo "Installing the front-end files ..."
	@$(NPM) ci --silent --no-fund --no-audit --ignore-scripts
	@touch $@

$(STAMPS)/served: $(STAMPS)/base $(STAMPS)/node tools/vendor.py tools/catalogues.py tools/cities.py tools/lists.py $(NAMES) $(PO)
	@$(BIN)/python tools/vendor.py
	@$(BIN)/python tools/cities.py
	@$(BIN)/python tools/catalogues.py compile
	@touch $@
