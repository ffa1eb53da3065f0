"""Lets a person decide what of the findings becomes a record: candidates, session, edits."""
