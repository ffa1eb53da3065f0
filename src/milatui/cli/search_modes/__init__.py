"""Other ways to search on the command line: saved searches, and many queries from standard input."""
