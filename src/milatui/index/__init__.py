"""The Whoosh index of an archive: schema, analysis, build and reading. Knows nothing of Textual."""
