"""The terminal: what it sends is filtered and bounded, what is sent to it is kept short."""
