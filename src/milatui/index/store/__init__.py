"""Stores generations of an index: manifest, trust, atomic commits, and the reader of one."""
