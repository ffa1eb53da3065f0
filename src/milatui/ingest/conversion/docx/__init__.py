"""Converts DOCX files to Markdown."""
