# `make atlas` builds the maps, `make test` runs everything; both need only Python 3.11+, pip, make and a shell.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: atlas test pytest test-versions test-lowest browser docs clean

atlas: $(VENV)/installed
	$(BIN)/clearance-atlas build

test: $(VENV)/installed-test browser
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto $(PYTEST)

pytest: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto $(PYTEST)

# The tests alone with every interpreter at hand, each in an environment of its own.
VERSIONS ?= 3.11 3.12 3.13
test-versions:
	@for version in $(VERSIONS); do \
	  python=; for one in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python3; do \
	    "$$one" -c '' 2>/dev/null && python=$$one; done; \
	  if [ -z "$$python" ]; then echo "Python $$version is not at hand: left out"; continue; fi; \
	  echo "Python $$version"; $(MAKE) pytest PYTHON="$$python" VENV=.venv-$$version || exit 1; \
	done

# The tests with the lowest versions that pyproject.toml allows, on the lowest Python.
test-lowest:
	PIP_CONSTRAINT=$(CURDIR)/tests/lowest.txt $(MAKE) pytest VENV=.venv-lowest

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(PYTHON) -m pip install virtualenv && $(PYTHON) -m virtualenv $(VENV); }

$(VENV)/installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/installed

# The page tests need a Chromium: an installed one is used; as root on Debian it is fetched.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && apt-get update --quiet=2 && apt-get install --quiet=2 --yes chromium >/dev/null; } \
	  || echo "No Chromium found: the page tests will be skipped; install one, for example: sudo apt-get install chromium"

docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) .venv-* build dist site
