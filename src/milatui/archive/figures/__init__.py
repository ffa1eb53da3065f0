"""Figures: those that events contain, and which of them contradict each other."""
