# Two commands for a fresh machine: `make demo` shows the program, `make test` checks it.

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed

.PHONY: demo test check run screenshots bench build audit clean system

demo: $(INSTALLED) ## The main job on invented data: the window, or without a screen everything into out/
	$(PYTHON) main.py --tour out

run: $(INSTALLED) ## The program on your own data
	$(PYTHON) main.py

test: check
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2

check: $(INSTALLED)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

screenshots: $(INSTALLED) ## All pages, light and dark, in two sizes, into out/screenshots
	QT_QPA_PLATFORM=offscreen $(PYTHON) main.py --screenshots out/screenshots

bench: $(INSTALLED) ## Speed: one table of figure, bound and verdict
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/benchmarks --benchmark-only --benchmark-quiet

build: $(INSTALLED) ## The program as a folder that runs without Python, in dist/
	$(VENV)/bin/pyinstaller --noconfirm installer.spec
	QT_QPA_PLATFORM=offscreen dist/quartiersbuero/quartiersbuero --smoke

audit: $(INSTALLED) ## What the program is made of (CycloneDX) into out/parts.cdx.json, and known weaknesses of it; asks the network
	mkdir -p out
	$(VENV)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file out/parts.cdx.json $(PYTHON)
	$(PYTHON) -m pip freeze --exclude-editable >out/parts.txt
	$(VENV)/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off --requirement out/parts.txt || \
		{ echo "Not every part was looked up, or one has a known weakness: see above. The list is in out/parts.cdx.json." >&2; exit 1; }

system:
	sh .ci/system

$(INSTALLED): pyproject.toml | system
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) out build dist *.egg-info
