# make demo and make test do all the set-up themselves; see tools/setup.sh for what that is.
PYTHON_ENV := .venv/bin/python
DEMO := build/demo
BRIEF := examples/8-rung-ngap-man.md
# Hundreds of processes are started by the suite: what is compiled once is kept, wherever the shell says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test suite campaign fuzz mutants lint conformance bench pictures scores scores-others scores-disturbed peers printed reference oldest release-check constraints lock site sbom clean

help:            ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 18

demo:            ## make a PDF brief, an EPUB and a PDF compilation from examples/
	@tools/setup.sh run
	@mkdir -p $(DEMO)
	@.venv/bin/publisher brief $(BRIEF) -o $(DEMO)/brief.pdf
	@.venv/bin/publisher compile examples -o $(DEMO)/compilation.epub -o $(DEMO)/compilation.pdf --number 12
	@echo "They are in $(CURDIR)/$(DEMO):"
	@ls $(DEMO)/brief.pdf $(DEMO)/compilation.epub $(DEMO)/compilation.pdf | sed 's,.*/,  ,'
	@rm -rf $(DEMO)/desk && mkdir $(DEMO)/desk && cp -r examples/[0-9]* examples/pictures $(DEMO)/desk
	@echo "The same pages on a desk, in your browser: .venv/bin/publisher desk $(DEMO)/desk"

test:            ## lint, types and the whole suite, validators included
	@tools/setup.sh test
	@$(MAKE) --no-print-directory -j 2 lint suite

suite:           ## the suite alone
	@$(PYTHON_ENV) -m pytest -q -n 2 --dist worksteal $(TESTS)

campaign:        ## the long forms of tests: a kill at every step, large bombs, every theme with every issue, new inputs
	@tools/setup.sh test
	@$(PYTHON_ENV) -m pytest -q -n 2 --dist worksteal -m "campaign or hypothesis" --hypothesis-profile campaign \
		-o faulthandler_timeout=3600 $(TESTS)

# Its mutmut is no dependency of the tests: a terminal interface and its libraries come along.
mutants:         ## which changes of judgement no test notices: for MINUTES=30, of MUTANTS="--sample 40"; it goes on where it was
	@tools/setup.sh test
	@$(PYTHON_ENV) -m pip install --quiet --disable-pip-version-check -c constraints.txt mutmut==3.8.1
	@$(PYTHON_ENV) tools/mutants.py $(or $(MINUTES),30) $(MUTANTS)

fuzz:            ## mutated inputs for all that takes strangers' bytes: FUZZ="html pdf --count 5000", --help says more
	@tools/setup.sh test
	@$(PYTHON_ENV) -m tests.fuzzing.campaign $(FUZZ)

lint:            ## formatter, linter and types
	@$(PYTHON_ENV) -m ruff format --check --quiet .
	@$(PYTHON_ENV) -m ruff check --quiet .
	@$(PYTHON_ENV) -m mypy

conformance:     ## only the runs of epubcheck, Ace, veraPDF and the reading engine
	@tools/setup.sh test
	@$(PYTHON_ENV) -m pytest -q -n 2 --dist worksteal -m conformance

bench:           ## time and memory against the bare engines, as ratios
	@tools/setup.sh run
	@$(PYTHON_ENV) benchmarks/bench.py

pictures:        ## renew the pictures in the documentation from examples/
	@tools/setup.sh test
	@$(PYTHON_ENV) tools/pictures.py
	@$(PYTHON_ENV) -m tools.desk_pictures

scores:          ## renew the tables of scores in docs/reading.md, where ../shared is
	@tools/setup.sh test
	@$(PYTHON_ENV) tools/reading/scores.py

# The others are no dependencies of the tests: one of them brings a toolkit for languages along.
scores-others:   ## the same, and what trafilatura, newspaper4k and readability score
	@tools/setup.sh test
	@$(PYTHON_ENV) -m pip install --quiet --disable-pip-version-check --upgrade --target .tools/others newspaper4k==0.9.6 readability-lxml==0.9
	@$(PYTHON_ENV) tools/reading/scores.py --others

scores-disturbed: ## the same, and the scores of web pages made over as other outlets might have made them
	@tools/setup.sh test
	@$(PYTHON_ENV) tools/reading/scores.py --disturbed

peers:           ## renew the table in docs/conformance.md, where pandoc, calibre and percollate are
	@tools/setup.sh test
	@$(PYTHON_ENV) tools/peers.py

printed:         ## renew the table there of the same articles on paper, by those of them that are installed
	@tools/setup.sh test
	@$(PYTHON_ENV) -m tools.printed

reference:       ## renew the reference in docs/, in both languages, and the pages in man/ after a change of a command
	@tools/setup.sh run
	@$(PYTHON_ENV) -m tools.commands

oldest:          ## the suite's core on the wheel with the oldest dependencies, on each of Python 3.11 to 3.13 that is here
	@tools/setup.sh test
	@$(PYTHON_ENV) tools/core.py --oldest

release-check:   ## walk the checklist of a release
	@tools/setup.sh test
	@$(PYTHON_ENV) -m tools.release

constraints:     ## renew constraints.txt and constraints-oldest.txt: names and versions, nothing else
	@tools/constraints.sh

lock:            ## renew the locks after constraints.txt: every file that is installed, by its hash
	@tools/lock.sh

site:            ## the documents as a site with a search, in English and Vietnamese, in build/site
	@tools/setup.sh test
	@NO_MKDOCS_2_WARNING=1 $(PYTHON_ENV) -m mkdocs build --strict --quiet

sbom:            ## write build/sbom.cdx.json: what the package is built and run with, and its licences
	@tools/sbom.sh

clean:           ## remove what was made
	rm -rf build dist .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis
