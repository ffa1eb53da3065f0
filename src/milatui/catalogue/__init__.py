"""The read interface over an index: scope, locations, listings, search answers and pages."""
