"""Renders Markdown as text with spans: CommonMark, tables, footnotes, HTML, template tags."""
