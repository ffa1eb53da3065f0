"""Imports of many documents: progress, and what cannot be taken."""
