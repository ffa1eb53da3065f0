"""Searches an open index with arrays: collector, positions, ranked keyword queries."""
