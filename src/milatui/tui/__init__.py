"""The explorer on the screen: four panes over one catalogue."""
