"""Shards: parts of a build that run in processes of their own."""
