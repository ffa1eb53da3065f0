"""Reads, checks and writes archives on disk."""
