"""Shards: parts of a build that processes of their own write."""
