"""Lists: rows of records, partners, publishers, and the timeline."""
