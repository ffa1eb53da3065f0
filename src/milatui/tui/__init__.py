"""The explorer on the screen: four panes over one catalogue."""

THEMES = ("dark", "light", "ansi")
"""Names of the themes; here, where the command line reads them without loading Textual."""
