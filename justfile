# The tasks of this project: `just` lists them (https://just.systems).

# Lists the recipes.
_default:
    @just --list

# Installs milatui with its tools, at the tested versions.
setup:
    pip install -c constraints.txt -e '.[dev]'

# Format, lint, untranslated texts, types, layers.
check:
    ruff format --check .
    ruff check .
    python -m tools.untranslated
    mypy
    lint-imports

# The tests; arguments go to pytest, for example: just test tests/index -k bm25
test *ARGS:
    pytest {{ARGS}}

# French texts, README tables, man page, generated pages and shell completion.
generate:
    python -m tools.translation
    python -m tools.generated
    python -m tools.completion_scripts

# Speed and memory, as ratios measured in one run.
bench *ARGS:
    pytest -s benchmarks {{ARGS}}

# Everything that must hold before a change lands, in new environments.
ci:
    .ci/run
