"""Search in a scope: results, facets, field filters, highlights, suggestions, explanations."""
