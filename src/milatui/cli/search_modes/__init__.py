"""Saved searches on the command line, and queries from standard input."""
