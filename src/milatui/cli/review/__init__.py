"""The review of documents that `add` takes: its options, its summary, its screen."""
