"""Reads outside files; one module per format."""
