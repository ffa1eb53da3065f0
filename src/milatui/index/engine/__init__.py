"""The search engine: words, flat postings, ranking, the query language; no Whoosh to search."""
