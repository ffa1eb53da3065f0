"""Attacks on a public login and their verdicts (`milatui ssh check`)."""
