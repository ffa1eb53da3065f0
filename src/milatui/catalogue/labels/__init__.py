"""Labels: kinds, numbers, values and dates in the interface's language."""
