"""Proposes documents from outside files and imports them into an archive."""
