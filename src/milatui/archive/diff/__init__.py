"""Compares two states of an archive: records, values, texts and evidence."""
