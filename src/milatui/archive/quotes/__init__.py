"""Finds the words that sources quote in the texts of documents."""
