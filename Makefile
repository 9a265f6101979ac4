# `make` prints the targets. Each one does its own set-up in .venv and var/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:

PYTHON ?= python3
PORT ?= 8000
OUT ?= rehearsal-out
ARGS ?=
TESTS ?= tests
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py

# A stamp per state of the pinned packages: quick the second time, renewed when a lock changes.
PRODUCT := .venv/.product-$(shell sha256sum requirements.txt | cut -c1-16)
TOOLS := .venv/.tools-$(shell sha256sum requirements-dev.txt | cut -c1-16)
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: help demo demo-clean test check rehearse bench screenshots lock translations debian-demo debian-tests

help: ## print this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: $(PRODUCT) $(CATALOGUES) ## an invented network around the real protocol, on 127.0.0.1:8000 (PORT=)
	BASE_URL=http://127.0.0.1:$(PORT) DJANGO_SETTINGS_MODULE=intranet.settings.demo $(MANAGE) demo --port $(PORT) $(ARGS)

demo-clean: $(PRODUCT) ## drop the demo's database and files
	DJANGO_SETTINGS_MODULE=intranet.settings.demo $(MANAGE) demo --clean

rehearse: $(PRODUCT) $(CATALOGUES) ## play the whole main job into OUT= (ARGS= see manage.py rehearse --help)
	$(MANAGE) rehearse --rehearsal --out "$(OUT)" $(ARGS)

test: debian-tests $(TOOLS) $(CATALOGUES) ## all tests, on real services (TESTS=path ARGS=pytest options)
	$(RUN) -m pytest -n 2 -rs $(TESTS) $(ARGS)

check: debian-tests $(TOOLS) $(CATALOGUES) ## style, types, templates, migrations, catalogues, generated docs
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/djlint --lint --quiet $(shell git ls-files '*.html')
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(MANAGE) makemigrations --check --dry-run
	$(RUN) .ci/check_catalogues.py
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(MANAGE) build_docs --check

bench: debian-tests $(TOOLS) $(CATALOGUES) ## side-by-side ratios: pages, queries, letter, memory
	$(RUN) -m tests.bench $(ARGS)

screenshots: debian-tests $(TOOLS) $(CATALOGUES) ## pictures of the main screens into docs/pictures
	$(RUN) -m tests.screenshots $(ARGS)

lock: $(TOOLS) ## re-compile the hash-pinned requirements from the .in files
	.venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	@! grep -nE '[a-z]+://' requirements*.txt || { echo 'an address of a registry is in a lock'; exit 1; }

translations: debian-tests $(TOOLS) ## collect new strings into locale/ar, then compile
	.venv/bin/django-admin makemessages -l ar --no-obsolete --no-wrap --add-location file --ignore .venv --ignore var --ignore 'tests/*'
	$(MAKE) --no-print-directory $(patsubst %.po,%.mo,locale/ar/LC_MESSAGES/django.po)

debian-demo:
	@deploy/debian-packages.sh demo

# On a person's machine the tests themselves say what is missing; CI stops here (D40).
debian-tests:
	@deploy/debian-packages.sh tests || [ "$${CI:-}" != true ]

.venv/bin/python: | debian-demo
	$(PYTHON) -m venv .venv

$(PRODUCT): | .venv/bin/python
	$(PIP) -r requirements.txt
	@rm -f .venv/.product-*; touch $@

$(TOOLS): | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@rm -f .venv/.product-* .venv/.tools-*; touch $@ $(PRODUCT)

locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po | $(PRODUCT)
	.venv/bin/pybabel --quiet compile --locale $* --input-file $< --output-file $@
