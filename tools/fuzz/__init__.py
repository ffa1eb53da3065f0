"""Any bytes through every reader of outside text: ``python -m tools.fuzz --help``."""
