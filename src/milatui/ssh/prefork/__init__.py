"""Sessions forked from a preloaded process (`--warm`)."""
