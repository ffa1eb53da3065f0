"""Keyboard-driven explorer of an archive of partnership announcements."""

__version__ = "0.1.0"
