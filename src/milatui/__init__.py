"""Keyboard-driven explorer of an archive of partnership announcements."""

__version__ = "0.1.0"
CITE_STYLES = ("markdown", "text", "chicago", "mla", "csl-json")
"""Names of the formats of citations, the default first; here for the same reason as ``THEMES``."""
THEMES = ("dark", "light", "ansi")
"""Names of the explorer's themes; here, where the command line reads them at no cost."""
