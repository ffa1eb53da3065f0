"""State of the interface: the session, its histories and its limits; knows no widget."""
