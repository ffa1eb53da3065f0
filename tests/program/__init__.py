"""The real program in a terminal, with its own folders, as on a user's machine."""
