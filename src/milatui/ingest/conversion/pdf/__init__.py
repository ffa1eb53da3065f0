"""Converts PDF files: lines of text with their places, and the document that they make."""
