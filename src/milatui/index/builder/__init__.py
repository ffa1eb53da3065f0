"""Builds the Whoosh index of an archive: whole or incrementally, in one process or two."""
