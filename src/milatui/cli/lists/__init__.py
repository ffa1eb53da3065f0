"""What `list` writes: its rows as data, its columns, its table."""
