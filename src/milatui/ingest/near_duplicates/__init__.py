"""Finds documents of an archive that are nearly the same, by sketches of their word shingles."""
