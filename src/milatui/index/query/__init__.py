"""The query language and query expansion: text to Whoosh queries, words to index terms."""
