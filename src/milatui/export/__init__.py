"""Writes the records of a scope in formats that other programs read."""
