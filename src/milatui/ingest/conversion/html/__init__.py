"""Converts web pages: their metadata, and their main content as Markdown."""
