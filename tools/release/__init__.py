"""Measures a release of public logins and writes the table of SECURITY.md."""
