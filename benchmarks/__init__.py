"""Speed as ratios of programs measured side by side in one run; ``pytest -m benchmark -s``."""
