"""Keyboard-driven explorer of an archive of partnership announcements."""

__version__ = "0.1.0"
THEMES = ("dark", "light", "ansi")
"""Names of the explorer's themes; here, where the command line reads them at no cost."""
