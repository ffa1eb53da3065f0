"""What the main screen delegates: navigation, searching, and keeping the index up to date."""
