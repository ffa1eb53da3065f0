"""The review screen of `milatui add`: a document with highlighted findings, and the proposals."""
