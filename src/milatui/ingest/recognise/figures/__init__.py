"""Recognises the figures of a text: their numbers, units, qualifiers, and what they count."""
