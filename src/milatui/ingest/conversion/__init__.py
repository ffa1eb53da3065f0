"""Converts HTML, PDF, DOCX and feeds to Markdown, in a process of its own with limits."""
