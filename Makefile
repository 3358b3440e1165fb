.PHONY: help test lint format snapshots check bench

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

test:  ## run the tests
	.venv/bin/pytest

lint:  ## look for mistakes in form and types
	.venv/bin/ruff format --check src tests bench docs
	.venv/bin/ruff check src tests bench docs
	.venv/bin/mypy

format:  ## bring the code into form
	.venv/bin/ruff format src tests bench docs
	.venv/bin/ruff check --fix src tests bench docs

snapshots:  ## accept the screens as they look now
	.venv/bin/pytest tests/tui --snapshot-update

check:  ## all that CI does
	.ci/run

bench:  ## measure against the yardsticks
	.venv/bin/python -m bench
