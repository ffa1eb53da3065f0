"""The time axis, and what is drawn along it: the counts of the band and the lanes."""
