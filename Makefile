# One command each, from a fresh clone: `make demo`, `make test`. Everything is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
PICTURES ?=
KERNELS ?= all

.PHONY: demo test test-slow test-kernels test-lowest test-browser test-pages run encoders gallery docs docs-check docs-look clean

demo: .venv/installed ## explain a few rendered scenes with the bundled encoder
	$(BIN)/sslxai_explain $(PICTURES)

test: .venv/developer ## every notebook, every check
	$(BIN)/python .ci/test.py

test-slow: .venv/developer ## the same with the cells marked slow
	$(BIN)/python .ci/test.py --slow

test-kernels: .venv/developer ## the numerical pages under five other kernel settings, about forty CPU minutes (KERNELS=avx2,sse41 for some, NAMES=… for other pages)
	$(BIN)/python .ci/test.py --kernels $(KERNELS) $(NAMES)

test-lowest: .venv-lowest/developer ## the quick pages with the lowest versions that settings.ini promises, in an environment of their own
	.venv-lowest/bin/python .ci/test.py $$(.venv-lowest/bin/python .ci/lowest.py pages)

test-browser: .venv/developer ## drive the explorer in headless Chromium, in JupyterLab, Notebook 7 and voilà
	@if command -v chromium >/dev/null; then $(BIN)/pip install -q -r .ci/browser.txt; fi
	$(BIN)/python .ci/browser.py

test-pages: .venv/developer ## every page alone in an empty folder, with only the installed wheel (WITH_SITE=… lends an environment's packages)
	$(BIN)/python .ci/pages.py $(if $(WITH_SITE),--with-site $(WITH_SITE)) $(NB)

run: .venv/developer ## execute all notebooks and keep their outputs (NB=nbs/… for one)
	$(BIN)/python .ci/execute.py $(NB)

encoders: .venv/developer ## train the bundled encoders again, about two hours on two cores (NAME=… for one)
	$(BIN)/python .ci/bundle.py $(NAME)

docs-check: .venv/developer ## process all pages as the site does, without Quarto
	$(BIN)/python .ci/check.py

docs-look: .venv/developer ## a few pages through pandoc, to look at without Quarto (NB=… for others)
	$(BIN)/pip install -q -r .ci/look.txt
	$(BIN)/python .ci/look.py $(NB)

gallery: .venv/developer ## thumbnails and the page of them, from the saved figures
	$(BIN)/python .ci/gallery.py

docs: .venv/developer ## build the site, where Quarto is installed
	@command -v quarto >/dev/null || { echo "make docs needs Quarto: get it from https://quarto.org/docs/get-started, then try again (make docs-look shows a few pages without it)"; exit 1; }
	$(BIN)/nbdev_docs

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python setup.py settings.ini
	$(BIN)/pip install -q -e .
	touch $@

.venv/developer: .venv/installed .ci/peers.txt
	$(BIN)/pip install -q -e ".[dev]"
	$(BIN)/pip install -q --no-deps -r .ci/peers.txt
	touch $@

.venv-lowest/developer: settings.ini .ci/lowest.py
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python .ci/lowest.py constraints > .venv-lowest/constraints.txt
	.venv-lowest/bin/pip install -q -c .venv-lowest/constraints.txt -e ".[dev]"
	touch $@

clean: ## remove what was built or written, the environment too
	rm -rf .venv .venv-lowest build dist *.egg-info _proc _docs sslxai_out
