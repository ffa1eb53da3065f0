"""Readers of outside files, one module a format."""
