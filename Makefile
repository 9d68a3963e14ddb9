# make demo   install, build the graph of the bundled report, answer a question, write the network page
# make test   install what the tests need (a browser included) and run every check
# make help   the rest

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# Debian: install package $(1) when that is allowed, else say how
define debian
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; \
	else echo "make: $(1) is missing - install it with your package manager, e.g. sudo apt-get install $(1)" >&2; exit 2; fi
endef

.PHONY: demo test check lint pytest golden notebooks docs bench namespace clean help

demo: $(STAMP)-kg
	@$(BIN)/kg build
	@echo
	@$(BIN)/kg ask people/leads --format cards
	@echo
	@$(BIN)/kg view institution-talent -o network.html

test: check pytest

check: lint
	@$(BIN)/kg build --check
	@$(BIN)/kg check

lint: $(STAMP)-test
	@$(BIN)/ruff check kg tests benchmarks hatch_build.py
	@$(BIN)/ruff format --check -q kg tests benchmarks hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

pytest: $(STAMP)-test $(STAMP)-browser $(STAMP)-virtuoso
	@$(BIN)/pytest -n 2

golden: $(STAMP)-test  ## rewrite the expected answers, to be reviewed as a diff
	@$(BIN)/kg build
	@$(BIN)/pytest tests/test_queries.py tests/test_catalogue.py --rewrite
	@$(BIN)/python -m tests.notebooks

notebooks: $(STAMP)-test  ## run the notebooks under docs/notebooks/ and keep what they say
	@$(BIN)/python -m tests.notebooks

docs: $(STAMP)-test  ## the ontology as HTML under build/ontology/
	@$(BIN)/python -m kg.ontology_docs build/ontology

bench: $(STAMP)-bench  ## the benchmarks, side by side
	@for script in benchmarks/*.py; do $(BIN)/python $$script; done

namespace: $(STAMP)-kg  ## make namespace BASE=https://example.org/kg/ rewrites the base IRI everywhere
	@[ -n "$(BASE)" ] || { echo "make: BASE is missing - say make namespace BASE=https://example.org/kg/" >&2; exit 2; }
	@old=$$($(BIN)/python -c "from kg.namespaces import BASE; print(BASE)"); grep -rlF --exclude-dir=built --exclude-dir=store "$$old" kg ontology queries graph docs tests README.md | xargs sed -i "s|$$old|$(BASE)|g"
	@$(BIN)/kg build

clean:
	rm -rf $(VENV) build dist graph/store graph/.shards network.html

help:
	@sed -n '1,3s/^# //p' Makefile; sed -n 's/^\([a-z]*\):.*## /make \1   /p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is missing or older than 3.11 - install Python 3.11 or later, or say make PYTHON=..." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,python3-venv); }
	@$(PYTHON) -m venv $(VENV)

$(STAMP)-kg: pyproject.toml constraints.txt hatch_build.py $(wildcard frontend/* frontend/src/*) | $(BIN)/python
	@echo "installing into $(VENV) ..."
	@KG_FRONTEND=$${KG_FRONTEND:-local} $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .  # no node fetched for a demo
	@touch $@

$(STAMP)-test: $(STAMP)-kg
	@echo "installing what the tests need ..."
	@KG_FRONTEND=require $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'  # the editor is tested
	@touch $@

$(STAMP)-bench: $(STAMP)-test
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

$(STAMP)-browser: $(STAMP)-kg
	@[ -n "$(BROWSER)" ] || { $(call debian,chromium); }
	@! command -v ldconfig >/dev/null || ldconfig -p | grep -q libatomic.so.1 || { $(call debian,libatomic1); }  # the browser driver needs it
	@fc-list 2>/dev/null | grep -qi 'noto.*cjk' || { $(call debian,fonts-noto-cjk); }
	@touch $@

# the tests start their own Virtuoso; on a machine with systemd its package also starts one, which they do not need
$(STAMP)-virtuoso: $(STAMP)-kg
	@command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null || { $(call debian,virtuoso-opensource); }
	@touch $@
