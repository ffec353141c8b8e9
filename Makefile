# The project's commands; `make help` lists them. Everything they need is fetched into .tools, .venv and node_modules.
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= village
SIZE ?= village

BIN := .venv/bin
UV := .tools/uv/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate
CODE := src tests tools $(wildcard bench)
export PYTHONPATH := src:tools
export DJANGO_SETTINGS_MODULE := oasis.config.settings
# Compiled once and kept, also where the machine says otherwise: the tests start the program a hundred times.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.tools/compiled
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help bootstrap assets run demo test browser pictures bench check lint types floors templates words migrations locks audit load fix lock

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

bootstrap:
	@sh tools/bootstrap.sh

assets: bootstrap ## Fetch the third-party files of the screens
	@$(BIN)/python tools/assets.py

run: assets ## Start Oasis with demo data (HOST, PORT and DEMO choose where and what)
	@$(BIN)/oasis up --host $(HOST) --port $(PORT) --demo $(DEMO)

demo: assets ## Fill a database with demo data (SIZE=village, township or county)
	@$(BIN)/oasis demo --size $(SIZE)

test: assets ## Run the whole suite: SQLite, PostgreSQL, browser stories
	@$(BIN)/python tools/suite.py

browser: assets ## Run the browser stories only
	@$(BIN)/python tools/machine.py
	@$(BIN)/python -m pytest -q tests/browser

pictures: assets ## Take the pictures of the README anew
	@$(BIN)/python tools/pictures.py

bench: assets ## Measure the main screens (docs/performance.md)
	@$(BIN)/python -m bench

load: assets ## Let 50 teachers work at once (SIZE=township MINUTES=5 TEACHERS=50)
	@$(BIN)/python -m bench.load

check: lint types floors templates words migrations locks audit ## Run every check that is not a test

lint: bootstrap
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: bootstrap
	@$(BIN)/mypy

floors: bootstrap
	@$(BIN)/lint-imports --no-cache

templates: bootstrap
	@$(BIN)/python tools/templates.py

words: bootstrap
	@$(BIN)/python tools/words.py

migrations: bootstrap
	@$(BIN)/python -m oasis.config.manage makemigrations --check --dry-run

locks: bootstrap
	@mkdir -p .tools/locks && cp requirements.lock requirements-dev.lock .tools/locks/
	@$(COMPILE) pyproject.toml -o .tools/locks/requirements.lock
	@$(COMPILE) --group dev pyproject.toml -o .tools/locks/requirements-dev.lock
	@diff -u requirements.lock .tools/locks/requirements.lock && diff -u requirements-dev.lock .tools/locks/requirements-dev.lock \
		|| { echo "run: make lock"; exit 1; }

audit: bootstrap
	@$(BIN)/python tools/audit.py

fix: bootstrap ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

lock: bootstrap ## Bring the locks up to date with pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	@$(COMPILE) $(UPGRADE) --group dev pyproject.toml -o requirements-dev.lock
