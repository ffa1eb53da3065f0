"""Speed as ratios of programs measured side by side in one run; ``pytest -s benchmarks``."""
