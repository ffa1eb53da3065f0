"""Scores documents: BM25, a Whoosh weighting model, pseudo-relevance feedback."""
