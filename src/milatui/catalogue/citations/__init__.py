"""Cites passages of documents, and finds in a text whether its citations still stand."""
