"""Sheets: what floats over the panes and is closed by Esc, while the panes stay as they are."""
