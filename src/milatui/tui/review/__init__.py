"""The review screen of `milatui add`: a document with its findings lit, and the proposals."""
