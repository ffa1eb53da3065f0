"""Writes a scope of an archive as a report: Markdown, or one self-contained HTML file."""
