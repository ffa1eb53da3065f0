"""Read-only sessions for others: configuration, a check of one's own server, a warm process."""
