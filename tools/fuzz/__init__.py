"""Fuzzes every reader of outside text: ``python -m tools.fuzz --help``."""
