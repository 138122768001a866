# Everything a person does with this checkout. `make run`, `make hall` and `make test` need nothing but git, make and Python.
.PHONY: run hall test lint lock front clean help
.DEFAULT_GOAL := help
BIN := .venv/bin

help:
	@echo "make run    start relexp with a made-up room, and open it in the browser"
	@echo "make hall   start relexp for an evening: phones in the hall can join"
	@echo "make test   run every test, browser tests included"
	@echo "make lint   check style, types and the floors of the house"
	@echo "make lock   lock the dependencies again (make lock UPGRADE=1 takes the newest)"
	@echo "make front  build the pages' JavaScript again after a change in frontend/"
	@echo "make clean  take away everything these commands made"

run:
	@scripts/bootstrap run
	@exec env RELEXP_DEMO=1 $(BIN)/relexp serve

hall:
	@scripts/bootstrap run
	@exec $(BIN)/relexp serve --hall

test:
	@scripts/bootstrap dev
	@scripts/chromium
	@scripts/postgresql
	@scripts/hub
	@scripts/test

lint:
	@scripts/bootstrap dev
	@scripts/lint

lock:
	@scripts/bootstrap dev
	@$(BIN)/python scripts/lock.py $(if $(UPGRADE),--upgrade)
	@scripts/bootstrap dev

front:
	@scripts/bootstrap dev

clean:
	rm -rf frontend/node_modules relexp/server/static/front .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .grimp_cache .hypothesis .coverage* dist build .run
