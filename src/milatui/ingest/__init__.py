"""Outside files become proposed documents of an archive."""
