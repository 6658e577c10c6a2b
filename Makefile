# Two commands: make run, make test. Everything lands in .venv, node_modules and var of this checkout.
PYTHON ?= python3.11
BIN := .venv/bin
STAMPS := .stamps
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes --no-deps

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long lint types imports catalogues bench docs demo-reset lock audit messages

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMPS)/dev $(STAMPS)/ready ## everything into .venv and node_modules

$(STAMPS)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Nhịp Cầu needs Python 3.11: apt install python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Nhịp Cầu needs python3-venv: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: $(STAMPS)/python requirements/base.txt pyproject.toml
	@echo "Installing Python packages ..."
	@$(PIP) -r requirements/base.txt
	@echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/nhipcau.pth"
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base requirements/dev.txt
	@echo "Installing what tests and builds need ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@
