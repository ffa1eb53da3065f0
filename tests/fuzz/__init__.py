"""Any bytes through every reader of outside text: ``python -m tests.fuzz --help``."""
