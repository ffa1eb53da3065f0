"""Text in terminal cells: widths, truncation, wrapping and searching; knows no widget."""
